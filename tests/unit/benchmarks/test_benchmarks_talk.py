"""What the benchmarks of talking count, with made-up sound and words."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
MODULES = ("recordings", "curves", "latency", "capacity", "speaking_hub", "report")


@pytest.fixture(scope="module")
def benchmark() -> Iterator[dict[str, ModuleType]]:
    sys.path.insert(0, str(BENCHMARKS))
    yield {name: importlib.import_module(name) for name in MODULES}
    sys.path.remove(str(BENCHMARKS))
    for name in MODULES:
        sys.modules.pop(name, None)


def voice_in_a_room(before_s: float, voice_s: float, after_s: float) -> np.ndarray:
    rng = np.random.default_rng(1)
    parts = [(before_s, 10), (voice_s, 2_000), (after_s, 10)]
    return np.concatenate([rng.normal(0, rms, round(16_000 * s)) for s, rms in parts]).astype(np.int16)


def test_speech_is_found_to_the_hundredth_of_a_second(benchmark: dict[str, ModuleType]) -> None:
    begin, end, room = benchmark["recordings"].spoken(voice_in_a_room(0.5, 1.0, 0.7))
    assert begin == pytest.approx(8_000, abs=160) and end == pytest.approx(24_000, abs=160)
    assert room == pytest.approx(10, rel=0.3)


def test_a_click_is_not_the_end_of_speech(benchmark: dict[str, ModuleType]) -> None:
    samples = voice_in_a_room(0.5, 1.0, 1.0)
    samples[35_000:35_100] = 20_000
    assert benchmark["recordings"].spoken(samples)[1] == pytest.approx(24_000, abs=160)


def test_the_room_goes_on_behind_the_words(benchmark: dict[str, ModuleType]) -> None:
    one = benchmark["recordings"].recording("made up", voice_in_a_room(0.5, 1.0, 1.0))
    frames = [one.frame(number) for number in range(500)]
    assert {len(frame) for frame in frames} == {640}
    assert one.end_s == pytest.approx(0.4 + 1.5, abs=0.02)
    behind = np.frombuffer(frames[-1], "<i2")
    assert 1 < behind.std() < 50


@pytest.mark.parametrize(
    ("heard", "whole", "early", "cut"),
    [
        ("a large latte with milk", "a large latte with milk", False, False),
        ("a large latte", "a large latte with milk", False, True),
        ("a large latte", "a large latte", True, True),
        ("large latte with milk", "a large latte with milk", False, False),
        ("the large latte with oat milk", "a large latte with milk", False, False),
        ("", "a large latte", False, False),
    ],
)
def test_who_was_cut_off(benchmark: dict[str, ModuleType], heard: str, whole: str, early: bool, cut: bool) -> None:
    assert benchmark["recordings"].cut_off(heard, whole, early) is cut


def test_percentiles_are_values_that_were_measured(benchmark: dict[str, ModuleType]) -> None:
    percentile = benchmark["latency"].percentile
    values = [float(number) for number in range(100, 0, -1)]
    assert [percentile(values, share) for share in (0.5, 0.95, 1.0)] == [50.0, 95.0, 100.0]
    assert percentile([7.0], 0.95) == 7.0


def test_a_step_holds_only_while_answers_are_quick_and_none_is_lost(benchmark: dict[str, ModuleType]) -> None:
    step = benchmark["capacity"].Step
    assert step(5, [300.0] * 95 + [9_000.0] * 5).holds
    assert not step(5, [300.0] * 94 + [9_000.0] * 6).holds
    assert not step(5, [300.0] * 95, lost=1).holds and not step(5).holds


def test_growth_is_counted_between_the_ends(benchmark: dict[str, ModuleType]) -> None:
    grown = benchmark["capacity"].grown
    assert grown([(float(at), 200.0 + at) for at in range(8)]) == 6.0
    assert grown([(0.0, 200.0), (1.0, 200.0)]) == 0.0


def test_pictures_are_drawn_from_the_figures(benchmark: dict[str, ModuleType]) -> None:
    picture = benchmark["curves"]
    for svg in (
        picture.shares("Time & again", {"one": [100.0, 200.0], "other": [3_000.0]}, 1_000.0),
        picture.lines("People", {"p95": [(5, 300.0), (50, 900.0)]}, "people", "ms"),
    ):
        drawn = ElementTree.fromstring(svg)
        assert drawn.tag.endswith("svg") and "polyline" in svg

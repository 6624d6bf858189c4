"""The noise that is mixed in, and how what is measured is shown; the sound is made up."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
MODULES = ("kitchen", "bars", "rejection", "report")
FRAME = 2_048
SPEECH = np.concatenate((np.zeros(FRAME), np.full(FRAME, 1_000), np.full(100, 30_000))).astype(np.int16)
NOISE = np.tile(np.array([300, -300], np.int16), 20_000)


@pytest.fixture(scope="module")
def bench() -> Iterator[SimpleNamespace]:
    sys.path.insert(0, str(BENCHMARKS))
    import bars
    import kitchen
    import rejection

    yield SimpleNamespace(kitchen=kitchen, bars=bars, rejection=rejection)
    sys.path.remove(str(BENCHMARKS))
    for name in MODULES:
        sys.modules.pop(name, None)


def test_loudness_is_that_of_the_loudest_whole_frame(bench: SimpleNamespace) -> None:
    assert bench.kitchen.loudest(SPEECH) == pytest.approx(1e6)


@pytest.mark.parametrize("snr_db", [0.0, 6.0, 24.0])
def test_noise_has_the_wanted_distance_from_the_speech(bench: SimpleNamespace, snr_db: float) -> None:
    speech = SPEECH[: 2 * FRAME]
    noise = bench.kitchen.mixed(speech, NOISE, snr_db, np.random.default_rng(0)).astype(int) - speech
    assert 10 * np.log10(bench.kitchen.loudest(speech) / (noise**2).mean()) == pytest.approx(snr_db, abs=0.1)


def test_what_would_clip_becomes_quieter(bench: SimpleNamespace) -> None:
    both = bench.kitchen.mixed(SPEECH, NOISE, -20.0, np.random.default_rng(0))
    assert 32_000 < np.abs(both.astype(int)).max() <= 32_767


def test_a_picture_has_a_bar_for_each_row_by_its_share(bench: SimpleNamespace) -> None:
    drawn = ElementTree.fromstring(bench.bars.bars("a < b", [("one", 0.5, True), ("two", 1.0, False)]))
    widths = [float(bar.attrib["width"]) for bar in drawn.iter("{http://www.w3.org/2000/svg}rect")][1:]
    assert widths[1] == pytest.approx(2 * widths[0])


def test_shares_leave_the_orders_out_of_what_should_be_rejected(bench: SimpleNamespace) -> None:
    found = {"wake": {"clips": 90, "accepted": 1}, "noise": {"clips": 10, "accepted": 1}}
    found["orders"] = {"clips": 50, "accepted": 49}
    assert bench.rejection.summed(found) == {"accepted_share": 0.02, "orders_lost_share": 0.02}

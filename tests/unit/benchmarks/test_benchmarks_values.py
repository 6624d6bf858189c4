"""How the values benchmark reads cases and compares answers with them."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from jingling.language.values.recognized import Recognized

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


recognizers = load("recognizers")


def case(tmp_path: Path, file: str, raw: dict[str, Any]) -> Any:
    path = tmp_path / "DateTime" / "English" / f"{file}.json"
    path.parent.mkdir(parents=True)
    path.write_text("\ufeff" + json.dumps([raw]), encoding="utf-8")
    return next(recognizers.cases(tmp_path))


def found(kind: str, start: int, end: int, *resolutions: dict[str, str]) -> Recognized:
    return Recognized(kind, start, end, "", resolutions)


DUSK: dict[str, Any] = {
    "Input": "at dusk",
    "NotSupported": "java, python",
    "Context": {"ReferenceDateTime": "2020-01-01T08:00:00.1234567+08:00"},
    "Results": [
        {
            "Text": "dusk",
            "Start": 3,
            "End": 6,
            "TypeName": "datetimeV2.time",
            "Resolution": {"values": [{"timex": "T18", "type": "time", "value": "18:00:00"}]},
        }
    ],
}


def test_a_case_keeps_its_kind_time_and_whether_it_is_supported(tmp_path: Path) -> None:
    one = case(tmp_path, "DateTimeModelCalendarMode", DUSK)
    assert (one.kind, one.supported, one.now.isoformat()[:19]) == (
        "DateTimeModelCalendarMode",
        False,
        "2020-01-01T08:00:00",
    )


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ([found("time", 3, 7, {"value": "18:00:00"})], None),
        ([], "not found"),
        ([found("time", 0, 7, {"value": "18:00:00"})], "span"),
        ([found("date", 3, 7, {"value": "18:00:00"})], "type"),
        ([found("time", 3, 7, {"value": "06:00:00"})], "value"),
        ([found("time", 3, 7, {"value": "18:00:00"}), found("time", 0, 2, {"value": "1"})], "extra"),
    ],
)
def test_a_case_passes_only_when_all_agrees(tmp_path: Path, answer: list[Recognized], why: str | None) -> None:
    miss = recognizers.compare(case(tmp_path, "DateTimeModel", DUSK), answer)
    assert (miss and miss.why) == why


def test_an_extractor_compares_spans_only(tmp_path: Path) -> None:
    raw = {"Input": "at dusk", "Results": [{"Text": "dusk", "Type": "time", "Start": 3, "Length": 4}]}
    one = case(tmp_path, "TimeExtractor", raw)
    assert recognizers.compare(one, [found("time", 3, 7, {"value": "01:00:00"})]) is None


def test_a_parser_leaves_the_other_half_of_the_day_open(tmp_path: Path) -> None:
    value = {"Timex": "T06", "FutureResolution": {"time": "06:00:00"}, "PastResolution": {"time": "06:00:00"}}
    raw = {"Input": "at six", "Results": [{"Text": "six", "Type": "time", "Value": value, "Start": 3, "Length": 3}]}
    one = case(tmp_path, "TimeParser", raw)
    both = found("time", 3, 6, {"value": "06:00:00"}, {"value": "18:00:00"})
    other = found("time", 3, 6, {"value": "06:00:00"}, {"value": "17:00:00"})
    assert recognizers.compare(one, [both]) is None
    assert recognizers.compare(one, [other]).why == "value"


def test_a_repetition_is_compared_by_its_timex(tmp_path: Path) -> None:
    value = {"Timex": "P1W", "FutureResolution": {"set": "Set: P1W"}, "PastResolution": {"set": "Set: P1W"}}
    raw = {
        "Input": "weekly",
        "Results": [{"Text": "weekly", "Type": "set", "Value": value, "Start": 0, "Length": 6}],
    }
    one = case(tmp_path, "SetParser", raw)
    assert recognizers.compare(one, [found("set", 0, 6, {"timex": "P1W", "value": "not resolved"})]) is None
    assert recognizers.compare(one, [found("set", 0, 6, {"timex": "P1D"})]).why == "value"


def test_numbers_are_compared_as_numbers() -> None:
    assert recognizers.plain("1E-07") == recognizers.plain("0.0000001")
    assert recognizers.plain("0.666666666666667") == recognizers.plain(str(2 / 3))
    assert recognizers.plain("20.0%") == "20%"


def test_a_recogniser_that_is_not_there_is_none() -> None:
    table = {("Number", "Klingon"): "jingling.language.values.klingon:recognize"}
    assert recognizers.loaded("Number", "Klingon", table) is None
    assert recognizers.loaded("Number", "Dutch", table) is None

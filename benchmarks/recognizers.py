"""The cases of Microsoft's Recognizers-Text, and how an answer is compared with one.

A folder holds `Number`, `NumberWithUnit` and `DateTime`, each with a folder a language, each with files named
`<Kind>Model[Mode].json`, `<Kind>Extractor[Mode].json` or `<Kind>Parser[Mode].json`. A model's results give
`TypeName`, `Start`, `End` (inclusive) and a `Resolution`; an extractor's give spans only; a parser's a `Value`
with a future and a past reading.
"""

import importlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from jingling.language.values.recognized import Recognized

Recognize = Callable[[str, datetime, str | None], Sequence[Recognized]]
"""`recognize(text, now, kind)`; `kind` is `Case.kind`, or None for whatever is there."""

OURS: Mapping[tuple[str, str], str] = {
    ("Number", "English"): "jingling.language.values.free_english:recognize",
    ("Number", "Chinese"): "jingling.language.values.free_chinese:recognize",
    ("NumberWithUnit", "English"): "jingling.language.values.free_english:recognize",
    ("NumberWithUnit", "Chinese"): "jingling.language.values.free_chinese:recognize",
    ("DateTime", "English"): "jingling.language.values.free_english_dates:recognize",
    ("DateTime", "Chinese"): "jingling.language.values.free_chinese_dates:recognize",
}
NOW = datetime(2016, 11, 7)
"""For the cases that name no reference time."""
_FILE = re.compile(r"(?P<kind>\w+?)(?P<step>Model|Extractor|Parser)(?P<mode>\w*)")
_UNRESOLVED = "not resolved"
_HALF_DAY_SECONDS = 12 * 3600


class Expected(NamedTuple):
    """`values` is None where only the span counts."""

    kind: str
    start: int
    end: int
    text: str
    values: tuple[tuple[str, ...], ...] | None


class Case(NamedTuple):
    """`kind`: Date, Time, Merged, … of an extractor or parser; a model's with its mode, such as
    `DateTimeModelCalendarMode`. `supported`: by the data's own note, in the Python port of its authors."""

    file: str
    domain: str
    language: str
    kind: str
    step: str
    text: str
    now: datetime
    supported: bool
    expected: tuple[Expected, ...]


class Miss(NamedTuple):
    """`why`: not found, extra, span, type, value or error."""

    why: str
    wanted: str
    got: str


def cases(folder: Path, language: str | None = None, domain: str | None = None) -> Iterator[Case]:
    """Every case below `folder`, file after file."""
    for path in sorted(folder.glob(f"{domain or '*'}/{language or '*'}/*.json")):
        named = _FILE.fullmatch(path.stem)
        if named is None:
            continue
        step, mode = named["step"], named["mode"]
        kind = named["kind"] + (step if step == "Model" else "") + mode
        file = "/".join(path.with_suffix("").parts[-3:])
        for raw in json.loads(path.read_text(encoding="utf-8-sig")):
            yield _case(raw, file, kind, step)


def _case(raw: dict[str, Any], file: str, kind: str, step: str) -> Case:
    domain, language, _ = file.split("/")
    moment = (raw.get("Context") or {}).get("ReferenceDateTime")
    now = datetime.fromisoformat(moment).replace(tzinfo=None) if moment else NOW
    unsupported = f"{raw.get('NotSupported', '')},{raw.get('NotSupportedByDesign', '')}".lower()
    free = step == "Extractor" or bool(raw.get("IgnoreResolution"))
    expected = tuple(_expected(raw["Input"], result, free) for result in raw.get("Results", ()))
    return Case(file, domain, language, kind, step, raw["Input"], now, "python" not in unsupported, expected)


def _expected(text: str, result: dict[str, Any], free: bool) -> Expected:
    said = result["Text"]
    kind = result.get("TypeName") or result.get("Typename") or result.get("Type") or ""
    start = result["Start"]
    end = result["End"] + 1 if "End" in result else start + result["Length"]
    if _folded(text[start:end]) != _folded(said) and text.lower().count(said.lower()) == 1:
        start = text.lower().index(said.lower())
        end = start + len(said)
    values = None if free else _values(result.get("Resolution", result.get("Value")))
    return Expected(kind.removeprefix("datetimeV2."), start, end, said, values)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _values(raw: Any) -> tuple[tuple[str, ...], ...]:
    """The resolutions, comparable and without repetition."""
    if raw is None:
        return ()
    if "values" in raw:
        found = [_value(one) for one in raw["values"]]
    elif "FutureResolution" in raw:
        readings = [raw[when] for when in ("PastResolution", "FutureResolution") if raw[when]]
        found = [_reading(one) for one in readings] or [("timex", str(raw.get("Timex")))]
    elif "TimeZoneResolution" in raw:
        found = [_value(raw["TimeZoneResolution"])]
    else:
        found = [_value(raw)]
    return tuple(sorted(set(found)))


def _value(one: Mapping[str, Any]) -> tuple[str, ...]:
    """TIMEX only where there is no other value; a time zone is its minutes from UTC."""
    minutes = one.get("UtcOffsetMins", one.get("utcOffsetMins"))
    if minutes is not None:
        return ("value", str(minutes))
    if "start" in one or "end" in one:
        return ("range", one.get("start") or "", one.get("end") or "")
    value = one.get("value")
    if value in (None, _UNRESOLVED):
        return ("timex", str(one.get("timex", "")))
    unit = one.get("unit")
    return ("value", plain(str(value)), *([str(unit).lower()] if unit else []))


def _reading(reading: Mapping[str, str]) -> tuple[str, ...]:
    """A parser's reading: `{"date": …}`, `{"startTime": …, "endTime": …}`, `{"set": "Set: P1D"}`."""
    ends = {name[: 3 + 2 * name.startswith("start")]: value for name, value in reading.items() if name[0] in "se"}
    if "set" in reading:
        return ("timex", reading["set"].removeprefix("Set: "))
    if ends:
        return ("range", ends.get("start", ""), ends.get("end", ""))
    return ("value", *(plain(value) for value in reading.values()))


def plain(value: str) -> str:
    """A number as fourteen digits tell it, other texts as they are."""
    number, percent, _ = value.partition("%")
    try:
        return f"{float(number):.14g}" + percent if number.isascii() else value
    except ValueError:
        return value


def compare(case: Case, found: Sequence[Recognized]) -> Miss | None:
    """The first difference, or None: all spans, types and values agree and nothing else was found."""
    wanted = {(one.start, one.end): one for one in case.expected}
    got = {(one.start, one.end): one for one in found}
    for span, one in wanted.items():
        if span not in got:
            near = next((it for it in found if it.start < one.end and one.start < it.end), None)
            return Miss("span" if near else "not found", one.text, near.text if near else "")
        miss = _differs(one, got[span], case.step)
        if miss:
            return miss
    if len(wanted) != len(case.expected):
        return None if len(found) >= len(case.expected) else Miss("not found", str(case.expected), str(found))
    extra = next((one for span, one in got.items() if span not in wanted), None)
    return Miss("extra", "", extra.text) if extra else None


def _differs(wanted: Expected, got: Recognized, step: str) -> Miss | None:
    if got.kind != wanted.kind:
        return Miss("type", wanted.kind, got.kind)
    if wanted.values is None:
        return None
    values = tuple(sorted({_value(one) for one in got.resolutions}))
    same = values == wanted.values or (step == "Parser" and _same_but_for_the_half(wanted.values, values))
    return None if same else Miss("value", str(wanted.values), str(values))


def _same_but_for_the_half(wanted: Sequence[tuple[str, ...]], got: Sequence[tuple[str, ...]]) -> bool:
    """A parser leaves the other half of the day to the layer above it: values 12 hours off may come too."""
    return set(wanted) <= set(got) and all(
        any(_half_a_day_apart(value, one) for one in wanted) for value in got if value not in wanted
    )


def _half_a_day_apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    pairs = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return (
        bool(pairs)
        and len(one) == len(other)
        and all(_seconds_between(a, b) == _HALF_DAY_SECONDS for a, b in pairs)
    )


def _seconds_between(one: str, other: str) -> float:
    try:
        return abs((_moment(one) - _moment(other)).total_seconds())
    except ValueError:
        return -1


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text if "-" in text else f"2000-01-01T{text}")


def loaded(domain: str, language: str, table: Mapping[tuple[str, str], str] = OURS) -> Recognize | None:
    """The recogniser of a domain and language, or None when it is not there."""
    place = table.get((domain, language))
    if place is None:
        return None
    module, _, name = place.partition(":")
    try:
        found: Recognize = getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return None
    return found

"""Other libraries that read values, asked the same as ours.

Each is asked through its public interface. One that gives a value but no place is taken to mean the whole text;
one that reads a single kind is asked about that kind's cases only.
"""

import importlib
import os
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from recognizers import Case, Recognize

from jingling.language.values.recognized import Recognized


class Loaded(NamedTuple):
    recognize: Recognize
    version: str
    memory_mb: float


class Peer(NamedTuple):
    """`make` gets the module and gives what recognises."""

    package: str
    module: str
    name: str
    make: Callable[[Any], Recognize]
    asked: Callable[[Case], bool]

    def load(self) -> Loaded | None:
        """None when the library is not installed."""
        before = _memory_mb()
        try:
            with warnings.catch_warnings(action="ignore"):
                recognize = self.make(importlib.import_module(self.module))
        except ModuleNotFoundError:
            return None
        recognize("one", datetime(2016, 11, 7), None)
        return Loaded(recognize, version(self.package), _memory_mb() - before)


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _whole(kind: str, text: str, value: object) -> list[Recognized]:
    return [Recognized(kind, 0, len(text), text, ({"value": str(value)},))]


_MODELS = {
    "Ordinal": ("ordinal",),
    "Percent": ("percentage",),
    "Number": ("number",),
    "Age": ("age",),
    "Currency": ("currency",),
    "Dimension": ("dimension",),
    "Temperature": ("temperature",),
}


def _microsoft_numbers(culture: str) -> Callable[[Any], Recognize]:
    def make(module: Any) -> Recognize:
        units = importlib.import_module("recognizers_number_with_unit")

        def recognize(text: str, now: datetime, kind: str | None) -> list[Recognized]:
            models = next((models for name, models in _MODELS.items() if (kind or "Number").startswith(name)), ())
            if (kind or "").startswith("NumberRange"):
                return []
            found = []
            for model in models:
                ask = getattr(module, f"recognize_{model}", None) or getattr(units, f"recognize_{model}")
                found += [_microsoft(one) for one in ask(text, culture)]
            return found

        return recognize

    return make


def _microsoft(one: Any) -> Recognized:
    resolution: Mapping[str, Any] = one.resolution or {}
    values: Sequence[Mapping[str, Any]] = resolution.get("values", [resolution])
    texts = tuple({key: str(value) for key, value in each.items() if value is not None} for each in values)
    kind = one.type_name.removeprefix("datetimeV2.")
    return Recognized(kind, one.start, one.end + 1, one.text, texts)


def _microsoft_dates(culture: str) -> Callable[[Any], Recognize]:
    def make(module: Any) -> Recognize:
        def recognize(text: str, now: datetime, kind: str | None) -> list[Recognized]:
            only = (kind or "DateTimeModel").lower().replace("period", "range")
            found = [_microsoft(one) for one in module.recognize_datetime(text, culture, reference=now)]
            if "model" in only or "merged" in only:
                return found
            only = "date" if only == "holiday" else only
            return [one for one in found if one.kind == only]

        return recognize

    return make


class _Spoken:
    """A word as text2num wants it."""

    def __init__(self, word: str) -> None:
        self.word = word

    def text(self) -> str:
        return self.word

    def nt_separated(self, previous: "_Spoken") -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


def _text2num(module: Any) -> Recognize:
    def recognize(text: str, now: datetime, kind: str | None) -> list[Recognized]:
        words = text.split(" ")
        starts = [0]
        for word in words:
            starts.append(starts[-1] + len(word) + 1)
        found = []
        for one in module.find_numbers([_Spoken(word) for word in words], "en", 0):
            start, end = starts[one.start], starts[one.end] - 1
            read = "ordinal" if one.is_ordinal else "number"
            found.append(Recognized(read, start, end, text[start:end], ({"value": str(one.value)},)))
        wanted = "ordinal" if (kind or "").startswith("Ordinal") else "number"
        return [one for one in found if one.kind == wanted]

    return recognize


def _word2number(module: Any) -> Recognize:
    def recognize(text: str, now: datetime, kind: str | None) -> list[Recognized]:
        try:
            return _whole("number", text, module.word_to_num(text))
        except ValueError:
            return []

    return recognize


def _cn2an(module: Any) -> Recognize:
    def recognize(text: str, now: datetime, kind: str | None) -> list[Recognized]:
        try:
            return _whole("number", text, module.cn2an(text, "smart"))
        except ValueError:
            return []

    return recognize


def _ovos_number(module: Any) -> Recognize:
    def recognize(text: str, now: datetime, kind: str | None) -> list[Recognized]:
        value = module.extract_number(text, lang="en")
        return [] if value in (None, False) else _whole("number", text, value)

    return recognize


def _quantulum(module: Any) -> Recognize:
    kinds = {"currency": "currency", "temperature": "temperature"}

    def recognize(text: str, now: datetime, kind: str | None) -> list[Recognized]:
        found = []
        for one in module.parse(text):
            read = kinds.get(one.unit.entity.name, "dimension")
            resolution = {"value": str(one.value), "unit": one.unit.name.title()}
            found.append(Recognized(read, one.span[0], one.span[1], one.surface, (resolution,)))
        wanted = (kind or "").removesuffix("Model").lower()
        return [one for one in found if one.kind == wanted]

    return recognize


def _moment(kind: str | None, moment: datetime) -> tuple[str, str]:
    if (kind or "").startswith("Date") and not (kind or "").startswith("DateTime"):
        return "date", f"{moment:%Y-%m-%d}"
    if (kind or "").startswith("Time"):
        return "time", f"{moment:%H:%M:%S}"
    whole = (moment.hour, moment.minute) == (0, 0)
    return ("date", f"{moment:%Y-%m-%d}") if whole else ("datetime", f"{moment:%Y-%m-%d %H:%M:%S}")


def _dateparser(language: str) -> Callable[[Any], Recognize]:
    def make(module: Any) -> Recognize:
        def recognize(text: str, now: datetime, kind: str | None) -> list[Recognized]:
            settings = {"RELATIVE_BASE": now}
            return list(
                _placed(text, kind, module.search_dates(text, languages=[language], settings=settings) or ())
            )

        return recognize

    return make


def _placed(text: str, kind: str | None, dates: Sequence[tuple[str, datetime]]) -> Iterator[Recognized]:
    at = 0
    for said, moment in dates:
        at = max(text.find(said, at), 0)
        read, value = _moment(kind, moment)
        yield Recognized(read, at, at + len(said), said, ({"value": value},))


def _parsedatetime(module: Any) -> Recognize:
    calendar = module.Calendar()

    def recognize(text: str, now: datetime, kind: str | None) -> list[Recognized]:
        found = []
        for moment, flag, start, end, said in calendar.nlp(text, sourceTime=now) or ():
            read = ("", "date", "time", "datetime")[flag]
            forms = {"date": "%Y-%m-%d", "time": "%H:%M:%S"}
            value = moment.strftime(forms.get(read, "%Y-%m-%d %H:%M:%S"))
            found.append(Recognized(read, start, end, said, ({"value": value},)))
        return found

    return recognize


def _ovos_date(module: Any) -> Recognize:
    def recognize(text: str, now: datetime, kind: str | None) -> list[Recognized]:
        if (kind or "").startswith("Duration"):
            length, _ = module.extract_duration(text, lang="en")
            return _whole("duration", text, int(length.total_seconds())) if length else []
        found = module.extract_datetime(text, anchorDate=now, lang="en")
        if not found:
            return []
        read, value = _moment(kind, found[0])
        return _whole(read, text, value)

    return recognize


def _about(domain: str, language: str, kinds: tuple[str, ...] = ("",)) -> Callable[[Case], bool]:
    return lambda case: (case.domain, case.language) == (domain, language) and case.kind.startswith(kinds)


def _numbers_and_units(language: str) -> Callable[[Case], bool]:
    return lambda case: case.domain.startswith("Number") and case.language == language


_MICROSOFT = "recognizers-text-suite"
PEERS: tuple[Peer, ...] = (
    Peer(
        *(_MICROSOFT, "recognizers_number", f"{_MICROSOFT}, numbers and units en"),
        *(_microsoft_numbers("en-us"), _numbers_and_units("English")),
    ),
    Peer(
        *(_MICROSOFT, "recognizers_number", f"{_MICROSOFT}, numbers and units zh"),
        *(_microsoft_numbers("zh-cn"), _numbers_and_units("Chinese")),
    ),
    Peer(
        *(_MICROSOFT, "recognizers_date_time", f"{_MICROSOFT}, dates en"),
        *(_microsoft_dates("en-us"), _about("DateTime", "English")),
    ),
    Peer(
        *(_MICROSOFT, "recognizers_date_time", f"{_MICROSOFT}, dates zh"),
        *(_microsoft_dates("zh-cn"), _about("DateTime", "Chinese")),
    ),
    Peer(
        *("text2num", "text_to_num._text2num", "text2num"),
        *(_text2num, _about("Number", "English", ("NumberModel", "Ordinal"))),
    ),
    Peer(
        *("word2number", "word2number.w2n", "word2number"),
        *(_word2number, _about("Number", "English", ("NumberModel",))),
    ),
    Peer(
        *("ovos-number-parser", "ovos_number_parser", "ovos-number-parser"),
        *(_ovos_number, _about("Number", "English", ("NumberModel",))),
    ),
    Peer("cn2an", "cn2an", "cn2an", _cn2an, _about("Number", "Chinese", ("NumberModel",))),
    Peer("quantulum3", "quantulum3.parser", "quantulum3", _quantulum, _about("NumberWithUnit", "English")),
    Peer("dateparser", "dateparser.search", "dateparser en", _dateparser("en"), _about("DateTime", "English")),
    Peer("dateparser", "dateparser.search", "dateparser zh", _dateparser("zh"), _about("DateTime", "Chinese")),
    Peer("parsedatetime", "parsedatetime", "parsedatetime", _parsedatetime, _about("DateTime", "English")),
    Peer("ovos-date-parser", "ovos_date_parser", "ovos-date-parser", _ovos_date, _about("DateTime", "English")),
)

"""Values of every kind but dates and times in any Chinese text."""

from collections.abc import Iterator
from datetime import datetime

from jingling.language.values.chinese_cardinals import EVEN
from jingling.language.values.free_chinese_numbers import number_hits, numbers, ordinals, percentages, value_text
from jingling.language.values.free_chinese_ranges import ranges
from jingling.language.values.free_chinese_units import amounts, units
from jingling.language.values.free_english import MEASURES, longest_first
from jingling.language.values.free_tokens import folded, free_tokens
from jingling.language.values.recognized import Recognized
from jingling.language.values.scan import Hit


def recognize(text: str, now: datetime, kind: str | None = None) -> list[Recognized]:
    """As that of English."""
    even = folded(text).translate(EVEN)
    found = _of_kind(even, kind) if kind else _all(even)
    return [one._replace(text=text[one.start : one.end]) for one in found]


def _of_kind(text: str, kind: str) -> Iterator[Recognized]:
    measure = kind.partition("Model")[0].lower()
    if measure in MEASURES:
        yield from _measures(text, measure)
        return
    words = free_tokens(text)
    if measure == "numberrange":
        yield from ranges(words, list(number_hits(words)), closed=kind.endswith("ExperimentalMode"))
    elif measure == "number":
        yield from numbers(words)
    elif measure == "ordinal":
        yield from ordinals(words)
    elif measure == "percent":
        yield from percentages(words)


def _measures(text: str, kind: str) -> Iterator[Recognized]:
    hits: Iterator[Hit] = amounts(text) if kind == "currency" else units(text, kind)
    for hit in hits:
        value, unit = hit.value
        resolution = {"unit": unit} if value is None else {"value": value_text(value), "unit": unit}
        yield Recognized(kind, hit.start, hit.stop, "", (resolution,))


def _all(text: str) -> list[Recognized]:
    words = free_tokens(text)
    found = [one for kind in MEASURES for one in _measures(text, kind) if "value" in one.resolutions[0]]
    return longest_first([*found, *percentages(words), *ordinals(words), *numbers(words)])

"""Values of every kind but dates and times in any English text."""

from collections.abc import Iterator
from datetime import datetime

from jingling.language.values.free_english_money import amounts
from jingling.language.values.free_english_numbers import (
    numbers,
    numbers_and_ordinals,
    ordinals,
    percentages,
    value_text,
)
from jingling.language.values.free_english_ranges import ranges
from jingling.language.values.free_english_units import units
from jingling.language.values.free_tokens import folded, free_tokens
from jingling.language.values.recognized import Recognized
from jingling.language.values.scan import Hit

MEASURES = ("currency", "dimension", "age", "temperature")


def recognize(text: str, now: datetime, kind: str | None = None) -> list[Recognized]:
    """The values of one kind: NumberModel, OrdinalModel, PercentModel, NumberRangeModel, CurrencyModel,
    DimensionModel, AgeModel or TemperatureModel; with None all but relative ordinals and units alone."""
    even = folded(text)
    found = _of_kind(even, kind) if kind else _all(even)
    return [one._replace(text=text[one.start : one.end]) for one in found]


def _of_kind(text: str, kind: str) -> Iterator[Recognized]:
    measure = kind.partition("Model")[0].lower()
    if measure in MEASURES:
        yield from _measures(text, measure)
        return
    tokens = free_tokens(text)
    if measure == "numberrange":
        yield from ranges(tokens, numbers_and_ordinals(tokens), closed=kind.endswith("ExperimentalMode"))
    elif measure == "number":
        yield from numbers(tokens)
    elif measure == "ordinal":
        yield from ordinals(tokens, relative=not kind.endswith("SuppressExtendedTypes"))
    elif measure == "percent":
        yield from percentages(tokens, shares=kind.endswith("PercentMode"))


def _measures(text: str, kind: str) -> Iterator[Recognized]:
    hits: Iterator[Hit] = amounts(text) if kind == "currency" else units(text, kind)
    for hit in hits:
        value, unit = hit.value
        resolution = {"unit": unit} if value is None else {"value": value_text(value), "unit": unit}
        yield Recognized(kind, hit.start, hit.stop, "", (resolution,))


def _all(text: str) -> list[Recognized]:
    tokens = free_tokens(text)
    found = [one for kind in MEASURES for one in _measures(text, kind) if "value" in one.resolutions[0]]
    found += [*percentages(tokens, shares=False), *ordinals(tokens, relative=False), *numbers(tokens)]
    return longest_first(found)


def longest_first(found: list[Recognized]) -> list[Recognized]:
    """Those that no longer one covers, in the order of the text."""
    kept: list[Recognized] = []
    for one in sorted(found, key=lambda one: one.start - one.end):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)

"""The lists of one bank, cut down to what occurs in one utterance."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from hassil.expression import TextChunk
from hassil.intents import RangeFractionType, RangeSlotList, SlotList, TextSlotList, TextSlotValue
from hassil.sample import sample_expression

from jingling.core.turn import Language
from jingling.language.base import Name
from jingling.language.templates import HOME_LISTS, Bank
from jingling.language.text import even
from jingling.language.values import find as values
from jingling.language.values.spelling import spelled

_FORMS_MAX = 64


class _Entry(NamedTuple):
    """A list's value and the text that must occur for it; an empty one always does."""

    needle: str
    value: TextSlotValue


class Lists:
    """Knows all values of a bank's lists; `said` gives hassil only those that can match."""

    def __init__(self, bank: Bank) -> None:
        self._language: Language = bank.language
        self._fixed: dict[str, SlotList] = {}
        self._entries: dict[str, list[_Entry]] = {}
        self._ranges: dict[str, RangeSlotList] = {}
        for name, slot_list in bank.lists.items():
            if isinstance(slot_list, TextSlotList):
                self._entries[name] = list(_entries(slot_list, bank))
            elif isinstance(slot_list, RangeSlotList):
                self._ranges[name] = slot_list
            else:
                self._fixed[name] = slot_list
        self.take_names(())

    def take_names(self, names: Sequence[Name]) -> None:
        """Replace the names of the home."""
        for kind in HOME_LISTS:
            mine = [name for name in names if name.kind == kind]
            self._entries[kind] = [entry for name in mine for entry in _name(name, self._language)]

    def said(self, text: str, haystack: str, now: datetime, referents: Sequence[Name] = ()) -> dict[str, SlotList]:
        """Every list, holding only values that occur in the even `text`."""
        found = values.find(text, self._language, now)
        lists: dict[str, SlotList] = dict(self._fixed)
        for name, entries in self._entries.items():
            more = [entry for each in referents if each.kind == name for entry in _name(each, self._language)]
            lists[name] = _text_list(name, [entry.value for entry in (*entries, *more) if entry.needle in haystack])
        for name, spans in found.items():
            lists[name] = _text_list(name, [TextSlotValue(TextChunk(span.text), span.value) for span in spans])
        numbers = [span for span in found["number"] if isinstance(span.value, int | float)]
        for name, slot_range in self._ranges.items():
            inside = ((span, in_range(slot_range, span.value)) for span in numbers)
            kept = [TextSlotValue(TextChunk(span.text), value) for span, value in inside if value is not None]
            lists[name] = _text_list(name, kept)
        return lists


def alive(lists: Mapping[str, SlotList]) -> set[str]:
    """The names of those that have a value."""
    return {
        name for name, slot_list in lists.items() if not isinstance(slot_list, TextSlotList) or slot_list.values
    }


def in_range(slot_range: RangeSlotList, value: float) -> int | float | None:
    """What the slot gets for the number `value`, or None when it is not in the range."""
    rest = value - int(value)
    allowed = RangeFractionType.get_fractions(slot_range.fraction_type)
    if rest and round(rest, 3) not in allowed:
        return None
    if not slot_range.start <= value <= slot_range.stop or (int(value) - slot_range.start) % slot_range.step:
        return None
    return value if slot_range.multiplier is None else value * slot_range.multiplier


def forms(value: TextSlotValue, bank: Bank) -> list[str] | None:
    """All texts of a list's value; None when they are too many, or hold lists themselves."""
    try:
        texts = list(islice(sample_expression(value.text_in, {}, bank.rules), _FORMS_MAX + 1))
    except Exception as error:  # hassil raises its own MissingListError for a list inside
        if type(error).__name__ != "MissingListError":
            raise
        return None
    return None if len(texts) > _FORMS_MAX else [" ".join(text.split()) for text in texts]


def _text_list(name: str, kept: list[TextSlotValue]) -> TextSlotList:
    return TextSlotList(name=name, values=kept)


def _entries(slot_list: TextSlotList, bank: Bank) -> Iterable[_Entry]:
    for value in slot_list.values:
        texts = forms(value, bank)
        if texts is None:
            yield _Entry("", value)
            continue
        for text in texts:
            plain = even(text) or text
            out = text if value.value_out is None else value.value_out
            yield _Entry(plain.casefold(), TextSlotValue(TextChunk(plain), out, value.context))


def _name(name: Name, language: Language) -> Iterable[_Entry]:
    """A name, and the same as it may be said: with spaces for hyphens and numbers in words."""
    text = even(name.text)
    said = " ".join(spelled(text.replace("-", " "), language).split())
    for form in dict.fromkeys((text, text.replace("-", " "), said)):
        if form:
            yield _Entry(form.casefold(), TextSlotValue(TextChunk(form), name.value, dict(name.context)))

"""What a list's value can be at one place of one utterance."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from hassil.intents import RangeSlotList, SlotList, TextSlotList, WildcardSlotList

from jingling.language.lists import in_range
from jingling.language.text import Token, tokens
from jingling.language.values import find as built_in
from jingling.language.values.phrases import Phrase, Words, begins

_VALUES_MAX = 400
"""Nobody says more values in one sentence; a text made of numbers only must not take long."""
_DIGITS = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")

FREE, NAMES, RANGE, TEXTS, BUILT_IN = range(5)


class Value(NamedTuple):
    """A list's value up to word `end`. `inner` are the values of lists inside of it, with their slots."""

    end: int
    value: Any
    context: Mapping[str, Any] = {}
    foreign: bool = False
    inner: tuple[tuple[str, "Value"], ...] = ()
    words: str = ""
    cost: int = 0


def kind_of(name: str, lists: Mapping[str, SlotList], phrases: Mapping[str, Phrase]) -> int:
    """How the values of a list are found. One that nobody describes is a kind of names."""
    known = lists.get(name)
    if isinstance(known, WildcardSlotList):
        return FREE
    if isinstance(known, RangeSlotList):
        return RANGE
    if isinstance(known, TextSlotList):
        return TEXTS
    return BUILT_IN if name in phrases else NAMES


class Values:
    """The values of one utterance, each place and list looked at once.

    `said` are its words as the automaton takes them, in the even `text`; `now` resolves times.
    """

    def __init__(
        self,
        text: str,
        said: Sequence[Token],
        phrases: Mapping[str, Phrase],
        now: datetime | None,
    ) -> None:
        self.text = text
        self.said = said
        self._phrases = phrases
        self._now = now
        self._words: Words | None = None
        self._places: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        self._known: dict[tuple[str, int], list[Value]] = {}
        self._found = 0

    def has_numbers(self, at: int) -> bool:
        if "number" in self._phrases:
            return bool(self.built_in("number", at))
        return _DIGITS.fullmatch(self.said[at].text) is not None

    def numbers(self, slot_range: RangeSlotList, at: int) -> list[Value]:
        """Whole numbers and fractions that are in the range."""
        if "number" not in self._phrases:
            return self._digits(slot_range, at)
        found = []
        for value in self.built_in("number", at):
            inside = in_range(slot_range, value.value) if isinstance(value.value, int | float) else None
            if inside is not None:
                found.append(value._replace(value=inside))
        return found

    def _digits(self, slot_range: RangeSlotList, at: int) -> list[Value]:
        if not _DIGITS.fullmatch(self.said[at].text):
            return []
        number = float(self.said[at].text)
        inside = in_range(slot_range, int(number) if number == int(number) else number)
        return [] if inside is None else [Value(at + 1, inside)]

    def built_in(self, name: str, at: int) -> list[Value]:
        """Values of a list that every skill has."""
        known = self._known.get((name, at))
        if known is None:
            known = self._known[name, at] = self._read(name, at)
        return known

    def _read(self, name: str, at: int) -> list[Value]:
        if self._words is None:
            self._prepare()
        assert self._words is not None
        place, phrase = self._places.get(self.said[at].start), self._phrases[name]
        if place is None or self._found > _VALUES_MAX or not begins(phrase.first, self._words, place):
            return []
        found = []
        for last, value in phrase.match(self._words, place):
            end = self._ends.get(self._words[last - 1].end)
            plain = built_in.plain_value(name, value, self._now) if self._now else value
            if end is not None and plain is not None:
                found.append(Value(end, plain))
        self._found += len(found)
        return found

    def _prepare(self) -> None:
        """Values are cut by rules of their own: where their words begin and end among ours."""
        self._words = Words(tokens(self.text))
        self._places = {word.start: place for place, word in enumerate(self._words)}
        self._ends = {word.end: place + 1 for place, word in enumerate(self.said)}

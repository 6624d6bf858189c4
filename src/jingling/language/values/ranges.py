"""Ranges of numbers: "more than 10", "between 20 and 30", 大于二十小于三十.

A range is written as an interval: `(10,)` is more than ten, `[20,30)` from twenty to below thirty.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from jingling.language.text import Token
from jingling.language.values.phrases import Phrase, Words, Written
from jingling.language.values.recognized import Recognized
from jingling.language.values.scan import Hit, scan


class Bound(NamedTuple):
    """One end of a range, or with `high` both."""

    mark: str
    value: float
    high: float | None = None

    @property
    def lower(self) -> bool:
        return self.mark in "(["

    @property
    def both(self) -> bool:
        return self.high is not None or self.mark == "="

    def interval(self, closed: bool) -> str:
        if self.high is not None:
            return f"[{_plain(self.value)},{_plain(self.high)}{']' if closed else ')'}"
        if self.mark == "=":
            return f"[{_plain(self.value)},{_plain(self.value)}]"
        if self.lower:
            return f"{self.mark}{_plain(self.value)},)"
        return f"(,{_plain(self.value)}{self.mark}"


def _plain(value: float) -> str:
    return f"{value:.15g}"


def _number(found: re.Match[str]) -> float:
    return float(found.group())


number = Written(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", _number)
"""A number that was found before, in the words that `with_numbers` gives."""


def with_numbers(tokens: Words, numbers: Iterable[Hit]) -> Words:
    """`tokens` with one token for each number; what looks like a number but is none becomes a mark."""
    found = {hit.first: hit for hit in numbers}
    merged: list[Token] = []
    at = 0
    while at < len(tokens):
        hit = found.get(at)
        token = tokens[at]
        if hit:
            merged.append(Token(_plain(hit.value), hit.start, hit.stop))
        else:
            text = "#" if token.text[0].isdigit() else "~" if token.text == "-" else token.text
            merged.append(Token(text, token.start, token.end))
        at = hit.end if hit else at + 1
    return Words(merged)


Linked = Callable[[Sequence[str]], bool]


def ranges(words: Words, phrase: Phrase, linked: Linked, *, closed: bool) -> list[Recognized]:
    """`linked` tells of the words between two bounds whether these may be the ends of one range."""

    def fits(words: Words, first: int, end: int) -> bool:
        return not _cut_off(words, first, end)

    found: list[Recognized] = []
    last: Hit | None = None
    for hit in scan(words, phrase, fits):
        between = [token.text for token in words[last.end : hit.first]] if last else []
        if last and linked(between) and (interval := _joined(last.value, hit.value)):
            found[-1] = _recognized(last.start, hit.stop, interval)
            last = None
            continue
        found.append(_recognized(hit.start, hit.stop, hit.value.interval(closed)))
        last = None if hit.value.both else hit
    return found


def _joined(one: Bound, other: Bound) -> str | None:
    if one.both or other.both or one.lower == other.lower:
        return None
    low, high = (one, other) if one.lower else (other, one)
    return f"{low.mark}{_plain(low.value)},{_plain(high.value)}{high.mark}" if low.value < high.value else None


def _recognized(start: int, stop: int, interval: str) -> Recognized:
    return Recognized("numberrange", start, stop, "", ({"value": interval},))


_COMPARING = frozenset("<>=")
_CHAINING = frozenset("~/")


def _cut_off(words: Words, first: int, end: int) -> bool:
    """ "200 or greater than" before a number, and a comparison that is part of a longer one."""
    after = [token.text for token in words[end : end + 2]]
    before = words[first - 1].text if first else ""
    if words[first].text in _COMPARING and before in _COMPARING:
        return True
    if _numeric(words[end - 1].text):
        chained = _numeric(words[first].text) and before in _CHAINING
        return chained or bool(after and after[0] in _CHAINING)
    return any(_numeric(text) for text in after[: 1 + (after[:1] in (["than"], ["to"]))])


def _numeric(text: str) -> bool:
    return text[:1].isdigit() or (text[:1] == "-" and len(text) > 1)

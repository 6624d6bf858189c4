"""A sentence with masks in the places of its values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from jingling.language.learned.features import words
from jingling.language.learned.samples import MASKS, NUMBER

Lists = Mapping[str, Sequence[str]]
"""Of each list the texts that were said of it."""


class Masked(NamedTuple):
    """`words` as the learner takes them, and what was said in the place of each."""

    words: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)


def values(lists: Lists, name: str) -> list[str]:
    """The texts of a list's values, longest first."""
    return sorted(lists.get(name, ()), key=len, reverse=True)


def masked(text: str, lists: Lists, ranges: Iterable[str] = ()) -> Masked:
    """The longest values first; of two as long, the one whose list `MASKS` names first."""
    kinds = {**MASKS, **dict.fromkeys(ranges, NUMBER)}
    order = list(kinds)
    found = [(value, name) for name in kinds for value in values(lists, name) if value]
    found.sort(key=lambda one: (-len(one[0]), order.index(one[1])))
    parts: list[tuple[str, str]] = [(text, "")]
    for value, name in found:
        parts = [piece for part in parts for piece in _split(part, value, kinds[name])]
    said: list[tuple[str, str]] = []
    for part, mask in parts:
        said += [(mask, part)] if mask else [(word, word) for word in words(part)]
    return Masked(tuple(word for word, _ in said), tuple(original for _, original in said))


def _split(part: tuple[str, str], value: str, mask: str) -> Iterable[tuple[str, str]]:
    text, taken = part
    at = -1 if taken else _place(text, value)
    if at < 0:
        return [part]
    rest = (text[at + len(value) :], "")
    return [(text[:at], ""), (text[at : at + len(value)], mask), *_split(rest, value, mask)]


def _place(text: str, value: str) -> int:
    """Where `value` stands as words of its own, or -1."""
    folded, wanted = text.casefold(), value.casefold()
    at = folded.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not (_word(folded, at - 1, at) or _word(folded, end - 1, end)):
            return at
        at = folded.find(wanted, at + 1)
    return -1


def _word(text: str, before: int, after: int) -> bool:
    """Whether the letters on both sides belong to one word; Chinese characters are words of their own."""
    return (
        before >= 0 and after < len(text) and all(text[i].isascii() and text[i].isalnum() for i in (before, after))
    )

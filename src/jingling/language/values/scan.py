"""Phrases looked for from the start of a text to its end."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from jingling.language.values.phrases import Match, Phrase, Words, begins


class Hit(NamedTuple):
    """`first` and `end` (exclusive) count tokens; `start` and `stop` characters of the text."""

    first: int
    end: int
    value: Any
    start: int
    stop: int


Fits = Callable[[Words, int, int], bool]


def scan(words: Words, phrase: Phrase, fits: Fits | None = None) -> Iterator[Hit]:
    """The longest reading of `phrase` at each place not yet covered; `fits(words, first, end)` may refuse one."""
    at = 0
    while at < len(words):
        found = longest(words, phrase, at, fits)
        if found is None:
            at += 1
            continue
        end, value = found
        yield Hit(at, end, value, words[at].start, words[end - 1].end)
        at = end


def longest(words: Words, phrase: Phrase, at: int, fits: Fits | None = None) -> Match | None:
    if not begins(phrase.first, words, at):
        return None
    for end, value in sorted(phrase.match(words, at), key=lambda match: -match[0]):
        if end > at and (fits is None or fits(words, at, end)):
            return end, value
    return None


class Names:
    """Names of several tokens each, looked up by their first; a name means what the mapping says."""

    empty = False

    def __init__(self, names: Mapping[tuple[str, ...], Any]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
        for name, value in names.items():
            self._by_first.setdefault(name[0], []).append((name, value))
        self.first = frozenset(self._by_first)

    def match(self, words: Words, at: int) -> Sequence[Match]:
        if at >= len(words):
            return ()
        return tuple(
            (at + len(name), value)
            for name, value in self._by_first.get(words[at].text, ())
            if all(at + i < len(words) and words[at + i].text == part for i, part in enumerate(name))
        )


class Best:
    """Of several readings of `part` for the same words the one with the least `key`, which is then taken off."""

    empty = False

    def __init__(self, part: Phrase) -> None:
        self.part = part

    @property
    def first(self) -> frozenset[str]:
        return self.part.first

    def match(self, words: Words, at: int) -> Sequence[Match]:
        best: dict[int, tuple[Any, Any]] = {}
        for end, (key, value) in self.part.match(words, at):
            if end not in best or key < best[end][0]:
                best[end] = key, value
        return tuple((end, value) for end, (_, value) in best.items())


class Run:
    """`part` one to `most` times; it means the list of their values."""

    empty = False

    def __init__(self, part: Phrase, most: int) -> None:
        self.part = part
        self.most = most

    @property
    def first(self) -> frozenset[str]:
        return self.part.first

    def match(self, words: Words, at: int) -> Sequence[Match]:
        found: list[Match] = []
        values: list[Any] = []
        while len(values) < self.most:
            read = longest(words, self.part, at)
            if read is None:
                break
            at = read[0]
            values = [*values, read[1]]
            found.append((at, values))
        return found

"""Phrases that stand for a value: one description, used to read a text and to build the recogniser's grammar.

A phrase's `match(words, at)` gives each `(end, value)` with which it can be read at word `at`; of several
values for the same words the first alternative's counts. What was read once is kept in `Words.known`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from jingling.core.turn import Language
from jingling.language.text import Token
from jingling.language.values.spelling import ways

Match = tuple[int, Any]
DIGIT = "0"
"""Stands in `first` for any token that begins with a digit or a minus sign."""


class Words(tuple[Token, ...]):
    """The tokens of one text, and what has been read in them so far.

    `keys` are the tokens as they stand in `first`, then an empty one. `able` tells of phrases whether the text
    has the words for them.
    """

    known: dict[tuple[int, int], Sequence[Match]]
    keys: tuple[str, ...]
    present: frozenset[str]
    able: dict[int, bool]

    def __new__(cls, tokens: Iterable[Token]) -> "Words":
        words = super().__new__(cls, tuple(tokens))
        words.known = {}
        words.keys = (*(first_key(token.text) for token in words), "")
        words.present = frozenset(words.keys)
        words.able = {}
        return words


class Phrase(Protocol):
    """`first` holds the words that it can begin with; `empty`: it may be nothing at all."""

    empty: bool

    @property
    def first(self) -> frozenset[str]: ...

    def match(self, words: Words, at: int) -> Sequence[Match]: ...


class Word:
    """One word, or one Chinese character, that means `value`."""

    empty = False

    def __init__(self, text: str, value: Any = None) -> None:
        self.text = text
        self.value = value

    @cached_property
    def first(self) -> frozenset[str]:
        return frozenset({self.text})

    def match(self, words: Words, at: int) -> Sequence[Match]:
        if at < len(words) and words[at].text == self.text:
            return ((at + 1, self.value),)
        return ()


class Written:
    """A token with digits, as it is typed; the recogniser never hears one. `read` may return None: not this."""

    empty = False

    def __init__(self, pattern: str, read: Callable[[re.Match[str]], Any]) -> None:
        self.pattern = re.compile(pattern)
        self.read = read

    @cached_property
    def first(self) -> frozenset[str]:
        return frozenset({DIGIT})

    def match(self, words: Words, at: int) -> Sequence[Match]:
        found = self.pattern.fullmatch(words[at].text) if at < len(words) else None
        value = self.read(found) if found else None
        return () if value is None else ((at + 1, value),)


class Alt:
    """One of several."""

    def __init__(self, *options: Phrase) -> None:
        self.options = options
        self.empty = any(option.empty for option in options)

    @cached_property
    def first(self) -> frozenset[str]:
        return frozenset().union(*(option.first for option in self.options))

    def match(self, words: Words, at: int) -> Sequence[Match]:
        options = self._by_word.get(words.keys[at], self._maybe_nothing)
        if not options:
            return ()
        known = words.known.get((id(self), at))
        if known is None:
            found: dict[int, Any] = {}
            for option in options:
                for end, value in option.match(words, at):
                    found.setdefault(end, value)
            known = words.known[id(self), at] = tuple(found.items())
        return known

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[Phrase]]:
        fitting = {word: [o for o in self.options if o.empty or word in o.first] for word in self.first}
        return {word: tuple(options) for word, options in fitting.items()}

    @cached_property
    def _maybe_nothing(self) -> Sequence[Phrase]:
        return tuple(option for option in self.options if option.empty)


class Opt:
    """`part`, or nothing, which means `default`."""

    empty = True

    def __init__(self, part: Phrase, default: Any = None) -> None:
        self.part = part
        self.default = default

    @cached_property
    def first(self) -> frozenset[str]:
        return self.part.first

    def match(self, words: Words, at: int) -> Sequence[Match]:
        if words.keys[at] not in self.part.first:
            return ((at, self.default),)
        return (*self.part.match(words, at), (at, self.default))


class Seq:
    """One after the other. `make` gets the parts' values and may return None: not this."""

    def __init__(self, make: Callable[..., Any], *parts: Phrase) -> None:
        self.make = make
        self.parts = parts
        self.empty = all(part.empty for part in parts)

    @cached_property
    def first(self) -> frozenset[str]:
        words: set[str] = set()
        for part in self.parts:
            words |= part.first
            if not part.empty:
                break
        return frozenset(words)

    def match(self, words: Words, at: int) -> Sequence[Match]:
        if not words.able.get(id(self), True):
            return ()
        known = words.known.get((id(self), at))
        if known is None:
            if not self._able(words):
                return ()
            made = ((end, self.make(*values)) for end, values in self._parts(words, at))
            known = words.known[id(self), at] = tuple((end, value) for end, value in made if value is not None)
        return known

    def _able(self, words: Words) -> bool:
        """Whether the text has a word for each part."""
        able = words.able.get(id(self))
        if able is None:
            able = not any(words.present.isdisjoint(first) for first in self._needed)
            words.able[id(self)] = able
        return able

    @cached_property
    def _needed(self) -> Sequence[frozenset[str]]:
        return tuple(part.first for part in self.parts[1:] if not part.empty)

    def _parts(self, words: Words, at: int) -> Iterable[tuple[int, tuple[Any, ...]]]:
        reached: list[tuple[int, tuple[Any, ...]]] = [(at, ())]
        keys = words.keys
        for part in self.parts:
            if part.empty:
                reached = [
                    (end, (*values, value)) for at, values in reached for end, value in part.match(words, at)
                ]
            else:
                first = part.first
                reached = [
                    (end, (*values, value))
                    for at, values in reached
                    if keys[at] in first
                    for end, value in part.match(words, at)
                ]
            if not reached:
                break
        return reached


class Typed:
    """`part` is understood when it is typed, but kept out of the recogniser's grammar to keep that small."""

    def __init__(self, part: Phrase) -> None:
        self.part = part
        self.empty = part.empty

    @cached_property
    def first(self) -> frozenset[str]:
        return self.part.first

    def match(self, words: Words, at: int) -> Sequence[Match]:
        return self.part.match(words, at)


def begins(first: frozenset[str], words: Words, at: int) -> bool:
    """Whether the word at `at` can be the first one of a phrase that begins with `first`."""
    return words.keys[at] in first


def first_key(word: str) -> str:
    """As `word` stands in `first`."""
    return DIGIT if word[0] == "-" or word[0].isdigit() else word


def text(words: str, value: Any = None, chinese: bool = False) -> Phrase:
    """A fixed run of words (or, in Chinese, of characters) that means `value`."""
    parts = list(words) if chinese else words.split()
    if len(parts) == 1:
        return Word(parts[0], value)
    return Seq(lambda *_: value if value is not None else words, *(Word(part) for part in parts))


def table(meanings: Mapping[str, Any], chinese: bool = False) -> Alt:
    """Each of the keys, a run of words, means its value."""
    return Alt(*(text(words, value, chinese) for words, value in meanings.items()))


def any_of(*options: str, chinese: bool = False) -> Alt:
    """One of several runs of words; it means what was said."""
    return table({option: option for option in options}, chinese)


def numbers_to(low: int, high: int, language: Language) -> Alt:
    """The whole numbers from `low` to `high` in words."""
    spelled = {way: number for number in range(low, high + 1) for way in ways(number, language)}
    if language == "zh" and low <= 2 <= high:
        spelled["两"] = 2
    return table(spelled, chinese=language == "zh")

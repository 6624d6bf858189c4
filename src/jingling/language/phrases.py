"""Phrases that stand for a value: one description, used to read a text and to build the recogniser's grammar.

A phrase's `match(tokens, at)` yields each `(end, value)` with which it can be read at token `at`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from jingling.language.text import Token

Match = tuple[int, Any]
DIGIT = "0"
"""Stands in `first` for any token that begins with a digit or a minus sign."""


class Phrase(Protocol):
    """`first` holds the words that it can begin with; `empty`: it may be nothing at all."""

    empty: bool

    @property
    def first(self) -> frozenset[str]: ...

    def match(self, tokens: Sequence[Token], at: int) -> Iterator[Match]: ...


class Word:
    """One word, or one Chinese character, that means `value`."""

    empty = False

    def __init__(self, text: str, value: Any = None) -> None:
        self.text = text
        self.value = value

    @cached_property
    def first(self) -> frozenset[str]:
        return frozenset({self.text})

    def match(self, tokens: Sequence[Token], at: int) -> Iterator[Match]:
        if at < len(tokens) and tokens[at].text == self.text:
            yield at + 1, self.value


class Written:
    """A token with digits, as it is typed; the recogniser never hears one. `read` may return None: not this."""

    empty = False

    def __init__(self, pattern: str, read: Callable[[re.Match[str]], Any]) -> None:
        self.pattern = re.compile(pattern)
        self.read = read

    @cached_property
    def first(self) -> frozenset[str]:
        return frozenset({DIGIT})

    def match(self, tokens: Sequence[Token], at: int) -> Iterator[Match]:
        found = self.pattern.fullmatch(tokens[at].text) if at < len(tokens) else None
        value = self.read(found) if found else None
        if value is not None:
            yield at + 1, value


class Alt:
    """One of several."""

    def __init__(self, *options: Phrase) -> None:
        self.options = options
        self.empty = any(option.empty for option in options)

    @cached_property
    def first(self) -> frozenset[str]:
        return frozenset().union(*(option.first for option in self.options))

    def match(self, tokens: Sequence[Token], at: int) -> Iterator[Match]:
        for option in self.options:
            if option.empty or begins(option.first, tokens, at):
                yield from option.match(tokens, at)


class Opt:
    """`part`, or nothing, which means `default`."""

    empty = True

    def __init__(self, part: Phrase, default: Any = None) -> None:
        self.part = part
        self.default = default

    @cached_property
    def first(self) -> frozenset[str]:
        return self.part.first

    def match(self, tokens: Sequence[Token], at: int) -> Iterator[Match]:
        yield from self.part.match(tokens, at)
        yield at, self.default


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

    def match(self, tokens: Sequence[Token], at: int) -> Iterator[Match]:
        for end, values in self._parts(tokens, at, 0):
            value = self.make(*values)
            if value is not None:
                yield end, value

    def _parts(self, tokens: Sequence[Token], at: int, index: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
        if index == len(self.parts):
            yield at, ()
            return
        for end, value in self.parts[index].match(tokens, at):
            for last, values in self._parts(tokens, end, index + 1):
                yield last, (value, *values)


class Typed:
    """`part` is understood when it is typed, but kept out of the recogniser's grammar to keep that small."""

    def __init__(self, part: Phrase) -> None:
        self.part = part
        self.empty = part.empty

    @cached_property
    def first(self) -> frozenset[str]:
        return self.part.first

    def match(self, tokens: Sequence[Token], at: int) -> Iterator[Match]:
        return self.part.match(tokens, at)


def begins(first: frozenset[str], tokens: Sequence[Token], at: int) -> bool:
    """Whether the token at `at` can be the first one of a phrase that begins with `first`."""
    if at >= len(tokens):
        return False
    text = tokens[at].text
    return text in first or (DIGIT in first and (text[0].isdigit() or text[0] == "-"))


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


def read(phrase: Phrase, tokens: Sequence[Token], at: int = 0) -> Iterator[Match]:
    """Every way to read `phrase` at token `at`, with a quick look at the first word."""
    if begins(phrase.first, tokens, at):
        yield from phrase.match(tokens, at)

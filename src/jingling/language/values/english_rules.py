"""Patterns over the words and signs of free English text.

A pattern is a row of items. `word` or `one|two_words|three` is said as it stands (`_` joins the words of one
choice), `{name}` is another phrase whose value is taken, `<name>` one whose value is not, `~` means that no space
stands here, and `?` after an item makes it optional. Case does not matter and every dash is `-`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jingling.language.text import Token
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Word, Words, text

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_DASHES = "-‐‑‒–—−~"
_SIGNS = str.maketrans(dict.fromkeys(_DASHES, "–") | {"’": "'", "‘": "'", "`": "'"})
Names = dict[str, Phrase]


def free_words(said: str) -> Words:
    """Runs of digits, runs of letters and single signs, each where it stands in `said`."""
    found = _TOKEN.finditer(said)
    return Words(Token(one.group().lower().translate(_SIGNS), one.start(), one.end()) for one in found)


class Here:
    """Nothing is read here; it only holds when `holds(words, at)` does."""

    empty = True
    first: frozenset[str] = frozenset()

    def __init__(self, holds: Callable[[Words, int], bool]) -> None:
        self.holds = holds

    def match(self, words: Words, at: int) -> tuple[tuple[int, Any], ...]:
        return ((at, None),) if self.holds(words, at) else ()


def glued(words: Words, at: int) -> bool:
    """Whether no space stands before the word at `at`."""
    return 0 < at < len(words) and words[at - 1].end == words[at].start


def said_before(*choices: str) -> Here:
    """The word before is one of `choices`."""
    return Here(lambda words, at: at > 0 and words[at - 1].text in choices)


def nothing_after(*stops: str) -> Here:
    """What follows is not one of `stops`."""
    return Here(lambda words, at: at >= len(words) or words[at].text not in stops)


def number_ends(words: Words, at: int) -> bool:
    """Whether the number before is whole: no digits, share or sign of one stand glued behind it."""
    if at >= len(words):
        return True
    sign, beside = words[at].text, glued(words, at)
    if sign in ("%", "percent"):
        return False
    if not beside:
        return True
    if sign in ("th", "st", "nd", "rd", "$"):
        return False
    return sign not in ".,/:" or not (
        at + 1 < len(words) and glued(words, at + 1) and words[at + 1].text[0].isdigit()
    )


_GLUE = Here(glued)


def pattern(said: str, make: Callable[..., Any], names: Mapping[str, Phrase]) -> Phrase:
    parts: list[Phrase] = []
    taken: list[int] = []
    for item in said.split():
        if item[0] == "{":
            taken.append(len(parts))
        part = _part(item.removesuffix("?"), names)
        parts.append(Opt(part) if item[-1] == "?" else part)
    return Seq(lambda *values: make(*(values[at] for at in taken)), *parts)


def _part(item: str, names: Mapping[str, Phrase]) -> Phrase:
    if item == "~":
        return _GLUE
    if item[0] in "{<":
        return names[item[1:-1]]
    choices = [text(" ".join(free_text(choice)), True) for choice in item.split("|")]
    return choices[0] if len(choices) == 1 else Alt(*choices)


def free_text(choice: str) -> Iterable[str]:
    return (word.text for word in free_words(choice.replace("_", " ")))


def rules(names: Mapping[str, Phrase], *given: tuple[str, Callable[..., Any]]) -> Alt:
    """One of several patterns, each with what makes the value of its parts' values."""
    return Alt(*(pattern(said, make, names) for said, make in given))


def meanings(table: Mapping[str, Any]) -> Alt:
    """Each of the keys, a run of words and signs, means its value."""
    return Alt(*(text(" ".join(free_text(said)), value) for said, value in table.items()))


def vocabulary(phrases: Iterable[Phrase]) -> frozenset[str]:
    """All the words that phrases are made of."""
    words, seen = set(), set()
    open_ones = list(phrases)
    while open_ones:
        phrase = open_ones.pop()
        if id(phrase) in seen:
            continue
        seen.add(id(phrase))
        if isinstance(phrase, Word):
            words.add(phrase.text)
        elif isinstance(phrase, Opt):
            open_ones.append(phrase.part)
        elif isinstance(phrase, Alt | Seq):
            open_ones += phrase.options if isinstance(phrase, Alt) else phrase.parts
    return frozenset(words)

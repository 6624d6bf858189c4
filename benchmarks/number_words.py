"""Whole numbers in the words of any language, by the Unicode rules that hassil uses as well."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from hassil.numbers import get_rbnf_engine

from jingling.language.text import even, tokens
from jingling.language.values.phrases import DIGIT, Match, Words

_LAST = 300
_LARGE = range(1000, 10001, 100)
"""What ranges of the packaged sentences hold besides."""
Node = dict[str, Any]
_HERE = ""


class NumberWords:
    """A phrase that stands for a whole number, in digits or (where the rules know the language) in words."""

    empty = False

    def __init__(self, language: str) -> None:
        self._root: Node = {}
        try:
            engine = get_rbnf_engine(language)
        except ValueError:
            return
        for number in (*range(_LAST + 1), *_LARGE):
            for text in engine.format_number(number).text_by_ruleset.values():
                self._add(text, number)

    def _add(self, text: str, number: int) -> None:
        words = [token.text for token in tokens(even(text.replace("\u00ad", "")))]
        if not words or any(map(str.isdigit, words)):
            return
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
        node.setdefault(_HERE, number)

    @cached_property
    def first(self) -> frozenset[str]:
        return frozenset({*self._root, DIGIT})

    def match(self, words: Words, at: int) -> Sequence[Match]:
        found: list[Match] = []
        try:
            number = float(words[at].text)
            found.append((at + 1, int(number) if number == int(number) else number))
        except (ValueError, OverflowError):
            pass
        node = self._root
        for end in range(at, len(words)):
            node = node.get(words[end].text, {})
            if _HERE in node:
                found.append((end + 1, node[_HERE]))
            if not node:
                break
        return found

"""Text cut into the words that the automaton and the names are made of; templates are cut the same way."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jingling.language.text import Token, even

CJK = "㐀-䶿一-鿿"
_SPACELESS = f"{CJK}぀-ヿ가-힯\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"


def _pattern(alone: str) -> re.Pattern[str]:
    letter = rf"[^\s\d%°'.:/\-{alone}]"
    return re.compile(
        rf"""-?\d{{4}}-\d{{1,2}}-\d{{1,2}}(?!\d)      # a date
        |\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d)         # a clock
        |\d+/\d+                                      # a fraction
        |(?<![\w.])-\d+(?:[.]\d+)?|\d+(?:[.]\d+)?     # a number
        |[{alone}]                                    # a character
        |'s(?!{letter})                               # what belongs to the word before
        |{letter}+(?:'(?!s(?!{letter}))(?={letter}|\d))? # a word, up to an apostrophe in it
        |[%°]""",
        re.VERBOSE,
    )


_WORD = {False: _pattern(CJK), True: _pattern(_SPACELESS)}
_PIECE = {
    False: re.compile(rf"\s+|[{CJK}]|[^\s{CJK}]+"),
    True: re.compile(rf"\s+|[{_SPACELESS}]|[^\s{_SPACELESS}]+"),
}
_ALONE = {False: re.compile(f"[{CJK}]"), True: re.compile(f"[{_SPACELESS}]")}
_SIGNS = frozenset("'%°")
_GAP = re.compile(rf"(?<=[{CJK}]) (?=[{CJK}])")


def cut(text: str, characters: bool = False) -> list[Token]:
    """The words of an even text, lower-case, with their places.

    A Chinese character is a word of its own everywhere; with `characters` so are those of other scripts without
    spaces. “'s” is a word, and so is what stands before another apostrophe: “l'entrée” is two.
    """
    return [Token(found.group(), found.start(), found.end()) for found in _WORD[characters].finditer(lower(text))]


def lower(text: str) -> str:
    """`text` in small letters, each in its place."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


@lru_cache(maxsize=65536)
def words_of(piece: str, characters: bool) -> tuple[str, ...]:
    """The words of a piece of a template without spaces; it may begin or end with an apostrophe."""
    head, tail = "x" if piece[0] == "'" else "", "x" if piece[-1] == "'" else ""
    words = [token.text for token in cut(even(f"{head}{piece}{tail}"), characters)]
    if head and words:
        words[0] = words[0][1:]
    if tail and words:
        words[-1] = words[-1][:-1]
    return tuple(word for word in words if word)


@lru_cache(maxsize=65536)
def pieces(text: str, characters: bool) -> tuple[str, ...]:
    """A template's text as pieces of words, and " " where a word ends."""
    return tuple(_pieces(text, characters))


def _pieces(text: str, characters: bool) -> Iterator[str]:
    pattern = _PIECE[characters]
    for found in pattern.finditer(lower(text)):
        piece = found.group()
        if _ALONE[characters].match(piece):
            yield from (" ", piece, " ")
        elif not any(char in _SIGNS or unicodedata.category(char)[0] in "LMN" for char in piece):
            yield " "
        else:
            yield piece


def in_letters(word: str) -> bool:
    """Whether `word` may be part of a longer one."""
    return all(unicodedata.category(char)[0] in "LM" for char in word)


def joined(words: Sequence[str]) -> str:
    """Words as a text again: Chinese characters without spaces between them."""
    return _GAP.sub("", " ".join(words)).replace(" 's", "'s")

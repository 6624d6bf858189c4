"""An owner's wake phrase in the tokens of a keyword model. Pure."""

from collections.abc import Callable, Collection
from itertools import pairwise

Encode = Callable[[str], list[str]]
_SAID = {"'": "'", "’": "'"}


def read_tokens(text: str) -> frozenset[str]:
    """The tokens of a tokens.txt: a token and its number on each line."""
    return frozenset(line.split()[0] for line in text.splitlines() if line.strip())


def tokens_of(phrase: str, units: str, table: Collection[str], encode: Encode | None) -> list[str] | None:
    """`units`: pinyin (initials and finals with tones), pieces (by `encode`), letters (Han characters).

    None where the model lacks a token for some of it.
    """
    if units == "pinyin":
        found = _pinyin(phrase)
    elif units == "letters":
        found = [letter for letter in phrase if letter.isalnum()]
    else:
        found = _pieces(phrase, table, encode)
    return found if found and all(one in table for one in found) else None


def _pinyin(phrase: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin
    from pypinyin.contrib.tone_convert import to_finals_tone, to_initials

    han = "".join(letter for letter in phrase if letter.isalnum())
    found = []
    for syllable in lazy_pinyin(han, style=Style.TONE):
        sounds = [to_initials(syllable, strict=False), to_finals_tone(syllable, strict=False)]
        found += [sound for sound in sounds if sound] or [syllable]
    return found


def _pieces(phrase: str, table: Collection[str], encode: Encode | None) -> list[str]:
    """English models are trained in capitals, some in small letters: whichever the table has."""
    words = "".join(_SAID.get(letter, letter if letter.isalnum() else " ") for letter in phrase).split()
    said = " ".join(words)
    written = said.upper() if any(one.isupper() for one in table if one[:1] != "<") else said.lower()
    return (encode or (lambda text: _longest(text, table)))(written)


def _longest(text: str, table: Collection[str]) -> list[str]:
    """The fewest pieces, when the model came without its own way to cut."""
    marked = "▁" + text.replace(" ", "▁")
    best: list[list[int] | None] = [[0]] + [None] * len(marked)
    for start, way in enumerate(best):
        for end in range(start + 1, len(marked) + 1) if way else ():
            shorter = best[end] is None or len(way or ()) + 1 < len(best[end] or ())
            if shorter and marked[start:end] in table:
                best[end] = [*(way or ()), end]
    return [marked[start:end] for start, end in pairwise(best[-1] or ())]

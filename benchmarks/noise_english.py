"""English misheard by one sound or letter, by a pronouncing dictionary: nothing here knows how we understand."""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pocketsphinx

_VOWELS = ("AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW")
_LIKE = ("P B", "T D", "K G", "F V TH", "S Z SH", "CH JH SH", "M N NG", "L R W", "TH D DH", "N L", "V B W", "HH F")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TRIES = 12
_COMMON = -140_000
"""Log probability, to the base of 1.0001, of a word that a recogniser would rather hear than a name: 1e-6."""


class Dictionary:
    """How words are said, and which words are said so; of those, only such as `is_common`."""

    def __init__(self, lines: Sequence[str], is_common: Callable[[str], bool]) -> None:
        self.said: dict[str, tuple[str, ...]] = {}
        self.words: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for line in lines:
            word, *phones = line.split()
            word = word.partition("(")[0]
            if word.isalpha():
                self.said.setdefault(word, tuple(phones))
                if is_common(word):
                    self.words[tuple(phones)].append(word)


@cache
def dictionary() -> Dictionary:
    """The recogniser's pronouncing dictionary, and the words that its language model has often."""
    folder = Path(pocketsphinx.get_model_path()) / "en-us"
    model = pocketsphinx.NGramModel.readfile(str(folder / "en-us.lm.bin"))
    lines = (folder / "cmudict-en-us.dict").read_text(encoding="utf-8").splitlines()
    return Dictionary(lines, lambda word: model.prob([word]) > _COMMON)


def misheard(words: Sequence[str], chance: random.Random) -> list[str]:
    """The words of a name or a number with one error in them."""
    kinds: list[Callable[[Sequence[str], random.Random], list[str] | None]] = [
        _other_sound, _other_sound, _other_sound, _other_letter, _joined, _split, _shortened, _plural
    ]  # fmt: skip
    for _ in range(_TRIES):
        found = chance.choice(kinds)(words, chance)
        if found and list(found) != list(words):
            return found
    return _other_letter(words, chance)


def _other_sound(words: Sequence[str], chance: random.Random) -> list[str] | None:
    """Another real word, that differs by one sound or by none."""
    at = chance.randrange(len(words))
    phones = dictionary().said.get(words[at])
    if phones is None:
        return None
    for _ in range(_TRIES):
        alike = [word for word in dictionary().words.get(_edited(phones, chance), ()) if word != words[at]]
        if alike:
            return [*words[:at], chance.choice(alike), *words[at + 1 :]]
    return None


def _edited(phones: tuple[str, ...], chance: random.Random) -> tuple[str, ...]:
    at = chance.randrange(len(phones))
    alike = [other for group in _LIKE if phones[at] in group.split() for other in group.split()]
    substitutes = _VOWELS if phones[at] in _VOWELS else alike or [phones[at]]
    return chance.choice(
        [
            phones,
            (*phones[:at], chance.choice(substitutes), *phones[at + 1 :]),
            (*phones[:at], chance.choice(substitutes), *phones[at + 1 :]),
            (*phones[:at], *phones[at + 1 :]),
            (*phones[:at], chance.choice((*_VOWELS, "T", "D", "N", "S", "L")), *phones[at:]),
        ]
    )


def _other_letter(words: Sequence[str], chance: random.Random) -> list[str]:
    long = [at for at, word in enumerate(words) if len(word) > 3] or [0]
    which = chance.choice(long)
    word = words[which]
    at = chance.randrange(1, max(2, len(word)))
    edited = chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + chance.choice(_LETTERS) + word[at + 1 :],
            word[:at] + chance.choice(_LETTERS) + word[at:],
            word[: at - 1] + word[at : at + 1] + word[at - 1] + word[at + 1 :],
        ]
    )
    return [*words[:which], edited or word, *words[which + 1 :]]


def _joined(words: Sequence[str], chance: random.Random) -> list[str] | None:
    if len(words) < 2:
        return None
    at = chance.randrange(len(words) - 1)
    return [*words[:at], words[at] + words[at + 1], *words[at + 2 :]]


def _split(words: Sequence[str], chance: random.Random) -> list[str] | None:
    at = chance.randrange(len(words))
    cuts = [
        cut
        for cut in range(2, len(words[at]) - 1)
        if {words[at][:cut], words[at][cut:]} <= dictionary().said.keys()
    ]
    if not cuts:
        return None
    cut = chance.choice(cuts)
    return [*words[:at], words[at][:cut], words[at][cut:], *words[at + 1 :]]


def _shortened(words: Sequence[str], chance: random.Random) -> list[str] | None:
    """A long word without its unstressed vowel, or without its last letter."""
    long = [at for at, word in enumerate(words) if len(word) > 5]
    if not long:
        return None
    at = chance.choice(long)
    word = words[at]
    vowels = [place for place in range(1, len(word) - 1) if word[place] in "aeiou"]
    place = chance.choice([*vowels, len(word) - 1])
    return [*words[:at], word[:place] + word[place + 1 :], *words[at + 1 :]]


def _plural(words: Sequence[str], chance: random.Random) -> list[str]:
    last = words[-1][:-1] if words[-1].endswith("s") and len(words[-1]) > 3 else words[-1] + "s"
    return [*words[:-1], last]

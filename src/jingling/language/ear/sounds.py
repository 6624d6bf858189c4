"""How alike words sound. 0 is the same; 1 has nothing in common.

Mandarin goes by pinyin syllables, English by its letters together with the skeleton of its consonants.
"""

from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from jellyfish import metaphone
from rapidfuzz.distance import OSA, Levenshtein

from jingling.language.ear.pinyin import said

TONE = 0.04
"""What a wrong tone, or another character of the same sound, counts."""
_USUAL = 0.14
_SELDOM = 0.5
_OTHER = 0.8
_SELDOM_SAID, _SELDOM_READ = 0.3, 0.12
"""Added for a reading that is not the commonest, of a character that was heard and of one that is known."""
_INITIALS = (*("zh", "ch", "sh"), *"bpmfdtnlgkhjqxrzcsyw")
_PLURAL = 0.08
_CONSONANTS_APART_MAX = 3
_ALIKE = 0.45
_BREATH = 0.2
_BREATHED = frozenset("WHY")
"""What is easily missed before a first vowel."""
_ALIKE_CONSONANTS = ("RLW", "MN", "SX", "FT", "PF", "PTK", "FW", "HF", "NL")
"""Of skeletons: consonants that are heard for each other."""
_READINGS_MAX = 3
_KEYS_MAX = 6


def _pairs(text: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split("/")) for pair in text.split())


_USUAL_INITIALS = _pairs("n/l z/zh c/ch s/sh f/h r/l")
_SELDOM_INITIALS = _pairs("b/p d/t g/k j/q zh/ch z/c j/zh q/ch x/sh x/s j/z q/c n/m r/y zh/c z/ch zh/j w/h w/f")
_USUAL_FINALS = _pairs("in/ing en/eng an/ang ian/iang uan/uang")
_SELDOM_FINALS = _pairs(
    "ong/eng o/uo ou/uo e/uo e/o un/ong un/en ei/ui i/v ie/ve ai/ei a/ia u/v ian/uan iu/ou ao/iao en/in"
)
_FOLDED_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "r": "l", "h": "f"}
_FOLDED_FINALS = {"ing": "in", "eng": "en", "ang": "an", "iang": "ian", "uang": "uan"}
_VOWELS = frozenset("AEIOU")
_VOICED = str.maketrans("BDGVZJ0", "PTKFSXT")


class Syllable(NamedTuple):
    """In pinyin; `tone` is 1 to 4, or 0."""

    initial: str
    final: str
    tone: int

    @property
    def key(self) -> str:
        """The same for syllables that are usually confused."""
        initial = _FOLDED_INITIALS.get(self.initial, self.initial)
        return initial + _FOLDED_FINALS.get(self.final, self.final)


@cache
def readings(char: str) -> tuple[Syllable, ...]:
    """All usual ways to read a Chinese character, the commonest first; nothing for any other."""
    return tuple(map(_syllable, said(char)[:_READINGS_MAX]))


def _syllable(reading: str) -> Syllable:
    tone = int(reading[-1]) if reading[-1].isdigit() else 0
    plain = reading.rstrip("01234")
    initial = next((initial for initial in _INITIALS if plain.startswith(initial)), "")
    return Syllable(initial, plain[len(initial) :], tone)


def keys(chars: str) -> list[tuple[str, ...]]:
    """The keys of the syllables of `chars`, for each way to read them; none if one cannot be read."""
    ways = [dict.fromkeys(syllable.key for syllable in readings(char)) for char in chars]
    found: list[tuple[str, ...]] = []
    for way in product(*ways):
        found.append(way)
        if len(found) == _KEYS_MAX:
            break
    return found


@lru_cache(50_000)
def unlike_chars(heard: str, known: str) -> float:
    """How unlike two Chinese characters sound in their most similar readings."""
    if heard == known:
        return 0.0
    ways = product(enumerate(readings(heard)), enumerate(readings(known)))
    unlike = (
        _unlike_syllables(one, other) + _SELDOM_SAID * bool(a) + _SELDOM_READ * bool(b)
        for (a, one), (b, other) in ways
    )
    return min(1.0, min(unlike, default=1.0))


def _unlike_syllables(one: Syllable, other: Syllable) -> float:
    initials = _unlike(one.initial, other.initial, _USUAL_INITIALS, _SELDOM_INITIALS)
    finals = _unlike(one.final, other.final, _USUAL_FINALS, _SELDOM_FINALS)
    return min(1.0, initials + finals + TONE * (1 + (one.tone != other.tone)) / 2)


def _unlike(one: str, other: str, usual: frozenset[frozenset[str]], seldom: frozenset[frozenset[str]]) -> float:
    if one == other:
        return 0.0
    pair = frozenset((one, other))
    return _USUAL if pair in usual else _SELDOM if pair in seldom else _OTHER


@lru_cache(50_000)
def skeleton(word: str) -> str:
    """The consonants of an English word, voiced and voiceless ones the same: what the ear keeps of it."""
    plain = word.replace("'", "")
    consonants = metaphone(plain).replace(" ", "").translate(_VOICED) or plain[:1].upper()
    return "A" + consonants[1:] if consonants[:1] in _VOWELS else consonants


@lru_cache(50_000)
def unlike_words(heard: str, known: str) -> float:
    """How unlike two English words are, by letters and by consonants alike."""
    if heard == known:
        return 0.0
    if heard + "s" == known or known + "s" == heard:
        return _PLURAL
    letters = OSA.distance(heard, known) / max(len(heard), len(known))
    return (letters + _unlike_skeletons(skeleton(heard), skeleton(known))) / 2


@lru_cache(50_000)
def _unlike_skeletons(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if Levenshtein.distance(one, other, score_cutoff=_CONSONANTS_APART_MAX) > _CONSONANTS_APART_MAX:
        return 1.0
    row = [float(at) for at in range(len(other) + 1)]
    for number, consonant in enumerate(one, 1):
        before, row = row, [float(number)]
        for at, against in enumerate(other):
            exchanged = before[at] + _exchange(consonant, against)
            row.append(min(exchanged, before[at + 1] + 1, row[at] + 1))
    return row[-1] / max(len(one), len(other))


def _exchange(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if "A" in (one, other) and (one in _BREATHED or other in _BREATHED):
        return _BREATH
    return _ALIKE if any(one in group and other in group for group in _ALIKE_CONSONANTS) else 1.0

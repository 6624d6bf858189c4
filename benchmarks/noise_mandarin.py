"""Mandarin with one character heard as another of the same or nearly the same pinyin."""

import random
from collections import defaultdict
from functools import cache

from pypinyin import Style, pinyin

_SAME, _USUAL = 0.5, 0.85
"""Up to these shares: the same syllable in any tone; sounds that whole regions confuse; else one letter off."""
_CONFUSED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("h", "f"), ("r", "l"))
_NASAL = ("in", "en", "an")
_DROPPED = 0.06


@cache
def by_sound() -> dict[str, list[str]]:
    """The 3,755 commonest characters (the first level of GB 2312) by their syllable without tone."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF):
            try:
                char = bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            found[sound(char)].append(char)
    return found


@cache
def sound(char: str) -> str:
    return str(pinyin(char, style=Style.NORMAL)[0][0])


def misheard(chars: str, chance: random.Random) -> str:
    """`chars`, a name or a number, with one error in it."""
    if len(chars) > 3 and chance.random() < _DROPPED:
        at = chance.randrange(len(chars))
        return chars[:at] + chars[at + 1 :]
    places = [at for at, char in enumerate(chars) if "一" <= char <= "鿿"]
    if not places:
        return chars
    at = chance.choice(places)
    heard = [char for char in by_sound().get(_near(sound(chars[at]), chance), ()) if char != chars[at]]
    return chars[:at] + chance.choice(heard) + chars[at + 1 :] if heard else chars


def _near(said: str, chance: random.Random) -> str:
    kind = chance.random()
    if kind < _SAME:
        return said
    near = _usual(said) if kind < _USUAL else _one_off(said)
    return chance.choice(near) if near else said


def _usual(said: str) -> list[str]:
    found = []
    for pair in _CONFUSED:
        for one, other in (pair, pair[::-1]):
            if said.startswith(one) and not (one in "zcs" and said[1:2] == "h"):
                found.append(other + said[len(one) :])
    if said.endswith(_NASAL):
        found.append(said + "g")
    if said.endswith(("ing", "eng", "ang")):
        found.append(said[:-1])
    return [each for each in found if each in by_sound()]


def _one_off(said: str) -> list[str]:
    return sorted(each for each in by_sound() if _apart(each, said) == 1)


def _apart(one: str, other: str) -> int:
    """0 for the same, 1 for one letter put in, left out or exchanged, else 2."""
    if one == other:
        return 0
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return 2
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return 1 if one[at + (len(one) == len(other)) :] == other[at + 1 :] else 2

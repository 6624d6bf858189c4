"""How English words sound, in ARPAbet: from the dictionary, from its words, or by the longest rule that fits."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

_RULES = {
    "tion": "SH AH N",
    "sion": "ZH AH N",
    "ture": "CH ER",
    "ough": "AO",
    "augh": "AO",
    "eigh": "EY",
    "igh": "AY",
    "tch": "CH",
    "dge": "JH",
    "sch": "S K",
    "air": "EH R",
    "are": "EH R",
    "ear": "IH R",
    "eer": "IH R",
    "our": "AW ER",
    "oor": "AO R",
    "ore": "AO R",
    "ire": "AY ER",
    "ai": "EY",
    "ay": "EY",
    "ei": "EY",
    "ey": "IY",
    "au": "AO",
    "aw": "AO",
    "ee": "IY",
    "ea": "IY",
    "ie": "IY",
    "oa": "OW",
    "oo": "UW",
    "ou": "AW",
    "ow": "OW",
    "oi": "OY",
    "oy": "OY",
    "ue": "UW",
    "ui": "UW",
    "ew": "UW",
    "ar": "AA R",
    "er": "ER",
    "ir": "ER",
    "or": "AO R",
    "ur": "ER",
    "ch": "CH",
    "sh": "SH",
    "th": "TH",
    "ph": "F",
    "wh": "W",
    "gh": "G",
    "ck": "K",
    "ng": "NG",
    "qu": "K W",
    "zh": "ZH",
    "ce": "S",
    "ci": "S IH",
    "cy": "S IY",
    "ge": "JH",
    "gi": "JH IH",
    "a": "AE",
    "b": "B",
    "c": "K",
    "d": "D",
    "e": "EH",
    "f": "F",
    "g": "G",
    "h": "HH",
    "i": "IH",
    "j": "JH",
    "k": "K",
    "l": "L",
    "m": "M",
    "n": "N",
    "o": "AA",
    "p": "P",
    "q": "K",
    "r": "R",
    "s": "S",
    "t": "T",
    "u": "AH",
    "v": "V",
    "w": "W",
    "x": "K S",
    "y": "Y",
    "z": "Z",
}
_LONG = {"a": "EY", "e": "IY", "i": "AY", "o": "OW", "u": "UW", "y": "AY"}
_FINAL = {"a": "AH", "e": "IY", "i": "IY", "o": "OW", "u": "UW", "y": "IY"}
_START = {"kn": "N", "wr": "R", "x": "Z", "ps": "S"}
_MAGIC_E = re.compile(r"[aeiouy][bcdfgklmnprstvz]e$")
_APART = re.compile(r"[-_./]")
_ENDINGS = ("'s", "s")
_LONGEST = max(map(len, _RULES))


def sounds(words: Collection[str], dictionary: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each word's ways to sound, phones separated by spaces; none for a word without a Latin letter.

    `dictionary` is lines of "word phones", further ways as "word(2) phones".
    """
    wanted = set(words).union(*(_pieces(word) for word in words))
    known: dict[str, list[str]] = {}
    for line in dictionary:
        name, _, phones = line.strip().partition(" ")
        word = name.partition("(")[0]
        if word in wanted:
            known.setdefault(word, []).append(phones)
    return {
        word: tuple(known.get(word) or filter(None, (derive(word, known) or pronounce(word),))) for word in words
    }


def derive(word: str, known: Mapping[str, Sequence[str]]) -> str | None:
    """The sounds of `word` from those of known words: "sun-shade", "awnings", "worktop"; None when it has none."""
    parts = [part for part in _APART.split(word) if part]
    if len(parts) > 1:
        found = [known[part][0] if part in known else pronounce(part) for part in parts]
        return " ".join(filter(None, found)) if all(found) else None
    for ending in _ENDINGS:
        if word.endswith(ending) and (stem := word.removesuffix(ending)) in known:
            return f"{known[stem][0]} {_plural(known[stem][0].split()[-1])}"
    for first, second in _halves(word):
        if first in known and second in known:
            return f"{known[first][0]} {known[second][0]}"
    return None


def _pieces(word: str) -> set[str]:
    """What of `word` may be a word itself."""
    found = set(_APART.split(word)) | {word.removesuffix(ending) for ending in _ENDINGS}
    return found.union(*_halves(word))


def _halves(word: str) -> list[tuple[str, str]]:
    """Where two words of three letters and more may meet, the most even first."""
    cuts = sorted(range(3, len(word) - 2), key=lambda cut: abs(2 * cut - len(word)))
    return [(word[:cut], word[cut:]) for cut in cuts]


def _plural(last: str) -> str:
    if last in {"S", "Z", "SH", "ZH", "CH", "JH"}:
        return "IH Z"
    return "S" if last in {"P", "T", "K", "F", "TH"} else "Z"


def pronounce(word: str) -> str | None:
    """Phones separated by spaces; None for a word without a Latin letter."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if not letters:
        return None
    phones: list[str] = []
    position = 0
    while position < len(letters):
        sound, taken = _next(letters, position)
        if sound and not (phones and phones[-1] == sound and sound not in _LONG.values()):
            phones += sound.split()
        position += taken
    return " ".join(phones)


def _next(letters: str, position: int) -> tuple[str, int]:
    """The sound at `position` and how many letters it takes."""
    rest = letters[position:]
    if position == 0:
        for start, sound in _START.items():
            if rest.startswith(start) and len(rest) > len(start):
                return sound, len(start)
    if rest == "e" and len(letters) > 2:
        return "", 1
    if len(rest) == 1 and rest in _FINAL:
        return _FINAL[rest], 1
    if _MAGIC_E.fullmatch(rest):
        return _LONG[rest[0]], 1
    for length in range(_LONGEST, 0, -1):
        if sound := _RULES.get(rest[:length], ""):
            return sound, min(length, len(rest))
    return "", 1

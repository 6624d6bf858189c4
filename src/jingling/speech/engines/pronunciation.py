"""Letter to sound for English words that the dictionary lacks: ARPAbet, by the longest rule that fits."""

import re

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
_LONGEST = max(map(len, _RULES))


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

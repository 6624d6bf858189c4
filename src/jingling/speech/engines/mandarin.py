"""How Mandarin sounds to an English model: each initial and final of pinyin by rows of its phones (ARPAbet).

What a row is worth is how often the model found it the best explanation of the initial or final in real speech, in
percent. The rest is phonetics: a final "u" or "ou" is so far back that English hears a dark L, "x" and "q" lie
between SH and S, "zh" and "j" are CH and TS without breath. Tones are not heard.
"""

from collections.abc import Collection, Mapping
from heapq import nlargest
from itertools import product, zip_longest

from jingling.speech.engines.mandarin_reading import readings

WAYS_MAX = 6  # more cost time and gain nothing
INITIALS: Mapping[str, Mapping[str, int]] = {
    "": {"": 78, "HH": 22},
    "b": {"B": 62, "P": 33},
    "p": {"P": 62, "P HH": 25, "HH": 12},
    "m": {"M": 100},
    "f": {"F": 73, "F F": 17, "HH": 10},
    "d": {"D": 54, "T": 28, "DH": 18},
    "t": {"T HH": 39, "T": 36, "P": 11},
    "n": {"N": 100},
    "l": {"N": 31, "L": 25, "D": 23},
    "g": {"G": 54, "K": 28, "B": 11},
    "k": {"K": 50, "K HH": 50},
    "h": {"HH": 65, "K": 16, "K HH": 11},
    "j": {"T S": 63, "D Z": 22, "CH": 5, "JH": 4},
    "q": {"S": 35, "T S": 35, "T SH": 12, "CH": 8},
    "x": {"S": 73, "S SH": 22, "SH": 4},
    "zh": {"CH": 45, "JH": 41},
    "ch": {"CH": 42, "CH HH": 35},
    "sh": {"SH": 55, "SH SH": 26, "SH R": 18},
    "r": {"ZH": 58, "D R": 16, "Y": 11},
    "z": {"T S": 39, "S": 25, "D Z": 14},
    "c": {"T S HH": 55, "T TH": 18, "CH": 9},
    "s": {"S": 44, "S S": 28, "S HH": 28},
}
FINALS: Mapping[str, Mapping[str, int]] = {
    "a": {"AA AA": 28, "AA": 25, "AE": 22, "AW": 12},
    "o": {"W AO": 40, "UW AO": 30, "AO": 20, "OW": 10},
    "e": {"UH AH": 24, "AH": 21, "OW": 21, "AA": 14},
    "ai": {"AE IY": 53, "AE IH": 21, "AY": 16, "AH IY": 11},
    "ei": {"EY": 33, "EY IY": 33, "EH": 17, "AH IY": 8},
    "ao": {"AA OW": 55, "AW L": 15, "AW": 9, "AA": 9},
    "ou": {"OW L": 46, "AO L": 23, "OW": 23},
    "an": {"AW NG": 17, "AE AH N": 14, "AA NG": 12, "AE AH NG": 10},
    "en": {"EH NG": 22, "AH N": 22, "AH N N": 13, "AE N": 9},
    "ang": {"AA NG": 46, "AA AO NG": 21, "AA N": 8, "AW NG": 8},
    "eng": {"AA NG": 30, "AO NG": 22, "AH NG": 17, "OW NG": 13},
    "ong": {"OW N": 31, "AO NG": 11, "OW NG": 9, "OW N G": 9},
    "i": {"IY": 35, "IY IY": 31, "IY Y": 13, "Y IY": 12},
    "ia": {"Y AA": 38, "IY AA": 38, "IY AE": 12, "IY AH": 12},
    "ie": {"IY IH": 42, "IY EY": 33, "Y EH AH": 8, "Y EY": 8},
    "iao": {"Y AA OW": 36, "IY AA OW": 29, "Y AW": 14},
    "iu": {"Y UW L": 40, "Y OW": 20, "IY OW L": 20, "Y OW UW": 10},
    "iou": {"Y OW": 36, "Y OW L": 18, "IY OW": 18, "Y UW L": 18},
    "ian": {"IY AE NG": 14, "IY EH N": 12},
    "in": {"IY": 18, "IH NG": 18, "IY N N": 14, "IY N": 14},
    "iang": {"Y AA NG": 20, "IY AW N G": 10, "Y AW N": 10, "IY AA N": 10},
    "ing": {"IY NG": 22, "IY N": 19, "IY N G": 11, "IH NG NG": 8},
    "iong": {"IY OW NG": 40, "Y OW N": 20, "IY OW N G": 20, "Y UH NG": 20},
    "u": {"UW L": 22, "OW L": 18, "UW UW": 17, "UW W": 15},
    "ua": {"AA": 43, "W AA": 29, "W AH AA": 14, "UW AA": 14},
    "uo": {"UW AO AH": 18, "W AO": 18, "UW OW": 12, "OW": 9},
    "uai": {"W AY": 100},
    "ui": {"UW IY": 25, "UW EY": 19, "UW EY IY": 12, "W IY": 12},
    "uei": {"W EY IY": 40, "W EY": 40, "UW EY IY": 20},
    "uan": {"W AA N": 32, "W AA N N": 26, "W EH N": 11},
    "un": {"AH N": 14, "UH": 14, "AH NG": 14, "UW AH NG": 14},
    "uen": {"UW IH N": 25, "UW EH N": 25, "W EH NG": 25, "W AH N": 25},
    "uang": {"UW AO N": 33, "W AO NG NG": 17, "W AH AO NG": 17, "UW AA NG": 17},
    "ueng": {"W AH NG": 100},
    "v": {"IY": 20, "Y UW IY": 20, "Y IY": 20, "UW": 13},
    "ve": {"Y IH": 30, "Y EY": 20, "W IH": 10, "Y AH": 10},
    "van": {"Y AE N": 25, "Y EH N": 25, "Y EH NG": 12},
    "vn": {"Y UW IY N": 33, "Y UW IH NG": 33, "Y UW N": 33},
    "ri": {"IH": 34, "UW": 26, "UH": 20},
    "zi": {"UW": 33, "IH": 27, "UH AH": 13, "AH": 10},
    "er": {"AA ER": 41, "AA R": 23, "ER": 9, "AO R": 9},
    "io": {"Y AO": 100},
}
RHOTIC = ("ER", "R", "AH R")  # 儿 as the end of the syllable before it
_LONGEST_FIRST = sorted(filter(None, INITIALS), key=len, reverse=True)


def sounds(chars: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Each Chinese character's ways to sound, phones separated by spaces, the likeliest first; none for others.

    Raises NotReady where the tables of the library `pypinyin` are missing.
    """
    found = readings(chars) if chars else {}
    return {char: tuple(_all_ways(char, found.get(char, ()))) for char in chars}


def ways(syllable: str) -> list[str]:
    """The likeliest ways to say a syllable of pinyin without tones; none for what is no syllable."""
    initial, final = split(syllable)
    worth: dict[str, int] = {}
    for (start, share), (end, other) in product(INITIALS.get(initial, {}).items(), FINALS.get(final, {}).items()):
        phones = f"{start} {end}".strip()
        worth[phones] = max(worth.get(phones, 0), share * other)
    return nlargest(WAYS_MAX, worth, key=lambda phones: worth[phones])


def split(syllable: str) -> tuple[str, str]:
    """Initial and final, the final as it sounds: "xue" is "x" and "ve", "shi" is "sh" and "ri", "wei" is "uei"."""
    if syllable.startswith(("y", "w")):
        return "", _without_initial(syllable)
    initial = next((one for one in _LONGEST_FIRST if syllable.startswith(one)), "")
    final = syllable.removeprefix(initial)
    if initial in ("j", "q", "x") and final.startswith("u"):
        return initial, "v" + final[1:]
    if final == "i" and initial in ("zh", "ch", "sh", "r"):
        return initial, "ri"
    if final == "i" and initial in ("z", "c", "s"):
        return initial, "zi"
    return initial, final


def _without_initial(syllable: str) -> str:
    """Y and W only write that a syllable begins with i, ü or u."""
    for written, said in (("yu", "v"), ("yi", "i"), ("y", "i"), ("wu", "u"), ("w", "u")):
        if syllable.startswith(written):
            return said + syllable.removeprefix(written)
    return syllable


def _all_ways(char: str, said: Collection[str]) -> dict[str, None]:
    """The likeliest of each reading before the others of any."""
    apart = [*map(ways, said), *([RHOTIC] if char == "儿" else [])]
    return dict.fromkeys(way for rank in zip_longest(*apart) for way in rank if way)

"""How Chinese characters are read, by the tables of the library `pypinyin`.

They are read as files: importing the library loads 55 MB of words.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec

from jingling.core.errors import NotReady

SHARE_MIN = 0.1
ALSO = {"这": "zhei", "那": "nei", "哪": "nei", "谁": "shei", "和": "he"}  # as people say, and no table has
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_APART = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_TOKEN = re.compile(r'"([^"]+)"(:?)')
_UMLAUT = "u\u0308"


def is_han(word: str) -> bool:
    """Whether `word` is Chinese characters and nothing else."""
    return _HAN.fullmatch(word) is not None


def written(text: str) -> str:
    """Words apart as people write them: no spaces between Chinese characters."""
    return _APART.sub("", text)


def readings(chars: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Each character's readings in pinyin without tones ("lv" for 绿): its commonest, and those in many words.

    None for what the library does not know. Raises NotReady where its tables are missing.
    """
    usual = msgspec.json.decode(_table("pinyin_dict.json").read_bytes(), type=dict[str, str])
    first = {
        char: plain(usual[str(ord(char))].split(",")[0])
        for char in chars
        if len(char) == 1 and str(ord(char)) in usual
    }
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, said in _phrases(_table("phrases_dict.json").read_text(encoding="utf-8")):
        for char, reading in zip(phrase, said, strict=False):
            if char in first:
                counted[char][plain(reading)] += 1
    return {char: tuple(_often(counted[char], reading, ALSO.get(char))) for char, reading in first.items()}


def plain(reading: str) -> str:
    """`lǜ` as "lv"."""
    letters = unicodedata.normalize("NFD", reading).replace(_UMLAUT, "v")
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


def _often(counted: Counter[str], first: str, also: str | None) -> dict[str, None]:
    least = SHARE_MIN * counted.total()
    kept = [reading for reading, count in counted.most_common() if count >= least]
    return dict.fromkeys([first, *kept, *([also] if also else [])])


def _phrases(table: str) -> Iterator[tuple[str, list[str]]]:
    """The words in the library's file, which is JSON: "word": [["reading"], …], one reading a character."""
    phrase, said = "", list[str]()
    for found in _TOKEN.finditer(table):
        if found[2]:
            yield phrase, said
            phrase, said = found[1], []
        else:
            said.append(found[1])
    yield phrase, said


def _table(name: str) -> Path:
    """Found without importing the library."""
    spec = find_spec("pypinyin")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder, name)
        if path.is_file():
            return path
    raise NotReady("The table of Chinese sounds is missing: install pypinyin 0.55 or newer again.")

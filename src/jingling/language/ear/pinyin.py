"""How Chinese characters are read: the table of the library `pypinyin`, without its 55 MB of words.

Its file of single characters is JSON: the number of each character, and its readings with tone marks, the commonest
first, between commas. It is read as it is, because importing the library loads the words as well.
"""

from array import array
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

import msgspec

from jingling.core.errors import NotReady

_FIRST, _LAST = 0x4E00, 0x9FFF
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_UMLAUT = "u\u0308"


class _Table(NamedTuple):
    """`places` are those in `readings`, by character; those that are read alike share one."""

    places: "array[int]"
    readings: list[str]


def said(char: str) -> list[str]:
    """The readings of a character as `lv4`, the commonest first; none for what is not Chinese.

    Raises NotReady if the library's table is not there.
    """
    at = ord(char) - _FIRST
    table = _table()
    found = table.readings[table.places[at]] if 0 <= at < len(table.places) else ""
    return list(dict.fromkeys(map(_plain, found.split(",")))) if found else []


@cache
def _table() -> _Table:
    known = msgspec.json.decode(_file().read_bytes(), type=dict[str, str])
    places: dict[str, int] = {"": 0}
    rows = (known.get(str(number), "") for number in range(_FIRST, _LAST + 1))
    numbers = array("H", (places.setdefault(row, len(places)) for row in rows))
    return _Table(numbers, list(places))


def _file() -> Path:
    """Found without importing the library."""
    spec = find_spec("pypinyin")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder, "pinyin_dict.json")
        if path.is_file():
            return path
    raise NotReady("The table of Chinese sounds is missing: install pypinyin 0.55 or newer again.")


def _plain(reading: str) -> str:
    marks = normalize("NFD", reading).replace(_UMLAUT, "v")
    tone = next((number for mark, number in _TONES.items() if mark in marks), "")
    return "".join(char for char in marks if char not in _TONES and char.isalpha()) + tone

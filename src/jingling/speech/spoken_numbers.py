"""Written numbers in words, in both languages. Pure."""

from collections.abc import Sequence

_DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    *(one + "teen" for one in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
]
_SMALL = _DIGITS + _TEENS
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = ("", "thousand", "million", "billion", "trillion")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_HAN = "零一二三四五六七八九"
_HAN_PLACES = ("", "十", "百", "千")
_HAN_SCALES = ("", "万", "亿", "万亿")
LENGTH_MAX = 15
"""Longer numbers are read digit by digit."""


def cardinal_en(number: int) -> str:
    """For numbers below a quadrillion: 1234 is "one thousand two hundred thirty-four"."""
    if number == 0:
        return _SMALL[0]
    groups: list[str] = []
    for scale in _SCALES:
        number, group = divmod(number, 1000)
        if group:
            groups.insert(0, f"{_hundreds_en(group)} {scale}".strip())
    return " ".join(groups)


def _hundreds_en(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    said = [f"{_SMALL[hundreds]} hundred"] if hundreds else []
    if rest:
        said.append(_tens_en(rest))
    return " ".join(said)


def _tens_en(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")


def ordinal_en(number: int) -> str:
    """22 is "twenty-second"."""
    said = cardinal_en(number)
    cut = max(said.rfind(" "), said.rfind("-")) + 1
    last = said[cut:]
    if last.endswith("y"):
        return said[:cut] + last[:-1] + "ieth"
    return said[:cut] + _ORDINALS.get(last, last + "th")


def year_en(number: int) -> str:
    """2026 is "twenty twenty-six", 1905 "nineteen oh five"."""
    century, rest = divmod(number, 100)
    if not 10 <= century < 100 or (century % 10 == 0 and rest < 10):
        return cardinal_en(number)
    if rest == 0:
        return f"{_tens_en(century)} hundred"
    return f"{_tens_en(century)} {'oh ' if rest < 10 else ''}{_tens_en(rest)}"


def digits_en(text: str) -> str:
    return " ".join(_SMALL[int(digit)] for digit in text if digit.isdigit())


def number_en(text: str) -> str:
    """A number as it is written, with commas and a point; "007" is read digit by digit."""
    whole, _, part = text.replace(",", "").partition(".")
    plain = len(whole) <= LENGTH_MAX and (len(whole) == 1 or whole[0] != "0")
    said = cardinal_en(int(whole)) if plain else digits_en(whole)
    return f"{said} point {digits_en(part)}" if part else said


def cardinal_zh(number: int) -> str:
    """For numbers below ten thousand trillions: 22000 is 两万二千."""
    if number == 0:
        return _HAN[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    return _joined_zh(groups)


def _joined_zh(groups: Sequence[int]) -> str:
    """`groups` of four digits, the lowest first."""
    said, gap = "", False
    for place in reversed(range(len(groups))):
        group = groups[place]
        if not group:
            gap = True
            continue
        words = "两" if group == 2 and place else _thousands_zh(group)
        if said and (gap or group < 1000):
            words = _HAN[0] + words
        elif not said and words.startswith("一十"):
            words = words[1:]
        scale = "万" if place == 3 and groups[2] else _HAN_SCALES[place]
        said, gap = said + words + scale, False
    return said


def _thousands_zh(number: int) -> str:
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(said)
            continue
        word = "两" if digit == 2 and place == 3 else _HAN[digit]
        said += (_HAN[0] if gap else "") + word + _HAN_PLACES[place]
        gap = False
    return said


def digits_zh(text: str, one: str = "一") -> str:
    """`one` is 幺 in telephone numbers."""
    return "".join(_HAN[int(digit)] for digit in text if digit.isdigit()).replace("一", one)


def number_zh(text: str, counted: bool = False) -> str:
    """A number as it is written; `counted`: a measure word follows, so a bare 2 is 两."""
    whole, _, part = text.replace(",", "").partition(".")
    if counted and whole == "2" and not part:
        return "两"
    plain = len(whole) <= LENGTH_MAX and (len(whole) == 1 or whole[0] != "0")
    said = cardinal_zh(int(whole)) if plain else digits_zh(whole)
    return f"{said}点{digits_zh(part)}" if part else said

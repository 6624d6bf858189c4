"""Numbers within Chinese dates and times, as pieces of regular expressions and as values."""

_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}

SMALL = r"(?:\d{1,3}(?!\d)|[一二两三四五六七八九十百]{1,5})"
"""A count: 3, 十二, 两百."""
COUNT = r"(?:\d{1,5}(?:\.\d{1,2})?|[零一二两三四五六七八九十百千万]{1,7})"
TWO_DIGITS = r"(?:\d{1,2}(?!\d)|[零一二两三四五六七八九十]{1,3})"
"""Up to 99."""

_CENTURY_TURNS = 50
"""Years said with two digits: from 50 on they are those of the last century."""


def number(text: str) -> float:
    """What `text`, a match of the pieces above, stands for: 十二 is 12, 二零 is 20, 1.5 is 1.5."""
    if text[0].isdigit() and text.isascii():
        return float(text) if "." in text else int(text)
    if not set(text) & {*_SCALES, "万"}:
        return int("".join(str(_DIGITS.get(char, char)) for char in text))
    above, _, below = text.rpartition("万")
    return (_below_myriad(above) * 10_000 if above else 0) + _below_myriad(below)


def whole(text: str) -> int:
    return int(number(text))


def _below_myriad(text: str) -> int:
    total, digit = 0, None
    for char in text:
        if char in _SCALES:
            total += (1 if digit is None else digit) * _SCALES[char]
            digit = None
        else:
            digit = _DIGITS.get(char, 0)
    return total + (digit or 0)


def year(text: str) -> int:
    """A year of four digits or, said with two, of this century or the last: 二零零八, 两千零八, 08."""
    said = whole(text)
    if len(text) != 2 or "千" in text or said >= 100:
        return said
    return said + (1900 if said >= _CENTURY_TURNS else 2000)

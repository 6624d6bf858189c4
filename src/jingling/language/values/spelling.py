"""Whole numbers as words, the way they are said."""

import re

from jingling.core.turn import Language

_NUMBER = re.compile(r"\d{1,9}")

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"), (100, "hundred"))
_DIGITS = "零一二三四五六七八九"


def spell(number: int, language: Language) -> str:
    """`number`, below a trillion, in words: "two hundred five", 二百零五."""
    if number < 0:
        return ("minus " if language == "en" else "负") + spell(-number, language)
    return _english(number) if language == "en" else _chinese(number)


def ways(number: int, language: Language) -> tuple[str, ...]:
    """All usual ways to say `number`: also "a hundred", "twenty seven hundred", 两百, 一百五."""
    ways = [spell(number, language)]
    if language == "en":
        if number == 100:
            ways.append("a hundred")
        if 1000 < number < 10_000 and number % 100 == 0 and number % 1000:
            ways.append(f"{_english(number // 100)} hundred")
    elif "二百" in ways[0] or "二千" in ways[0]:
        ways.append(ways[0].replace("二百", "两百").replace("二千", "两千"))
    return tuple(ways)


def _english(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f" {_ONES[ones]}" if ones else "")
    scale, name = next((scale, name) for scale, name in _ENGLISH_SCALES if number >= scale)
    count, rest = divmod(number, scale)
    return f"{_english(count)} {name}" + (f" {_english(rest)}" if rest else "")


def _chinese(number: int) -> str:
    if number < 10:
        return _DIGITS[number]
    for scale, name in ((100_000_000, "亿"), (10_000, "万")):
        if number >= scale:
            count, rest = divmod(number, scale)
            link = "零" if 0 < rest < scale // 10 else ""
            return _chinese(count) + name + (link + _inner(rest) if rest else "")
    said = _inner(number)
    return said.removeprefix("一") if 10 <= number < 20 else said


def _inner(number: int) -> str:
    """Below ten thousand (or with 万), with 一十 spoken out as within a longer number."""
    if number >= 10_000:
        return _chinese(number)
    said, gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + name
        gap = not digit
    return said


def spelled(text: str, language: Language) -> str:
    """`text` with its whole numbers in words, as a recogniser gives it."""
    apart = " " if language == "en" else ""
    return _NUMBER.sub(lambda found: f"{apart}{spell(int(found.group()), language)}{apart}", text).strip()

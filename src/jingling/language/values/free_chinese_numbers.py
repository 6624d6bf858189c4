"""Numbers, ordinals and percentages in any Chinese text."""

import re
from collections.abc import Iterator
from typing import Any

from jingling.language.values.chinese_cardinals import DIGITS, LARGE, SMALL, ZERO, whole_or_written
from jingling.language.values.english_numbers import Number, tidy
from jingling.language.values.free_tokens import plain_digits
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Word, Words, Written, table
from jingling.language.values.recognized import Recognized
from jingling.language.values.scan import Hit, Run, scan


def _digits(found: re.Match[str]) -> Number:
    return float(found.group()) if "." in found.group() else int(found.group())


digits = Written(r"\d{1,40}(?:\.\d+)?", _digits)
_decimal = table({char: n for char, n in DIGITS.items() if char not in "两俩倆仨"} | dict.fromkeys(ZERO, 0))
_large = table(LARGE)


def _decimals(n: Number, _: Any, said: list[int]) -> Number | None:
    return tidy(float(f"{n}.{''.join(map(str, said))}")) if n == int(n) else None


_point = Seq(_decimals, whole_or_written, Word("点"), Run(_decimal, 12))


def _product(n: Number, scales: list[int]) -> Number:
    for scale in scales:
        n = round(n * scale, 6)
    return tidy(n)


_scaled = Seq(_product, _point, Run(_large, 3))


plain: Phrase = Alt(whole_or_written, _point, _scaled, digits)
_minus = Alt(Word("负", -1), Word("minus", -1))
_signed = Alt(plain, Seq(lambda sign, n: sign * n, _minus, plain))
_dozen = Seq(lambda n, _: n * 12, Alt(whole_or_written, Word("半", 0.5)), Word("打"))
_one_by_one = Seq(lambda said: int("".join(map(str, said))) if len(said) > 2 else None, Run(_decimal, 12))
"""二零二六."""


def _share(below: Number, _: Any, __: Any, above: Number) -> Number | None:
    return above / below if below else None


fraction = Seq(_share, plain, Word("分"), Word("之"), _signed)
_with_fraction = Seq(lambda n, _, part: n + part, plain, Word("又"), fraction)
_positive = Alt(plain, _one_by_one, _dozen, fraction, _with_fraction)
number: Phrase = Alt(_positive, Seq(lambda _, n: -n, _minus, _positive))

_MEASURES = frozenset(
    "个只年月日号天周岁斤吨公里米厘分秒时小点刻块元角毛双对打条张本台辆位名家间层楼页句次遍回种类件套份杯瓶碗盘片把支枝"
    "根颗粒头匹群座栋幢栏级步度倍成批组队人口车箱包盒袋桶升亩寸尺丈两钱克章节段首门科课堂顿集部篇册代届期路线寸桌轮局场笔"
)
_AFTER = frozenset("是不和与跟或及到至以的那这而却、等大小多高低长宽")
_BEFORE = frozenset("是为第前后零点")
_NEVER_BEFORE = frozenset("万统唯单专其之同")
_FORMAL = frozenset("伍陆肆拾")
_NUMBERS = frozenset([*DIGITS, *SMALL])
_BEFORE_PART = frozenset([*DIGITS, "几", "数"])
_DIGITS_AND_TENS = frozenset([*DIGITS, "十", "拾"])


def _whole_fits(words: Words, first: int, end: int) -> bool:
    """Not within a word, nor a part of 二三十 or 两两."""
    if words[end - 1].text[-1].isdigit() and _glued(words, first, end):
        return False
    if _near(words, first - 1) in _BEFORE_PART and words[first].text in _NUMBERS:
        return False
    return not (end < len(words) and words[end - 1].text in DIGITS and words[end].text in DIGITS)


def number_fits(words: Words, first: int, end: int) -> bool:
    """A single character is a number only where something is counted."""
    if not _whole_fits(words, first, end):
        return False
    said = words[first].text
    return end - first > 1 or said not in _DIGITS_AND_TENS or _counts(words, first, said)


def _glued(words: Words, first: int, end: int) -> bool:
    after = words[end] if end < len(words) else None
    before = words[first - 1] if first else None
    if after and after.start == words[end - 1].end and after.text[0].isascii() and after.text[0].isalpha():
        return True
    glued = before and before.end == words[first].start and before.text[0].isascii() and before.text != "minus"
    return bool(glued and before and before.text[0].isalpha())


def _near(words: Words, at: int) -> str:
    return words[at].text if 0 <= at < len(words) else ""


def _counts(words: Words, at: int, said: str) -> bool:
    before, after = _near(words, at - 1), _near(words, at + 1)
    if before in _NEVER_BEFORE or after == "%":
        return False
    if said in _FORMAL:
        return not (_is_character(before) and before not in _BEFORE) and not _is_character(after)
    if after in "一二三四五六七八九十" and after:
        return said == "一" and after != "一"
    if not _is_character(after):
        return True
    return after in _MEASURES or after in _AFTER or (before in _BEFORE and after not in "川切")


def _is_character(text: str) -> bool:
    return len(text) == 1 and "㐀" <= text <= "鿿"


def number_hits(words: Words) -> Iterator[Hit]:
    return scan(words, number, number_fits)


def numbers(words: Words) -> Iterator[Recognized]:
    return (_recognized("number", hit, value_text(hit.value)) for hit in number_hits(words))


def ordinals(words: Words) -> Iterator[Recognized]:
    return (_recognized("ordinal", hit, value_text(hit.value)) for hit in scan(words, _ordinal))


_ordinal = Seq(lambda _, n: n if isinstance(n, int) else None, Word("第"), Alt(whole_or_written, digits))
_units_only = Seq(lambda units: _product(1, units), Run(table({**SMALL, **LARGE}), 4))
_of = Seq(
    lambda sign, below, _, __, above: sign * above * 100 / below,
    *(Opt(Word("负", -1), 1), _units_only, Word("分"), Word("之"), Alt(_signed, Word("百", 100), Word("佰", 100))),
)
_points = Seq(lambda n, *_: n, _signed, Opt(Word("个")), Word("百"), Word("分"), Word("点"))
_sign = Seq(lambda n, _: n, _signed, Word("%"))
_half = Word("半", 0.5)


def _tenths(n: Number, more: Number | None) -> Number | None:
    return n * 10 + (more or 0) * (10 if more == 0.5 else 1)


_digit = table(dict(DIGITS))
_cheng = Alt(
    Seq(lambda n, _, more: _tenths(n, more), Alt(plain, _half), Word("成"), Opt(Alt(_digit, _half))),
)


def _off(said: Number) -> Number | None:
    """八折 is 80 %, 七五折 and 75折 are 75 %."""
    return said * 10 if said < 10 else said if said > 10 else None


_two_digits = Seq(lambda ten, one: ten * 10 + one, Alt(_digit, digits), Alt(_digit, digits))
_zhe = Alt(
    Seq(lambda n, _: _off(n), Alt(plain, _two_digits), Word("折")),
    Seq(lambda *_: 50, _half, Word("折")),
    Seq(lambda *_: 50, Word("对"), Word("折")),
)
percentage = Alt(_of, _points, _sign, _cheng, _zhe)


def _percentage_fits(words: Words, first: int, end: int) -> bool:
    """五百分之二 is a fraction; 对折 alone may be many things; 二三十个百分点 are none of our numbers."""
    before, said = _near(words, first - 1), words[first].text
    if said == "对":
        return before == "打"
    if before in DIGITS or before in SMALL or before in LARGE or before[:1].isdigit():
        return before[:1].isdigit() and words[first - 1].end < words[first].start
    return not (words[end - 1].text in DIGITS and _near(words, end) in DIGITS)


def percentages(words: Words) -> Iterator[Recognized]:
    for hit in scan(words, percentage, _percentage_fits):
        yield _recognized("percentage", hit, f"{value_text(hit.value)}%")


def _recognized(kind: str, hit: Hit, value: str) -> Recognized:
    return Recognized(kind, hit.start, hit.stop, "", ({"value": value},))


def value_text(value: Number) -> str:
    return plain_digits(float(f"{value:.15g}")) if isinstance(value, float) else str(value)

"""Numbers, shares, temperatures and ordinals in Chinese."""

from typing import Any

from jingling.language.values.english_numbers import DIGITS, FRACTION_DIGITS, Number, percentage_of, tidy
from jingling.language.values.phrases import Alt, Opt, Seq, Typed, Word, any_of, table

_DIGIT_WORDS = {char: n for n, char in enumerate("一二三四五六七八九", 1)}

zero = Alt(Word("零", 0))
one_to_nine = Alt(table(_DIGIT_WORDS), Word("两", 2))
_strict = table(_DIGIT_WORDS)
_ten = Word("十")
two_digits = Alt(
    one_to_nine,
    Seq(lambda _, unit: 10 + unit, _ten, Opt(_strict, 0)),
    Seq(lambda n, _, unit: n * 10 + unit, _strict, _ten, Opt(_strict, 0)),
)
"""1 to 99."""
_linked = Seq(lambda _, n: n, Word("零"), two_digits)


def _scaled(unit: int) -> Any:
    def make(n: int, _: Any, rest: tuple[str, int] | None) -> int:
        kind, value = rest or ("whole", 0)
        return n * unit + (value * unit // 10 if kind == "short" else value)

    return make


def _whole(phrase: Any) -> Any:
    return Seq(lambda n: ("whole", n), phrase)


_short = Seq(lambda n: ("short", n), _strict)
_hundreds = Seq(
    _scaled(100),
    one_to_nine,
    Word("百"),
    Opt(Alt(_whole(_linked), _short, _whole(Seq(lambda n: n if n >= 10 else None, two_digits)))),
)
"""一百零五 is 105, 一百五 is 150."""
_below_thousand = Alt(two_digits, _hundreds)
_thousands = Seq(
    _scaled(1000),
    one_to_nine,
    Word("千"),
    Opt(Alt(_whole(_linked), _short, _whole(_hundreds), _whole(Seq(lambda _, n: n, Word("零"), _hundreds)))),
)
_below_myriad = Alt(_below_thousand, _thousands)
_after_myriad = Alt(_whole(_thousands), _short, _whole(Seq(lambda _, n: n, Word("零"), _below_myriad)))
_myriads = Seq(_scaled(10_000), _below_myriad, Word("万"), Opt(_after_myriad))
_below_yi = Alt(_below_myriad, _myriads)
_yi = Seq(
    lambda n, _, __, rest: n * 100_000_000 + rest, _below_myriad, Word("亿"), Opt(Word("零")), Opt(_below_yi, 0)
)
positive = Alt(two_digits, Seq(lambda *_: 100, Word("一"), Word("百")))
"""1 to 100."""
whole = Alt(zero, positive, Typed(Alt(_hundreds, _thousands, _myriads, _yi)))
"""A whole number in characters; the recogniser knows 0 to 100."""

_digit = Alt(zero, _strict)


def _decimals(n: int, _: Any, *digits: int | None) -> Number:
    said = "".join(str(digit) for digit in digits if digit is not None)
    return tidy(float(f"{n}.{said}"))


point = Seq(_decimals, whole, Word("点"), _digit, Typed(Opt(_digit)), Typed(Opt(_digit)))
count = Alt(whole, DIGITS, Typed(point), FRACTION_DIGITS)
_of = Seq(
    lambda below, _, __, above: tidy(above / below) if below else None,
    Alt(two_digits, DIGITS),
    Word("分"),
    Word("之"),
    Alt(two_digits, DIGITS),
)
_below_zero = Seq(lambda _, n: -n, Alt(Word("负"), Seq(lambda *_: "", Word("零"), Word("下"))), count)
number = Alt(
    count,
    Typed(_below_zero),
    Typed(_of),
    Typed(Word("半", 0.5)),
    Typed(Seq(lambda n, _, __: n + 0.5, Alt(whole, DIGITS), Word("个"), Word("半"))),
)

_hundredths = Seq(lambda *_: "", Word("百"), Word("分"), Word("之"))
percentage = Alt(
    Seq(lambda _, n: percentage_of(n), _hundredths, Alt(whole, Word("百", 100), DIGITS, Typed(point))),
    Seq(lambda n, _: percentage_of(n), Alt(whole, DIGITS, Typed(point)), Opt(Typed(Word("%")))),
    Typed(Seq(lambda n, _: percentage_of(n * 10), Alt(one_to_nine, DIGITS), Word("成"))),
    table({"一半": 50, "一大半": 75, "一小半": 25}, chinese=True),
)

_below = Opt(Alt(Seq(lambda *_: -1, Word("零"), Word("下")), Word("负", -1)), 1)
_degree = Alt(
    Seq(lambda _, __, half: half, Opt(any_of("摄氏", "华氏", chinese=True)), Word("度"), Opt(Word("半", 0.5), 0)),
    Typed(Seq(lambda *_: 0, Word("°"), Opt(Alt(Word("c"), Word("f"))))),
)
temperature = Seq(
    lambda _, sign, n, half: tidy(sign * (n + half)),
    *(Opt(any_of("摄氏", "华氏", chinese=True)), _below, Alt(count, point), Opt(_degree, 0)),
)

ordinal = Seq(
    lambda _, n, __: n if isinstance(n, int) and n > 0 else None,
    *(Word("第"), Alt(two_digits, DIGITS), Opt(any_of("个", "项", "条", "号", chinese=True))),
)

"""Numbers, shares, temperatures and ordinals in Chinese."""

from typing import Any

from jingling.language.values import chinese_cardinals
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
positive = Alt(two_digits, Seq(lambda *_: 100, Word("一"), Word("百")))
"""1 to 100."""
whole = Alt(zero, positive, Typed(chinese_cardinals.whole))
"""A whole number in characters; the recogniser knows 0 to 100."""

_digit = Alt(zero, _strict)


def _decimals(n: int, _: Any, *digits: int | None) -> Number:
    said = "".join(str(digit) for digit in digits if digit is not None)
    return tidy(float(f"{n}.{said}"))


point = Seq(_decimals, whole, Word("点"), _digit, Typed(Opt(_digit)), Typed(Opt(_digit)))
_scaled = Seq(lambda n, scale: tidy(round(n * scale, 6)), Alt(point, DIGITS), table({"万": 10**4, "亿": 10**8}))
count = Alt(whole, DIGITS, Typed(point), FRACTION_DIGITS, Typed(Alt(_scaled, chinese_cardinals.whole_or_written)))
fraction = Alt(
    Seq(
        lambda below, _, __, above: tidy(above / below) if below else None,
        *(two_digits, Word("分"), Word("之"), two_digits),
    ),
    Typed(
        Seq(
            lambda below, _, __, above: tidy(above / below) if below else None, count, Word("分"), Word("之"), count
        )
    ),
    FRACTION_DIGITS,
    Word("半", 0.5),
    table({"一半": 0.5}, chinese=True),
)
"""三分之二, 一半."""
_below_zero = Seq(lambda _, n: -n, Alt(Word("负"), Seq(lambda *_: "", Word("零"), Word("下"))), count)
number = Alt(
    count,
    Typed(_below_zero),
    Typed(fraction),
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

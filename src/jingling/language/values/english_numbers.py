"""Numbers, percentages and temperatures in English. Chinese ones are in `chinese.py`."""

import re
from typing import Any

from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Typed, Word, Written, any_of, table

Number = int | float

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINAL_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_ORDINAL_TEENS = (
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
    *("fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)


def tidy(value: float) -> Number:
    """A whole number as an int."""
    return int(value) if value == int(value) else value


def _written(found: re.Match[str]) -> Number | None:
    whole, _, below = found.group().partition("/")
    if not below:
        return tidy(float(whole))
    return tidy(int(whole) / int(below)) if int(below) else None


DIGITS = Written(r"-?\d{1,12}(?:\.\d{1,6})?", _written)
FRACTION_DIGITS = Written(r"\d{1,4}/\d{1,4}", _written)

one_to_nine = table({word: n for n, word in enumerate(_UNITS, 1)})
ten_to_nineteen = table({word: n for n, word in enumerate(_TEENS, 10)})
_zero = table({"zero": 0})
tens = table({word: n * 10 for n, word in enumerate(_TENS, 2)})


def _sum(*values: int | None) -> int:
    return sum(value or 0 for value in values)


two_digits = Alt(one_to_nine, ten_to_nineteen, Seq(_sum, tens, Opt(one_to_nine, 0)))
"""1 to 99."""
_and = Opt(Word("and"))
_some = Alt(one_to_nine, Word("a", 1))
_hundreds = Seq(lambda n, _, __, rest: n * 100 + rest, _some, Word("hundred"), _and, Opt(two_digits, 0))
_many_hundreds = Seq(
    lambda n, _, __, rest: n * 100 + rest if n > 10 and n % 10 else None,
    *(two_digits, Word("hundred"), _and, Opt(two_digits, 0)),
)
_below_thousand = Alt(two_digits, _hundreds)
_thousands = Seq(
    lambda n, _, __, rest: n * 1000 + rest,
    *(Alt(_below_thousand, Word("a", 1)), Word("thousand"), _and, Opt(_below_thousand, 0)),
)
_below_million = Alt(_below_thousand, _many_hundreds, _thousands)
_millions = Seq(
    lambda n, scale, _, rest: n * scale + rest,
    Alt(_below_thousand, Word("a", 1)),
    table({"million": 1_000_000, "billion": 1_000_000_000}),
    _and,
    Opt(_below_million, 0),
)
positive = Alt(two_digits, Seq(lambda *_: 100, Alt(Word("a"), Word("one")), Word("hundred")))
"""1 to 100."""
whole = Alt(
    _zero,
    positive,
    Typed(Alt(_hundreds, _many_hundreds, _thousands, _millions)),
    Typed(table({"a dozen": 12, "half a dozen": 6})),
    Typed(Seq(lambda n, _: int(n) * 12 if n == int(n) else None, Alt(one_to_nine, DIGITS), Word("dozen"))),
)
"""A whole number in words; the recogniser knows 0 to 100."""

_digit = Alt(_zero, Word("oh", 0), one_to_nine)


def _decimals(n: int, _: Any, *digits: int | None) -> Number:
    said = "".join(str(digit) for digit in digits if digit is not None)
    return tidy(float(f"{n}.{said}"))


_point = Typed(Seq(_decimals, whole, Word("point"), _digit, Opt(_digit), Opt(_digit), Opt(_digit)))
_parts = table({"half": 0.5, "quarter": 0.25, "third": 1 / 3})
_and_part = Alt(
    Seq(lambda _, __, part: part, Word("and"), Alt(Word("a"), Word("one")), _parts),
    table({"and three quarters": 0.75, "and two thirds": 2 / 3}),
)
mixed = Seq(lambda n, part: tidy(n + part), Alt(whole, DIGITS), _and_part)
"""Two and a half."""
_alone = table(
    {"half": 0.5, "a half": 0.5, "one half": 0.5, "a quarter": 0.25, "three quarters": 0.75, "a third": 1 / 3}
)
_below_zero = Seq(lambda _, n: -n, Alt(Word("minus"), Word("negative")), Alt(whole, DIGITS, _point))
count = Alt(whole, DIGITS, _point, mixed, FRACTION_DIGITS)
"""A number that something can be counted by."""
number = Alt(count, Typed(_below_zero), Typed(_alone))

_percent_word = Alt(any_of("percent", "per cent"), Typed(Word("%")))
_share = table({"half": 50, "a quarter": 25, "three quarters": 75, "one half": 50})


def percentage_of(value: float) -> Number | None:
    return tidy(value) if 0 <= value <= 100 else None


percentage = Alt(
    Seq(lambda n, _: percentage_of(n), Alt(whole, DIGITS, _point, mixed), Opt(_percent_word)), Typed(_share)
)

_scale = any_of("celsius", "centigrade", "fahrenheit", "c", "f")
_degrees = Alt(
    Seq(lambda *_: "", any_of("degrees", "degree"), Opt(_scale)),
    _scale,
    Typed(Seq(lambda *_: "", Word("°"), Opt(_scale))),
)
temperature: Phrase = Alt(
    Seq(lambda n, _: tidy(n), Alt(count, Typed(_below_zero)), Opt(_degrees)),
    Seq(lambda n, _, part: tidy(n + part), Alt(whole, DIGITS), _degrees, _and_part),
    Typed(
        Seq(
            lambda n, _, __, ___: -tidy(n),
            Alt(whole, DIGITS),
            _degrees,
            Word("below"),
            Opt(any_of("zero", "freezing")),
        )
    ),
)


def _ordinal(first: int, second: int) -> int:
    return first + second


_small_ordinal = Alt(
    table({word: n for n, word in enumerate(_ORDINAL_UNITS, 1)}),
    table({word: n for n, word in enumerate(_ORDINAL_TEENS, 10)}),
)
_tens_ordinal = table({word[:-1] + "ieth": n * 10 for n, word in enumerate(_TENS, 2)})
_suffixed = Seq(lambda n, _: n if isinstance(n, int) and n > 0 else None, DIGITS, any_of("st", "nd", "rd", "th"))
ordinal_number = Alt(
    _small_ordinal,
    _tens_ordinal,
    Seq(_ordinal, tens, table({word: n for n, word in enumerate(_ORDINAL_UNITS, 1)})),
    _suffixed,
)
ordinal = Alt(
    Seq(lambda _, n, __: n, Opt(Word("the")), ordinal_number, Opt(Word("one"))),
    Seq(lambda _, n: n, any_of("number", "the number"), Alt(two_digits, DIGITS)),
)
"""The second, second, the second one, number two."""

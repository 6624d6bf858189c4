"""Numbers, percentages and temperatures in English."""

import re
from typing import Any

from jingling.language.values import english_cardinals
from jingling.language.values.english_cardinals import long_ordinal, ordinal_word, words_only
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Typed, Word, Written, any_of, table

Number = int | float


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

one_to_nine = english_cardinals.one_to_nine
two_digits = english_cardinals.two_digits
_zero = table({"zero": 0})
_million = table({"thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12})
_scaled_digits = Seq(lambda n, scale: tidy(round(n * scale, 6)), DIGITS, _million)
positive = Alt(two_digits, Seq(lambda *_: 100, Alt(Word("a"), Word("one")), Word("hundred")))
"""1 to 100."""
whole = Alt(
    _zero,
    positive,
    Typed(words_only),
    Typed(table({"a dozen": 12, "half a dozen": 6})),
    Typed(Seq(lambda n, _: int(n) * 12 if n == int(n) else None, Alt(one_to_nine, DIGITS), Word("dozen"))),
)
"""A whole number in words; the recogniser knows 0 to 100."""

_digit = Alt(_zero, Word("oh", 0), one_to_nine)


def _decimals(n: int, _: Any, *digits: int | None) -> Number:
    said = "".join(str(digit) for digit in digits if digit is not None)
    return tidy(float(f"{n}.{said}"))


_point = Typed(Seq(_decimals, whole, Word("point"), _digit, Opt(_digit), Opt(_digit), Opt(_digit)))
_one_part = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fourth": 1 / 4, "fifth": 1 / 5}
_more_parts = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}


def _part(above: int, below: int) -> Number | None:
    return above / below if 0 < above < below else None


_counted_parts = Alt(
    Seq(_part, one_to_nine, table({f"{name}s": below for name, below in _more_parts.items()})),
    Seq(lambda _, part: part, Alt(Word("a"), Word("one")), table(_one_part)),
)
_long_parts = Typed(Seq(_part, two_digits, long_ordinal("s")))
_heard_parts = table(
    {"and three quarters": 0.75, "and two thirds": 2 / 3}
    | {f"and {one} {name}": _one_part[name] for one in ("a", "one") for name in ("half", "quarter", "third")}
)
and_part = Alt(_heard_parts, Typed(Seq(lambda _, part: part, Word("and"), Alt(_counted_parts, _long_parts))))
mixed = Seq(lambda n, part: tidy(n + part), Alt(whole, DIGITS), and_part)
"""Two and a half."""
fraction = Alt(Word("half", 0.5), _counted_parts, _long_parts, FRACTION_DIGITS)
"""Half, two thirds, 3/4."""
_mixed_scale = Seq(lambda n, scale: tidy(round(n * scale, 6)), Alt(mixed, _point), _million)
_scaled_part = Seq(
    lambda part, _, __, scale: tidy(part * scale),
    *(Alt(fraction, Word("quarter", 0.25)), Opt(Word("of")), Opt(Word("a")), _million),
)
_below_zero = Seq(lambda _, n: -n, Alt(Word("minus"), Word("negative")), Alt(whole, DIGITS, _point))
count = Alt(whole, DIGITS, _point, mixed, FRACTION_DIGITS, Typed(Alt(_scaled_digits, _mixed_scale, _scaled_part)))
"""A number that something can be counted by."""
number = Alt(count, Typed(_below_zero), Typed(fraction))

_share = table({"half": 50, "a quarter": 25, "three quarters": 75, "one half": 50})
_percent_word = Alt(any_of("percent", "per cent"), Typed(Word("%")))


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
    Seq(lambda n, _, part: tidy(n + part), Alt(whole, DIGITS), _degrees, and_part),
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


_suffixed = Seq(lambda n, _: n if isinstance(n, int) and n > 0 else None, DIGITS, any_of("st", "nd", "rd", "th"))
ordinal_number = Alt(ordinal_word(), _suffixed)
ordinal = Alt(
    Seq(lambda _, n, __: n, Opt(Word("the")), ordinal_number, Opt(Word("one"))),
    Seq(lambda _, n: n, any_of("number", "the number"), Alt(two_digits, DIGITS)),
)
"""The second, second, the second one, number two."""

"""Numbers, ordinals and percentages in any English text."""

import re
from collections.abc import Iterator
from typing import Any

from jingling.language.text import Token
from jingling.language.values.english_cardinals import (
    HYPHENED,
    SCALE_WORDS,
    SCALES,
    cardinal,
    long_ordinal,
    one_to_nine,
    tens,
    two_digits,
)
from jingling.language.values.english_numbers import Number, tidy
from jingling.language.values.free_tokens import plain_digits
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Word, Words, Written, any_of, table
from jingling.language.values.recognized import Recognized
from jingling.language.values.scan import Best, Hit, Run, longest, scan


def _digits(found: re.Match[str]) -> Number:
    return float(found.group()) if "." in found.group() else int(found.group())


digits = Written(r"\d{1,40}(?:\.\d+)?", _digits)
_few_digits = Written(r"[1-9]\d?", _digits)
_hundreds_of_digits = Written(r"[1-9]\d{0,2}", _digits)
_zero = any_of("zero", "nought", "naught", "nil")
_dozen = any_of("dozen", "dozens", "dz", "dzs", "doz", "dozs")
_dozens = Alt(
    Seq(lambda n, _: n * 12, Alt(two_digits, digits, Word("a", 1)), _dozen),
    Seq(lambda _, __, ___: 6, Word("half"), Opt(Word("a")), Word("dozen")),
)
_small = Alt(table(HYPHENED), two_digits, _few_digits, _dozens)
words = cardinal(_small, Alt(digits, Word("hundred", 100)))
whole = Alt(Seq(lambda _: 0, _zero), words, digits)
_digit = Alt(Seq(lambda _: 0, Alt(_zero, Word("oh"))), one_to_nine)


def _decimals(n: int, _: Any, said: list[int]) -> Number:
    return tidy(float(f"{n}.{''.join(map(str, said))}"))


def _pointed(n: int, _: Any, tail: int) -> Number:
    return tidy(float(f"{n}.{tail}"))


_point = Alt(
    Seq(_decimals, Opt(whole, 0), Word("point"), Run(_digit, 12)),
    Seq(_pointed, Opt(whole, 0), Word("point"), Alt(table(HYPHENED), two_digits)),
)
_scale = table({word: scale for scale, names in SCALES for word in names})
_million = table({word: scale for scale, names in SCALES if scale >= 10**6 for word in names})


def _split(above: int, below: int, plural: bool) -> tuple[int, Number] | None:
    """Of several ways to cut "one hundred thirty fifths" the one with the longer denominator counts."""
    if below < 3 or (above == 1) == plural:
        return None
    return -below, above / below


_some = Alt(Word("a", 1), Word("one", 1))
_halves = table({"half": 2, "quarter": 4})
_ones = Seq(lambda _, below: 1 / below, _some, Alt(_halves, Seq(lambda n: n if n > 2 else None, long_ordinal())))
_many = Best(
    Seq(lambda above, below: _split(above, below, True), words, Alt(table({"quarters": 4}), long_ordinal("s")))
)
_two_halves = Seq(lambda n, _: n / 2, two_digits, Word("halves"))
part = Alt(Word("half", 0.5), _ones, _many, _two_halves)


def _whole_and_part(n: Number, _: Any, share: float) -> Number | None:
    """ "One hundred and three quarters", but "three million and a half" are half a million more."""
    if not 0 < share < 1:
        return None
    scale = next((scale for scale in (10**12, 10**9, 10**6) if n and n % scale == 0), 1)
    return tidy(n + share * scale)


_tens_and_ones = Seq(lambda n, _, m: n + m, Alt(words, tens), Word("and"), one_to_nine)
mixed = Seq(_whole_and_part, Alt(words, digits, _tens_and_ones), Word("and"), part)
_scaled = Alt(
    Seq(lambda n, scale: tidy(round(n * scale, 9)) if n < scale else None, Alt(_point, mixed), _scale),
    Seq(
        lambda n, _, __, scale: tidy(n * scale),
        Alt(part, Word("quarter", 0.25)),
        Opt(Word("of")),
        Opt(Word("a")),
        _million,
    ),
)
_more = Seq(lambda n, _, m: n + m if n > m else None, Alt(words, digits), Word("and"), _scaled)
_over = Seq(lambda above, _, below: above / below if below else None, whole, Word("over"), whole)
_out_of = Seq(
    lambda above, _, __, below: above / below if 0 < above < below else None,
    *(whole, Word("out"), Word("of"), whole),
)
positive: Phrase = Alt(mixed, whole, _more, _point, part, _scaled)
_minus = any_of("minus", "negative")
amount: Phrase = Alt(positive, Seq(lambda _, n: -n, _minus, positive))
"""What can be had of something: without "one over three" and "one out of three"."""
number: Phrase = Alt(amount, _over, _out_of, Seq(lambda _, n: -n, _minus, Alt(_over, _out_of)))

_pointing = frozenset(
    [
        *("the", "this", "that", "which", "each", "every", "no", "another", "next", "previous", "last", "only"),
        *("first", "second", "third", "fourth", "fifth", "other", "right", "wrong", "same", "new", "old"),
    ]
)
_times = frozenset(
    [
        "year",
        "years",
        "month",
        "months",
        "week",
        "weeks",
        "day",
        "days",
        "hour",
        "hours",
        "minute",
        "minutes",
        "second",
        "seconds",
    ]
)


def number_fits(tokens: Words, first: int, end: int) -> bool:
    """Not "the one", and not cut off before a scale: "3 hundred | and 2 hundred"."""
    before = tokens[first - 1].text if first else ""
    after = tokens[end] if end < len(tokens) else Token("", -1, -1)
    if end == first + 1 and tokens[first].text == "one" and before in _pointing:
        return False
    if end - first == 3 and tokens[first + 1].text == "over" and (before == "$" or after.text in _times):
        return False
    if after.text in SCALE_WORDS:
        return False
    return not _glued(tokens, first, end)


def _glued(tokens: Words, first: int, end: int) -> bool:
    """A number within a word: "29km", "scp2"."""
    if not tokens[end - 1].text[-1].isdigit():
        return False
    if end < len(tokens) and tokens[end].start == tokens[end - 1].end and tokens[end].text[0].isalpha():
        return tokens[end].text.isascii()
    if not first or not tokens[first].text[0].isdigit() or tokens[first - 1].end != tokens[first].start:
        return False
    return tokens[first - 1].text[0].isalpha() and tokens[first - 1].text.isascii()


def numbers(tokens: Words) -> Iterator[Recognized]:
    return (_recognized("number", hit, value_text(hit.value)) for hit in scan(tokens, number, number_fits))


def numbers_and_ordinals(tokens: Words) -> list[Hit]:
    return list(scan(tokens, Alt(number, ordinal), number_fits))


_suffixed = Seq(lambda n, _: n if isinstance(n, int) else None, digits, any_of("st", "nd", "rd", "th"))
ordinal = Alt(long_ordinal(), Word("nineth", 9), _suffixed)
_relative = table(
    {
        "last": "end+0",
        "the one before the last one": "end-1",
        "the one before the last": "end-1",
        "the last but one": "end-1",
        "last but one": "end-1",
        "next to last": "end-1",
        "second to last": "end-1",
        "the second to last": "end-1",
        "third to last": "end-2",
        "the third to last": "end-2",
        "the second last": "end-1",
        "the third last": "end-2",
        "penultimate": "end-1",
        "antepenultimate": "end-2",
        "next": "current+1",
        "next one": "current+1",
        "previous": "current-1",
        "previous one": "current-1",
        "current": "current+0",
        "current one": "current+0",
    }
)


def _ordinal_fits(tokens: Words, first: int, end: int) -> bool:
    """ "A trillionth" is a part."""
    return not (
        end == first + 1 and first and tokens[first - 1].text == "a" and tokens[first].text.endswith("illionth")
    )


def ordinals(tokens: Words, relative: bool) -> Iterator[Recognized]:
    for hit in scan(tokens, Alt(_relative, ordinal), _ordinal_fits):
        if isinstance(hit.value, int):
            if not _begins_with_a(tokens, hit):
                yield _recognized("ordinal", hit, str(hit.value))
        elif relative:
            yield _recognized("ordinal.relative", hit, hit.value)


def _begins_with_a(tokens: Words, hit: Hit) -> bool:
    return hit.end == hit.first + 2 and tokens[hit.first].text == "a"


_percent_word = any_of("percent", "percents", "percentage", "per cent", "per cents", "%", "percentages")
_percent = Alt(
    Seq(lambda n, _: n, number, _percent_word),
    Seq(lambda n, _, __: n, part, Word("a"), _percent_word),
    Seq(lambda _, __, n: n, any_of("percent", "percents", "per cent", "per cents"), Word("of"), number),
)
_share_of = Seq(lambda n, _: n * 100, Alt(part, digits), Word("of"))
_in = Seq(
    lambda above, _, below: 100 * above / below if 0 < above < below else None,
    *(whole, Alt(Word("in"), any_of("out of")), whole),
)


def percentages(tokens: Words, shares: bool) -> Iterator[Recognized]:
    phrase = Alt(_percent, _in, _share_of) if shares else _percent
    for hit in scan(tokens, phrase):
        if not shares or longest(tokens, _percent, hit.first) or hit.value < 100:
            yield _recognized("percentage", hit, f"{value_text(hit.value)}%")


def _recognized(kind: str, hit: Hit, value: str) -> Recognized:
    return Recognized(kind, hit.start, hit.stop, "", ({"value": value},))


def value_text(value: Number) -> str:
    return plain_digits(value) if isinstance(value, float) else str(value)

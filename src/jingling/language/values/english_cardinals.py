"""English cardinals and ordinals of any size, in words or with digits between ("3 hundred and 2")."""

from collections.abc import Mapping

from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Word, table

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
SCALES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (10**3, ("thousand", "thousands")),
    (10**5, ("lakh", "lakhs")),
    (10**6, ("million", "millions", "mil", "mln")),
    (10**7, ("crore", "crores")),
    (10**9, ("billion", "billions", "bln", "bn")),
    (10**12, ("trillion", "trillions", "tln", "trn")),
)
SCALE_WORDS: Mapping[str, int] = {word: scale for scale, words in SCALES for word in words} | {"hundred": 100}

one_to_nine = table({word: n for n, word in enumerate(_UNITS, 1)})
ten_to_nineteen = table({word: n for n, word in enumerate(_TEENS, 10)})
tens = table({word: n * 10 for n, word in enumerate(_TENS, 2)})
HYPHENED = {f"{ten}-{unit}": n * 10 + m for n, ten in enumerate(_TENS, 2) for m, unit in enumerate(_UNITS, 1)}
"""One word each where hyphens were kept."""
HYPHENED_ORDINALS = {
    f"{ten}-{unit}": n * 10 + m for n, ten in enumerate(_TENS, 2) for m, unit in enumerate(_ORDINAL_UNITS, 1)
}


def _sum(*values: int | None) -> int:
    return sum(value or 0 for value in values)


two_digits = Alt(one_to_nine, ten_to_nineteen, Seq(_sum, tens, Opt(one_to_nine, 0)))
"""1 to 99."""


def _rest(phrase: Phrase) -> Opt:
    """`phrase` after "and" or right away, or nothing."""
    return Opt(Alt(phrase, Seq(lambda _, n: n, Word("and"), phrase)), 0)


def cardinal(small: Phrase, count: Phrase) -> Alt:
    """`small` is what may stand last, below a hundred; `count` what may stand before a scale beside it."""
    before = Alt(small, count, Word("a", 1))
    level = Alt(small, Seq(lambda n, _, rest: n * 100 + rest, before, Word("hundred"), _rest(small)))
    for scale, words in SCALES:
        level = _scaled(level, count, scale, words)
    return level


def _scaled(below: Alt, count: Phrase, scale: int, words: tuple[str, ...]) -> Alt:
    return Alt(
        below,
        Seq(
            lambda n, _, rest: n * scale + rest,
            *(Alt(below, count, Word("a", 1)), Alt(*(Word(word) for word in words)), _rest(below)),
        ),
    )


never = Alt()
"""Reads nothing."""
words_only = cardinal(two_digits, never)

_unit_ordinals = {word: n for n, word in enumerate(_ORDINAL_UNITS, 1)}
_teen_ordinals = {word: n for n, word in enumerate(_ORDINAL_TEENS, 10)}
_tens_ordinals = {word[:-1] + "ieth": n * 10 for n, word in enumerate(_TENS, 2)}
_NAMED_SCALES = {100: "hundred", 10**3: "thousand", 10**6: "million", 10**9: "billion", 10**12: "trillion"}


def ordinal_word(ending: str = "") -> Alt:
    """Below a hundred: "third", "twenty first"; with "s" as `ending`: "thirds"."""

    def ended(words: Mapping[str, int]) -> Alt:
        return table({word + ending: n for word, n in words.items()})

    return Alt(
        ended(_unit_ordinals),
        ended(_teen_ordinals),
        ended(_tens_ordinals),
        Seq(_sum, tens, ended(_unit_ordinals)),
    )


def long_ordinal(ending: str = "") -> Alt:
    """Of any size: "one hundred and fifth", "two millionths"."""
    below: Alt = Alt(ordinal_word(ending), table({word + ending: n for word, n in HYPHENED_ORDINALS.items()}))
    count: Alt = Alt(two_digits, table(HYPHENED))
    for scale, word in _NAMED_SCALES.items():
        some = Alt(count, Word("a", 1))
        below = Alt(
            below,
            Seq(lambda n, _, scale=scale: n * scale, Opt(some, 1), Word(f"{word}th{ending}")),
            Seq(lambda n, _, __, rest, scale=scale: n * scale + rest, some, Word(word), Opt(Word("and")), below),
        )
        count = _scaled(count, never, scale, (word,))
    return below

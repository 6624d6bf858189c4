"""Amounts of money in any English text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from jingling.language.values.currencies import CURRENCIES, PARTS, WIDE_YUAN, YEN, Part
from jingling.language.values.english_cardinals import SCALES
from jingling.language.values.english_numbers import Number, tidy
from jingling.language.values.free_english_numbers import amount as number
from jingling.language.values.free_english_numbers import part
from jingling.language.values.free_tokens import free_tokens
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Word, Words, any_of, table
from jingling.language.values.scan import Hit, Names, scan


class Amount(NamedTuple):
    """`value` None: a currency without an amount."""

    value: Number | None
    name: str


_SPLIT = re.compile(r"[^\W\d_]+|\S")


def _key(name: str) -> tuple[str, ...]:
    """As the tokens of a text are: `u.s. dollars` is five."""
    return tuple(_SPLIT.findall(name.replace("_", " ")))


def _names() -> dict[tuple[str, ...], str]:
    names: dict[tuple[str, ...], str] = {}
    for currency in CURRENCIES:
        for noun in currency.nouns.split():
            names |= {_key(f"{adjective} {noun}"): currency.name for adjective in currency.adjectives.split()}
        names |= {_key(word): currency.name for word in (*currency.alone.split(), *currency.symbols.split())}
    return names | {(YEN,): "Japanese yen", (WIDE_YUAN,): "Chinese yuan"}


NAMES = _names()
_PARTS = {_key(word): part for part in PARTS for word in part.words.split() if word != "sen"}
_CODES = {currency.code.lower(): currency.name for currency in CURRENCIES if len(currency.code) == 3}
_MILLIONS: dict[tuple[str, ...], str] = {
    (f"m{code}",): name for code, name in _CODES.items() if code not in ("all", "ron")
}
_BEFORE = {
    name: value for name, value in NAMES.items() if not name[-1].isalpha() or name[0] in _CODES or len(name) == 1
}
_currency = Names(NAMES)
_part = Names(_PARTS)
_scale = table({word: scale for scale, words in SCALES for word in words})
_and = Opt(Word("and"))


_WHOLE_ONLY = frozenset(currency.name for currency in CURRENCIES if currency.minor_digits != 2) | {"Satoshi"}


def _below_hundred(n: Number) -> Number | None:
    return n if isinstance(n, int) and 0 < n < 100 else None


def _with_parts(main: Amount, _: object, n: Number, part: Part, more: Number | None) -> Amount | None:
    """Three dollars and 50 cents; five mao five."""
    if main.value is None or main.value != int(main.value) or (part.of and main.name not in part.of) or n < 0:
        return None
    rest = (more or 0) / (part.many * 10)
    return Amount(tidy(round(main.value + n / part.many + rest, 9)), main.name)


def _with_hundredths(main: Amount, _: object, n: Number) -> Amount | None:
    """Thirteen dollars forty five."""
    if main.name in _WHOLE_ONLY or main.value is None or main.value != int(main.value):
        return None
    return Amount(tidy(round(main.value + n / 100, 9)), main.name)


_digit = Seq(lambda n: n if n < 10 else None, Seq(_below_hundred, number))
_behind = Alt(
    Seq(Amount, number, _currency),
    Seq(lambda n, _, name: Amount(n, name), part, any_of("a", "an", "of a"), _currency),
    Seq(lambda n, name, scale: Amount(tidy(n * scale), name), number, _currency, _scale),
    Seq(lambda n, name: Amount(tidy(n * 1_000_000), name), number, Names(_MILLIONS)),
    Seq(lambda n, _, name, __: Amount(n, name), number, Word("("), _currency, Word(")")),
)
_ahead = Alt(
    Seq(lambda name, n: Amount(n, name), Names(_BEFORE), number),
    Seq(lambda name, n, _: Amount(tidy(n * 1_000_000), name), Names(_BEFORE), number, Word("m")),
    Seq(lambda name, n: Amount(tidy(n * 1_000_000), name), Names(_MILLIONS), number),
)
_word = Names({name: value for name, value in NAMES.items() if name[-1].isalpha()})
_around = Seq(lambda main, name: main if name == main.name else None, _ahead, _word)
_main = Alt(_behind, _ahead, _around)
money: Phrase = Alt(
    _main,
    Seq(_with_parts, _main, _and, number, _part, Opt(_digit)),
    Seq(_with_hundredths, Alt(_behind, _ahead), _and, Seq(_below_hundred, number)),
    Seq(lambda n, part: Amount(n, part.name), number, _part),
    Seq(lambda name: Amount(None, name), _currency),
)
_NOT_ALONE = frozenset(
    [
        "pound",
        "pounds",
        "sterling",
        "quid",
        "bucks",
        "yen",
        "yuan",
        "won",
        "mark",
        "marks",
        "sen",
        "kip",
        "real",
        "rand",
        "krona",
        "kronor",
        "kuai",
        "franc",
        "francs",
        "lira",
        "peso",
        "pesos",
        "rupee",
        "rupees",
        "euro",
        "euros",
        "$",
        "£",
        "€",
        "¥",
        "crowns",
        "dong",
        "baht",
        "colon",
        "usd",
        "gbp",
        "eur",
        "cad",
        "aud",
        "lari",
    ]
)


def _fits(words: Words, first: int, end: int) -> bool:
    """ "15 dollars 50 times" end before the 50; a currency alone only where its name says so."""
    said, last = words[first].text, words[end - 1].text
    if said in ("a", "s") and words[first + 1].text == "$" and _own_word(words, first):
        return False
    if any(words[at - 2].text[0].isdigit() and _belongs_ahead(words, at) for at in range(first + 2, end)):
        return False
    if not any(words[at].text[0].isdigit() or words[at].text in number.first for at in range(first, end)):
        return end > first + 1 or said not in _NOT_ALONE
    if last in _LAST:
        return not (end < len(words) and words[end].text[0].isdigit() and _belongs_ahead(words, end))
    if end < len(words) and words[end].start == words[end - 1].end and words[end].text[0].isalpha():
        return False
    following = words[end].text if end < len(words) else ""
    if said in _AHEAD_WORDS and sum(words[at].text in _LAST for at in range(first, end)) == 1:
        return following not in _SCALE_WORDS
    return following not in _COUNTED and following not in _SCALE_WORDS


def _own_word(words: Words, at: int) -> bool:
    """The article of "a $5 note" and the ending of "John's $5"."""
    return words[at].end != words[at + 1].start or (at > 0 and words[at - 1].text in ("'", "’"))


def _belongs_ahead(words: Words, at: int) -> bool:
    """Whether the sign or code before `at` is that of the number there: "1 $10", "3 USD50"."""
    if words[at - 1].text not in _AHEAD_WORDS or not words[at].text[0].isdigit():
        return False
    glued = words[at - 1].end == words[at].start and words[at - 2].end < words[at - 1].start
    after = words[at + 1].text if at + 1 < len(words) else ""
    return glued or (not words[at - 1].text.isalpha() and not (after == words[at - 1].text or after in _part.first))


_LAST = frozenset(name[-1] for name in NAMES) | frozenset(name[-1] for name in _PARTS) | {")"}
_AHEAD_WORDS = frozenset(name[0] for name in _BEFORE) | frozenset("$£€¥")
_COUNTED = _currency.first | _part.first | {"times", "percent", "%"}
_SCALE_WORDS = frozenset(word for _, words in SCALES for word in words) | {"hundred"}


def amounts(text: str) -> Iterator[Hit]:
    """Each with an `Amount`."""
    return scan(free_tokens(text), money, _fits)

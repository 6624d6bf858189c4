"""Amounts of money, as prices are said: "twelve dollars fifty", 一百二十八块五.

The value is `{"amount_minor": 12850, "currency": "CNY"}`: whole minor units and the ISO 4217 code, which is
empty where the words name none ("twelve fifty"). Amounts finer than the minor unit are none.
"""

from collections.abc import Mapping
from typing import Any

from jingling.language.values import chinese_numbers as zh
from jingling.language.values import english_numbers as en
from jingling.language.values.currencies import CURRENCIES, GENERIC
from jingling.language.values.english_cardinals import one_to_nine, ten_to_nineteen, tens
from jingling.language.values.english_numbers import DIGITS
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Typed, Word, table, text
from jingling.language.values.scan import Names

_DIGITS: Mapping[str, int] = {one.code: one.minor_digits for one in CURRENCIES if one.code}


def minor_digits(currency: str) -> int:
    """Two for a currency that is not known."""
    return _DIGITS.get(currency, 2)


def money(amount: float, currency: str) -> dict[str, Any] | None:
    """None for an amount that is negative, or finer than the currency's minor unit."""
    minor = amount * 10 ** minor_digits(currency)
    if minor < 0 or abs(minor - round(minor)) > 1e-4:
        return None
    return {"amount_minor": round(minor), "currency": currency}


def _and_cents(n: float, currency: str, _: Any, cents: int) -> dict[str, Any] | None:
    if minor_digits(currency) != 2 or n != int(n):
        return None
    return {"amount_minor": int(n) * 100 + cents, "currency": currency}


def _codes(of_language: str) -> dict[tuple[str, ...], str]:
    """What each currency is called; a word that several have means the most usual one."""
    names: dict[tuple[str, ...], str] = {}
    for one in CURRENCIES:
        code = one.code or GENERIC.get(one.name, "")
        if not code:
            continue
        if of_language == "zh":
            names |= {tuple(word): code for word in one.chinese.split()}
            continue
        said = [*one.alone.split(), *(f"{a}_{n}" for a in one.adjectives.split() for n in one.nouns.split())]
        names |= {tuple(name.lower().replace("_", " ").split()): code for name in said if "." not in name}
    return names


_heard = table(
    {"dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "pound": "GBP", "pounds": "GBP"}
    | {"yuan": "CNY", "bucks": "USD", "us dollars": "USD"}
)
_currency = Alt(_heard, Typed(Names(_codes("en"))))
_cent = table({"cent": "USD", "cents": "USD", "pence": "GBP", "penny": "GBP"})
_count = Alt(en.positive, Word("a", 1), Typed(Alt(en.count, en.fraction)))
_half_of = Typed(Seq(lambda part, _: part, en.fraction, Opt(Alt(Word("of"), Word("a")))))


def _cents(n: float) -> int | None:
    return int(n) if 0 < n < 100 and n == int(n) else None


_below_hundred = Alt(Seq(lambda n: n if n < 100 else None, en.positive), Typed(Seq(_cents, DIGITS)))
_and = Opt(Word("and"))


_two_digits = Alt(ten_to_nineteen, Seq(lambda ten, one: ten + (one or 0), tens, Opt(one_to_nine)))
_oh = Seq(lambda _, n: n, Word("oh"), one_to_nine)
english: Phrase = Alt(
    Seq(money, _count, _currency),
    Seq(lambda n, currency, half: money(n + half, currency), _count, _currency, Typed(en.and_part)),
    Seq(money, _half_of, _currency),
    Seq(_and_cents, _count, _currency, _and, Seq(lambda n, _: n, _below_hundred, Opt(_cent))),
    Seq(lambda n, currency: money(n / 100, currency), _count, _cent),
    Typed(Seq(lambda currency, n: money(n, currency), Names(_codes("en")), Alt(DIGITS, en.count))),
    Typed(
        Seq(
            lambda n, _, cents: _and_cents(n, "", None, cents), en.positive, Opt(Word("and")), Alt(_two_digits, _oh)
        )
    ),
)
"""Five dollars and ten cents, twelve fifty, fifty cents, half a dollar."""

_jiao = Alt(Word("角"), Word("毛"))
_yuan = Alt(Word("元"), Word("块"), Typed(Word("圆")))
_digit = Alt(zh.one_to_nine, Typed(DIGITS))
_qian = Opt(Word("钱"))
_fen = Seq(lambda n, _: n, _digit, Word("分"))


def _tens(n: float) -> int | None:
    """12块5 are 12.50, 12块50 are too."""
    return int(n) * (10 if n < 10 else 1) if 0 < n < 100 and n == int(n) else None


_tenths = Alt(
    Seq(lambda n, _, fen: n * 10 + (fen or 0), _digit, _jiao, Opt(Alt(_fen, Typed(_digit)))),
    Seq(lambda n: n * 10, zh.one_to_nine),
    Typed(Seq(lambda _, fen: fen, Opt(Word("零")), Seq(lambda n, _: n, zh.two_digits, Word("分")))),
    Typed(Seq(_tens, DIGITS)),
)


def _yuan_and(n: float, _: Any, hundredths: int | None, __: Any) -> dict[str, Any] | None:
    return _and_cents(n, "CNY", None, hundredths) if hundredths else money(n, "CNY")


_other = {
    word: code for word, code in _codes("zh").items() if "".join(word) not in ("元", "块", "圆", "块钱", "元钱")
}
_zh_heard = Alt(
    *(text(word, code, chinese=True) for word, code in (("美元", "USD"), ("欧元", "EUR"), ("英镑", "GBP")))
)
_zh_count = Alt(zh.positive, Typed(zh.count))
_half = Typed(Word("半", 0.5))
_zh_currency = Alt(_zh_heard, Typed(Names(_other)))
chinese: Phrase = Alt(
    Seq(_yuan_and, _zh_count, _yuan, Opt(_tenths), _qian),
    Seq(lambda n, _, half, __: money(n + half, "CNY"), _zh_count, _yuan, _half, _qian),
    Seq(lambda half, _, __, ___: money(half, "CNY"), _half, Opt(Word("个")), _yuan, _qian),
    Seq(money, _zh_count, _zh_currency),
    Typed(
        Seq(
            _and_cents,
            zh.count,
            Names(_other),
            Opt(Word("又")),
            Seq(lambda n, *_: n, zh.two_digits, Opt(Word("美")), Word("分")),
        )
    ),
    Seq(lambda n, _, __: money(n / 10, "CNY"), _digit, _jiao, _qian),
    Seq(lambda n, _, fen, __: money((n * 10 + fen) / 100, "CNY"), _digit, _jiao, _fen, _qian),
    Seq(lambda n, _, __: money(n / 100, "CNY"), _digit, Word("分"), Word("钱")),
    Typed(Seq(lambda _, n, __: money(n, "CNY"), text("人民币", chinese=True), zh.count, Opt(_yuan))),
)
"""三块二, 一百二十八块五, 五毛, 十二美元."""

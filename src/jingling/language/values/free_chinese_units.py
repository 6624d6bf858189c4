"""Money, lengths, weights and the like, ages and temperatures in any Chinese text."""

import re
from collections.abc import Iterator

from jingling.language.values import english_units
from jingling.language.values.chinese_cardinals import DIGITS
from jingling.language.values.chinese_units import UNITS
from jingling.language.values.currencies import CURRENCIES, WIDE_YUAN, YEN
from jingling.language.values.english_numbers import Number, tidy
from jingling.language.values.free_chinese_numbers import number, plain
from jingling.language.values.free_english_money import Amount
from jingling.language.values.free_english_units import Measure
from jingling.language.values.free_tokens import free_tokens
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Word, Words, any_of, table
from jingling.language.values.scan import Hit, Names, scan

_PIECES = re.compile(r"[A-Za-z]+|\d|\S")


def _names(words: dict[str, str]) -> Names:
    return Names({tuple(_PIECES.findall(word)): name for word, name in words.items()})


_CURRENCIES = {word: one.name for one in CURRENCIES for word in one.chinese.split()}
_SIGNS = {sign.lower(): one.name for one in CURRENCIES for sign in one.symbols.split() if not sign.isalpha()}
_CODES = {one.code.lower(): one.name for one in CURRENCIES if one.code}
_currency = _names(_CURRENCIES | _CODES)
_ahead = _names(
    _SIGNS
    | dict.fromkeys((YEN, WIDE_YUAN), "Chinese yuan")
    | _CODES
    | {"人民币": "Chinese yuan", "rmb": "Chinese yuan"}
)
_and = Opt(any_of("又", "零"))
_digit = table(dict(DIGITS))
_tenths = any_of("角", "毛", "毛钱", "角钱", chinese=True)
_hundredths = any_of("分", "分钱", chinese=True)
_cents = any_of("美分", "欧分", "便士", "日本钱", "日本銭", "港仙", "分", chinese=True)


def _more(main: Amount, amount: Number) -> Amount | None:
    """五元三毛; not of a main amount that has decimals or is yuan thousands."""
    if main.value is None or main.value != int(main.value) or amount < 0:
        return None
    return Amount(tidy(round(main.value + amount, 9)), main.name)


_parts = Alt(
    Seq(lambda n, _: n / 10, plain, _tenths),
    Seq(lambda n, _, more, __: n / 10 + more / 100, plain, _tenths, plain, Opt(_hundredths)),
    Seq(lambda n, _: n / 100, plain, _hundredths),
)
_counted = Seq(lambda n, _, name: Amount(n, name), number, Opt(Word("个")), _currency)
_yuan = Seq(lambda n, _: Amount(n, "Chinese yuan"), number, any_of("元", "块", "圆", "块钱", "元钱", chinese=True))
_main = Alt(
    _counted,
    Seq(lambda name, n: Amount(n, name), _ahead, number),
    Seq(lambda name, main: main if main.name == name else None, _ahead, _counted),
)
money: Phrase = Alt(
    _main,
    Seq(lambda main, _, part: _more(main, part), _yuan, Opt(Word("零")), _parts),
    Seq(lambda main, digit: _more(main, digit / 10), _yuan, _digit),
    Seq(lambda main, _, n, __: _more(main, n / 100), _counted, _and, plain, _cents),
    Seq(lambda part: Amount(part, "Chinese yuan"), _parts),
    Seq(
        lambda name: Amount(None, name),
        _names({w: n for w, n in _CURRENCIES.items() if len(w) > 1 and w[0] != "块"}),
    ),
)
_WORDS_AFTER = frozenset("钱的吧啊呢吗左多和与或以就一二三四五六七八九不是买才都，。！？；：、）")
_LOOSE = frozenset({"块", "分", "角", "圆"})


def _money_fits(words: Words, first: int, end: int) -> bool:
    """三块蛋糕 and 五角大楼 cost nothing."""
    last, after = words[end - 1].text, words[end].text if end < len(words) else ""
    if last in _LOOSE and _is_character(after):
        return after in _WORDS_AFTER
    if words[end - 1].text in DIGITS and (after in DIGITS or after in "个元块十百千万"):
        return not after
    return not (last[-1].isascii() and last[-1].isalpha() and words[end - 1].end == _start(words, end))


def _start(words: Words, at: int) -> int:
    return words[at].start if at < len(words) and words[at].text[0].isalnum() and words[at].text.isascii() else -1


def _is_character(text: str) -> bool:
    return len(text) == 1 and "㐀" <= text <= "鿿"


def amounts(text: str) -> Iterator[Hit]:
    """Each with an `Amount`. `text` must be folded and its characters simplified."""
    for hit in scan(free_tokens(text), money, _money_fits):
        if hit.value.value is None or not _only_part(text, hit):
            yield hit


def _only_part(text: str, hit: Hit) -> bool:
    """三分 without 钱 may be minutes or points."""
    return text[hit.stop - 1] == "分" and not any(sign in text[hit.start : hit.stop] for sign in "元块角毛美欧")


_latin = {word: name for word, name in english_units.UNITS.items() if word.isascii() and " " not in word}
_BY_CASE = {word: name for word, name in _latin.items() if word.lower() != word}
_unit = _names({**{word: name for word, name in _latin.items() if word.islower()}, **UNITS})
dimension: Phrase = Alt(
    Seq(Measure, number, _unit),
    Seq(lambda n, unit, half: Measure(n + half, unit) if n >= 0 else None, number, _unit, Word("半", 0.5)),
    Seq(lambda half, _, unit: Measure(half, unit), Word("半", 0.5), Opt(Word("个")), _unit),
)
_BITS = re.compile("存储|内存|比特|字节|处理器|系统|操作|二进制|cpu", re.IGNORECASE)
_COUNTED = frozenset("个天次年月周只条名岁本张点")


def _dimension_fits(words: Words, first: int, end: int) -> bool:
    last, after = words[end - 1], words[end] if end < len(words) else None
    if last.text == "两" and after:
        return after.text not in _COUNTED
    if (
        last.text in ("里", "节", "卡", "码", "钱", "桶", "位", "焦", "赫", "伏")
        and after
        and _is_character(after.text)
    ):
        return last.text == "位" and after.text != "名"
    if last.text[-1].isascii() and last.text.isalpha():
        return _start(words, end) != last.end and last.text not in ("in", "pm", "am", "a")
    before = words[first - 1] if first else None
    return not (before and before.text.isascii() and before.text[0].isalpha() and before.end == words[first].start)


def _dimensions(text: str) -> Iterator[Hit]:
    bits = _BITS.search(text)
    for hit in scan(free_tokens(text, sizes=False), dimension, _dimension_fits):
        said = re.findall(r"[A-Za-z]+$", text[: hit.stop])
        unit = _BY_CASE.get(said[0]) if said else None
        if text[hit.stop - 1] != "位" or bits:
            yield hit._replace(value=Measure(hit.value.value, unit)) if unit else hit


_of_age = table(
    {
        "岁": "Year",
        "周岁": "Year",
        "年大": "Year",
        "个月大": "Month",
        "月大": "Month",
        "周大": "Week",
        "个星期大": "Week",
        "天大": "Day",
    },
    chinese=True,
)
age: Phrase = Alt(
    Seq(Measure, plain, _of_age),
    Seq(lambda n, unit, half: Measure(n + half, unit), plain, table({"岁": "Year"}), Word("半", 0.5)),
)
_scale = Alt(
    table({"摄氏度": "C", "华氏度": "F", "开尔文": "K", "度": "Degree"}, chinese=True),
    Seq(lambda _, scale: scale, Word("°"), Opt(table({"c": "C", "f": "F"}), "Degree")),
)
_named = Seq(
    lambda scale, *_: scale,
    *(table({"摄氏": "C", "华氏": "F"}, chinese=True), Opt(any_of("温度", chinese=True)), Opt(Word("的"))),
)
_below = Opt(Alt(table({"零下": -1}, chinese=True), Word("负", -1)), 1)
_half = Opt(Word("半", 0.5), 0)
temperature: Phrase = Alt(
    Seq(lambda sign, n, scale, half: Measure(tidy(sign * (n + half)), scale), _below, number, _scale, _half),
    Seq(
        lambda scale, sign, n, _, half: Measure(tidy(sign * (n + half)), scale),
        _named,
        _below,
        number,
        Word("度"),
        _half,
    ),
    Seq(
        lambda scale: Measure(None, scale),
        Alt(
            table({"摄氏度": "C", "华氏度": "F"}, chinese=True),
            Seq(lambda _, scale: scale, Word("°"), table({"c": "C", "f": "F"})),
        ),
    ),
)


def _temperature_fits(words: Words, first: int, end: int) -> bool:
    """Not 九十度角 nor 三度假期."""
    return not (end < len(words) and words[end - 1].text == "度" and words[end].text in "角假数电")


def units(text: str, kind: str) -> Iterator[Hit]:
    """`kind` dimension, age or temperature; each with a `Measure`. `text` must be folded and simplified."""
    if kind == "age":
        return scan(free_tokens(text, sizes=False), age)
    if kind == "temperature":
        return scan(free_tokens(text, sizes=False), temperature, _temperature_fits)
    return _dimensions(text)

"""A number and a unit: "two kilos", "half a pound", 两斤半. The value is `{"value": 2.5, "unit": "kilogram"}`."""

from typing import Any

from jingling.language.values import chinese_numbers as zh
from jingling.language.values import chinese_units, english_units
from jingling.language.values import english_numbers as en
from jingling.language.values.english_numbers import tidy
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Typed, Word, table
from jingling.language.values.scan import Names

_HEARD = (
    "gram",
    "kilogram",
    "pound",
    "ounce",
    "liter",
    "milliliter",
    "meter",
    "centimeter",
    "kilometer",
    "mile",
    "cup",
)
_NO_UNITS = frozenset(
    {"t", "g", "l", "m", "in", "h", "w", "bar", "bars", "turn", "turns", "stone", "grain", "knot", "knots"}
)


def quantity(n: float, unit: str) -> dict[str, Any] | None:
    return {"value": tidy(n), "unit": unit} if n >= 0 else None


_heard = table(
    {word: unit for unit in _HEARD for word in (unit, f"{unit}s")}
    | {"kilo": "kilogram", "kilos": "kilogram", "feet": "foot", "foot": "foot", "inches": "inch", "inch": "inch"}
    | dict.fromkeys(("tablespoon", "tablespoons"), "tablespoon")
    | dict.fromkeys(("teaspoon", "teaspoons"), "teaspoon")
)
_written = Names(
    {
        tuple(word.lower().split()): name.lower()
        for word, name in english_units.UNITS.items()
        if word.replace(" ", "").isalpha() and word.lower() not in _NO_UNITS
    }
)
_short = table({"g": "gram", "l": "liter", "m": "meter", "t": "ton"})
_unit = Alt(_heard, Typed(_written))
_count = Alt(en.positive, Word("a", 1), Word("an", 1), Typed(en.count))
_part = Alt(Word("half", 0.5), Typed(en.fraction))
english: Phrase = Alt(
    Seq(quantity, _count, _unit),
    Typed(Seq(quantity, en.DIGITS, _short)),
    Seq(
        lambda part, _, unit: quantity(part, unit), _part, Opt(Alt(Word("a"), Word("an"), Typed(Word("of")))), _unit
    ),
    Typed(Seq(lambda n, unit, part: quantity(n + part, unit), _count, _unit, en.and_part)),
)

_zh_heard = table(
    {
        "克": "gram",
        "公斤": "kilogram",
        "千克": "kilogram",
        "斤": "jin",
        "两": "liang",
        "升": "liter",
        "毫升": "milliliter",
    }
    | {"米": "meter", "厘米": "centimeter", "公里": "kilometer"},
    chinese=True,
)
_zh_written = Names(
    {tuple(word): name.lower() for word, name in chinese_units.UNITS.items()}
    | {
        (word.lower(),): name.lower()
        for word, name in english_units.UNITS.items()
        if word.isalpha() and word.isascii()
    }
)
_zh_unit = Alt(_zh_heard, Typed(_zh_written))
_zh_count = Alt(zh.positive, Typed(zh.count))
_half = Word("半", 0.5)
chinese: Phrase = Alt(
    Seq(lambda n, unit, half: quantity(n + half, unit), _zh_count, _zh_unit, Opt(_half, 0)),
    Seq(lambda half, _, unit: quantity(half, unit), _half, Opt(Word("个")), _zh_unit),
    Seq(lambda n, _, half, unit: quantity(n + half, unit), _zh_count, Word("个"), _half, _zh_unit),
)

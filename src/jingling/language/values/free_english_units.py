"""Lengths, weights and the like, ages and temperatures in any English text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from jingling.language.values.english_numbers import Number
from jingling.language.values.english_units import DISTANCES, SPELLED_OUT, TIMES, UNITS
from jingling.language.values.free_english_numbers import amount, part
from jingling.language.values.free_tokens import free_tokens
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Word, Words, any_of, table
from jingling.language.values.scan import Hit, Names, scan


class Measure(NamedTuple):
    """`value` None: a unit without a number."""

    value: Number | None
    unit: str


_PIECES = re.compile(r"[^\W\d_]+|\d|\S")


def _key(name: str) -> tuple[str, ...]:
    return tuple(_PIECES.findall(name.lower()))


_CASED: dict[tuple[str, ...], dict[str, str]] = {}
for _word, _called in UNITS.items():
    _CASED.setdefault(_key(_word), {}).setdefault(_word.replace(" ", ""), _called)


class _Unit(NamedTuple):
    """What a unit may be, by how it is written."""

    written: dict[str, str]


_named: Phrase = Names({key: _Unit(written) for key, written in _CASED.items()})
_distance: Phrase = Names({_key(word): name for word, name in DISTANCES.items()})
_time = table(dict(TIMES))
_per: Phrase = Seq(
    lambda distance, _, time: f"{distance} per {time}",
    *(_distance, Alt(any_of("per", "a", "an"), Word("/")), _time),
)
_unit = Alt(_per, _named)
_in_brackets = Seq(lambda _, unit, __: unit, any_of("(", "[", "{", "<"), _unit, any_of(")", "]", "}", ">"))
_feet = any_of("foot", "feet", "ft", "′", "'")
_inches = any_of("inch", "inches", "in", '"')
_whole = Seq(lambda n: n if isinstance(n, int) and n >= 0 else None, amount)
dimension: Phrase = Alt(
    Seq(Measure, amount, Alt(_unit, _in_brackets)),
    Seq(lambda n, _, unit: Measure(n, unit), part, any_of("a", "an", "of a", "of an"), _unit),
    Seq(
        lambda feet, _, __, inches, ___: Measure(feet + inches / 12, "Foot"),
        *(_whole, _feet, Opt(Word("and")), amount, _inches),
    ),
    Seq(lambda n, _: Measure(n, "Inch"), amount, any_of("in", '"')),
    Seq(lambda n, _: Measure(n, "Degree"), amount, any_of("degree", "degrees", "deg", "°")),
    Seq(lambda unit: Measure(None, unit), Names({_key(word): UNITS[word] for word in SPELLED_OUT})),
)
_TURNING = re.compile(r"\b(?:rotat\w*|turn\w*|angles?|spin\w*|tilt\w*|pan|latitude|longitude|arc)\b", re.IGNORECASE)
_WARMTH = re.compile(
    r"temperature|thermostat|degree|weather|warm|heat|cool|cold|oven|fever|boil|celsius|fahrenheit|°", re.IGNORECASE
)
_CLOCK = frozenset({"am", "pm"})


def _written(text: str, words: Words, hit: Hit) -> str | None:
    """The unit as upper and lower case tell, None where it cannot be one."""
    unit = hit.value.unit
    if not isinstance(unit, _Unit):
        return str(unit)
    last = next(at for at in range(hit.end - 1, hit.first - 1, -1) if words[at].text.isalnum())
    said = text[words[_unit_start(words, hit)].start : words[last].end].replace(" ", "").replace("-", "")
    if said in unit.written:
        return unit.written[said]
    if len(said) == 1 and said.isupper():
        return None
    if len(unit.written) == 1:
        return next(iter(unit.written.values()))
    return unit.written.get(said.lower(), next(iter(unit.written.values())))


def _unit_start(words: Words, hit: Hit) -> int:
    return max(end for end, _ in amount.match(words, hit.first) if end < hit.end) + (
        words[hit.end - 1].text in (")", "]", "}", ">")
    )


def _dimension_fits(words: Words, first: int, end: int) -> bool:
    """Not within a word or a code, as in "24703 m212" and "scp-173m"."""
    last = words[end - 1]
    after = words[end] if end < len(words) else None
    if (
        after
        and after.start == last.end
        and (after.text[0].isalnum() or (len(last.text) == 1 and after.text == "-"))
    ):
        return False
    if after and after.text == "-" and len(last.text) == 1 and last.text.isalpha():
        return False
    if last.text in ("2", "3") and words[end - 2].end < last.start:
        return False
    if last.text == "in" and first + 2 == end and after and after.text[0].isalnum():
        return False
    before = words[first - 1] if first else None
    glued = before is not None and before.end == words[first].start
    if not glued or before is None:
        return True
    if words[first].text[0].isdigit() and before.text[0].isalpha() and before.text.isascii():
        return False
    return not (
        before.text in ("-", ":", ".")
        and first >= 2
        and words[first - 2].end == before.start
        and (before.text == ":" or words[first - 2].text[0].isalnum())
        and _is_code(words, first)
    )


def _is_code(words: Words, first: int) -> bool:
    """ "SCP-173 m", but not "75-300 mm"."""
    return words[first - 1].text == ":" or words[first - 2].text[0].isalpha() or _after_letters(words, first - 2)


def _after_letters(words: Words, at: int) -> bool:
    return at > 0 and words[at - 1].end == words[at].start and words[at - 1].text[0].isalpha()


def _dimensions(text: str) -> Iterator[Hit]:
    words = free_tokens(text, sizes=False)
    turning = bool(_TURNING.search(text)) and "temperature" not in text.lower()
    clocks = "picometer" not in text.lower()
    quotes = text.count('"') == 1
    for hit in scan(words, dimension, _dimension_fits):
        last = words[hit.end - 1].text
        if (hit.value.unit == "Degree" and not turning) or (last in _CLOCK and clocks):
            continue
        if last == '"' and not quotes:
            continue
        unit = _written(text, words, hit)
        if unit is not None:
            yield hit._replace(value=Measure(hit.value.value, unit))


_age_unit = table(
    {
        **dict.fromkeys(("year", "years", "yr", "yrs"), "Year"),
        **dict.fromkeys(("month", "months"), "Month"),
        **dict.fromkeys(("week", "weeks"), "Week"),
        **dict.fromkeys(("day", "days"), "Day"),
    }
)
age: Phrase = Alt(
    Seq(lambda n, unit, _: Measure(n, unit), amount, _age_unit, any_of("old", "of age", "olds")),
    Seq(lambda n, _: Measure(n, "Year"), amount, any_of("yo", "y o", "y.o")),
    Seq(lambda _, __, n: Measure(n, "Age"), any_of("age", "aged"), Opt(any_of("of", "is")), amount),
)
_SCALES = {
    **dict.fromkeys(("celsius", "celcius", "centigrade", "centigrate", "celsium"), "C"),
    **dict.fromkeys(("fahrenheit", "farenheit", "fahrenheits", "farenheight"), "F"),
    **dict.fromkeys(("kelvin", "kelvins"), "K"),
    "rankine": "R",
}
_scale = table(_SCALES)
_letter = table({"c": "C", "f": "F", "k": "K"})
_degrees = Alt(any_of("degrees", "degree", "deg", "°"), Seq(lambda *_: "", Word("deg"), Word(".")))
_behind = Alt(
    Seq(lambda _, scale: scale, Opt(_degrees), _scale),
    Seq(lambda _, scale: scale, _degrees, _letter),
    Seq(lambda _: "Degree", _degrees),
)
temperature: Phrase = Alt(
    Seq(Measure, amount, _behind),
    Seq(Measure, amount, table({"c": "C", "f": "F"})),
    Seq(lambda _, scale: Measure(None, scale), Opt(_degrees), _scale),
    Seq(lambda n, unit, _, __: Measure(-n, unit), amount, _behind, Word("below"), any_of("zero", "freezing")),
)


def _temperatures(text: str) -> Iterator[Hit]:
    words = free_tokens(text, sizes=False)
    turning, warm = _TURNING.search(text), _WARMTH.search(text)
    for hit in scan(words, temperature, _dimension_fits):
        letter = words[hit.end - 1].text in ("c", "f") and hit.value.value is not None
        bare = letter and words[hit.end - 2].text not in ("degrees", "degree", "deg", "°", ".")
        if (bare and not warm) or (hit.value.unit == "Degree" and turning):
            continue
        yield hit


def units(text: str, kind: str) -> Iterator[Hit]:
    """`kind` dimension, age or temperature; each with a `Measure`. `text` must be folded."""
    if kind == "age":
        return scan(free_tokens(text, sizes=False), age)
    return _temperatures(text) if kind == "temperature" else _dimensions(text)

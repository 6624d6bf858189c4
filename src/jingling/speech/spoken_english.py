"""How English text is read aloud: numbers, dates, money and signs in words. Pure."""

import re
from collections.abc import Callable

from jingling.speech import spoken_patterns as written
from jingling.speech.spoken_numbers import cardinal_en, digits_en, number_en, ordinal_en, year_en
from jingling.speech.spoken_patterns import AFTER, DASH, NUMBER
from jingling.speech.spoken_units import MONEY, UNITS
from jingling.speech.spoken_words import named, worded

Match = re.Match[str]
Rule = tuple[re.Pattern[str], Callable[[Match], str]]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SCALES = {
    "k": "thousand",
    "m": "million",
    "mn": "million",
    "b": "billion",
    "bn": "billion",
    "t": "trillion",
    "tn": "trillion",
}
_PARTS = {2: ("half", "halves"), 4: ("quarter", "quarters")}
_OF_SOMETHING = (
    r"\s?(?:inch|cup|mile|hour|pint|pound|litre|liter|teaspoon|tablespoon|tsp|tbsp|oz|lb|of|full|in\b|″|\")"
)
_NOT_COUNTED = (
    r"is|its|his|this|was|were|will|and|to|or|the|in|at|on|by|for|has|had|as|season|edition|model|but|when|with|it"
)
_YEAR_BEFORE = "in|since|until|till|year|before|after|during|spring|summer|autumn|fall|winter|early|late|mid"


def english(text: str) -> str:
    text = named(text)
    for pattern, rule in _RULES:
        text = pattern.sub(rule, text)
    return worded(text)


def _day(month: int, day: int, year: str | None = None, until: str | None = None) -> str:
    said = f"{_MONTHS[month - 1]} {ordinal_en(day)}"
    if until:
        said += f" to {ordinal_en(int(until))}"
    return f"{said}, {year_en(int(year)) if len(year) == 4 else number_en(year)}" if year else said


def _iso(match: Match) -> str:
    month, day = int(match["month"]), int(match["day"])
    if not written.is_day(month, day):
        return match[0]
    return _day(month, day, match["year"]) + (" at " if match[0].endswith("T") else "")


def _year_last(match: Match) -> str:
    """Month first, unless it cannot be one."""
    month, day = int(match["a"]), int(match["b"])
    if match["cut"] == "." or not written.is_day(month, day):
        month, day = day, month
    return _day(month, day, match["year"]) if written.is_day(month, day) else match[0]


def _named_day(match: Match) -> str:
    found = match.groupdict()
    month, day = written.month_number(match["month"]), int(match["day"])
    if not written.is_day(month, day):
        return match[0]
    return _day(month, day, match["year"] or found.get("year2"), match["until"])


def _month_year(match: Match) -> str:
    return f"{_MONTHS[written.month_number(match['month']) - 1]} {year_en(int(match['year']))}"


def _clock(match: Match) -> str:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    half = f"{match['half'].upper()} M" if match["half"] else ""
    if hour % 24 == minute == second == 0 and not half:
        return _zoned("midnight", match)
    if not half and hour == 0:
        hour, half = 12, "A M"
    said = cardinal_en(hour)
    if minute:
        said += f" {'oh ' if minute < 10 else ''}{cardinal_en(minute)}"
    elif second:
        said += " o'clock"
    elif not half:
        said += " o'clock" if hour <= 12 else " hundred"
    said = f"{said} {half}".strip()
    if second:
        said += f" and {cardinal_en(second)} second{'s' * (second > 1)}"
    return _zoned(said, match)


def _zoned(said: str, match: Match) -> str:
    return f"{said} U T C" if match["zone"] == "Z" else said


def _hour(match: Match) -> str:
    return f"{cardinal_en(int(match['hour']))} {match['half'].upper()} M"


def _amount(match: Match) -> str:
    """The number with its sign, or the range."""
    sign = {"-": "minus ", "−": "minus ", "+": "plus "}.get(match["sign"] or "", "")
    to = match["to"]
    return f"{sign}{number_en(match['n'])}" + (f" to {_below(to)}" if to else "")


def _below(text: str) -> str:
    return f"minus {number_en(text[1:])}" if text.startswith("-") else number_en(text)


def _one(match: Match) -> bool:
    return match["n"] == "1" and not match["to"]


def _quantity(match: Match) -> str:
    unit = UNITS[match["unit"]]
    said = f"{_amount(match)} {unit.one if _one(match) else unit.many}"
    return f"{said} per {_unit_name(match['per'])}" if match["per"] else said


def _unit_name(sign: str) -> str:
    return UNITS[sign].one if sign in UNITS else sign


def _price(match: Match) -> str:
    found = match.groupdict()
    money, scale = MONEY[match["unit"]], _scale(match["scale"])
    minus = "minus " if found.get("sign") in ("-", "−") or found.get("below") else ""
    whole, _, part = match["n"].replace(",", "").partition(".")
    if money.cent and len(part) == 2 and not (scale or match["to"]):
        return minus + _with_cents(int(whole), int(part), money.one, money.many, money.cent)
    to = f" to {_below(match['to'])}" if match["to"] else ""
    name = money.one if _one(match) and not scale else money.many
    number = number_en(match["n"].rstrip("0") if part and part.strip("0") != part else match["n"])
    return f"{minus}{number}{to}{scale} {name}"


def _scale(text: str | None) -> str:
    return f" {_SCALES.get(text.lower(), text)}" if text else ""


def _with_cents(whole: int, part: int, one: str, many: str, cent: tuple[str, str]) -> str:
    parts = [f"{cardinal_en(whole)} {one if whole == 1 else many}"] if whole or not part else []
    if part:
        parts.append(f"{cardinal_en(part)} {cent[part > 1]}")
    return " and ".join(parts)


def _duration(match: Match) -> str:
    parts = [(match.groupdict().get(key), name) for key, name in (("h", "hour"), ("m", "minute"), ("s", "second"))]
    return " ".join(f"{number_en(n)} {name}{'' if int(n) == 1 else 's'}" for n, name in parts if n is not None)


def _feet(match: Match) -> str:
    feet = "foot" if match["ft"] == "1" else "feet"
    inches = f" {number_en(match['inch'])} inch{'' if match['inch'] == '1' else 'es'}" if match["inch"] else ""
    return f"{number_en(match['ft'])} {feet}{inches}"


def _inches(match: Match) -> str:
    named = re.match(r"\s[A-Za-z]", match.string[match.end() :])
    return f"{number_en(match['n'])} inch{'' if match['n'] == '1' or named else 'es'}"


def _fraction(match: Match) -> str:
    over, under = int(match["num"]), int(match["den"])
    part = over < under and 1 < under <= 20
    below = match.string[: match.start()].endswith(("-", "−"))
    if not (match["whole"] or below) and not (
        (part and under <= 10) or re.match(_OF_SOMETHING, match.string[match.end() :])
    ):
        if written.is_day(over, under):
            return _day(over, under)
        if written.is_day(under, over) and over > 12:
            return _day(under, over)
    if not part:
        whole = f"{number_en(match['whole'])} " if match["whole"] else ""
        return f"{whole}{number_en(match['num'])} over {number_en(match['den'])}"
    one, many = _PARTS.get(under) or (ordinal_en(under), ordinal_en(under) + "s")
    if over == 1 and under == 2 and re.match(r"\s(?:an?|the)\b", match.string[match.end() :]):
        return f"{number_en(match['whole'])} and a half" if match["whole"] else "half"
    if match["whole"]:
        said = ("a" if over == 1 else cardinal_en(over)) + f" {one if over == 1 else many}"
        return f"{number_en(match['whole'])} and {said}"
    return f"{cardinal_en(over)} {one if over == 1 else many}"


def _phone(match: Match) -> str:
    groups = re.findall(r"\d+", match[0])
    if match[0].startswith("+") and sum(map(len, groups)) < 9:
        return match[0]
    said = [digits_en(part) for group in groups for part in _short(group)]
    return ("plus " if match[0].startswith("+") else "") + ", ".join(said)


def _short(digits: str) -> list[str]:
    """Long strings in pieces that an ear can keep."""
    size = 4 if len(digits) % 4 == 0 else 3
    pieces = [digits[at : at + size] for at in range(0, len(digits), size)]
    if len(pieces[-1]) == 1 and len(pieces) > 1:
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    return pieces


def _code(match: Match) -> str:
    if not match[0].startswith("0") and match[0].endswith("000"):
        return number_en(match[0])
    return ", ".join(map(digits_en, _short(match[0])))


def _named_code(match: Match) -> str:
    return match["name"] + ", ".join(map(digits_en, _short(match["code"])))


def _version(match: Match) -> str:
    parts = (match["one"] or match[0]).split(".")
    if match["v"]:
        return "version " + " point ".join(number_en(part) for part in parts)
    if len(parts) == 4:
        return " dot ".join(digits_en(part) for part in parts)
    return " point ".join(number_en(part) for part in parts)


def _years(match: Match) -> str:
    return f"{year_en(int(match['a']))} to {year_en(int(match['b']))}"


def _decade(match: Match) -> str:
    said = year_en(int(match["n"])) if match["n"] else cardinal_en(int(match["tens"]))
    return said[:-1] + "ies" if said.endswith("y") else said + "s"


def _chain(match: Match) -> str:
    return ", ".join(digits_en(group) for group in match[0].split("-"))


def _size(match: Match) -> str:
    """A sum, or the sides of something."""
    return " times " if "×" in match[0] or " " in match[0] else " by "


def _range(match: Match) -> str:
    if match.string[match.end() :].lstrip().startswith("=") or match.string[: match.start()].rstrip().endswith("="):
        return f"{number_en(match['n'])} minus {_below(match['to'])}"
    minus = "minus " if match["sign"] else ""
    return f"{minus}{number_en(match['n'])} to {_below(match['to'])}"


def _bare(match: Match) -> str:
    sign = {"-": "minus ", "−": "minus ", "+": "plus "}.get(match["sign"] or "", "")
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return " " * before.isalpha() + sign + number_en(match["n"]) + " " * after.isalpha()


def _pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(text, flags)


_CODE_NAMES = (
    r"(?:pin|code|password|passcode|serial|zip|postcode|extension|ext\.?|room|flight|apartment|suite"
    r"|(?:order|ticket|account|card|booking|tracking|phone) number|call|dial)"
)
_RULES: tuple[Rule, ...] = (
    (_pattern(rf"(?:(?<=\d%)|(?<=[°℃℉])|(?<=°[CF]))\s?{DASH}\s?(?=\d)"), lambda m: " to "),
    (_pattern(rf"(?<=:\d\d)\s?{DASH}\s?(?=\d{{1,2}}:\d\d)"), lambda m: " to "),
    (_pattern(rf"(?:(?<=\d[apAP][mM])|(?<=\d\s[apAP][mM]))\s?{DASH}\s?(?=\d)"), lambda m: " to "),
    (
        _pattern(rf"(?<![\d:.])(?P<n>\d{{1,2}})\s?{DASH}\s?(?=\d{{1,2}}\s?[ap]\.?m\b)", re.I),
        lambda m: f"{m['n']} to ",
    ),
    (
        _pattern(
            r"(?<![\d.])(?P<h>1[0-2]|0?\d)\.(?P<m>[0-5]\d)(?=(?:\s?[-–]\s?\d{1,2}[.:][0-5]\d)?\s?[ap]\.?m\b)", re.I
        ),
        lambda m: f"{m['h']}:{m['m']}",
    ),
    (_pattern(r"(?<=\d[kKmM])\s?[-–—]\s?(?=\d)"), lambda m: " to "),
    (
        _pattern(r"(?<![\d:.])(?P<h>1[0-2]|0?[1-9])(?P<m>[0-5]\d)(?=\s?[ap]\.?m\b)", re.I),
        lambda m: f"{m['h']}:{m['m']}",
    ),
    (written.ABOUT, lambda m: "about "),
    (_pattern(r"(?<![\d/])24/7(?![\d/])"), lambda m: "twenty-four seven"),
    (written.DATES, lambda m: " to "),
    (written.ISO_DATE, _iso),
    (written.MONTH_OF_YEAR, lambda m: f"{_MONTHS[int(m['month']) - 1]} {year_en(int(m['year']))}"),
    (written.ISO_MONTH, lambda m: f"{_MONTHS[int(m['month']) - 1]} {year_en(int(m['year']))}"),
    (written.YEARS, _years),
    (written.YEAR_LAST, _year_last),
    (written.YEAR_NAMED, _named_day),
    (written.DAY_MONTH, _named_day),
    (written.MONTH_DAY, _named_day),
    (written.MONTH_YEAR, _month_year),
    (written.PHONE, _phone),
    (written.CLOCK, _clock),
    (written.HOUR, _hour),
    (written.PRICE, _price),
    (written.PRICE_AFTER, _price),
    (
        _pattern(r"(?:(?<![\d.,])(?P<n>1[1-9]\d0|20\d0)|(?:['’]|(?<=the )|(?<=The ))(?P<tens>[2-9]0))['’]?s\b"),
        _decade,
    ),
    (written.HOURS_MINUTES, _duration),
    (written.MINUTES_SECONDS, _duration),
    (written.QUANTITY, _quantity),
    (
        _pattern(
            rf"(?<=[a-z])\s?/\s?(?P<per>{written.UNIT}|(?:hour|day|night|week|month|year|person|piece|minute|second|kilo)){AFTER}"
        ),
        lambda m: f" per {_unit_name(m['per'])}",
    ),
    (written.FEET_INCHES, _feet),
    (written.INCHES, _inches),
    (_pattern(r"(?:(?<=feet )|(?<=foot ))(?P<n>\d{1,2})\s?in\b"), _inches),
    (written.PERCENT, lambda m: f"{_amount(m)} percent"),
    (written.PERMILLE, lambda m: f"{_amount(m)} per thousand"),
    (written.VERSION, _version),
    (written.FRACTION, _fraction),
    (written.RATIO, lambda m: f"{number_en(m['a'])} to {number_en(m['b'])}"),
    (written.ORDINAL, lambda m: ordinal_en(int(m["n"].replace(",", "")))),
    (
        _pattern(
            rf"(?P<name>\b{_CODE_NAMES}(?: number| no\.?| is|:|#)*\s)(?P<code>\d{{3,}})(?![\d.,]\d|\s?{DASH}\s?\d)",
            re.I,
        ),
        _named_code,
    ),
    (
        _pattern(
            rf"\b(?P<b>(?i:{_YEAR_BEFORE}))\s(?P<n>1\d\d\d|20\d\d)(?![\d%:]|[.,]\d|\s(?!(?:{_NOT_COUNTED})\b)[a-z]+s\b)"
        ),
        lambda m: f"{m['b']} {year_en(int(m['n']))}",
    ),
    (
        _pattern(
            rf"(?<![\d.,A-Za-z-])(?P<n>19[1-9]\d|20[0-4]\d)(?![\d%:A-Za-z-]|[.,]\d|\s(?!(?:{_NOT_COUNTED})\b)[a-z]{{2}})"
        ),
        lambda m: year_en(int(m["n"])),
    ),
    (written.CODE, _code),
    (written.SIZE, _size),
    (written.FACTOR, lambda m: f"{number_en(m['n'])} times"),
    (_pattern(r"＾"), lambda m: " to the power of "),
    (written.CHAIN, _chain),
    (written.RANGE, _range),
    (_pattern(rf"±\s?(?={NUMBER})"), lambda m: "plus or minus "),
    (_pattern(r"(?:[#№]|\bNo\.)\s?(?=\d)"), lambda m: "number "),
    (_pattern(r"(?<=[A-Za-z])(?P<n>\d{3,})(?!\d)"), lambda m: " " + digits_en(m["n"])),
    (_pattern(r"(?<=[A-Za-z])-(?=\d)"), lambda m: " "),
    (written.SIGNED, _bare),
)

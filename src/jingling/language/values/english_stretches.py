"""Weeks, months, quarters, years and their parts in free English text: "next month", "q3 2019", "the week of may 4"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from jingling.language.values.english_date import names as day_names
from jingling.language.values.english_rules import NUMBER_ENDS, Here, glued, meanings, rules
from jingling.language.values.english_values import Value, add_months, around, monday, month_day
from jingling.language.values.english_words import digits, full_year
from jingling.language.values.phrases import Alt, Phrase, Words

Days = tuple[date, date]
Part = Literal["", "start", "mid", "end"]


@dataclass(frozen=True)
class Stretch:
    """Whole days, the end exclusive. `unit` (W, WE, M, Q, Y) and what was said of month and year complete it later."""

    find: Callable[[datetime], Sequence[Days]]
    unit: str = ""
    month: int | None = None
    year: int | None = None
    timex: str = ""
    part: Part = ""

    @property
    def value(self) -> Value:
        return Value("daterange", lambda now: [*self.find(now)], self.timex, self.part)


def _from(find: Callable[[date], Days], unit: str = "", year: int | None = None) -> Stretch:
    def found(now: datetime) -> Sequence[Days]:
        try:
            return (find(now.date()),)
        except (ValueError, OverflowError):
            return ()

    return Stretch(found, unit, year=year)


def _months(start: date, count: int) -> Days:
    return start, add_months(start, count)


def _current(unit: str, here: date, ahead: int) -> Days:
    if unit in ("W", "WE"):
        first = monday(here) + timedelta(days=7 * ahead)
        return first + timedelta(days=5 * (unit == "WE")), first + timedelta(days=7)
    if unit == "WW":
        first = monday(here) + timedelta(days=7 * ahead)
        return first, first + timedelta(days=5)
    if unit == "F":
        first = monday(here) + timedelta(days=14 * ahead)
        return first, first + timedelta(days=14)
    count = {"M": 1, "Q": 3, "Y": 12, "DE": 120}[unit]
    at = here.year * 12 + here.month - 1
    start = (at // count + ahead) * count
    return date(start // 12, start % 12 + 1, 1), date((start + count) // 12, (start + count) % 12 + 1, 1)


def unit_ahead(ahead: int, unit: str) -> Stretch | None:
    """This, the next or the last week, month, …"""
    if unit in ("s", "m", "h", "D", "BD"):
        return None
    return _from(lambda here: _current(unit, here, ahead), unit)


def in_month(month: int, year: int | None = None) -> Stretch:
    if year is not None:
        return _from(lambda _: _months(date(year, month, 1), 1), "M", year)

    def found(now: datetime) -> Sequence[Days]:
        first = now.year - (now.month <= month)
        return [_months(date(at, month, 1), 1) for at in (first, first + 1)]

    return Stretch(found, "M", month, timex=f"XXXX-{month:02d}")


def _month_year(month: int, year: int | None = None) -> Stretch:
    return replace(in_month(month, year), month=month)


def _month_ahead(month: int, ahead: int) -> Stretch:
    return replace(_from(lambda here: _months(date(here.year + ahead, month, 1), 1), "M"), month=month)


def in_year(year: int) -> Stretch:
    return _from(lambda _: (date(year, 1, 1), date(year + 1, 1, 1)), "Y", year)


def _week_of(year: int, week: int) -> Days:
    """ISO weeks; -1 is the last."""
    first = date.fromisocalendar(year, 1, 1) if week > 0 else date.fromisocalendar(year + 1, 1, 1)
    start = first + timedelta(days=7 * (week - 1 if week > 0 else week))
    return start, start + timedelta(days=7)


def _week_of_month(first: date, nth: int) -> Days:
    """A week is that of the month which has its Thursday."""
    if nth < 0:
        last = add_months(first, 1) - timedelta(days=1)
        thursday = last - timedelta(days=(last.weekday() - 3) % 7)
    else:
        thursday = first + timedelta(days=(3 - first.weekday()) % 7 + 7 * (nth - 1))
    return monday(thursday), monday(thursday) + timedelta(days=7)


def _nth_week(nth: int, of: Stretch) -> Stretch | None:
    def found(now: datetime) -> Sequence[Days]:
        starts = [start for start, _ in of.find(now)]
        if of.unit == "Y":
            return [_week_of(start.year, nth) for start in starts]
        return [_week_of_month(start, nth) for start in starts]

    return Stretch(found, "W") if of.unit in ("Y", "M") else None


def _nth_units(nth: int, count: int, unit: str, of: Stretch) -> Stretch | None:
    """The first or last so many days, weeks or months of a year or month."""
    if unit not in ("D", "W", "M") or of.unit not in ("Y", "M"):
        return None

    def found(now: datetime) -> Sequence[Days]:
        return [_edge(start, end, nth, count, unit, of.unit) for start, end in of.find(now)]

    return Stretch(found)


def _edge(start: date, end: date, nth: int, count: int, unit: str, of: str) -> Days:
    if unit == "W" and of == "Y":
        start, end = _week_of(start.year, 1)[0], _week_of(start.year, -1)[1]
    if unit == "M":
        return (start, add_months(start, count)) if nth > 0 else (add_months(end, -count), end)
    far = timedelta(days=count * (7 if unit == "W" else 1))
    return (start, start + far) if nth > 0 else (end - far, end)


def _nth_month(nth: int, of: Stretch) -> Stretch | None:
    if of.unit != "Y" or not 1 <= nth <= 12:
        return None
    return Stretch(lambda now: [_months(add_months(start, nth - 1), 1) for start, _ in of.find(now)], "M")


def _quarter(nth: int, of: Stretch | None = None, months: int = 3) -> Stretch | None:
    if not 1 <= nth <= 12 // months:
        return None
    month = (nth - 1) * months + 1
    if of is not None:
        first = of.find
        return (
            Stretch(lambda now: [_months(date(start.year, month, 1), months) for start, _ in first(now)], "Q")
            if (of.unit == "Y")
            else None
        )

    def found(now: datetime) -> Sequence[Days]:
        over = _months(date(now.year, month, 1), months)[1] <= now.date() or now.month > month
        first_year = now.year - (not over)
        return [_months(date(at, month, 1), months) for at in (first_year, first_year + 1)]

    return Stretch(found, "Q")


def _decade(first: int, open_century: bool = False) -> Stretch:
    if not open_century:
        return _from(lambda _: (date(first, 1, 1), date(first + 10, 1, 1)))
    years = (1900 + first, 2000 + first)
    return Stretch(lambda _: [(date(year, 1, 1), date(year + 10, 1, 1)) for year in years])


def _century(nth: int) -> Stretch | None:
    if not 2 <= nth <= 90:
        return None
    return _from(lambda _: (date((nth - 1) * 100, 1, 1), date(nth * 100, 1, 1)))


def cut(part: Part, whole: Stretch, clipped: bool = False) -> Stretch:
    """The start, middle or end of a week, month or year; `clipped` when "earlier" or "later" looks at today."""

    def found(now: datetime) -> Sequence[Days]:
        stretches = (_cut(part, start, end, whole) for start, end in whole.find(now))
        return [_clip(part, stretch, now.date()) if clipped else stretch for stretch in stretches]

    return replace(whole, find=found, part=part)


def _cut(part: Part, start: date, end: date, whole: Stretch) -> Days:
    if whole.unit == "Y" and whole.year is not None:
        edges = (start, date(start.year, 5, 1), date(start.year, 9, 1), end)
        at = ("start", "mid", "end").index(part) if part else 0
        return edges[at], edges[at + 1]
    days = {"W": (3, 3, 1, 5), "M": (15, 15, 9, 20)}.get(whole.unit)
    if whole.unit in ("Y", "Q"):
        middle = add_months(start, 6 if whole.unit == "Y" else 1)
        quarter = 3 if whole.unit == "Y" else 1
        firsts = (middle, middle, add_months(start, quarter), add_months(end, -quarter))
    else:
        early, late, mid, mid_end = days or (1, 1, 1, 1)
        firsts = tuple(start + timedelta(days=n) for n in (early, late, mid, mid_end))  # type: ignore[assignment]
    return {"start": (start, firsts[0]), "end": (firsts[1], end), "mid": (firsts[2], firsts[3])}.get(
        part, (start, end)
    )


def _clip(part: Part, stretch: Days, here: date) -> Days:
    start, end = stretch
    if not start <= here < end and part == "start":
        return stretch
    if part == "start":
        return start, min(end, max(here, start + timedelta(days=1)))
    return (max(start, here), end) if here < end else stretch


def _rest(unit: str) -> Stretch | None:
    if unit not in ("W", "M", "Y"):
        return None
    return _from(lambda here: (here, _current(unit, here, 0)[1] - timedelta(days=1)))


def _unresolved(timex: str) -> Stretch:
    return Stretch(lambda _: (), timex=timex)


_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}


names = dict(day_names)
names["side"] = meanings(
    dict.fromkeys(("next", "following", "coming", "upcoming"), 1)
    | dict.fromkeys(("last", "previous", "past"), -1)
    | dict.fromkeys(("this", "current", "same", "that"), 0)
)
names["swift"] = rules(names, ("{side}", int), ("the {side}", int))
names["own"] = meanings(dict.fromkeys(("the", "my"), 0))


def _no_sign_before(words: Words, at: int) -> bool:
    """Whether the number here is no part of a longer one, a price or a phone number."""
    if at == 0:
        return True
    sign = words[at - 1].text
    return sign not in "$£€#" and not (sign in "/.,:+–" and glued(words, at) and glued(words, at - 1))


def _not_told(words: Words, at: int) -> bool:
    """ "The week 31", "the year of 2008" and "the year to date" say which one later."""
    rest = [word.text for word in words[at : at + 2]]
    return not rest or not (
        rest[0][0].isdigit() or rest == ["to", "date"] or rest[0] == "of" and rest[-1][0].isdigit()
    )


def _not_verb(words: Words, at: int) -> bool:
    """Short names of months are words of their own unless something points at a time."""
    said, before = words[at - 1].text, words[at - 2].text if at > 1 else ""
    if before in ("$", "#", "@"):
        return False
    if said == "mar" or said == "may":
        return before in _POINTING
    return said not in ("march",) or at < 2 or before in _POINTING or at >= len(words) or before not in ("to", "we")


_POINTING = frozenset(
    "in this next last of since after before until till by during early mid late from to through end the - – and or"
    " between beginning start middle that same around coming past previous for following".split()
)
names["head"] = Here(_no_sign_before)
names["tail"] = NUMBER_ENDS
names["no_verb"] = Here(_not_verb)
names["any_year_no"] = digits(1, 9999, r"\d{3,4}")
names["lone_month"] = rules(names, ("{month} <no_verb> <may>", in_month), ("the? month of {month}", in_month))
names["sep"] = meanings(dict.fromkeys((",", "of", "in", ", of", "-", "/", ".", "."), True))
names["month_year"] = rules(
    names,
    ("{month} <sep>? {any_year}", _month_year),
    ("{month} . {any_year}", _month_year),
    ("{month} of|,? {year_words}", _month_year),
    ("{month} of {two_digits}", lambda month, year: _month_year(month, full_year(year))),
    ("{month} {century_year}", _month_year),
    ("{any_year} <sep>? {month}", lambda year, month: _month_year(month, year)),
    ("{any_year} ~? -|/ ~? {month_number} <tail>", lambda year, month: _month_year(month, year)),
    ("{any_year} ~ . ~ {month_number} <tail>", lambda year, month: _month_year(month, year)),
    ("{month_number} ~? -|/ ~? {any_year} <tail>", _month_year),
    ("{month} of|in|,? {year_ahead}", _month_ahead),
    ("{side} {month} <may>", lambda ahead, month: _month_ahead(month, ahead)),
)
names["lone_year"] = rules(
    names,
    ("<head> {year_digits} <tail>", in_year),
    ("{year_words}", in_year),
    ("year {any_year_no}", in_year),
    ("year {cardinal}", lambda year: in_year(year) if year > 99 else None),
    ("year {year_words}", in_year),
    ("calendar year|cy {any_year}", in_year),
    ("cy ~? {two_digits}", lambda year: in_year(full_year(year))),
)
_UNITS = {"week": "W", "weekend": "WE", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "fortnight": "F"}
_UNITS |= {"workweek": "WW", "working week": "WW", "work week": "WW", "calendar year": "Y"}
names["stretch_unit"] = meanings(_UNITS)
names["the_unit"] = meanings({said: unit for said, unit in _UNITS.items() if unit not in ("Q", "DE")})
names["not_told"] = Here(_not_told)
names["around_now"] = rules(
    names,
    ("{side} {stretch_unit}", unit_ahead),
    ("the {side} decade", lambda ahead: unit_ahead(ahead, "DE")),
    ("{own} {the_unit} <not_told>", unit_ahead),
    ("weekend", lambda: unit_ahead(0, "WE")),
    ("the? {stretch_unit} after the? next", lambda unit: unit_ahead(2, unit)),
)
names["whole"] = Alt(names["month_year"], names["lone_month"], names["lone_year"], names["around_now"])
names["of_year"] = rules(
    names,
    ("of|in? {lone_year}", lambda found: found),
    ("of|in? {swift} year", lambda ahead: unit_ahead(ahead, "Y")),
)
names["any_week"] = digits(1, 53, r"\d{1,2}")
names["nth"] = Alt(names["ordinal"], meanings({"last": -1}))
names["of_whole"] = rules(
    names, ("of|in? {whole}", lambda found: found), ("of|in the year {lone_year}", lambda found: found)
)
names["of_whole"] = Alt(names["of_whole"], names["of_year"])
names["some_count"] = Alt(names["count"], meanings({"few": 3}))
names["nth_part"] = rules(
    names,
    ("the? {nth} week {of_whole}", _nth_week),
    ("the? {nth} month {of_whole}", _nth_month),
    ("the? first {some_count} {unit} {of_whole}", lambda n, unit, of: _nth_units(1, n, unit, of)),
    ("the? last {some_count} {unit} {of_whole}", lambda n, unit, of: _nth_units(-1, n, unit, of)),
    ("week {any_week}", lambda n: _from(lambda here: _week_of(here.year, n), "W")),
    ("week {any_week} {of_year}", lambda n, of: _nth_week(n, of)),
)
names["n"] = digits(1, 4, r"\d")
names["qn"] = rules(names, ("q ~? {n} <tail>", int), ("q ~? {n} - <tail>", int))
names["hn"] = rules(names, ("h ~? {n}", lambda n: n if n < 3 else None))
names["quarter"] = rules(
    names,
    ("{qn}", _quarter),
    ("{qn} -? {of_year}", _quarter),
    ("{year_digits} -? {qn}", lambda year, n: _quarter(n, in_year(year))),
    ("the {few_nth} -? quarter", _quarter),
    ("the? {few_nth} -? quarter {of_year}", _quarter),
    ("the? {few_nth} -? quarter of the year", _quarter),
    ("{year_digits} the? {few_nth} -? quarter", lambda year, n: _quarter(n, in_year(year))),
    ("{swift} year ' s {few_nth} -? quarter", lambda ahead, n: _quarter(n, unit_ahead(ahead, "Y"))),
    ("{hn} -? {of_year}", lambda n, of: _quarter(n, of, 6)),
    ("{year_digits} -? {hn}", lambda year, n: _quarter(n, in_year(year), 6)),
)
names["season_name"] = meanings(_SEASONS)
names["season"] = rules(
    names,
    ("the? {season_name}", _unresolved),
    ("{season_name} of|in? {year}", lambda season, year: _unresolved(f"{year}-{season}")),
    ("{side} {season_name}", lambda ahead, season: _unresolved(f"Y{ahead:+d}-{season}")),
    ("the {season_name} of {year}", lambda season, year: _unresolved(f"{year}-{season}")),
)
names["tens_s"] = meanings(
    {"tens": 10, "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70}
    | {"eighties": 80, "nineties": 90}
)
names["round_year"] = digits(1500, 2190, r"\d{3}0")
names["round_two"] = digits(10, 90, r"\d0")
names["decade"] = rules(
    names,
    ("the? {round_year} ~? '? ~? s", _decade),
    ("the? '? {round_two} '? ~? s", lambda n: _decade(n, open_century=True)),
    ("the? {tens_s}", lambda n: _decade(n, open_century=True)),
    ("the? {small} -? {tens_s}", lambda n, tens: _decade(n * 100 + tens) if 15 <= n <= 20 else None),
    ("the? two thousand and? {tens_s}", lambda tens: _decade(2000 + tens)),
    ("the? two thousands", lambda: _decade(2000)),
    ("the? noughties", lambda: _decade(2000)),
    ("the? {ordinal} century", _century),
)
names["base"] = Alt(names["whole"], names["nth_part"], names["quarter"])
names["cut"] = meanings(
    dict.fromkeys(("early", "early in", "beginning of", "start of"), "start")
    | dict.fromkeys(("mid", "mid -", "middle of", "mid of"), "mid")
    | dict.fromkeys(("late", "late in", "end of"), "end")
)
names["clip"] = meanings(
    dict.fromkeys(("earlier", "earlier in"), "start") | dict.fromkeys(("later", "later in"), "end")
)
names["bare_unit"] = rules(
    names,
    ("week", lambda: unit_ahead(0, "W")),
    ("month", lambda: unit_ahead(0, "M")),
    ("year", lambda: unit_ahead(0, "Y")),
)
names["bare_rest"] = meanings({"week": "W", "month": "M", "year": "Y"})
names["parted"] = rules(
    names,
    ("{cut} {base}", cut),
    ("{cut} {month}", lambda part, month: cut(part, in_month(month))),
    ("{cut} {bare_unit}", lambda part, whole: cut(part, whole) if part != "mid" else None),
    ("{clip} {base}", lambda part, whole: cut(part, whole, clipped=True)),
    ("mid {season}", lambda found: found),
    ("eoy", lambda: cut("end", unit_ahead(0, "Y") or in_year(1))),
    ("eom", lambda: cut("end", unit_ahead(0, "M") or in_year(1))),
    ("rest|remaining|remainder of? the|this|my|current? {bare_rest}", _rest),
    ("year to date", lambda: _from(lambda here: (date(here.year, 1, 1), here))),
)

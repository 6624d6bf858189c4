"""From one day until another in free English text: "from 4 to 22 january", "next 3 days", "within two weeks"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from jingling.language.values.english_date import bare_day, day
from jingling.language.values.english_holidays import of_year
from jingling.language.values.english_rules import meanings, nothing_after, rules
from jingling.language.values.english_spans import Stretch
from jingling.language.values.english_stretches import names as stretch_names
from jingling.language.values.english_values import (
    Day,
    Length,
    Value,
    add_months,
    calendar_day,
    clocked,
    in_week,
    month_day,
    moved,
    stretch_of,
)
from jingling.language.values.phrases import Alt, Phrase


@dataclass(frozen=True)
class Edge:
    """Where a range of days begins or ends: the last and the next such day, and what was said of it."""

    find: Callable[[datetime], Sequence[date]]
    month: int | None = None
    day: int | None = None
    year: int | None = None
    weekday: int | None = None
    bare: bool = False
    unit: str = "D"


def _day_edge(found: Day) -> Edge:
    return Edge(found.find, found.month, found.day, found.year, found.weekday, found.weak)


def _stretch_edge(found: Stretch) -> Edge | None:
    """A stretch stands for its first day, but its end for the day after."""
    month = found.month if found.unit == "M" else None
    day = 1 if month else None
    unit = found.unit if found.unit in ("M", "Y") and not found.part else "D"

    def edge(stretch: tuple[date, date]) -> date:
        start, end = stretch
        whole = start.replace(day=1)
        if found.part == "end":
            return end
        if found.part == "mid":
            return date(whole.year, 7, 2) if found.unit == "Y" else whole.replace(day=16)
        return start

    return Edge(lambda now: [edge(one) for one in found.find(now)], month, day, found.year, unit=unit)


def join(start: Edge, end: Edge) -> Value | None:
    if (end.bare and (not start.month or start.bare)) or (start.bare and not end.day):
        return None
    return Value(
        "daterange",
        lambda now: _joined(start, end, now),
        timex="(start,end)",
        inclusive=lambda now: [(first, _after(last, end.unit)) for first, last in _joined(start, end, now)],
    )


def _after(last: date, unit: str) -> date:
    return last + timedelta(days=1) if unit == "D" else add_months(last, 12 if unit == "Y" else 1)


def _joined(start: Edge, end: Edge, now: datetime) -> Sequence[tuple[date, date]]:
    if start.bare and end.day:
        end_days = end.find(now)
        return [(_in_month_of(last, start.day or 1), last) for last in end_days]
    if end.bare:
        return [(first, _day_after(first, end.day or 1)) for first in start.find(now)]
    firsts, lasts = list(start.find(now)), list(end.find(now))
    if not firsts or not lasts:
        return ()
    if start.month and start.day and not start.year and end.year:
        firsts = [_on_or_before(start.month, start.day, lasts[0])]
    elif end.month and end.day and not end.year and len(firsts) == 1 and (start.year or firsts[0] > lasts[-1]):
        lasts = [_on_or_after(end.month, end.day, firsts[0])]
    elif end.weekday is not None and not end.month and len(firsts) == 1 and len(lasts) == 2:
        lasts = [firsts[0] + timedelta(days=(end.weekday - firsts[0].weekday()) % 7 or 7)]
    return _paired(firsts, lasts)


def _paired(firsts: Sequence[date], lasts: Sequence[date]) -> Sequence[tuple[date, date]]:
    """The past range and the one to come, each of two days that fit."""
    last, coming = (firsts[0], lasts[0]), (firsts[-1], lasts[-1])
    if coming[0] > coming[1]:
        coming = (firsts[0], coming[1])
    if last[0] > last[1]:
        last = (last[0], lasts[-1])
    return [one for one in (last, coming) if one[0] <= one[1]]


def _in_month_of(last: date, day: int) -> date:
    if day <= last.day:
        return last.replace(day=day)
    before = last.replace(day=1) - timedelta(days=1)
    return before.replace(day=min(day, before.day))


def _day_after(first: date, day: int) -> date:
    """The next such day of a month."""
    month = first.replace(day=1) if day >= first.day else add_months(first.replace(day=1), 1)
    return month + timedelta(days=day - 1)


def _on_or_before(month: int, day: int, last: date) -> date:
    year = last.year - ((month, day) > (last.month, last.day))
    return date(year, month, min(day, 28) if month == 2 else day)


def _on_or_after(month: int, day: int, first: date) -> date:
    year = first.year + ((month, day) < (first.month, first.day))
    return date(year, month, min(day, 28) if month == 2 else day)


def _days_of(first: int, last: int, month: int, year: int | None = None) -> Value | None:
    start, end = calendar_day(month, first, year), calendar_day(month, last, year)
    found = join(_day_edge(start), _day_edge(end)) if start and end and first < last else None
    return replace(found, inclusive=None) if found else None


def _days_ahead(first: int, last: int, months: int) -> Value | None:
    def found(now: datetime) -> Sequence[tuple[date, date]]:
        start = add_months(now.date().replace(day=1), months)
        return [(start + timedelta(days=first - 1), start + timedelta(days=last - 1))]

    return Value("daterange", found) if first < last else None


def _month_days(month: int, first: int, last: int, year: int | None = None) -> Value | None:
    return _days_of(first, last, month, year)


def _weekdays_of(weeks: int, first: int, last: int) -> Value | None:
    return join(_day_edge(in_week(first, weeks)), _day_edge(in_week(last, weeks)))


def _next(sign: int, far: Length) -> Value:
    return (
        Value(_range_kind(far), lambda now: [stretch_of(_calendar(far), now, sign)])
        if not _units(far)
        else _whole(sign, far)
    )


def _range_kind(far: Length) -> str:
    return "datetimerange" if clocked(far) else "daterange"


def _calendar(far: Length) -> Length:
    return tuple((n * 2, "W") if unit == "F" else (n, unit) for n, unit in far)


def _units(far: Length) -> bool:
    return len(far) == 1 and far[0][1] in ("Q", "DE")


def _whole(sign: int, far: Length) -> Value:
    """Quarters and decades are counted from the current one."""
    n, unit = int(far[0][0]), far[0][1]
    months = 3 if unit == "Q" else 120

    def found(now: datetime) -> Sequence[tuple[date, date]]:
        at = (now.year * 12 + now.month - 1) // months + (sign > 0)
        first, last = (at, at + n) if sign > 0 else (at - n, at)
        return [(_month(first * months), _month(last * months))]

    return Value("daterange", found)


def _month(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


def _within(far: Length) -> Value:
    def found(now: datetime) -> Sequence[tuple[date | datetime, date | datetime]]:
        end = moved(now, far, 1)
        return [(now, end)] if clocked(far) else [(now.date(), end.date())]

    return Value(_range_kind(far), found)


def _near(far: Length, sign: int, of: Day, more: bool) -> Value | None:
    """More or less than so long before or after a day."""
    if clocked(far):
        return None

    def found(now: datetime) -> Sequence[tuple[date | None, date | None]]:
        days = [(one, moved(datetime.combine(one, time()), far, sign).date()) for one in of.find(now)[-1:]]
        if more:
            return [(end, None) if sign > 0 else (None, end) for _, end in days]
        return [(min(pair), max(pair)) for pair in days]

    return Value("daterange", found)


def _starting(far: Length, start: Day) -> Value | None:
    if clocked(far):
        return None

    def found(now: datetime) -> Sequence[tuple[date, date]]:
        first = start.find(now)[-1:]
        return [(one, moved(datetime.combine(one, time()), far, 1).date()) for one in first]

    return Value("daterange", found)


def _around(unit: str, of: Day) -> Value | None:
    """The week or the month that a day is in."""

    def found(now: datetime) -> Sequence[tuple[date, date]]:
        return [_unit_of(unit, one) for one in of.find(now)]

    return Value("daterange", found) if unit in ("W", "M", "WE") else None


def _unit_of(unit: str, one: date) -> tuple[date, date]:
    start = one - timedelta(days=one.weekday())
    if unit == "M":
        return one.replace(day=1), add_months(one.replace(day=1), 1)
    if unit == "WE":
        first = start + timedelta(days=5 if one.weekday() > 2 else -2)
        return min(first, one), max(first + timedelta(days=2), one + timedelta(days=1))
    return start, start + timedelta(days=7)


_NOW = Edge(lambda now: [now.date()])
names = dict(stretch_names)
names["day"] = day
names["bare"] = bare_day
names["until"] = meanings(dict.fromkeys(("to", "till", "til", "until", "thru", "through", "-", "/"), True))
names["sep"] = meanings(dict.fromkeys(("to", "till", "til", "until", "thru", "through", "-"), True))
names["edge"] = Alt(
    rules(
        names,
        ("{day}", _day_edge),
        ("the? {parted}", _stretch_edge),
        ("{base}", _stretch_edge),
        ("now|date", lambda: _NOW),
        ("{bare}", _day_edge),
    )
)
names["weeks"] = names["week_ahead"]
names["of"] = meanings(dict.fromkeys(("of", "in", "on"), True))
names["number"] = names["day_number"]
names["number_of"] = names["some_count"]
names["direction"] = meanings(
    dict.fromkeys(("next", "coming", "upcoming", "following"), 1) | dict.fromkeys(("last", "past", "previous"), -1)
)
names["not_ago"] = nothing_after("ago", "later", "earlier")
names["plural"] = meanings(
    {
        "days": "D",
        "weeks": "W",
        "months": "M",
        "years": "Y",
        "hours": "h",
        "minutes": "m",
        "seconds": "s",
        "weekends": "WE",
    }
)
names["week_of"] = meanings(
    {
        "week of": "W",
        "month of": "M",
        "week beginning": "W",
        "week starting": "W",
        "week commencing": "W",
        "w/c": "W",
    }
    | {"week beginning on": "W", "week starting on": "W", "week commencing on": "W", "weekend of": "WE"}
)
names["starting"] = meanings(
    dict.fromkeys(("starting", "starting from", "starting on", "beginning", "from", ", from", "beginning on"), True)
)
names["day_the"] = rules(names, ("{day}", lambda one: one), ("the {day_nth}", month_day))
days: Phrase = rules(
    names,
    ("{quarter}", lambda found: found.value),
    ("{month_year}", lambda found: found.value),
    ("= {lone_year}", lambda found: found.value),
    ("{schooled}", lambda found: found.value),
    ("from {edge} <sep> the? {edge}", join),
    ("{edge} <sep> {edge}", join),
    ("between {edge} and {edge}", join),
    ("between {edge} <sep> {edge}", join),
    ("from? the? {number} <sep> the? {number} <of>? {month} {in_year}?", _days_of),
    ("from the? {number} and {number} <of>? {month} {in_year}?", _days_of),
    ("between the? {number} and|to|-|through the? {number} <of>? {month} {in_year}?", _days_of),
    ("from? {number} <sep> {number} <of>? {month_ahead}", _days_ahead),
    ("between {number} and|- {number} <of>? {month_ahead}", _days_ahead),
    ("on? {month} the? {number} <sep> the? {number} {in_year}?", _month_days),
    ("{month} between|from the? {number} and|to|- the? {number} {in_year}?", _month_days),
    ("between {month} the? {number} and|through|to|- the? {number} {in_year}?", _month_days),
    ("from {month} the? {number} to|till|until|through|- the? {number} {in_year}?", _month_days),
    ("{weeks} between|from {weekday} and|to|until|- {weekday}", _weekdays_of),
    ("<no_verb_before> {direction} {length} <not_ago>", _next),
    ("the {direction} {length}", lambda sign, far: _next(sign, far) if _units(far) and far[0][1] == "DE" else None),
    ("{number_of} {direction} {plural}", lambda n, sign, unit: _next(sign, ((n, unit),))),
    ("{length} in the future|hence", lambda far: _next(1, far)),
    ("within the? next|upcoming|coming|following? {length}", _within),
    ("more than {length} {after} {day}", lambda far, sign, of: _near(far, sign, of, more=True)),
    ("less than {length} {after} {day}", lambda far, sign, of: _near(far, sign, of, more=False)),
    ("within {length} {after} {day}", lambda far, sign, of: _near(far, sign, of, more=False)),
    ("{length} <starting> {day}", _starting),
    ("for {length} ,? from {day}", _starting),
    ("the? {week_of} {day_the}", _around),
    ("the? {week_of} {holiday}", _around),
    ("{holiday} weekend", lambda of: _around("WE", of)),
    ("{holiday} weekend of? {any_year}", lambda of, year: _around("WE", of_year(of, year))),
    ("{parted}", lambda found: found.value),
    ("{base}", lambda found: found.value),
    ("{season}", lambda found: found.value),
    ("{decade}", lambda found: found.value),
)
"""A range of days."""

"""Stretches of days said by their ends: 从三月五日到四月十日, 2007年与2009年之间, 周一到周五, 2010年到现在."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from jingling.language.values import chinese_date
from jingling.language.values.chinese_calendar import Around, day_of, monthly, months_on, only
from jingling.language.values.chinese_date import DAY_NUMBER, MONTH, WHICH, YEAR, Said, said_month, said_year
from jingling.language.values.chinese_digits import whole
from jingling.language.values.chinese_holiday import holiday
from jingling.language.values.chinese_source import Reading, Source
from jingling.language.values.chinese_span import (
    MONTH_SPAN,
    WHICH_MONTH,
    Span,
    around_month,
    named_year,
    plain_span,
)

_EDGE_YEAR = re.compile(rf"{YEAR}(?!级|代|纪|龄|轻)|(?P<digits>(?:1[5-9]|20)\d\d)(?![\d.,:/]|-\d{{1,2}}-)")
LINK = re.compile(r"到|至|直到|~|-{1,2}")
BETWEEN_LINK = re.compile(r"和|与|跟")
BETWEEN = re.compile(r"之间|间|期间")
FROM = re.compile(r"(?:时间)?(?:从|自)")
_NUMBER_TO = re.compile(rf"{DAY_NUMBER}(?=到|至|~|-)")
_MONTH_TO = re.compile(
    r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])(?P<year>)(?P<ahead>)(?P<era>)"
    r"(?=(?:到|至|~|-)(?:1[0-2]|[1-9]|[一二三四五六七八九十]{1,2})月)"
)
_AFTER_BEFORE = re.compile(r"(?:以后|之后|后)[,到至]?")
_BEFORE = re.compile(r"以前|之前|前")
_TODAY = re.compile(r"现在|如今|目前|今(?![天日晚早年])")
_MONTH_AND_NUMBER_TO = re.compile(rf"(?:{YEAR}的?)?{MONTH}{_NUMBER_TO.pattern}")
_TO_A_DAY = re.compile(rf"(?:到|至|~|-){DAY_NUMBER}[日号]")
_DAY_NUMBER = re.compile(rf"{DAY_NUMBER}[日号]")


class Edge(NamedTuple):
    """The beginning or end of a range; `unit` is what was named: day, month or year."""

    end: int
    around: Around
    unit: str
    year: int | None = None
    month: int | None = None


def span(source: Source, at: int) -> Span | None:
    """The longest stretch of days at `at`."""
    found = [one for one in (plain_span(source, at), _tried(source, at)) if one]
    return max(found, key=lambda one: one.end, default=None)


def _tried(source: Source, at: int) -> Span | None:
    """None also for what lies outside the calendar."""
    try:
        return between(source, at)
    except (ValueError, OverflowError):
        return None


def between(source: Source, at: int) -> Span | None:
    """从三月五日到四月十日, 2007年与2009年之间."""
    text = source.text
    begun = FROM.match(text, at)
    start = begun.end() if begun else at
    if text.startswith("在", at):
        start = at + 1
    first = _edge(source, start)
    if first is None:
        return None
    link = LINK.match(text, first.end) if not text.startswith("在", at) else None
    apart = BETWEEN_LINK.match(text, first.end)
    middle = link or apart
    if middle is None:
        return _after_before(source, first)
    last = _edge_after(source, middle.end(), first)
    closed = BETWEEN.match(text, last.end) if last else None
    if last is None or (apart and not closed) or (first.unit == "year" != last.unit and last.year is None):
        return None
    end = closed.end() if closed else last.end
    return Span(end, _ranges(first, last))


def _after_before(source: Source, first: Edge) -> Span | None:
    """2010年之后2018年之前."""
    after = _AFTER_BEFORE.match(source.text, first.end)
    last = _edge(source, after.end()) if after else None
    before = _BEFORE.match(source.text, last.end) if last else None
    return Span(before.end(), _ranges(first, last)) if last and before else None


def _edge(source: Source, at: int) -> Edge | None:
    """A day, month or year; also a day or month that gets its unit from what follows: 一月19到20日, 3到5月."""
    edges = [edge for read in (_day_edge, _named_edge, _bare_edge) if (edge := read(source, at))]
    return max(edges, key=lambda edge: edge.end, default=None)


def _day_edge(source: Source, at: int) -> Edge | None:
    said = source.once(chinese_date.day, at) or source.once(holiday, at)
    if said is None or said.around is None:
        return None
    return Edge(said.end, said.around, "day", said.year, said.month)


def _named_edge(source: Source, at: int) -> Edge | None:
    text = source.text
    if found := MONTH_SPAN.match(text, at):
        return _month(found, source.today)
    if (found := WHICH_MONTH.match(text, at)) is not None:
        start = months_on(source.today.replace(day=1), WHICH[found["which"]])
        return Edge(found.end(), only(start), "month", start.year, start.month)
    if found := _EDGE_YEAR.match(text, at):
        years = named_year(found, source.today)
        return Edge(found.end(), only(date(years, 1, 1)), "year", years)
    return None


def _month(found: re.Match[str], today: date) -> Edge:
    return Edge(found.end(), around_month(found, today), "month", said_year(found, today), said_month(found))


def _bare_edge(source: Source, at: int) -> Edge | None:
    text, today = source.text, source.today
    if found := _MONTH_TO.match(text, at):
        return _month(found, today)
    if (found := _MONTH_AND_NUMBER_TO.match(text, at)) is not None:
        said = chinese_date.in_calendar(
            found.end(), said_year(found, today), said_month(found), whole(found["day"]), today
        )
    elif (found := _NUMBER_TO.match(text, at)) and _TO_A_DAY.match(text, found.end()):
        said = Said(found.end(), monthly(whole(found["day"]), today))
    else:
        return None
    return Edge(said.end, said.around, "day", said.year, said.month) if said.around else None


def _edge_after(source: Source, at: int, first: Edge) -> Edge | None:
    """The end of a range, with the month and year of its beginning when it names none."""
    if today := _TODAY.match(source.text, at):
        return Edge(today.end(), only(source.today), first.unit, source.today.year, source.today.month)
    last = _edge(source, at)
    if last is None:
        return None
    text = source.text[at : last.end]
    if (
        first.unit == "day"
        and last.unit == "day"
        and last.month is None
        and first.month
        and (number := _DAY_NUMBER.fullmatch(text))
    ):
        said = chinese_date.in_calendar(last.end, first.year, first.month, whole(number["day"]), source.today)
        return Edge(said.end, said.around, "day", said.year, said.month) if said.around else None
    if last.year is None and last.month and first.year:
        day = last.around.future
        start = date(first.year, last.month, 1)
        on = start + timedelta(days=day.day - 1)
        return Edge(
            last.end, only(on if on >= first.around.past else months_on(on, 12)), last.unit, first.year, last.month
        )
    return last


def _ranges(first: Edge, last: Edge) -> tuple[tuple[date, date], ...]:
    """In the past and to come; the same when it is going on. An end comes after its beginning."""
    begin, until = first.around.future, last.around.future
    if begin > until:
        begin = first.around.past
    past = first.around.past
    past_until = _after(past, last)
    found = ((past, past_until), (begin, until))
    return tuple(pair for pair in dict.fromkeys(found) if pair[0] <= pair[1])


def _after(start: date, last: Edge) -> date:
    """The end that comes first after `start`: of its year or the next, where no year was said."""
    past, until = last.around
    if until - past == timedelta(days=7):
        return until + timedelta(days=-7 * ((until - start).days // 7))
    if last.year is not None or not last.month:
        return past if past >= start else until
    days = (day_of(start.year + more, until.month, until.day) for more in (0, 1))
    return next((day for day in days if day and day >= start), until)


def span_reading(source: Source, at: int) -> Reading | None:
    found = source.once(span, at)
    return Reading(found.end, "daterange", span_resolutions(found)) if found else None


def span_resolutions(found: Span) -> tuple[dict[str, str], ...]:
    if not found.ranges:
        return ({"value": "not resolved", "timex": found.timex},)
    return tuple({"start": start.isoformat(), "end": end.isoformat()} for start, end in found.ranges)

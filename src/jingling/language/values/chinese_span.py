"""Stretches of days in free Chinese text: 明年四月, 下下周, 上世纪90年代, 三月二十八日到四月15日, 过去十年."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from jingling.language.values.chinese_calendar import Around, first_week, monday, months_on, only
from jingling.language.values.chinese_date import (
    MONTH,
    WEEK,
    WHICH,
    WHICH_TEXT,
    YEAR,
    said_month,
    said_year,
)
from jingling.language.values.chinese_digits import TWO_DIGITS, whole
from jingling.language.values.chinese_length import A_YEAR, length
from jingling.language.values.chinese_source import Source

_BARE_YEAR = (
    r"(?P<digits>(?<![\d.,:/\-])(?:1[5-9]\d\d|20\d\d|2100)(?!\d|[.,:/]\d|[年月日号%元块])"
    r"|(?<![\d.])=\s?(?:1[5-9]\d\d|20\d\d)(?!\d))"
)
MONTH_SPAN = re.compile(rf"(?:{YEAR}的?)?{MONTH}(?![初末底中薪饼]|上旬|下旬)")
_YEAR_SPAN = re.compile(rf"{YEAR}(?!级|代|纪|龄|轻)|{_BARE_YEAR}")
WHICH_MONTH = re.compile(rf"{WHICH_TEXT}月份?(?![初末底中])")
_WRITTEN_MONTH = re.compile(
    r"(?<![\d./\-])(?:(?P<y>(?:1[5-9]|20)\d\d)[-./](?P<m>1[0-2]|0?[1-9])|(?P<month_before>1[0-2]|0?[1-9])/(?P<year_after>(?:1[5-9]|20)\d\d))"
    r"(?![\d年月元%]|[-./:]\d)"
)
_WHICH_WEEK = re.compile(rf"(?:{WHICH_TEXT}{WEEK}(?P<end>末)?|(?P<this>周末))(?![一二三四五六日天])")
_QUARTER = re.compile(
    rf"(?:(?:{YEAR}|(?P<digits>\d{{4}}))的?)?(?:第?(?P<q>[一二三四1-4])个?季度|(?P<which>上|下|这|本)个?季度)"
)
_SEASON = re.compile(rf"(?:{YEAR}的?)?(?P<season>[春夏秋冬])[天季]")
_SEASONS = {"春": "SP", "夏": "SU", "秋": "FA", "冬": "WI"}
_DECADE = re.compile(
    rf"(?:(?:(?P<century>{TWO_DIGITS})|(?P<rel>上个?|本|这个?|下个?))世纪的?)?(?P<decade>[1-9]0|[一二三四五六七八九]十)年代"
)
_HALVES = re.compile(
    rf"(?:{YEAR}的?)?(?:(?P<first>[上前]个?)|[下后]个?)(?:半(?P<unit>年|月|周)|半个(?P<long>月|星期))(?!前|后|以|之)"
)
_NTH = re.compile(
    rf"(?:(?P<which>上|下|这|本)个?月的?|(?:{YEAR}的?)?(?:{MONTH}的?)?)"
    rf"(?:第(?P<nth>{TWO_DIGITS})|(?P<first>最初|[前头])(?P<n>{TWO_DIGITS})|(?:最后|后)(?P<m>{TWO_DIGITS}))"
    rf"(?P<unit>个月|个?星期|个?礼拜|周|天|个季度|季度)"
)
AROUND_NOW = re.compile(
    r"(?:(?P<back>过去|最近|之前|以前|此前|前|上|近|头)|未来|之后|以后|接下来|今后|往后|(?P<left>还剩下?)|后|下)"
    r"的?这?(?=[\d零一二两三四五六七八九十百千半个小星礼])"
)
_COUNTED_MONTHS = re.compile(r"(?:(?P<back>上)|下)(?P<n>\d{1,2})月")


class Span(NamedTuple):
    """Days from `start` to `end`, exclusive, in one or two years. Nothing when it is not resolved."""

    end: int
    ranges: tuple[tuple[date, date], ...]
    timex: str = ""


def plain_span(source: Source, at: int) -> Span | None:
    """The longest stretch of days at `at` that is not said by its ends."""
    found = [one for read in _READERS if (one := _tried(read, source, at))]
    return max(found, key=lambda one: one.end, default=None)


def _tried(read: "Callable[[Source, int], Span | None]", source: Source, at: int) -> Span | None:
    """None also for what lies outside the calendar."""
    try:
        return read(source, at)
    except (ValueError, OverflowError):
        return None


def _one(end: int, start: date, until: date) -> Span:
    return Span(end, ((start, until),))


def _months(end: int, start: date, count: int = 1) -> Span:
    return _one(end, start, months_on(start, count))


def _year(source: Source, at: int) -> Span | None:
    found = _YEAR_SPAN.match(source.text, at)
    if found is None or _is_duration(found):
        return None
    years = named_year(found, source.today)
    start = date(years, 1, 1)
    if found.group() == "今年":
        return _one(found.end(), start, source.today)
    return _months(found.end(), start, 12)


def named_year(found: re.Match[str], today: date) -> int:
    said = said_year(found, today)
    return int(found["digits"].strip("= ")) if said is None else said


def _is_duration(found: re.Match[str]) -> bool:
    """十五年 and 20年 alone are how long something takes; 07年 and 零八年 are years."""
    said = found["year"]
    return bool(said) and len(said) <= 2 and not A_YEAR.match(found.group())


def around_month(found: re.Match[str], today: date) -> Around:
    """The first day of a match of `MONTH_SPAN`; of one without its year, a month that is going on is to come."""
    years, month = said_year(found, today), said_month(found)
    if years is not None:
        return only(date(years, month, 1))
    first = today.year if month >= today.month else today.year + 1
    return Around(date(first - 1, month, 1), date(first, month, 1))


def _month(source: Source, at: int) -> Span | None:
    """A month without its year is past once it has begun."""
    found = MONTH_SPAN.match(source.text, at)
    if found is None:
        return None
    past, future = around_month(found, source.today)
    if past != future and future < source.today:
        past, future = future, months_on(future, 12)
    return Span(found.end(), tuple((start, months_on(start, 1)) for start in dict.fromkeys((past, future))))


def _written_month(source: Source, at: int) -> Span | None:
    """2018/10, 10/2018."""
    found = _WRITTEN_MONTH.match(source.text, at)
    if found is None:
        return None
    years, month = found["y"] or found["year_after"], found["m"] or found["month_before"]
    return _months(found.end(), date(int(years), int(month), 1))


def _which_month(source: Source, at: int) -> Span | None:
    found = WHICH_MONTH.match(source.text, at)
    if found is None:
        return None
    return _months(found.end(), months_on(source.today.replace(day=1), WHICH[found["which"]]))


def _which_week(source: Source, at: int) -> Span | None:
    found = _WHICH_WEEK.match(source.text, at)
    if found is None:
        return None
    start = monday(source.today, WHICH[found["which"]] if found["which"] else 0)
    weekend = found["end"] or found["this"]
    return _one(found.end(), start + timedelta(days=5 if weekend else 0), start + timedelta(days=7))


def _quarter(source: Source, at: int) -> Span | None:
    found = _QUARTER.match(source.text, at)
    if found is None:
        return None
    today = source.today
    if found["which"]:
        this = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
        return _months(found.end(), months_on(this, 3 * WHICH[found["which"]]), 3)
    years = int(found["digits"]) if found["digits"] else said_year(found, today)
    month = 3 * whole(found["q"]) - 2
    if years is not None:
        return _months(found.end(), date(years, month, 1), 3)
    first = today.year if date(today.year, month, 1) >= today else today.year + 1
    starts = date(first - 1, month, 1), date(first, month, 1)
    return Span(found.end(), tuple((start, months_on(start, 3)) for start in starts))


def _season(source: Source, at: int) -> Span | None:
    found = _SEASON.match(source.text, at)
    if found is None:
        return None
    years = said_year(found, source.today)
    name = _SEASONS[found["season"]]
    return Span(found.end(), (), f"{years:04d}-{name}" if years else name)


def _decade(source: Source, at: int) -> Span | None:
    found = _DECADE.match(source.text, at)
    if found is None:
        return None
    decade = whole(found["decade"])
    this = source.today.year // 100 * 100
    if found["century"]:
        starts = [(whole(found["century"]) - 1) * 100 + decade]
    elif found["rel"]:
        starts = [this + {"上": -100, "下": 100}.get(found["rel"][0], 0) + decade]
    else:
        past = this + decade if this + decade < source.today.year else this - 100 + decade
        starts = [past, past + 100]
    return Span(found.end(), tuple((date(at, 1, 1), date(at + 10, 1, 1)) for at in starts))


def _half(source: Source, at: int) -> Span | None:
    """去年上半年, 下半月, 下半周."""
    found = _HALVES.match(source.text, at)
    if found is None:
        return None
    today, first = source.today, bool(found["first"])
    unit = found["unit"] or found["long"]
    if unit == "年":
        said = said_year(found, today)
        years = today.year if said is None else said
        return _months(found.end(), date(years, 1 if first else 7, 1), 6)
    if unit == "月":
        start, middle = today.replace(day=1), today.replace(day=16)
        return _one(found.end(), *((start, middle) if first else (middle, months_on(start, 1))))
    start = monday(today)
    middle = start + timedelta(days=3)
    return _one(found.end(), *((start, middle) if first else (middle, start + timedelta(days=7))))


def _nth(source: Source, at: int) -> Span | None:
    """十月的第一周, 2021年的前2周, 今年的最后三个月."""
    found = _NTH.match(source.text, at)
    if found is None:
        return None
    wholes = _wholes(found, source.today)
    ranges = [_piece(found, start, until) for start, until in wholes]
    return Span(found.end(), tuple(dict.fromkeys(ranges))) if ranges else None


def _wholes(found: re.Match[str], today: date) -> list[tuple[date, date]]:
    """What the piece is of: a year, a month of a year, or a month in the last and the next year."""
    if found["which"]:
        start = months_on(today.replace(day=1), WHICH[found["which"]])
        return [(start, months_on(start, 1))]
    years = said_year(found, today)
    if not found["month"]:
        return [(date(years, 1, 1), date(years + 1, 1, 1))] if years else []
    number = said_month(found)
    starts = [date(years, number, 1)] if years else _around_month(number, today)
    return [(start, months_on(start, 1)) for start in starts]


def _around_month(month: int, today: date) -> list[date]:
    first = today.year if date(today.year, month, 1) >= today else today.year + 1
    return [date(first - 1, month, 1), date(first, month, 1)]


def _piece(found: re.Match[str], start: date, until: date) -> tuple[date, date]:
    count = whole(found["n"] or found["m"] or "1")
    skipped = whole(found["nth"]) - 1 if found["nth"] else 0
    unit = found["unit"].removeprefix("个")
    last = bool(found["m"])
    if unit in ("月", "季度"):
        months = 1 if unit == "月" else 3
        begin = months_on(until, -months * count) if last else months_on(start, months * skipped)
        return begin, months_on(begin, months * count)
    days = 1 if unit == "天" else 7
    if days == 7:
        start, until = first_week(start), first_week(until)
    begin = until - timedelta(days=days * count) if last else start + timedelta(days=days * skipped)
    return begin, begin + timedelta(days=days * count)


def _counted_months(source: Source, at: int) -> Span | None:
    """上1月, 下2月: so many months with today at one end."""
    found = _COUNTED_MONTHS.match(source.text, at)
    if found is None:
        return None
    today = source.today
    if found["back"]:
        return _one(found.end(), months_on(today, -whole(found["n"])), today)
    first = today + timedelta(days=1)
    return _months(found.end(), first, whole(found["n"]))


def _near_now(source: Source, at: int) -> Span | None:
    """过去十年, 上2个月, 未来两天."""
    found = AROUND_NOW.match(source.text, at)
    amount = source.once(length, found.end()) if found else None
    if found is None or amount is None or not amount.whole_days:
        return None
    today = source.today
    if found["back"]:
        return _one(amount.end, amount.from_(source.now, -1).date(), today)
    first = source.now + timedelta(days=1)
    return _one(amount.end, first.date(), amount.from_(first).date())


_READERS = (
    *(_year, _month, _written_month, _which_month, _which_week, _quarter, _season),
    *(_decade, _half, _nth, _near_now, _counted_months),
)

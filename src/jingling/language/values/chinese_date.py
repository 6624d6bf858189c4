"""Days in free Chinese text: 三月五号, 下周三, 大后天, 2010-01-29, 五天前, 四月的最后一个星期一."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from jingling.language.values.chinese_calendar import (
    Around,
    day_of,
    monday,
    monthly,
    months_on,
    nth_weekday,
    only,
    weekly,
    yearly,
)
from jingling.language.values.chinese_digits import TWO_DIGITS, whole, year
from jingling.language.values.chinese_eras import ERAS
from jingling.language.values.chinese_length import length
from jingling.language.values.chinese_source import Reading, Source

YEARS_AHEAD = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "今年": 0,
    "本年": 0,
    "这年": 0,
    "明年": 1,
    "来年": 1,
    "后年": 2,
}
NEAR = {
    **dict.fromkeys(("大前天", "大前日"), -3),
    **dict.fromkeys(("前天", "前日"), -2),
    **dict.fromkeys(("昨天", "昨日"), -1),
    **dict.fromkeys(("今天", "今日", "当天", "当日", "最近"), 0),
    **dict.fromkeys(("明天", "明日", "次日"), 1),
    **dict.fromkeys(("后天", "后日"), 2),
    **dict.fromkeys(("大后天", "大后日"), 3),
}
WEEKDAYS = {char: n for n, char in enumerate("一二三四五六日")} | {"天": 6}
WHICH = {"上上": -2, "上": -1, "前": -1, "这": 0, "本": 0, "当": 0, "此": 0, "下": 1, "下下": 2}
WHICH_TEXT = r"(?P<which>上上|下下|上|下|这|本|当|此)(?:一?个|一(?=周|星期|礼拜))?"
WEEK = r"(?:周|星期|礼拜)"
_MONTHS = {"正": 1, "冬": 11, "腊": 12}
YEAR = (
    rf"(?:(?P<year>\d{{4}}|(?<!\d)\d{{2}}|(?<!\d)\d{{3}}|[零一二三四五六七八九两千百十]{{2,5}})年"
    rf"|(?P<ahead>{'|'.join(YEARS_AHEAD)})"
    rf"|(?P<era>{'|'.join(sorted(ERAS, key=len, reverse=True))})(?P<reign>元|{TWO_DIGITS})年)"
)
MONTH = r"(?P<month>(?:1[0-2]|0?[1-9])(?!\d)|十[一二]?|[一二三四五六七八九正冬腊])月份?"
_BARE_DAY = (
    r"(?P<bare>初[一二三四五六七八九十]|三十[一]?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
    r"(?![零一二三四五六七八九十百千万个点时分天周年月到至世季])"
)
DAY_NUMBER = (
    r"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
)
_SUFFIX = r"(?:日(?!元|报|语|本|三餐)|号(?![楼线门院店机码]))"
_WEEKDAY = rf"{WEEK}(?P<weekday>[一二三四五六日天])(?![次遍回趟])"
_LUNAR = r"(?P<lunar>农历|阴历|旧历)"
_FULL = re.compile(
    rf"{_LUNAR}?(?:{YEAR}的?)?(?:农历|阴历|旧历)?(?:{MONTH}的?(?:{DAY_NUMBER}{_SUFFIX}|{_BARE_DAY})"
    rf"|大年(?P<great>初[一二三四五六七八九十]|三十))(?:[,(]?{WEEK}[一二三四五六日天]\)?)?"
)
_IN_MONTH = re.compile(
    rf"(?:(?P<ahead>{'|'.join(YEARS_AHEAD)})的?)?{WHICH_TEXT}月份?的?(?:{DAY_NUMBER}{_SUFFIX}|{_BARE_DAY})"
)
_DAY_ONLY = re.compile(rf"(?<![\d.第:]){DAY_NUMBER}{_SUFFIX}(?:[,(]?{WEEK}[一二三四五六日天]\)?)?")
_NEAR_TEXT = re.compile("|".join(sorted(NEAR, key=len, reverse=True)))
_WEEKDAY_TEXT = re.compile(rf"(?:(?:上一个|最后一个?)的?(?P<last>)|{WHICH_TEXT}的?)?{_WEEKDAY}")
_NTH_WEEKDAY = re.compile(
    rf"(?:(?:{YEAR}的?)?{MONTH}|{WHICH_TEXT}月)的?(?:第(?P<nth>[1-5一二三四五])个?|(?P<last>最后一个?))的?{_WEEKDAY}"
)
_NUMERIC = re.compile(
    r"(?<![\d./])(?:(\d{4}|\d{1,2})([-./ ])(\d{1,2})\2(\d{4}|\d{1,2})(?!\d|\2\d)"
    r"|(?<!\d-)(\d{1,2})/(\d{1,2})(?!\d|[-./]\d))"
)
FROM_NOW = re.compile(r"(?:的?时间)?(?:以前|之前|前)(?!天|年)|(?:以后|之后|过后|后)(?!天|年)")


class Said(NamedTuple):
    """A day that was said. `around` is None when there is no such day. `year` and `month`: as far as said."""

    end: int
    around: Around | None
    timex: str = ""
    year: int | None = None
    month: int | None = None


def said_year(found: re.Match[str], today: date) -> int | None:
    """The year of a match of `YEAR`, or None when none was said."""
    if found["year"]:
        return year(found["year"])
    if found["ahead"]:
        return today.year + YEARS_AHEAD[found["ahead"]]
    if found["era"]:
        reign = 1 if found["reign"] == "元" else whole(found["reign"])
        return ERAS[found["era"]] + reign - 1
    return None


def said_month(found: re.Match[str]) -> int:
    said: str = found["month"]
    return _MONTHS.get(said) or whole(said)


def in_calendar(end: int, years: int | None, month: int, number: int, today: date) -> Said:
    """A day of a month, of a year if that was said."""
    timex = f"{f'{years:04d}' if years else 'XXXX'}-{month:02d}-{number:02d}"
    if years is None:
        around = yearly(lambda at: day_of(at, month, number), today)
    else:
        found = day_of(years, month, number)
        around = only(found) if found else None
    return Said(end, around, timex, years, month)


def day(source: Source, at: int) -> Said | None:
    """The longest day at `at`."""
    found = [one for read in _READERS if (one := read(source, at))]
    return max(found, key=lambda one: one.end, default=None)


def _full(source: Source, at: int) -> Said | None:
    found = _FULL.match(source.text, at)
    if found is None:
        return None
    years = said_year(found, source.today)
    if years is not None and not 1 <= years <= 9998:
        return None
    month = 1 if found["great"] else said_month(found)
    return in_calendar(
        found.end(), years, month, _number(found["great"] or found["day"] or found["bare"]), source.today
    )


def _number(text: str) -> int:
    return whole(text.removeprefix("初").replace("廿", "二十"))


def _in_month(source: Source, at: int) -> Said | None:
    """本月十日, 下个月三号, 去年本月十日."""
    found = _IN_MONTH.match(source.text, at)
    if found is None:
        return None
    years = YEARS_AHEAD[found["ahead"]] if found["ahead"] else 0
    start = months_on(source.today.replace(day=1), 12 * years + WHICH[found["which"]])
    return in_calendar(found.end(), start.year, start.month, _number(found["day"] or found["bare"]), source.today)


def _day_only(source: Source, at: int) -> Said | None:
    found = _DAY_ONLY.match(source.text, at)
    if found is None:
        return None
    number = _number(found["day"])
    return Said(found.end(), monthly(number, source.today), f"XXXX-XX-{number:02d}")


def _near(source: Source, at: int) -> Said | None:
    found = _NEAR_TEXT.match(source.text, at)
    return _sure(found.end(), source.today + timedelta(days=NEAR[found.group()])) if found else None


def _sure(end: int, on: date) -> Said:
    return Said(end, only(on), on.isoformat(), on.year, on.month)


def _weekday(source: Source, at: int) -> Said | None:
    found = _WEEKDAY_TEXT.match(source.text, at)
    if found is None:
        return None
    weekday = WEEKDAYS[found["weekday"]]
    if found["which"] is None and found["last"] is None:
        return Said(found.end(), weekly(weekday, source.today), f"XXXX-WXX-{weekday + 1}")
    weeks = -1 if found["which"] is None else WHICH[found["which"]]
    return _sure(found.end(), monday(source.today, weeks) + timedelta(days=weekday))


def _nth_weekday(source: Source, at: int) -> Said | None:
    """四月的最后一个星期一, 下个月第二个周五."""
    found = _NTH_WEEKDAY.match(source.text, at)
    if found is None:
        return None
    nth = whole(found["nth"]) if found["nth"] else -1
    weekday = WEEKDAYS[found["weekday"]]
    if found["which"]:
        start = months_on(source.today.replace(day=1), WHICH[found["which"]])
        years, month = start.year, start.month
    else:
        said, month = said_year(found, source.today), said_month(found)
        if said is None:
            around = yearly(lambda at: nth_weekday(at, month, nth, weekday), source.today)
            return Said(found.end(), around, "", None, month)
        years = said
    on = nth_weekday(years, month, nth, weekday) if 1 <= years <= 9998 else None
    return _sure(found.end(), on) if on else None


def _numeric(source: Source, at: int) -> Said | None:
    """Year, month, day in digits; or day, month, year; a month and a day."""
    found = _NUMERIC.match(source.text, at)
    if found is None:
        return None
    a, mark, b, c, month, number = found.groups()
    if month:
        return _if_valid(in_calendar(found.end(), None, int(month), int(number), source.today))
    orders = [(a, b, c), (c, b, a), (c, a, b)] if mark != " " else [(a, b, c)]
    for years, months, days in orders:
        if len(years) in (2, 4) and len(days) <= 2 and day_of(year(years), int(months), int(days)):
            return in_calendar(found.end(), year(years), int(months), int(days), source.today)
    return None


def _if_valid(said: Said) -> Said | None:
    return said if said.around else None


def _from_now(source: Source, at: int) -> Said | None:
    """五天前, 两周后."""
    amount = source.once(length, at)
    found = FROM_NOW.match(source.text, amount.end) if amount and amount.whole_days else None
    if amount is None or found is None:
        return None
    return _sure(found.end(), amount.from_(source.now, -1 if "前" in found.group() else 1).date())


_READERS = (_full, _in_month, _day_only, _near, _weekday, _nth_weekday, _numeric, _from_now)


def date_reading(source: Source, at: int) -> Reading | None:
    said = source.once(day, at)
    return Reading(said.end, "date", resolutions(said)) if said else None


def resolutions(said: Said) -> tuple[dict[str, str], ...]:
    if said.around is None:
        return ({"value": "not resolved", "timex": said.timex},)
    return tuple({"value": on.isoformat()} for on in dict.fromkeys(said.around))

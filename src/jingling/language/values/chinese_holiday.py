"""Holidays: what day of a year each is, as free text gives them and on the calendar that people live by.

Free text keeps the lunar calendar's own numbers (中秋 is 08-15), as the specification that it follows does;
`lived` gives the day in the sun's calendar.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from borax.calendars.lunardate import LunarDate, TermUtils

from jingling.language.values.chinese_calendar import day_of, nth_weekday, only, yearly
from jingling.language.values.chinese_date import YEAR, Said, resolutions, said_year
from jingling.language.values.chinese_source import Reading, Source

FIXED: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("元旦节", "元旦", "新年"), (1, 1)),
    **dict.fromkeys(("情人节",), (2, 14)),
    **dict.fromkeys(("女生节",), (3, 7)),
    **dict.fromkeys(("三八妇女节", "妇女节", "女神节", "三八节"), (3, 8)),
    **dict.fromkeys(("植树节",), (3, 12)),
    **dict.fromkeys(("消费者权益日",), (3, 15)),
    **dict.fromkeys(("愚人节",), (4, 1)),
    **dict.fromkeys(("世界地球日", "地球日"), (4, 22)),
    **dict.fromkeys(("五一国际劳动节", "五一劳动节", "国际劳动节", "劳动节", "五一"), (5, 1)),
    **dict.fromkeys(("五四青年节", "青年节"), (5, 4)),
    **dict.fromkeys(("护士节",), (5, 12)),
    **dict.fromkeys(("六一儿童节", "儿童节", "六一"), (6, 1)),
    **dict.fromkeys(("建党节",), (7, 1)),
    **dict.fromkeys(("八一建军节", "建军节"), (8, 1)),
    **dict.fromkeys(("教师节",), (9, 10)),
    **dict.fromkeys(("国庆日", "国庆节", "十一国庆", "国庆"), (10, 1)),
    **dict.fromkeys(("万圣节", "万圣夜"), (10, 31)),
    **dict.fromkeys(("光棍节", "双十一", "双11"), (11, 11)),
    **dict.fromkeys(("双十二", "双12"), (12, 12)),
    **dict.fromkeys(("平安夜",), (12, 24)),
    **dict.fromkeys(("圣诞节", "圣诞"), (12, 25)),
}
LUNAR: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("春节", "大年初一"), (1, 1)),
    **dict.fromkeys(("元宵节", "元宵"), (1, 15)),
    **dict.fromkeys(("端午节", "端午"), (5, 5)),
    **dict.fromkeys(("七夕节", "七夕"), (7, 7)),
    **dict.fromkeys(("中元节",), (7, 15)),
    **dict.fromkeys(("中秋节", "中秋"), (8, 15)),
    **dict.fromkeys(("重阳节", "重阳"), (9, 9)),
    **dict.fromkeys(("腊八节", "腊八"), (12, 8)),
}
NTH: dict[str, tuple[int, int, int]] = {
    "母亲节": (5, 2, 6),
    "父亲节": (6, 3, 6),
    "感恩节": (11, 4, 3),
}
"""Month, which one, weekday."""
EVE = ("除夕夜", "除夕", "大年三十", "年三十")
QINGMING = ("清明节", "清明")
_NUMBERED: dict[str, tuple[int, int]] = {
    **FIXED,
    **{name: day for name, day in LUNAR.items() if name != "大年初一"},
    **dict.fromkeys(("除夕夜", "除夕"), (12, 31)),
    **dict.fromkeys(QINGMING, (4, 4)),
}
NAMES = (*_NUMBERED, *NTH)
_ANY = "|".join(sorted(NAMES, key=len, reverse=True))
_HOLIDAY = re.compile(rf"(?:{YEAR}的?)?(?<![\d零一二三四五六七八九十百])(?P<name>{_ANY})(?![月点节个共些样起直位])")
_LUNAR_YEARS = range(1900, 2100)


def holiday(source: Source, at: int) -> Said | None:
    found = _HOLIDAY.match(source.text, at)
    if found is None:
        return None
    years = said_year(found, source.today)
    on = _in_year(found["name"])
    if years is None:
        return Said(found.end(), yearly(on, source.today))
    day = on(years) if 1 <= years <= 9999 else None
    return Said(found.end(), only(day) if day else None, f"{years:04d}", years)


def _in_year(name: str) -> Callable[[int], date | None]:
    if name in NTH:
        return lambda year: nth_weekday(year, *NTH[name])
    return lambda year: day_of(year, *_NUMBERED[name])


def holiday_reading(source: Source, at: int) -> Reading | None:
    said = source.once(holiday, at)
    return Reading(said.end, "date", resolutions(said)) if said else None


def lived(name: str, year: int) -> date | None:
    """The day of a holiday that falls in the sun's `year`."""
    if name in LUNAR:
        return lunar_day(year, *LUNAR[name])
    if name in EVE:
        spring = lunar_day(year, 1, 1)
        return spring - timedelta(days=1) if spring else None
    if name in QINGMING:
        return _term(year, "清明")
    return nth_weekday(year, *NTH[name]) if name in NTH else day_of(year, *FIXED[name])


def lunar_day(year: int, month: int, day: int) -> date | None:
    """A day of the lunar calendar's year that begins in `year`; None where that calendar has no such day."""
    if year not in _LUNAR_YEARS:
        return None
    try:
        found: date = LunarDate(year, month, day).to_solar_date()
    except ValueError:
        return None
    return found


def _term(year: int, name: str) -> date | None:
    if year not in _LUNAR_YEARS:
        return None
    found: date = TermUtils.day_start_from_term(year, name)
    return found


def next_lunar_number(here: date, number: int) -> date | None:
    """The first day from `here` on with that number in its lunar month."""
    for ahead in range(62):
        day = here + timedelta(days=ahead)
        if day.year in _LUNAR_YEARS and LunarDate.from_solar_date(day.year, day.month, day.day).day == number:
            return day
    return None

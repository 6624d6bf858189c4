"""Repetitions in free Chinese text: 每天, 每周一下午八点, 每隔两天, 每月15号. What they mean is a TIMEX."""

import re

from jingling.language.values import chinese_clock
from jingling.language.values.chinese_clock import Clock
from jingling.language.values.chinese_date import DAY_NUMBER, MONTH, WEEK, WEEKDAYS, said_month
from jingling.language.values.chinese_digits import SMALL, whole
from jingling.language.values.chinese_hours import OF
from jingling.language.values.chinese_source import Reading, Source

_UNITS = {"年": "Y", "月": "M", "周": "W", "天": "D", "日": "D", "小时": "H", "钟头": "H", "分钟": "M", "秒": "S"}
_UNIT = r"(?P<unit>年(?!级|代)|月|周|星期|礼拜|天|日|小时|钟头|分钟|秒)"
_EVERY = re.compile(rf"每(?P<apart>隔)?(?P<n>{SMALL})?个?{_UNIT}")
_WEEKDAY = re.compile(rf"每个?{WEEK}(?:(?P<weekday>[一二三四五六日天])|(?P<end>末))(?![次遍回趟])")
_MONTH_DAY = re.compile(rf"每个?月的?{DAY_NUMBER}[日号]")
_YEAR_DAY = re.compile(rf"每年的?{MONTH}(?:{DAY_NUMBER}[日号])?")
_HALVES = {"morning": "TMO", "early": "TMO", "noon": "TMI", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}


def set_reading(source: Source, at: int) -> Reading | None:
    """The longest repetition at `at`, with its time of day."""
    found = [one for read in (_every, _weekday, _month_day, _year_day) if (one := read(source.text, at))]
    if not found:
        return None
    end, timex = max(found)
    if timex.endswith("D") or timex.startswith("XXXX"):
        end, timex = _at_time(source, end, timex)
    return Reading(end, "set", ({"value": "not resolved", "timex": timex},))


def _every(text: str, at: int) -> tuple[int, str] | None:
    found = _EVERY.match(text, at)
    if found is None:
        return None
    unit = found["unit"]
    count = whole(found["n"]) if found["n"] else 1
    time = "T" if unit in ("小时", "钟头", "分钟", "秒") else ""
    return found.end(), f"P{time}{count}{_UNITS.get(unit, 'W')}"


def _weekday(text: str, at: int) -> tuple[int, str] | None:
    found = _WEEKDAY.match(text, at)
    if found is None:
        return None
    day = "WE" if found["end"] else str(WEEKDAYS[found["weekday"]] + 1)
    return found.end(), f"XXXX-WXX-{day}"


def _month_day(text: str, at: int) -> tuple[int, str] | None:
    found = _MONTH_DAY.match(text, at)
    return (found.end(), f"XXXX-XX-{whole(found['day']):02d}") if found else None


def _year_day(text: str, at: int) -> tuple[int, str] | None:
    found = _YEAR_DAY.match(text, at)
    if found is None:
        return None
    day = f"-{whole(found['day']):02d}" if found["day"] else ""
    return found.end(), f"XXXX-{said_month(found):02d}{day}"


def _at_time(source: Source, end: int, timex: str) -> tuple[int, str]:
    link = OF.match(source.text, end)
    start = link.end() if link else end
    days = "" if timex == "P1D" else timex
    if clock := source.once(chinese_clock.clock, start):
        return clock.end, days + _clock_timex(clock)
    if part := chinese_clock.part(source, start):
        return part[0], days + _HALVES[part[1]]
    return end, timex


def _clock_timex(clock: Clock) -> str:
    parts = [clock.hour, clock.minute, clock.second]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return "T" + ":".join(f"{part:02d}" for part in parts)

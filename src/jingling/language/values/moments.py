"""Points in time as they are said, and when that next comes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal


@dataclass(frozen=True)
class ClockTime:
    """`sure` is False when it was said on the twelve-hour clock without the half of the day.

    `hour` 24 is midnight at the day's end.
    """

    hour: int
    minute: int = 0
    second: int = 0
    sure: bool = False


@dataclass(frozen=True)
class Day:
    """A day as it was said: so many days `ahead`, a `weekday` (Monday is 0), or a day of a month.

    `weeks` is None for the next such weekday, else the number of weeks after this one (from Monday).
    `named` gives the next day, from a given one on, that is none of these: a holiday, a day of another calendar.
    """

    ahead: int | None = None
    weekday: int | None = None
    weeks: int | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    named: Callable[[date], date | None] | None = None


@dataclass(frozen=True)
class Moment:
    """A day, a time of it, or both; or so many seconds `after` now. `part` is the hour of an unnamed time."""

    day: Day | None = None
    clock: ClockTime | None = None
    part: int | None = None
    after_s: float | None = None


Half = Literal["early", "morning", "noon", "afternoon", "evening", "night"]
Unit = Literal["day", "weekend", "week", "month", "year"]


@dataclass(frozen=True)
class Period:
    """A stretch of time as it was said.

    Either `count` calendar `unit`s, the first of them `ahead` of the current one, or from `start` to `end`, or from
    `start` for `length_s` seconds. A start without a day is next to come; an end comes after the start. A day named
    as the end belongs to the period. `day` and `half`: a part of that day.
    """

    unit: Unit | None = None
    ahead: int = 0
    count: int = 1
    start: Moment | None = None
    end: Moment | None = None
    length_s: float | None = None
    day: Day | None = None
    half: Half | None = None


@dataclass(frozen=True)
class Recurrence:
    """How often, as RFC 5545 says it (`FREQ=WEEKLY;BYDAY=MO,TH`), and at what time of those days."""

    rule: str
    at: ClockTime | None = None


PART_HOURS: dict[Half, int] = {"early": 5, "morning": 8, "noon": 12, "afternoon": 15, "evening": 19, "night": 21}
WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""As RFC 5545 writes them, Monday first."""
HALF_HOURS: dict[Half, tuple[int, int]] = {
    "early": (0, 6),
    "morning": (6, 12),
    "noon": (11, 14),
    "afternoon": (12, 18),
    "evening": (18, 22),
    "night": (21, 24),
}
"""From when until when a part of the day lasts."""
WAKING_HOUR = 6
"""On another day than this one, a time without its half is between here and twelve hours later."""
MORNING_HOUR = 9
"""The time of a day that was named without one."""


def in_half(clock: ClockTime, half: Half) -> ClockTime | None:
    """`clock` as said with the half of the day, or None when they contradict each other."""
    hour = clock.hour
    if hour > 12 or hour == 0:
        return replace(clock, sure=True) if half not in ("early", "morning") or hour == 0 else None
    return replace(clock, hour=_on_24(hour, half), sure=True)


def _on_24(hour: int, half: Half) -> int:
    if half in ("early", "morning"):
        return hour if hour < 12 or half == "morning" else 0
    if half == "noon":
        return hour + 12 if hour < 4 else hour
    if half == "afternoon":
        return hour + 12 if hour < 12 else 12
    if hour == 12:
        return 24
    return hour if half == "night" and hour < 5 else hour + 12


def clock_text(clock: ClockTime) -> str:
    """`19:30`, or `19:30:15` when seconds were said."""
    text = f"{clock.hour % 24:02d}:{clock.minute:02d}"
    return f"{text}:{clock.second:02d}" if clock.second else text


def resolve(moment: Moment, now: datetime) -> datetime | None:
    """When `moment` next comes, in the zone of `now`; None when there is no such time."""
    if moment.after_s is not None:
        return (now.astimezone(UTC) + timedelta(seconds=moment.after_s)).astimezone(now.tzinfo)
    if moment.day is None:
        return _next_time(moment, now)
    day = resolve_day(moment.day, now, today=True)
    if day is None:
        return None
    if moment.clock is None:
        return _at(day, ClockTime(moment.part if moment.part is not None else MORNING_HOUR), now)
    found = _first(day, moment.clock, now)
    if found <= now and moment.day.weekday is not None and moment.day.weeks is None and day == now.date():
        return _first(day + timedelta(days=7), moment.clock, now)
    return found


def _next_time(moment: Moment, now: datetime) -> datetime | None:
    clock = moment.clock or (ClockTime(moment.part, sure=True) if moment.part is not None else None)
    if clock is None:
        return None
    days = (now.date(), now.date() + timedelta(days=1))
    return next((at for day in days for at in _readings(day, clock, now) if at > now), None)


def _first(day: date, clock: ClockTime, now: datetime) -> datetime:
    """`clock` on `day`. Of two readings today, the first to come; on another day, that of the waking hours."""
    if day != now.date():
        return _at(day, waking(clock), now)
    readings = _readings(day, clock, now)
    return next((reading for reading in readings if reading > now), readings[-1])


def _readings(day: date, clock: ClockTime, now: datetime) -> list[datetime]:
    hours = {clock.hour} if clock.sure else {clock.hour % 12, clock.hour % 12 + 12}
    return [_at(day, replace(clock, hour=hour), now) for hour in sorted(hours)]


def waking(clock: ClockTime) -> ClockTime:
    """`clock` in the half of the day in which people make plans: from six in the morning to six in the evening."""
    if clock.sure:
        return clock
    hour = clock.hour % 12
    return replace(clock, hour=hour if hour >= WAKING_HOUR else hour + 12, sure=True)


def _at(day: date, clock: ClockTime, now: datetime) -> datetime:
    """A wall-clock time in the zone of `now`; one that the change to summer time skips is put after it."""
    if clock.hour == 24:
        day, clock = day + timedelta(days=1), replace(clock, hour=0)
    wall = datetime.combine(day, time(clock.hour, clock.minute, clock.second), tzinfo=now.tzinfo)
    return wall.astimezone(UTC).astimezone(now.tzinfo)


def resolve_day(day: Day, now: datetime, today: bool = False) -> date | None:
    """The date of `day`, next to come; `today` lets a weekday be this very day."""
    here = now.date()
    try:
        if day.named is not None:
            return day.named(here)
        if day.ahead is not None:
            return here + timedelta(days=day.ahead)
        if day.weekday is not None:
            return _weekday(day, here, today)
        return _month_day(day, here)
    except (ValueError, OverflowError):
        return None


def _weekday(day: Day, here: date, today: bool) -> date:
    assert day.weekday is not None
    if day.weeks is not None:
        monday = here - timedelta(days=here.weekday())
        return monday + timedelta(days=7 * day.weeks + day.weekday)
    ahead = (day.weekday - here.weekday()) % 7
    return here + timedelta(days=ahead if ahead or today else 7)


def _month_day(day: Day, here: date) -> date | None:
    assert day.day is not None
    if day.year is not None:
        return date(day.year, day.month or here.month, day.day)
    for step in range(60):
        months = here.month - 1 + step
        year, month = here.year + months // 12, months % 12 + 1
        if day.month not in (None, month):
            continue
        try:
            found = date(year, month, day.day)
        except ValueError:
            continue
        if found >= here:
            return found
    return None


def resolve_period(period: Period, now: datetime) -> tuple[datetime, datetime] | None:
    """From when until when (exclusive), in the zone of `now`; None when there is no such time."""
    try:
        if period.unit is not None:
            first, end = _units(period, now.date())
            return _at(first, _DAY_START, now), _at(end, _DAY_START, now)
        if period.half is not None:
            return _part(period.day or Day(ahead=0), period.half, now)
        return _between(period, now)
    except (ValueError, OverflowError):
        return None


_DAY_START = ClockTime(0, sure=True)


def _units(period: Period, here: date) -> tuple[date, date]:
    ahead, count = period.ahead, period.count
    if period.unit in ("month", "year"):
        months = 12 if period.unit == "year" else 1
        at = here.year * 12 + (here.month - 1 if months == 1 else 0) + ahead * months
        return _month_start(at), _month_start(at + count * months)
    if period.unit == "day":
        first = here + timedelta(days=ahead)
        return first, first + timedelta(days=count)
    monday = here + timedelta(days=7 * ahead - here.weekday())
    if period.unit == "weekend":
        return monday + timedelta(days=5), monday + timedelta(days=7 * count)
    return monday, monday + timedelta(days=7 * count)


def _month_start(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


def _part(day: Day, half: Half, now: datetime) -> tuple[datetime, datetime] | None:
    on = resolve_day(day, now, today=True)
    if on is None:
        return None
    start, end = (_at(on, ClockTime(hour, sure=True), now) for hour in HALF_HOURS[half])
    return start, end


def _between(period: Period, now: datetime) -> tuple[datetime, datetime] | None:
    said_end = period.end
    start = now if period.start is None else _start(period.start, said_end, now)
    if start is None:
        return None
    if period.length_s is not None:
        return start, (start.astimezone(UTC) + timedelta(seconds=period.length_s)).astimezone(now.tzinfo)
    end = _end(said_end, start, now) if said_end is not None else None
    return (start, end) if end is not None and end > start else None


def _start(start: Moment, end: Moment | None, now: datetime) -> datetime | None:
    """A named day begins at midnight; "from two to four pm" takes over the half that its end was said with."""
    if start.day is not None and start.clock is None and start.part is None:
        day = resolve_day(start.day, now, today=True)
        return None if day is None else _at(day, _DAY_START, now)
    clock, last = start.clock, end.clock if end else None
    if clock and last and not clock.sure and last.sure and end and end.day is None:
        hours = sorted((clock.hour % 12, clock.hour % 12 + 12), reverse=True)
        hour = next((hour for hour in hours if (hour, clock.minute) < (last.hour, last.minute)), hours[0])
        start = replace(start, clock=replace(clock, hour=hour, sure=True))
    return resolve(start, now)


def _end(end: Moment, start: datetime, now: datetime) -> datetime | None:
    if end.day is None and end.clock is not None:
        return _next_time(end, start)
    counted = end.day is not None and (end.day.ahead is not None or end.day.weeks is not None)
    after = now if counted else start
    if end.day is None or end.clock is not None or end.part is not None:
        return resolve(end, after)
    day = resolve_day(end.day, after, today=True)
    return None if day is None else _at(day + timedelta(days=1), _DAY_START, now)

"""Points in time as they are said, and when that next comes."""

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
    """

    ahead: int | None = None
    weekday: int | None = None
    weeks: int | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None


@dataclass(frozen=True)
class Moment:
    """A day, a time of it, or both; or so many seconds `after` now. `part` is the hour of an unnamed time."""

    day: Day | None = None
    clock: ClockTime | None = None
    part: int | None = None
    after_s: float | None = None


Half = Literal["early", "morning", "noon", "afternoon", "evening", "night"]
PART_HOURS: dict[Half, int] = {"early": 5, "morning": 8, "noon": 12, "afternoon": 15, "evening": 19, "night": 21}
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
    today = _first(now.date(), clock, now)
    return today if today > now else _first(now.date() + timedelta(days=1), clock, now)


def _first(day: date, clock: ClockTime, now: datetime) -> datetime:
    """`clock` on `day`; of two readings the first still to come, or the first when both are over."""
    first = _at(day, clock, now)
    if clock.sure:
        return first
    hours = sorted({clock.hour % 12, clock.hour % 12 + 12})
    readings = [_at(day, replace(clock, hour=hour), now) for hour in hours]
    return next((reading for reading in readings if reading > now), readings[-1])


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

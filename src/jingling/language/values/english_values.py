"""What English dates and times in free text mean, once the reference moment is known."""

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

Point = date | datetime | time | float
Stretch = tuple[Any, Any]
"""From a point until another; the same point twice for a single one; None for an open end."""
Find = Callable[[datetime], Sequence[Stretch]]
UNIT_SECONDS = {
    "s": 1,
    "m": 60,
    "h": 3600,
    "D": 86_400,
    "BD": 86_400,
    "WE": 2 * 86_400,
    "W": 7 * 86_400,
    "F": 14 * 86_400,
    "M": 30 * 86_400,
    "Q": 90 * 86_400,
    "Y": 365 * 86_400,
    "DE": 3650 * 86_400,
}
CLOCK_UNITS = frozenset("smh")


_RELATIVE_YEAR = re.compile(r"Y([+-]\d)")


@dataclass(frozen=True)
class Value:
    """`find` gives the past reading first; `inclusive` the same with the last day or month of a range in it.
    `zone` is that of a clock time, in minutes from UTC. `timex` tells what it is when nothing is found; `Y+1` in
    it is the next year."""

    kind: str
    find: Find
    timex: str = ""
    part: Literal["", "start", "mid", "end"] = ""
    inclusive: Find | None = None
    zone: str = ""

    def found(self, now: datetime) -> Sequence[Stretch]:
        """Nothing, too, for what lies outside the calendar."""
        try:
            return self.find(now)
        except (ValueError, OverflowError):
            return ()

    def resolutions(self, now: datetime) -> tuple[dict[str, str], ...]:
        found = dict.fromkeys(self.found(now))
        if not found:
            return ({"timex": _RELATIVE_YEAR.sub(lambda ahead: f"{now.year + int(ahead[1])}", self.timex)},)
        zone = {"utcOffsetMins": self.zone} if self.zone else {}
        return tuple(_plain(self.kind, *stretch) | zone for stretch in found)


def never(_: datetime) -> Sequence[Stretch]:
    return ()


def _plain(kind: str, start: Any, end: Any) -> dict[str, str]:
    if not kind.endswith("range"):
        return {"value": point_text(start)}
    said = {"start": start, "end": end}
    return {name: point_text(point) for name, point in said.items() if point is not None}


def point_text(point: Point) -> str:
    if isinstance(point, datetime):
        return f"{point.date().isoformat()} {point:%H:%M:%S}"
    if isinstance(point, date):
        return point.isoformat()
    if isinstance(point, time):
        return f"{point:%H:%M:%S}"
    return f"{point:.6f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Day:
    """`find` gives one day, or the last and the next such day. What was said of it is kept to complete it later."""

    find: Callable[[datetime], Sequence[date]]
    month: int | None = None
    day: int | None = None
    year: int | None = None
    weekday: int | None = None
    timex: str = ""
    weak: bool = False

    @property
    def value(self) -> Value:
        return Value("date", lambda now: [(day, day) for day in self.find(now)], self.timex)


def on(find: Callable[[date], date]) -> Day:
    """A day that follows from today's date."""

    def found(now: datetime) -> Sequence[date]:
        try:
            return (find(now.date()),)
        except (ValueError, OverflowError):
            return ()

    return Day(found)


def calendar_day(month: int, day: int, year: int | None = None, weekday: int | None = None) -> Day | None:
    if not 1 <= day <= 31 or not 1 <= month <= 12:
        return None
    timex = f"{f'{year:04d}' if year is not None else 'XXXX'}-{month:02d}-{day:02d}"
    return Day(lambda now: _calendar_days(month, day, year, now), month, day, year, weekday, timex)


def _calendar_days(month: int, day: int, year: int | None, now: datetime) -> Sequence[date]:
    if year is not None:
        return (date(year, month, day),) if day <= calendar.monthrange(year, month)[1] else ()
    return around(lambda n: _date(n, month, day), now.year, now)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def around(find: Callable[[int], date | None], middle: int, now: datetime, reach: int = 8) -> Sequence[date]:
    """The last day before the reference moment and the next from it on; `find` gives the day of a step."""
    past = (find(middle - step) for step in range(reach + 1))
    future = (find(middle + step) for step in range(reach + 1))
    last = next((day for day in past if day and _midnight(day) < now), None)
    coming = next((day for day in future if day and _midnight(day) >= now), None)
    return [day for day in (last, coming) if day]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def month_day(day: int) -> Day:
    """A day of some month."""

    def of_month(step: int) -> date | None:
        return _date(step // 12, step % 12 + 1, day)

    return Day(
        lambda now: around(of_month, now.year * 12 + now.month - 1, now), day=day, timex=f"XXXX-XX-{day:02d}"
    )


def weekday(which: int) -> Day:
    def found(now: datetime) -> Sequence[date]:
        ahead = (which - now.weekday()) % 7
        coming = now.date() + timedelta(days=ahead)
        return (coming - timedelta(days=7), coming)

    return Day(found, weekday=which)


def in_week(which: int, weeks: int) -> Day:
    """A weekday of a week that is so many after this one."""
    return on(lambda here: monday(here) + timedelta(days=which + 7 * weeks))


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def add_months(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


Length = tuple[tuple[float, str], ...]
"""So many of each unit."""


def seconds(length: Length) -> float:
    return sum(n * UNIT_SECONDS[unit] for n, unit in length)


def clocked(length: Length) -> bool:
    """Whether a length has hours, minutes or seconds."""
    return any(unit in CLOCK_UNITS for _, unit in length)


def moved(start: datetime, length: Length, sign: int) -> datetime:
    """`start` that much later, or earlier when `sign` is -1; months and years by the calendar."""
    for n, unit in length:
        if unit in ("M", "Y", "DE", "Q") and n == int(n):
            months = int(n) * {"M": 1, "Q": 3, "Y": 12, "DE": 120}[unit]
            start = datetime.combine(add_months(start.date(), sign * months), start.time())
        elif unit == "BD":
            start = _business(start, int(n), sign)
        else:
            start += timedelta(seconds=sign * n * UNIT_SECONDS[unit])
    return start


def _business(start: datetime, days: int, sign: int) -> datetime:
    while days:
        start += timedelta(days=sign)
        days -= start.weekday() < 5
    return start


def stretch_of(length: Length, now: datetime, sign: int) -> Stretch:
    """The next or the last so much: whole days begin tomorrow and end yesterday."""
    if clocked(length):
        ends = sorted((now, moved(now, length, sign)))
        return ends[0], ends[1]
    start = datetime.combine(now.date(), time()) + timedelta(days=sign > 0)
    if sign > 0 and any(unit == "BD" for _, unit in length):
        last = moved(start - timedelta(days=1), length, sign).date()
        return _business(start - timedelta(days=1), 1, 1).date(), last + timedelta(days=1)
    return (
        (start.date(), moved(start, length, 1).date())
        if sign > 0
        else (moved(start, length, -1).date(), start.date())
    )


@dataclass(frozen=True)
class Clock:
    """`sure` is False when it was said without the half of the day. `plain`: a bare number that may be an hour."""

    hour: int
    minute: int = 0
    second: int = 0
    sure: bool = False
    plain: bool = False

    def times(self) -> list[time]:
        hours = [self.hour % 24] if self.sure else sorted({self.hour % 12, self.hour % 12 + 12})
        if not self.sure and self.hour == 12:
            hours.reverse()
        return [time(hour, self.minute, self.second) for hour in hours]

    @property
    def value(self) -> Value:
        return Value("time", lambda _: [(at, at) for at in self.times()])


def clock(hour: int, minute: int = 0, second: int = 0, plain: bool = False) -> Clock | None:
    if not (0 <= hour <= 24 and 0 <= minute < 60 and 0 <= second < 60) or (hour == 24 and minute):
        return None
    return Clock(hour, minute, second, sure=not 1 <= hour <= 12, plain=plain)


def halved(at: Clock, half: str) -> Clock | None:
    """`at` in the morning (am), after noon (pm), at noon or in the night."""
    hour = at.hour
    if at.sure and (hour > 12 or hour == 0):
        return None if half == "am" and hour > 12 else replace(at, plain=False)
    if half == "am":
        hour = hour % 12
    elif half == "noon":
        hour = hour if hour >= 10 else hour + 12
    elif half == "night":
        hour = hour % 12 if hour < 5 or hour == 12 else hour + 12
    else:
        hour = hour % 12 + 12
    return replace(at, hour=hour, sure=True, plain=False)


def spans(start: Clock, end: Clock) -> list[tuple[time, time]]:
    """From one clock time to the next such: what is known of one end's half of the day decides the other's."""
    firsts, lasts = start.times(), end.times()
    if len(firsts) == 2 and len(lasts) == 1:
        firsts = [min(firsts, key=lambda first: _until(first, lasts[0]))]
    return [(first, min(lasts, key=lambda last: _until(first, last))) for first in firsts]


def _until(first: time, last: time) -> int:
    ahead = (_second(last) - _second(first)) % 86_400
    return ahead or 86_400


def _second(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second


def combined(day: date, stretch: tuple[time, time]) -> Stretch:
    start = datetime.combine(day, stretch[0])
    end = datetime.combine(day, stretch[1])
    return start, end if end > start else end + timedelta(days=1)

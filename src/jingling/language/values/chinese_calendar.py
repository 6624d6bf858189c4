"""Days of the calendar around a given one: months on, the nth weekday, the last and the next day of a name."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple


class Around(NamedTuple):
    """The last such day before today and the first from today on; the same for a day that is sure."""

    past: date
    future: date


def only(day: date) -> Around:
    return Around(day, day)


def day_of(year: int, month: int, day: int) -> date | None:
    """None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month. OverflowError outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def monday(day: date, weeks: int = 0) -> date:
    """The first day of the week, so many weeks on."""
    return day + timedelta(days=7 * weeks - day.weekday())


def first_week(day: date) -> date:
    """The Monday of the first week, from `day` on, that has most of its days there (ISO 8601)."""
    return monday(day + timedelta(days=3))


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """`nth` from 1, or -1 for the last one of the month; Monday is 0."""
    if nth < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found.month == month else None


def yearly(on: Callable[[int], date | None], today: date) -> Around | None:
    """Around `today`, where `on` gives the day of a year, if that year has one."""
    years = range(max(1, today.year - 9), min(9999, today.year + 9))
    days = [day for year in years if (day := on(year))]
    return _around(days, today)


def monthly(number: int, today: date) -> Around | None:
    """The day of that number in the months around `today`."""
    start = today.replace(day=1)
    months = (months_on(start, step) for step in range(-4, 5))
    return _around([day for at in months if (day := day_of(at.year, at.month, number))], today)


def weekly(weekday: int, today: date) -> Around:
    ahead = today + timedelta(days=(weekday - today.weekday()) % 7)
    return Around(ahead - timedelta(days=7), ahead)


def _around(days: list[date], today: date) -> Around | None:
    past = [day for day in days if day < today]
    future = [day for day in days if day >= today]
    return Around(past[-1], future[0]) if past and future else None

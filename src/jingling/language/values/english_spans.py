"""Weeks, months, quarters and years and their parts, once the reference moment is known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from jingling.language.values.english_values import Value, add_months, monday

Days = tuple[date, date]
Part = Literal["", "start", "mid", "end"]


@dataclass(frozen=True)
class Stretch:
    """Whole days, the end exclusive. `unit` (W, WE, M, Q, Y) and what was said of month and year complete it."""

    find: Callable[[datetime], Sequence[Days]]
    unit: str = ""
    month: int | None = None
    year: int | None = None
    timex: str = ""
    part: Part = ""

    @property
    def value(self) -> Value:
        return Value("daterange", lambda now: [*self.find(now)], self.timex, self.part)


def from_today(find: Callable[[date], Days], unit: str = "", year: int | None = None) -> Stretch:
    def found(now: datetime) -> Sequence[Days]:
        try:
            return (find(now.date()),)
        except (ValueError, OverflowError):
            return ()

    return Stretch(found, unit, year=year)


def _months(start: date, count: int) -> Days:
    return start, add_months(start, count)


def _current(unit: str, here: date, ahead: int) -> Days:
    if unit in ("W", "WE"):
        first = monday(here) + timedelta(days=7 * ahead)
        return first + timedelta(days=5 * (unit == "WE")), first + timedelta(days=7)
    if unit == "WW":
        first = monday(here) + timedelta(days=7 * ahead)
        return first, first + timedelta(days=5)
    if unit == "F":
        first = monday(here) + timedelta(days=14 * ahead)
        return first, first + timedelta(days=14)
    count = {"M": 1, "Q": 3, "Y": 12, "DE": 120}[unit]
    at = here.year * 12 + here.month - 1
    start = (at // count + ahead) * count
    return date(start // 12, start % 12 + 1, 1), date((start + count) // 12, (start + count) % 12 + 1, 1)


def unit_ahead(ahead: int, unit: str) -> Stretch | None:
    """This, the next or the last week, month, …"""
    if unit in ("s", "m", "h", "D", "BD"):
        return None
    return from_today(lambda here: _current(unit, here, ahead), unit)


def in_month(month: int, year: int | None = None) -> Stretch:
    if year is not None:
        return from_today(lambda _: _months(date(year, month, 1), 1), "M", year)

    def found(now: datetime) -> Sequence[Days]:
        first = now.year - (now.month <= month)
        return [_months(date(at, month, 1), 1) for at in (first, first + 1)]

    return Stretch(found, "M", month, timex=f"XXXX-{month:02d}")


def month_year(month: int, year: int | None = None) -> Stretch:
    return replace(in_month(month, year), month=month)


def month_ahead(month: int, ahead: int) -> Stretch:
    return from_today(lambda here: _months(date(here.year + ahead, month, 1), 1), "M")


def in_year(year: int) -> Stretch:
    return from_today(lambda _: (date(year, 1, 1), date(year + 1, 1, 1)), "Y", year)


def week_of(year: int, week: int) -> Days:
    """ISO weeks; -1 is the last."""
    first = date.fromisocalendar(year, 1, 1) if week > 0 else date.fromisocalendar(year + 1, 1, 1)
    start = first + timedelta(days=7 * (week - 1 if week > 0 else week))
    return start, start + timedelta(days=7)


def _week_of_month(first: date, nth: int) -> Days:
    """A week is that of the month which has its Thursday."""
    if nth < 0:
        last = add_months(first, 1) - timedelta(days=1)
        thursday = last - timedelta(days=(last.weekday() - 3) % 7)
    else:
        thursday = first + timedelta(days=(3 - first.weekday()) % 7 + 7 * (nth - 1))
    return monday(thursday), monday(thursday) + timedelta(days=7)


def nth_week(nth: int, of: Stretch) -> Stretch | None:
    def found(now: datetime) -> Sequence[Days]:
        starts = [start for start, _ in of.find(now)]
        if of.unit == "Y":
            return [week_of(start.year, nth) for start in starts]
        return [_week_of_month(start, nth) for start in starts]

    return Stretch(found, "W") if of.unit in ("Y", "M") else None


def nth_units(nth: int, count: int, unit: str, of: Stretch) -> Stretch | None:
    """The first or last so many days, weeks or months of a year or month."""
    if unit not in ("D", "W", "M") or of.unit not in ("Y", "M"):
        return None

    def found(now: datetime) -> Sequence[Days]:
        return [_edge(days, nth * count, unit, of.unit) for days in of.find(now)]

    return Stretch(found)


def _edge(days: Days, count: int, unit: str, of: str) -> Days:
    start, end = days
    if unit == "W" and of == "Y":
        start, end = week_of(start.year, 1)[0], week_of(start.year, -1)[1]
    if unit == "M":
        return (start, add_months(start, count)) if count > 0 else (add_months(end, count), end)
    far = timedelta(days=count * (7 if unit == "W" else 1))
    return (start, start + far) if count > 0 else (end + far, end)


def nth_month(nth: int, of: Stretch) -> Stretch | None:
    if of.unit != "Y" or not 1 <= nth <= 12:
        return None
    return Stretch(lambda now: [_months(add_months(start, nth - 1), 1) for start, _ in of.find(now)], "M")


def quarter(nth: int, of: Stretch | None = None, months: int = 3) -> Stretch | None:
    if not 1 <= nth <= 12 // months:
        return None
    month = (nth - 1) * months + 1
    if of is not None:
        first = of.find
        return (
            Stretch(lambda now: [_months(date(start.year, month, 1), months) for start, _ in first(now)], "Q")
            if (of.unit == "Y")
            else None
        )

    def found(now: datetime) -> Sequence[Days]:
        over = _months(date(now.year, month, 1), months)[1] <= now.date() or now.month > month
        first_year = now.year - (not over)
        return [_months(date(at, month, 1), months) for at in (first_year, first_year + 1)]

    return Stretch(found, "Q")


def decade(first: int, open_century: bool = False) -> Stretch:
    if not open_century:
        return from_today(lambda _: (date(first, 1, 1), date(first + 10, 1, 1)))
    years = (1900 + first, 2000 + first)
    return Stretch(lambda _: [(date(year, 1, 1), date(year + 10, 1, 1)) for year in years])


def century(nth: int) -> Stretch | None:
    if not 2 <= nth <= 90:
        return None
    return from_today(lambda _: (date((nth - 1) * 100, 1, 1), date(nth * 100, 1, 1)))


def cut(part: Part, whole: Stretch, clipped: bool = False) -> Stretch:
    """The start, middle or end of a week, month or year; `clipped` when "earlier" or "later" looks at today."""

    def found(now: datetime) -> Sequence[Days]:
        stretches = (_cut(part, start, end, whole) for start, end in whole.find(now))
        return [_clip(part, stretch, now.date()) if clipped else stretch for stretch in stretches]

    return replace(whole, find=found, part=part)


def _cut(part: Part, start: date, end: date, whole: Stretch) -> Days:
    if whole.unit == "Y" and whole.year is not None:
        edges = (start, date(start.year, 5, 1), date(start.year, 9, 1), end)
        at = ("start", "mid", "end").index(part) if part else 0
        return edges[at], edges[at + 1]
    days = {"W": (3, 3, 1, 5), "M": (15, 15, 9, 20)}.get(whole.unit)
    if whole.unit in ("Y", "Q"):
        middle = add_months(start, 6 if whole.unit == "Y" else 1)
        quarter = 3 if whole.unit == "Y" else 1
        firsts = (middle, middle, add_months(start, quarter), add_months(end, -quarter))
    else:
        early, late, mid, mid_end = days or (1, 1, 1, 1)
        firsts = tuple(start + timedelta(days=n) for n in (early, late, mid, mid_end))  # type: ignore[assignment]
    return {"start": (start, firsts[0]), "end": (firsts[1], end), "mid": (firsts[2], firsts[3])}.get(
        part, (start, end)
    )


def _clip(part: Part, stretch: Days, here: date) -> Days:
    start, end = stretch
    if not start <= here < end and part == "start":
        return stretch
    if part == "start":
        return start, min(end, max(here, start + timedelta(days=1)))
    return (max(start, here), end) if here < end else stretch


def rest_of(unit: str) -> Stretch | None:
    if unit not in ("W", "M", "Y"):
        return None
    return from_today(lambda here: (here, _current(unit, here, 0)[1] - timedelta(days=1)))


def unresolved(timex: str) -> Stretch:
    return Stretch(lambda _: (), timex=timex)

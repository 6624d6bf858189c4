"""Single days in free English text: "oct. 2", "the day after tomorrow", "second friday of next month"."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from jingling.language.values.english_calendar import names as calendar_names
from jingling.language.values.english_holidays import holiday
from jingling.language.values.english_length import length
from jingling.language.values.english_rules import (
    meanings,
    nothing_after,
    rules,
    said_before,
)
from jingling.language.values.english_values import (
    Day,
    Length,
    add_months,
    around,
    clocked,
    in_week,
    month_day,
    moved,
    on,
    weekday,
)
from jingling.language.values.english_words import digits
from jingling.language.values.phrases import Alt, Phrase

names = dict(calendar_names)
names["length"] = length
names["holiday"] = holiday
names["today"] = meanings(
    {"today": 0, "tomorrow": 1, "tmr": 1, "tmrw": 1, "tomorow": 1, "yesterday": -1, "otd": 0, "current date": 0}
)
names["ahead"] = meanings(
    dict.fromkeys(("next", "following", "the next", "the following"), 1)
    | dict.fromkeys(("last", "previous", "the last", "the previous"), -1)
    | dict.fromkeys(("this", "current", "the current"), 0)
)
names["side"] = meanings(
    dict.fromkeys(("coming", "upcoming", "this coming", "this upcoming"), 1)
    | dict.fromkeys(("past", "this past"), -1)
)


def _agreeing(which: int, day: Day) -> Day:
    """ "Friday 7-6": only where one of the days is a Friday."""

    def found(now: datetime) -> Sequence[date]:
        days = day.find(now)
        return days if any(one.weekday() == which for one in days) else ()

    return replace(day, find=found, weekday=which, timex="")


def _with_weekday(which: int, day: Day) -> Day:
    return replace(day, weekday=which)


def _nearest(which: int, day: int) -> Day:
    """The last and the next such weekday that is this day of a month."""

    def of_month(step: int) -> date | None:
        try:
            found = date(step // 12, step % 12 + 1, day)
        except ValueError:
            return None
        return found if found.weekday() == which else None

    def found(now: datetime) -> Sequence[date]:
        if now.weekday() == which and now.day == day:
            return (now.date(),)
        return around(of_month, now.year * 12 + now.month - 1, now, reach=60)

    return Day(found, weekday=which, day=day)


def _this_month(which: int, day: int) -> Day:
    """ "Thursday the 21st": of this month, or else the nearest to come."""

    def found(now: datetime) -> Sequence[date]:
        try:
            here = date(now.year, now.month, day)
        except ValueError:
            return ()
        return (here,) if here.weekday() == which else _nearest(which, day).find(now)

    return Day(found, weekday=which, day=day)


names["week_ahead"] = rules(
    names, ("{ahead} week", int), ("upcoming|coming week", lambda: 1), ("the week", lambda: 0)
)
names["month_ahead"] = rules(
    names, ("{ahead} month", int), ("upcoming|coming month", lambda: 1), ("the month", lambda: 0)
)
names["year_ahead"] = rules(names, ("{ahead} year", int), ("the year", lambda: 0))


def _nth_weekday(nth: int, which: int, months: Callable[[date], date]) -> Day | None:
    if nth > 5:
        return None

    def find(here: date) -> date:
        first = months(here).replace(day=1)
        found = first + timedelta(days=(which - first.weekday()) % 7 + 7 * (nth - 1))
        if found.month != first.month:
            raise ValueError
        return found

    return replace(on(find), timex=f"XXXX-XX-WXX-{which + 1}-#{nth}")


def _nth_in_month(nth: int, which: int, month: int, year: int | None = None) -> Day:
    def of_year(at: int) -> date | None:
        first = date(at, month, 1)
        found = first + timedelta(days=(which - first.weekday()) % 7 + 7 * (nth - 1))
        return found if found.month == month else None

    def found(now: datetime) -> Sequence[date]:
        if year is None:
            return around(of_year, now.year, now)
        day = of_year(year)
        return (day,) if day else ()

    return Day(found)


def _nth_week_day(nth: int, month: int, which: int) -> Day:
    return _nth_in_month(nth, which, month)


def _of_month(day: int, months: int) -> Day:
    found = on(lambda here: add_months(here.replace(day=1), months).replace(day=day))
    return replace(found, day=day, timex=f"XXXX-XX-{day:02d}")


def _next_side(side: int, which: int) -> Day:
    return on(lambda here: here + timedelta(days=side * ((side * (which - here.weekday()) - 1) % 7 + 1)))


def _before(day: Day, far: Length, sign: int) -> Day | None:
    """So long before or after a day; of two such days the one to come."""
    if clocked(far):
        return None

    def found(now: datetime) -> Sequence[date]:
        days = day.find(now)[-1:]
        return [moved(datetime.combine(one, time()), far, sign).date() for one in days]

    return Day(found)


_TODAY = on(lambda here: here)


def _from_now(far: Length, sign: int) -> Day | None:
    return _before(_TODAY, far, sign)


def _weekdays_ahead(n: float, which: int) -> Day:
    return on(lambda here: here + timedelta(days=(which - here.weekday() - 1) % 7 + 1 + 7 * (int(n) - 1)))


def _last_in_month(which: int, month: int, year: int | None = None) -> Day:
    def of_year(at: int) -> date:
        last = add_months(date(at, month, 1), 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - which) % 7)

    return Day(lambda now: around(of_year, now.year, now) if year is None else (of_year(year),))


def _last_weekday(which: int, months: int) -> Day:
    def find(here: date) -> date:
        last = add_months(here.replace(day=1), months + 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - which) % 7)

    return on(find)


names["count"] = Alt(rules(names, ("{small}", int)), digits(1, 99, r"\d{1,2}"))
names["wds"] = Alt(names["weekday"], names["weekdays"])
names["later"] = meanings(
    {
        "ago": -1,
        "earlier": -1,
        "before now": -1,
        "later": 1,
        "from now": 1,
        "hence": 1,
        "from today": 1,
        "after today": 1,
    }
)
names["after"] = meanings({"after": 1, "from": 1, "since": 1, "before": -1, "prior to": -1})
names["no_anchor"] = nothing_after("from", "after", "before", "since", "this", "next", "that", "in")
names["near"] = rules(
    names,
    ("{today}", lambda n: on(lambda here: here + timedelta(days=n))),
    ("the? day after tomorrow|tmr|tmrw", lambda: on(lambda here: here + timedelta(days=2))),
    ("the? day before yesterday", lambda: on(lambda here: here - timedelta(days=2))),
    ("the day after", lambda: on(lambda here: here + timedelta(days=1))),
    ("the day before", lambda: on(lambda here: here - timedelta(days=1))),
    ("the|this|my|current day", lambda: _TODAY),
    ("the? next|following day", lambda: on(lambda here: here + timedelta(days=1))),
    ("the? last|previous|past day", lambda: on(lambda here: here - timedelta(days=1))),
    ("{ahead} {weekday}", lambda weeks, which: in_week(which, weeks)),
    ("{side} {weekday}", _next_side),
    ("{week_ahead} -|'? ,? on? {weekday}", lambda weeks, which: in_week(which, weeks)),
    ("{weekday} ,? of? {week_ahead}", in_week),
    ("on {weekday} ,? of? {week_ahead}", lambda which, weeks: in_week(which, weeks) if weeks > 0 else None),
    ("the? {few_nth} {weekday}", lambda nth, which: _nth_weekday(nth, which, lambda here: here)),
    ("the? last {weekday} of|in {month_ahead}", _last_weekday),
    ("the? last {weekday} of|in? {month} {in_year}?", _last_in_month),
    (
        "the? {few_nth} {weekday} of|in? {month_ahead}",
        lambda nth, which, months: _nth_weekday(nth, which, lambda here: add_months(here.replace(day=1), months)),
    ),
    ("the? {few_nth} {weekday} of|in? {month} {in_year}?", _nth_in_month),
    ("{few_nth} week of {month} .? on {weekday}", _nth_week_day),
    ("the? {day_nth} day? of? {month_ahead}", _of_month),
)
names["counted"] = rules(
    names,
    ("{length} {later} <no_anchor>", _from_now),
    ("in {length} <no_anchor>", lambda far: _from_now(far, 1)),
    ("in {length} time", lambda far: _from_now(far, 1)),
    ("{count} {wds} from_now|later", _weekdays_ahead),
)


def _weekday_near(which: int, day: Day | None, far: Length) -> Day | None:
    """The weekday in the week, from Sunday, of a day that is some days, weeks or years away; after some months."""
    if day is None:
        return None

    def near(one: date) -> date:
        if far[0][1] == "M":
            return one + timedelta(days=(which - one.weekday()) % 7)
        sunday = one - timedelta(days=(one.weekday() + 1) % 7)
        return sunday + timedelta(days=(which + 1) % 7)

    return Day(lambda now: [near(one) for one in day.find(now)])


def _side_year(day: Day, ahead: int) -> Day:
    """This or next 5/12: in this year or the next."""
    month, number = day.month or 1, day.day or 1
    return replace(day, find=lambda now: [date(now.year + ahead, month, number)])


names["known"] = Alt(names["spelled"], names["numeric"])
names["weekday_day"] = rules(
    names,
    ("{dow} the? {known}", _with_weekday),
    ("{dow} {loose}", _agreeing),
    ("{dow} ( {known} )", _with_weekday),
    ("{known} ( {weekday} )", lambda day, which: _with_weekday(which, day)),
    ("{known} ,? {weekday}", lambda day, which: _with_weekday(which, day)),
    ("{dow} the {day_number}", _this_month),
    ("{dow} {day_nth}", _nearest),
    ("{dow} {day_digits} <not_more>", _nearest),
)
names["far"] = rules(
    names,
    ("{length} from_now|today", lambda far: far),
    ("in {length}", lambda far: far),
)
names["far_day"] = rules(
    names,
    ("{far}", lambda far: (_before(_TODAY, far, 1), far)),
    ("{length} after {known}", lambda far, of: (_before(of, far, 1), far)),
    ("{length} after {holiday}", lambda far, of: (_before(of, far, 1), far)),
)
names["far_weekday"] = rules(
    names,
    ("{weekday} ,? {far_day}", lambda which, far: _weekday_near(which, *far)),
    ("{far_day} ,? on {weekday}", lambda far, which: _weekday_near(which, *far)),
)
names["sided"] = rules(
    names,
    ("this {known}", lambda day: _side_year(day, 0)),
    ("next {known}", lambda day: _side_year(day, 1)),
    ("this {weekday_day}", lambda day: _side_year(day, 0) if day.month else None),
    ("next {weekday_day}", lambda day: _side_year(day, 0) if day.month else None),
    ("{today} ,? ( {known} )", lambda _, day: day),
    ("{today} ,? {known}", lambda _, day: day if day.year else None),
)


names["simple"] = Alt(
    names["sided"],
    names["far_weekday"],
    names["weekday_day"],
    names["known"],
    names["near"],
    names["counted"],
    rules(names, ("<sunny> {weekday}", weekday)),
)
names["on"] = said_before("on")
names["on_in"] = said_before("on", "in")
names["for"] = said_before("for")
day: Phrase = rules(
    names,
    ("{simple}", lambda found: found),
    ("{length} {after} {simple}", lambda far, sign, found: _before(found, far, sign)),
    ("{length} {after} {holiday}", lambda far, sign, found: _before(found, far, sign)),
    ("the day {after} {simple}", lambda sign, found: _before(found, ((1, "D"),), sign)),
    ("the day {after} {holiday}", lambda sign, found: _before(found, ((1, "D"),), sign)),
)
"""A day that is one wherever it is said, but for holidays."""
bare_day: Phrase = rules(
    names,
    ("the {day_number} <free>", lambda n: replace(month_day(n), weak=True)),
    ("{day_nth} <free>", lambda n: replace(month_day(n), weak=True)),
    ("{day_digits} <free>", lambda n: replace(month_day(n), weak=True)),
)
"""A number that is a day only beside a clock time, or after "on"."""
_DAY = {"day": day, "bare": bare_day, **names}
near_day: Phrase = rules(
    names,
    ("{known}", lambda found: found),
    ("{near}", lambda found: found),
    ("{weekday_day}", lambda found: found),
    ("<sunny> {weekday}", weekday),
)
"""A day that is not so many days away."""
lone_day: Phrase = rules(
    _DAY,
    ("{day}", lambda found: found),
    ("{holiday}", lambda found: found),
    ("<on_in> {loose}", lambda found: found),
    ("<on> {bare}", lambda found: found),
    ("<for> the {day_number} .? <sentence_ends>", month_day),
)
"""A day by itself."""

"""Single days in free English text: "oct. 2", "the day after tomorrow", "second friday of next month"."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from jingling.language.values.english_holidays import holiday
from jingling.language.values.english_length import length
from jingling.language.values.english_rules import (
    NUMBER_ENDS,
    Here,
    meanings,
    nothing_after,
    number_ends,
    rules,
    said_before,
)
from jingling.language.values.english_values import (
    Day,
    Length,
    add_months,
    around,
    calendar_day,
    clocked,
    in_week,
    month_day,
    moved,
    on,
    weekday,
)
from jingling.language.values.english_words import digits, full_year
from jingling.language.values.english_words import names as words
from jingling.language.values.phrases import Alt, Phrase, Words, Written

names = dict(words)
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
names["dow"] = rules(names, ("{weekday} .? ,? -?", int))
names["century_year"] = rules(names, ("{two_digits}", lambda n: full_year(n) if n > 31 else None))
names["in_year"] = rules(
    names,
    (",? {any_year}", int),
    ("of|in {any_year}", int),
    ("- {any_year}", int),
    (", of|in? {year_words}", int),
    ("of|in? {year_words}", int),
    ("of|, {two_digits}", full_year),
    ("{century_year}", int),
)


def _of(month: int, day: int, year: int | None = None) -> Day | None:
    return calendar_day(month, day, year)


def _day_first(day: int, month: int, year: int | None = None) -> Day | None:
    return calendar_day(month, day, year)


def _no_verb(words: Words, at: int) -> bool:
    """ "May" is a month where no verb follows it."""
    if words[at - 1].text != "may" or at >= len(words):
        return True
    return not words[at].text[0].isalpha() or words[at].text in _AFTER_MAY


_AFTER_MAY = frozenset(
    "to and until till til through for in on at with please of is was the from by before after between next this last"
    " or st nd rd th holidays morning afternoon evening night two nineteen twenty first".split()
)
names["may"] = Here(_no_verb)
names["month_"] = rules(names, ("{month} .?", int), ("{month} ,", int), ("{month} .? -|/", int))
names["spelled"] = rules(
    names,
    ("{month_} the? {day_number} {in_year}?", _of),
    ("{month_} the? {day_number} ~? / {any_year}", _of),
    ("{day_nth} -|/|.|,? day? of? {month} <may> .? {in_year}?", _day_first),
    ("{day_digits} -|/|.|,? day? of? {month} <may> .? {in_year}?", _day_first),
    ("{day_word} of? {month} <may> .? {in_year}?", _day_first),
    ("the {day_number} day? of? {month} <may> .? {in_year}?", _day_first),
    ("{day_digits} -|/ {month} -|/ {any_year}", _day_first),
    ("{day_digits} -|/ {month} -|/ {two_digits}", lambda d, m, y: calendar_day(m, d, full_year(y))),
    ("{any_year} -|/ {month} -|/ {day_digits}", lambda y, m, d: calendar_day(m, d, y)),
    ("{any_year} -|/ {day_digits} -|/ {month}", lambda y, d, m: calendar_day(m, d, y)),
    ("{month} -|/ {any_year} -|/ {day_digits}", lambda m, y, d: calendar_day(m, d, y)),
    ("{day_digits} -|/ {any_year} -|/ {month}", lambda d, y, m: calendar_day(m, d, y)),
)


def _written(first: int, second: int, year: int | None = None) -> Day | None:
    """American order unless only the other is possible."""
    return calendar_day(first, second, year) or calendar_day(second, first, year)


def _compact(found: str) -> Day | None:
    return calendar_day(int(found[4:6]), int(found[6:]), int(found[:4]))


names["part"] = digits(1, 31, r"\d{1,2}")
names["two"] = digits(0, 99, r"\d{2}")
names["short"] = rules(names, ("{two}", full_year))
names["run_on"] = Written(r"(?:19|20)\d{6}", lambda found: _compact(found.group()))
names["tail"] = NUMBER_ENDS
names["not_more"] = nothing_after("%", "/", "–", ".", "percent", "st", "nd", "rd", "th")
_numbers = [(f"{{part}} ~ {sep} ~ {{part}} ~ {sep} ~ {{any_year}}", _written) for sep in "/-."] + [
    (f"{{part}} ~ {sep} ~ {{part}} ~ {sep} ~ {{short}}", _written) for sep in "/-."
]
names["numeric"] = rules(
    names,
    *_numbers,
    ("{part} ~ / ~ {part} ,|in|of {any_year}", _written),
    ("{part} ~ / ~ {part} ~ , ~ {short} <tail>", _written),
    *((f"{{any_year}} ~ {sep} ~ {{part}} ~ {sep} ~ {{part}}", lambda y, m, d: _written(m, d, y)) for sep in "/-."),
    ("{any_year} {part} {part}", lambda y, m, d: calendar_day(m, d, y)),
    ("{run_on}", lambda day: day),
    ("{part} ~ / ~ {part} <tail>", _written),
)
names["loose"] = rules(names, ("{part} ~ .|- ~ {part} <tail>", _written))
"""Two numbers that are a day only where "on" or a weekday says so."""


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

    return Day(found, weekday=which, day=day, timex="XXXX-XX-%02d" % day)


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

    return on(find)


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
    return replace(on(lambda here: add_months(here.replace(day=1), months).replace(day=day)), day=day)


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


names["count"] = Alt(rules(words, ("{small}", int)), digits(1, 99, r"\d{1,2}"))
names["wds"] = Alt(words["weekday"], words["weekdays"])
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
names["relative"] = rules(
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
    ("the? last {weekday} of|in {month_ahead}", lambda which, months: _last_weekday(which, months)),
    (
        "the? {few_nth} {weekday} of|in? {month_ahead}",
        lambda nth, which, months: _nth_weekday(nth, which, lambda here: add_months(here.replace(day=1), months)),
    ),
    ("the? {few_nth} {weekday} of|in? {month} {in_year}?", _nth_in_month),
    ("{few_nth} week of {month} .? on {weekday}", _nth_week_day),
    ("the? {day_nth} day? of? {month_ahead}", _of_month),
    ("{length} {later} <no_anchor>", _from_now),
    ("in {length} <no_anchor>", lambda far: _from_now(far, 1)),
    ("in {length} time", lambda far: _from_now(far, 1)),
    ("{count} {wds} from now|later", lambda n, which: _weekdays_ahead(n, which)),
)


def _last_weekday(which: int, months: int) -> Day:
    def find(here: date) -> date:
        last = add_months(here.replace(day=1), months + 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - which) % 7)

    return on(find)


def _side_year(day: Day, ahead: int) -> Day:
    """This or next 5/12: in this year or the next."""
    month, number = day.month or 1, day.day or 1
    return replace(day, find=lambda now: [date(now.year + ahead, month, number)])


names["known"] = Alt(names["spelled"], names["numeric"])
names["weekday_day"] = rules(
    names,
    ("{dow} the? {known}", _with_weekday),
    ("{dow} {loose}", _with_weekday),
    ("{dow} ( {known} )", _with_weekday),
    ("{known} ( {weekday} )", lambda day, which: _with_weekday(which, day)),
    ("{known} ,? {weekday}", lambda day, which: _with_weekday(which, day)),
    ("{dow} the {day_number}", _this_month),
    ("{dow} {day_nth}", _nearest),
    ("{dow} {day_digits} <not_more>", _nearest),
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


def _sunny(words: Words, at: int) -> bool:
    """Not "the sun", not "sat" of someone sitting."""
    short = at < len(words) and words[at].text in ("sun", "sat", "wed")
    return not short or at == 0 or words[at - 1].text in _BEFORE_SUN or not words[at - 1].text[0].isalpha()


_BEFORE_SUN = frozenset(
    "on this next last every each of from to until till by before after for and or am pm night".split()
)
names["sunny"] = Here(_sunny)
names["simple"] = Alt(
    names["sided"],
    names["weekday_day"],
    names["known"],
    names["relative"],
    rules(names, ("<sunny> {weekday}", weekday)),
)
names["on"] = said_before("on")
names["on_in"] = said_before("on", "in")
names["for"] = said_before("for")
names["ends"] = Here(lambda words, at: at >= len(words) or words[at].text in ".,!?;")
names["free"] = Here(
    lambda words, at: number_ends(words, at) and (at >= len(words) or words[at].text not in _COUNTED)
)
day: Phrase = rules(
    names,
    ("{simple}", lambda found: found),
    ("{length} {after} {simple}", lambda far, sign, found: _before(found, far, sign)),
    ("{length} {after} {holiday}", lambda far, sign, found: _before(found, far, sign)),
)
"""A day that is one wherever it is said, but for holidays."""
_COUNTED = ("floor", "times", "time", "st", "nd", "rd", "th", ":", "/")
bare_day: Phrase = rules(names, ("the? {day_number} <free>", lambda n: replace(month_day(n), weak=True)))
"""A number that is a day only beside a clock time, or after "on"."""
_DAY = {"day": day, "bare": bare_day, **names}
lone_day: Phrase = rules(
    _DAY,
    ("{day}", lambda found: found),
    ("{holiday}", lambda found: found),
    ("<on_in> {loose}", lambda found: found),
    ("<on> {bare}", lambda found: found),
    ("<for> the {day_number} .? <ends>", lambda n: month_day(n)),
)
"""A day by itself."""

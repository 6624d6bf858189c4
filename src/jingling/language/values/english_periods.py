"""Stretches of time and repetitions in English. Chinese ones are in `chinese_periods.py`."""

from collections.abc import Sequence

from jingling.language.values import durations
from jingling.language.values import english_numbers as numbers
from jingling.language.values.english_numbers import ordinal_number
from jingling.language.values.english_times import (
    WHOLE_DIGITS,
    date,
    day,
    day_part,
    time,
    weekday,
)
from jingling.language.values.moments import (
    PART_HOURS,
    WEEKDAY_CODES,
    ClockTime,
    Day,
    Half,
    Moment,
    Period,
    Recurrence,
    Unit,
    in_half,
)
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Typed, Word, any_of, table

_to = Alt(Word("to"), Word("until"), Typed(any_of("till", "til", "through", "-")))
_the = Opt(Word("the"))
_on = Opt(Word("on"))
_units = table({"week": "week", "weekend": "weekend", "month": "month", "year": "year"})
_ahead = Alt(table({"this": 0, "next": 1, "last": -1}), Typed(table({"the coming": 1, "the": 0})))
_many: dict[str, Unit] = {"days": "day", "weeks": "week", "weekends": "weekend", "months": "month", "years": "year"}
_small = Alt(numbers.two_digits, WHOLE_DIGITS)
_timed = Alt(
    Seq(lambda _, on, __, at: Moment(day=on, clock=at), _on, day, Opt(Word("at")), time),
    Typed(Seq(lambda at, _, on: Moment(day=on, clock=at), time, _on, day)),
)
_end = Alt(Seq(lambda at: Moment(clock=at), time), Seq(lambda on: Moment(day=on), date), _timed)


def _clocks(start: ClockTime, end: ClockTime, on: Day | None = None) -> Period:
    return Period(start=Moment(day=on, clock=start), end=Moment(clock=end))


_between_clocks = Alt(
    Seq(lambda _, a, __, b: (a, b), Word("from"), time, _to, time),
    Seq(lambda _, a, __, b: (a, b), Word("between"), time, Word("and"), time),
    Typed(Seq(lambda a, _, b: (a, b), time, _to, time)),
)
_between_days = Alt(
    Seq(lambda _, a, __, b: Period(start=Moment(day=a), end=Moment(day=b)), Opt(Word("from")), day, _to, day),
    Seq(lambda _, a, __, b: Period(start=Moment(day=a), end=Moment(day=b)), Word("between"), day, Word("and"), day),
)
period: Phrase = Alt(
    Seq(lambda ahead, unit: Period(unit=unit, ahead=ahead), _ahead, _units),
    Seq(
        lambda _, __, count, unit: Period(unit=unit, ahead=0 if unit == "day" else 1, count=count),
        *(_the, Word("next"), _small, table(_many)),
    ),
    Seq(lambda clocks: _clocks(*clocks), _between_clocks),
    Seq(lambda clocks, _, on: _clocks(clocks[0], clocks[1], on), _between_clocks, _on, day),
    Seq(lambda _, on, clocks: _clocks(clocks[0], clocks[1], on), _on, day, _between_clocks),
    _between_days,
    Typed(Seq(lambda _, a, __, b: Period(start=a, end=b), Word("from"), _timed, _to, _end)),
    Typed(
        Seq(
            lambda _, at, __, seconds: Period(start=Moment(clock=at), length_s=seconds),
            *(Word("from"), time, Word("for"), durations.english),
        )
    ),
    Seq(lambda _, part: Period(day=part[0], half=part[1]), _on, day_part),
)
"""From two to four, this weekend, next week, between monday and friday, tomorrow morning."""


def _weekly(days: Sequence[int], every: int = 1) -> str:
    interval = f"INTERVAL={every};" if every > 1 else ""
    return f"FREQ=WEEKLY;{interval}BYDAY={','.join(WEEKDAY_CODES[one] for one in sorted(set(days)))}"


_plural = table(
    {"mondays": 0, "tuesdays": 1, "wednesdays": 2, "thursdays": 3, "fridays": 4, "saturdays": 5, "sundays": 6}
)

_weekdays = Alt(weekday, Typed(_plural))


def _list_of(one: Phrase) -> Phrase:
    """One to three weekdays: "monday", "monday and thursday", "monday wednesday and friday"."""
    more = Opt(Word("and"))
    return Alt(
        Seq(lambda a: (a,), one),
        Seq(lambda a, _, b: (a, b), one, more, one),
        Typed(Seq(lambda a, _, b, __, c: (a, b, c), one, more, one, more, one)),
        Typed(Seq(lambda a, _, b, __, c, ___, d: (a, b, c, d), one, more, one, more, one, more, one)),
    )


_every = Alt(Word("every"), Typed(any_of("each", "every single")))
_freq = {
    "minute": "MINUTELY",
    "hour": "HOURLY",
    "day": "DAILY",
    "week": "WEEKLY",
    "month": "MONTHLY",
    "year": "YEARLY",
}
_one_unit = table(_freq)
_some_units = Alt(table({unit + "s": freq for unit, freq in _freq.items()}), Typed(_one_unit))
_WORKDAYS, _WEEKEND = _weekly(range(5)), _weekly((5, 6))


def _each(freq: str, every: int) -> str | None:
    return f"FREQ={freq};INTERVAL={every}" if every > 1 else f"FREQ={freq}" if every == 1 else None


_rule = Alt(
    Seq(lambda _, freq: f"FREQ={freq}", _every, _one_unit),
    Seq(
        lambda _, __, freq: f"FREQ={freq};INTERVAL=2", _every, Alt(Word("other"), Typed(Word("second"))), _one_unit
    ),
    Seq(lambda _, n, freq: _each(freq, n), _every, _small, _some_units),
    Seq(lambda _, rule: rule, _every, table({"weekday": _WORKDAYS, "weekend": _WEEKEND})),
    Typed(Seq(lambda _, rule: rule, _every, table({"workday": _WORKDAYS, "working day": _WORKDAYS}))),
    Seq(lambda _, rule: rule, _on, table({"weekdays": _WORKDAYS, "weekends": _WEEKEND})),
    Seq(lambda _, days: _weekly(days), _every, _list_of(_weekdays)),
    Seq(lambda _, __, on: _weekly((on,), 2), _every, Alt(Word("other"), Typed(Word("second"))), weekday),
    Seq(lambda _, days: _weekly(days), _on, _list_of(_plural)),
    Seq(
        lambda _, n, *__: f"FREQ=MONTHLY;BYMONTHDAY={n}" if n <= 31 else None,
        *(Word("the"), ordinal_number, Alt(Word("of"), Typed(Word("on"))), _every, Word("month")),
    ),
    table({"daily": "FREQ=DAILY", "weekly": "FREQ=WEEKLY", "monthly": "FREQ=MONTHLY", "hourly": "FREQ=HOURLY"}),
    Typed(
        table(
            {
                "everyday": "FREQ=DAILY",
                "yearly": "FREQ=YEARLY",
                "annually": "FREQ=YEARLY",
                "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
                "once a day": "FREQ=DAILY",
                "once a week": "FREQ=WEEKLY",
                "once a month": "FREQ=MONTHLY",
            }
        )
    ),
)
_parts = table({"morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night"})


def _in_part(half: Half, clock: ClockTime | None) -> Recurrence | None:
    found = in_half(clock, half) if clock else ClockTime(PART_HOURS[half], sure=True)
    return Recurrence("FREQ=DAILY", found) if found else None


_at = Opt(Word("at"))
recurrence: Phrase = Alt(
    Seq(Recurrence, _rule),
    Seq(lambda rule, _, at: Recurrence(rule, at), _rule, _at, time),
    Seq(lambda _, at, rule: Recurrence(rule, at), _at, time, _rule),
    Seq(lambda _, half, __, at: _in_part(half, at), _every, _parts, _at, time),
    Seq(lambda _, half: _in_part(half, None), _every, _parts),
)
"""Every weekday at seven, every monday and thursday, every other day, daily at nine, every 15 minutes."""

"""Clock times, days and moments in English. Chinese ones are in `chinese_times.py`."""

import re
from typing import Any

from jingling.language.values import durations
from jingling.language.values import english_numbers as numbers
from jingling.language.values.english_numbers import DIGITS, one_to_nine, ordinal_number
from jingling.language.values.moments import PART_HOURS, ClockTime, Day, Half, Moment, in_half
from jingling.language.values.phrases import (
    Alt,
    Opt,
    Phrase,
    Seq,
    Typed,
    Word,
    Written,
    any_of,
    numbers_to,
    table,
    text,
)

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)


def clock(hour: int, minute: int = 0, second: int = 0) -> ClockTime | None:
    """A time on either clock: above twelve, and 0, it is sure."""
    if not (0 <= hour <= 24 and 0 <= minute < 60 and 0 <= second < 60) or (hour == 24 and minute):
        return None
    return ClockTime(hour, minute, second, sure=not 1 <= hour <= 12)


def _written_clock(found: re.Match[str]) -> ClockTime | None:
    hour, minute, second = found.groups()
    read = clock(int(hour), int(minute), int(second or 0))
    if read and len(hour) == 2 and hour[0] == "0":
        return ClockTime(read.hour, read.minute, read.second, sure=True)
    return read


def _written_date(found: re.Match[str]) -> Day:
    year, month, day = (int(part) for part in found.groups())
    return Day(year=year, month=month, day=day)


WRITTEN_CLOCK = Written(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", _written_clock)
WRITTEN_DATE = Written(r"(\d{4})-(\d{1,2})-(\d{1,2})", _written_date)
WHOLE_DIGITS = Written(r"\d{1,4}", lambda found: int(found.group()))
_DOTTED_CLOCK = Written(r"(\d{1,2})\.(\d{2})()", _written_clock)


def _on_hour(hour: int, minute: int = 0) -> ClockTime | None:
    return clock(hour, minute)


_hour = Alt(
    numbers_to(1, 12, "en"),
    WHOLE_DIGITS,
)
_minute_word = Alt(
    numbers_to(10, 59, "en"),
    Seq(lambda _, n: n, Word("oh"), one_to_nine),
    Typed(Seq(lambda _, n: n, Word("o"), one_to_nine)),
)
_minutes_by = Alt(
    Seq(
        lambda n, _: n if 0 < n < 60 else None,
        Alt(numbers.two_digits, WHOLE_DIGITS),
        Opt(any_of("minutes", "minute")),
    ),
    Seq(lambda _, n: n, Opt(Word("a")), Word("quarter", 15)),
    Word("half", 30),
)


def _past(minutes: int, _: Any, hour: int) -> ClockTime | None:
    return _on_hour(hour, minutes)


def _before(minutes: int, _: Any, hour: int) -> ClockTime | None:
    if minutes == 30 or not 0 < hour <= 24:
        return None
    return clock(hour - 1 if hour > 1 else 12, 60 - minutes)


_long_hour = Typed(Seq(lambda n: n if 12 < n < 24 else None, numbers.two_digits))
_plain_clock = Alt(
    Seq(_on_hour, _hour),
    Seq(lambda hour, _: _on_hour(hour), _hour, any_of("o'clock", "sharp")),
    Typed(Seq(lambda hour, *_: _on_hour(hour), _hour, Word("o"), Word("clock"))),
    Seq(_on_hour, Alt(_hour, _long_hour), _minute_word),
    Seq(_past, _minutes_by, Alt(Word("past"), Word("after")), _hour),
    Seq(_before, _minutes_by, Alt(Word("to"), Word("till"), Word("before"), Word("of")), _hour),
    Typed(Seq(lambda _, hour: _on_hour(hour, 30), Word("half"), _hour)),
    Typed(Seq(lambda hour, _, __: _on_hour(hour), Alt(_hour, _long_hour), Word("hundred"), Opt(Word("hours")))),
    WRITTEN_CLOCK,
    _DOTTED_CLOCK,
)
_halves: dict[str, Half] = {
    "am": "morning",
    "a m": "morning",
    "in the morning": "morning",
    "this morning": "morning",
    "pm": "evening",
    "p m": "evening",
    "in the afternoon": "afternoon",
    "this afternoon": "afternoon",
    "in the evening": "evening",
    "this evening": "evening",
    "at night": "night",
    "tonight": "night",
}


def _am_pm(clock_time: ClockTime, half: str) -> ClockTime | None:
    """Noon and midnight need care: twelve am is 0:00 and twelve pm is 12:00."""
    if half in ("am", "a m", "pm", "p m") and clock_time.hour == 12:
        hour = 0 if half.startswith("a") else 12
        return ClockTime(hour, clock_time.minute, clock_time.second, sure=True)
    return in_half(clock_time, _halves[half])


_named_clock = Alt(
    *(text(words, ClockTime(12, sure=True)) for words in ("noon", "midday")),
    text("midnight", ClockTime(24, sure=True)),
)
time: Phrase = Alt(_plain_clock, Seq(_am_pm, _plain_clock, any_of(*_halves)), _named_clock)

_near = table({"today": 0, "tomorrow": 1, "the day after tomorrow": 2})
_month = table({name: n for n, name in enumerate(_MONTHS, 1)})
weekday = table({name: n for n, name in enumerate(_WEEKDAYS)})
_day_number = Alt(Seq(lambda n: n if n <= 31 else None, ordinal_number), Typed(numbers.two_digits), WHOLE_DIGITS)
_year = Typed(Opt(Seq(lambda n: n if n >= 2000 else None, WHOLE_DIGITS)))


def _in_month(month: int, day: int, year: int | None = None) -> Day | None:
    return Day(month=month, day=day, year=year) if 1 <= day <= 31 else None


_on = Opt(Word("on"))
_the = Opt(Word("the"))
day: Phrase = Alt(
    Seq(lambda n: Day(ahead=n), _near),
    Seq(lambda n: Day(weekday=n), weekday),
    Seq(lambda _, n: Day(weekday=n), Word("this"), weekday),
    Seq(lambda _, n: Day(weekday=n, weeks=1), Word("next"), weekday),
    Typed(Seq(lambda _, n: Day(weekday=n), Word("coming"), weekday)),
    Typed(Seq(lambda n, *_: Day(weekday=n, weeks=1), weekday, Word("next"), Word("week"))),
    Seq(lambda month, _, number, year: _in_month(month, number, year), _month, _the, _day_number, _year),
    Seq(
        lambda _, number, __, month, year: _in_month(month, number, year),
        _the,
        _day_number,
        Opt(Word("of")),
        _month,
        _year,
    ),
    Seq(lambda _, number: Day(day=number), Word("the"), Seq(lambda n: n if n <= 31 else None, ordinal_number)),
    Typed(
        Seq(
            lambda _, n, unit: Day(ahead=int(n) * unit) if n == int(n) else None,
            Word("in"),
            Alt(numbers.whole, DIGITS, Word("a", 1)),
            table({"day": 1, "days": 1, "week": 7, "weeks": 7}),
        )
    ),
    Typed(text("next week", Day(ahead=7))),
    WRITTEN_DATE,
)
date: Phrase = Seq(lambda _, found: found, _on, day)

_part = Alt(table({"morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night"}))
day_part = Alt(
    Seq(lambda on, half: (on, half), day, _part),
    Seq(
        lambda half: (Day(ahead=0), half),
        table(
            {
                "tonight": "night",
                "this morning": "morning",
                "this afternoon": "afternoon",
                "this evening": "evening",
            }
        ),
    ),
)


def _with_part(on: tuple[Day, Half], _: Any, clock_time: ClockTime) -> Moment | None:
    found = in_half(clock_time, on[1])
    return Moment(day=on[0], clock=found) if found else None


_at = Opt(Word("at"))
moment: Phrase = Alt(
    Seq(lambda _, seconds: Moment(after_s=seconds), Word("in"), durations.english),
    Typed(Seq(lambda seconds, *_: Moment(after_s=seconds), durations.english, any_of("from now", "later"))),
    Seq(lambda _, at: Moment(clock=at), _at, time),
    Seq(lambda _, on, __, at: Moment(day=on, clock=at), _on, day, _at, time),
    Seq(lambda _, at, __, on: Moment(day=on, clock=at), _at, time, _on, day),
    Seq(_with_part, day_part, _at, _plain_clock),
    Seq(lambda _, at, on: _with_part(on, None, at), _at, _plain_clock, day_part),
    Seq(lambda _, on: Moment(day=on[0], part=PART_HOURS[on[1]]), _on, day_part),
    Seq(lambda on: Moment(day=on), date),
)

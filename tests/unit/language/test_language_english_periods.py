"""What is said for stretches of time and repetitions in English, and what the slot then holds."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.language.text import even
from jingling.language.values.find import parse
from jingling.language.values.spelling import spell

BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY_NINE = datetime(2026, 11, 22, 9, 0, tzinfo=BERLIN)

PERIODS = [
    ("from two to four", "2026-11-22T14:00:00+01:00", "2026-11-22T16:00:00+01:00"),
    ("between two and four pm", "2026-11-22T14:00:00+01:00", "2026-11-22T16:00:00+01:00"),
    ("from eleven pm to three", "2026-11-22T23:00:00+01:00", "2026-11-23T03:00:00+01:00"),
    ("tomorrow from nine to half past ten", "2026-11-23T09:00:00+01:00", "2026-11-23T10:30:00+01:00"),
    ("from nine for two hours", "2026-11-22T21:00:00+01:00", "2026-11-22T23:00:00+01:00"),
    ("from friday at six to sunday at noon", "2026-11-27T06:00:00+01:00", "2026-11-29T12:00:00+01:00"),
    ("this weekend", "2026-11-21T00:00:00+01:00", "2026-11-23T00:00:00+01:00"),
    ("next week", "2026-11-23T00:00:00+01:00", "2026-11-30T00:00:00+01:00"),
    ("next month", "2026-12-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00"),
    ("the next three days", "2026-11-22T00:00:00+01:00", "2026-11-25T00:00:00+01:00"),
    ("between monday and friday", "2026-11-23T00:00:00+01:00", "2026-11-28T00:00:00+01:00"),
    ("from december 24th to january 2nd", "2026-12-24T00:00:00+01:00", "2027-01-03T00:00:00+01:00"),
    ("tomorrow morning", "2026-11-23T06:00:00+01:00", "2026-11-23T12:00:00+01:00"),
    ("tonight", "2026-11-22T21:00:00+01:00", "2026-11-23T00:00:00+01:00"),
]
RECURRENCES = [
    ("every weekday at seven", {"rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "at": "07:00"}),
    ("every monday and thursday at half past six", {"rule": "FREQ=WEEKLY;BYDAY=MO,TH", "at": "06:30"}),
    ("every thursday and monday", {"rule": "FREQ=WEEKLY;BYDAY=MO,TH"}),
    ("on saturdays at 7 pm", {"rule": "FREQ=WEEKLY;BYDAY=SA", "at": "19:00"}),
    ("every other day", {"rule": "FREQ=DAILY;INTERVAL=2"}),
    ("every other friday at noon", {"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "at": "12:00"}),
    ("daily at nine", {"rule": "FREQ=DAILY", "at": "09:00"}),
    ("at three every day", {"rule": "FREQ=DAILY", "at": "15:00"}),
    ("every 15 minutes", {"rule": "FREQ=MINUTELY;INTERVAL=15"}),
    ("every two weeks", {"rule": "FREQ=WEEKLY;INTERVAL=2"}),
    ("every evening", {"rule": "FREQ=DAILY", "at": "19:00"}),
    ("every morning at six", {"rule": "FREQ=DAILY", "at": "06:00"}),
    ("the first of every month", {"rule": "FREQ=MONTHLY;BYMONTHDAY=1"}),
    ("every zero minutes", None),
]


@pytest.mark.parametrize(("said", "start", "end"), PERIODS)
def test_a_stretch_of_time_has_a_start_and_an_end(said: str, start: str, end: str) -> None:
    assert parse("period", even(said), "en", SUNDAY_NINE) == {"start": start, "end": end}


@pytest.mark.parametrize(("said", "value"), RECURRENCES)
def test_a_repetition_is_a_rule_and_a_time(said: str, value: object) -> None:
    assert parse("recurrence", even(said), "en", SUNDAY_NINE) == value


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("tomorrow at three", "2026-11-23T15:00:00+01:00"),
        ("friday at five", "2026-11-27T17:00:00+01:00"),
        ("tomorrow at six", "2026-11-23T06:00:00+01:00"),
        ("tomorrow at twelve", "2026-11-23T12:00:00+01:00"),
        ("tomorrow morning at three", "2026-11-23T03:00:00+01:00"),
    ],
)
def test_a_time_of_another_day_is_in_the_waking_half(said: str, when: str) -> None:
    assert parse("datetime", even(said), "en", SUNDAY_NINE) == when


def test_a_period_across_the_change_to_summer_time_begins_after_the_gap() -> None:
    saturday = datetime(2027, 3, 27, 22, 0, tzinfo=BERLIN)
    period = parse("period", "tomorrow from half past two am to four am", "en", saturday)
    assert period == {"start": "2027-03-28T03:30:00+02:00", "end": "2027-03-28T04:00:00+02:00"}


def test_a_period_across_the_end_of_summer_time_is_as_long_as_it_really_is() -> None:
    saturday = datetime(2026, 10, 24, 22, 0, tzinfo=BERLIN)
    period = parse("period", "tomorrow from two am to four am", "en", saturday)
    assert period == {"start": "2026-10-25T02:00:00+02:00", "end": "2026-10-25T04:00:00+01:00"}


@given(st.integers(1, 12), st.integers(1, 12), st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))
def test_a_stretch_of_hours_is_to_come_and_shorter_than_a_day(first: int, last: int, now: datetime) -> None:
    here = now.replace(tzinfo=BERLIN)
    found = parse("period", f"from {spell(first, 'en')} to {spell(last, 'en')}", "en", here)
    start, end = (datetime.fromisoformat(found[name]) for name in ("start", "end"))
    assert here < start < end
    assert (end - start).total_seconds() <= 13 * 3600

"""Dates and times found in free English text."""

import time
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingling.language.values.free_english_dates import recognize
from jingling.language.values.spelling import spell

MONDAY = datetime(2026, 11, 23, 16, 12)


def found(text: str, kind: str | None = None) -> list[tuple[str, str, list[str]]]:
    return [
        (one.kind, one.text, [" ".join(values.values()) for values in one.resolutions])
        for one in recognize(text, MONDAY, kind)
    ]


SAID = [
    ("we met on 2 oct", "date", "2 oct", ["2026-10-02", "2027-10-02"]),
    ("see you the day after tomorrow", "date", "the day after tomorrow", ["2026-11-25"]),
    ("the second friday of next month is fine", "date", "the second friday of next month", ["2026-12-11"]),
    ("it was three weeks ago", "date", "three weeks ago", ["2026-11-02"]),
    ("on 31/12/2026, please", "date", "31/12/2026", ["2026-12-31"]),
    ("back for easter 2027", "date", "easter 2027", ["2027-03-28"]),
    ("come at half past seven", "time", "half past seven", ["07:30:00", "19:30:00"]),
    ("ring me at 5:45 p.m.", "time", "5:45 p.m.", ["17:45:00"]),
    ("tomorrow at 8", "datetime", "tomorrow at 8", ["2026-11-24 08:00:00", "2026-11-24 20:00:00"]),
    ("in 20 minutes", "datetime", "in 20 minutes", ["2026-11-23 16:32:00"]),
    ("tonight around 9", "datetime", "tonight around 9", ["2026-11-23 21:00:00"]),
    ("i am away next week", "daterange", "next week", ["2026-11-30 2026-12-07"]),
    (
        "from 4 to 9 december",
        "daterange",
        "from 4 to 9 december",
        ["2025-12-04 2025-12-09", "2026-12-04 2026-12-09"],
    ),
    ("before friday", "daterange", "before friday", ["2026-11-20", "2026-11-27"]),
    ("q3 2025 was good", "daterange", "q3 2025", ["2025-07-01 2025-10-01"]),
    ("from 5 to 6pm", "timerange", "from 5 to 6pm", ["17:00:00 18:00:00"]),
    ("late in the afternoon", "timerange", "late in the afternoon", ["14:00:00 16:00:00"]),
    (
        "tomorrow from 3 to 4pm",
        "datetimerange",
        "tomorrow from 3 to 4pm",
        ["2026-11-24 15:00:00 2026-11-24 16:00:00"],
    ),
    ("it takes an hour and a half", "duration", "an hour and a half", ["5400"]),
    ("every monday at 4pm", "set", "every monday at 4pm", ["XXXX-WXX-1T16"]),
]


@pytest.mark.parametrize(("text", "kind", "said", "values"), SAID)
def test_what_is_said_of_time_is_found(text: str, kind: str, said: str, values: list[str]) -> None:
    assert found(text) == [(kind, said, values)]


@pytest.mark.parametrize(
    "text",
    [
        "you may go",
        "the sun is bright",
        "it costs $12",
        "37.5 percent",
        "two to four people",
        "call 138-2010-2015",
        "good night",
        "a 4:3 screen",
    ],
)
def test_what_only_looks_like_a_time_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_several_are_found_in_their_order() -> None:
    kinds = [kind for kind, *_ in found("30 minutes on friday or the 3rd of may at noon")]
    assert kinds == ["duration", "date", "datetime"]


def test_one_kind_can_be_asked_for() -> None:
    assert found("friday at noon", "Date") == [("date", "friday", ["2026-11-20", "2026-11-27"])]
    assert found("friday at noon", "Time") == [("time", "noon", ["12:00:00"])]


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["%B {0}, %Y", "{0} %b %Y", "%Y-%m-%d", "%m/%d/%Y"]),
)
def test_a_written_date_is_read_back(day: date, form: str) -> None:
    written = day.strftime(form).format(day.day)
    assert [one.resolutions for one in recognize(written, MONDAY)] == [({"value": day.isoformat()},)]


@given(st.integers(1, 12), st.integers(0, 59), st.sampled_from(["am", "pm"]))
def test_a_spelled_time_is_read_back(hour: int, minute: int, half: str) -> None:
    minutes = "" if not minute else f" {'oh ' if minute < 10 else ''}{spell(minute, 'en')}"
    expected = f"{hour % 12 + 12 * (half == 'pm'):02d}:{minute:02d}:00"
    one = recognize(f"{spell(hour, 'en')}{minutes} {half}", MONDAY)
    assert [values.resolutions for values in one] == [({"value": expected},)]


@given(st.integers(1, 99), st.sampled_from([("second", 1), ("minute", 60), ("hour", 3600), ("day", 86_400)]))
def test_a_spelled_length_is_read_back(count: int, unit: tuple[str, int]) -> None:
    name, seconds = unit
    one = recognize(f"{spell(count, 'en')} {name}s", MONDAY, "Duration")
    assert [values.resolutions for values in one] == [({"value": str(count * seconds)},)]


@given(st.integers(1, 400), st.sampled_from(["days", "weeks"]))
def test_so_long_ago_and_from_now_are_as_far_away(count: int, unit: str) -> None:
    far = timedelta(**{unit: count})
    for said, when in (("ago", MONDAY - far), ("from now", MONDAY + far)):
        assert found(f"{count} {unit} {said}") == [("date", f"{count} {unit} {said}", [when.date().isoformat()])]


SOUP = (
    "the of to in at on from and between 3 12 2016 monday may march second first next last week month year - / ."
    " , : am every before after two twenty hours half quarter past morning tomorrow now 10/11 7:30 q1 since an"
    " hour's ( )"
)


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(SOUP.split()), max_size=120).map(" ".join)))
def test_no_text_crashes_or_takes_long(text: str) -> None:
    for one in recognize(text, MONDAY):
        assert text[one.start : one.end] == one.text
        assert one.resolutions
    start = time.process_time()
    recognize(text, MONDAY)
    assert time.process_time() - start < 0.05

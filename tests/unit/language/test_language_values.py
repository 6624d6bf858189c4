"""What is said for numbers, times and the like, and what the slot then holds."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.core.turn import Language
from jingling.language.text import even
from jingling.language.values.find import find, parse
from jingling.language.values.spelling import spell, ways

BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY_NINE = datetime(2026, 11, 22, 9, 0, tzinfo=BERLIN)

SAID: list[tuple[Language, str, str, object]] = [
    ("en", "number", "forty two", 42),
    ("en", "number", "forty-two", 42),
    ("en", "number", "two and a half", 2.5),
    ("en", "number", "one hundred and five", 105),
    ("en", "number", "twenty seven hundred", 2700),
    ("en", "number", "three point one four", 3.14),
    ("en", "number", "minus five", -5),
    ("en", "number", "1,000", 1000),
    ("en", "number", "half", 0.5),
    ("zh", "number", "四十二", 42),
    ("zh", "number", "两百零五", 205),
    ("zh", "number", "二百五", 250),
    ("zh", "number", "一万两千三", 12300),
    ("zh", "number", "半", 0.5),
    ("zh", "number", "三点一四", 3.14),
    ("zh", "number", "３０", 30),
    ("en", "percentage", "thirty percent", 30),
    ("en", "percentage", "30%", 30),
    ("en", "percentage", "150%", None),
    ("en", "percentage", "half", 50),
    ("zh", "percentage", "百分之三十", 30),
    ("zh", "percentage", "三成", 30),
    ("zh", "percentage", "一半", 50),
    ("zh", "percentage", "百分之百", 100),
    ("en", "temperature", "twenty one and a half degrees", 21.5),
    ("en", "temperature", "twenty one degrees and a half", 21.5),
    ("en", "temperature", "21.5 °C", 21.5),
    ("en", "temperature", "seventy degrees fahrenheit", 70),
    ("en", "temperature", "five degrees below zero", -5),
    ("zh", "temperature", "二十一度半", 21.5),
    ("zh", "temperature", "二十六摄氏度", 26),
    ("zh", "temperature", "零下五度", -5),
    ("en", "color", "light blue", "lightblue"),
    ("en", "color", "grey", "gray"),
    ("zh", "color", "红色", "red"),
    ("zh", "color", "天蓝", "skyblue"),
    ("en", "duration", "an hour and a half", 5400),
    ("en", "duration", "90 seconds", 90),
    ("en", "duration", "two hours and five minutes", 7500),
    ("en", "duration", "half an hour", 1800),
    ("en", "duration", "1h30m", 5400),
    ("en", "duration", "zero minutes", None),
    ("zh", "duration", "一个半小时", 5400),
    ("zh", "duration", "三分钟三十秒", 210),
    ("zh", "duration", "两个半小时", 9000),
    ("zh", "duration", "半小时", 1800),
    ("zh", "duration", "一刻钟", 900),
    ("zh", "duration", "一小时零五分钟", 3900),
    ("en", "time", "half past seven", "07:30"),
    ("en", "time", "quarter to nine pm", "20:45"),
    ("en", "time", "seven thirty in the morning", "07:30"),
    ("en", "time", "twelve thirty p.m.", "12:30"),
    ("en", "time", "midnight", "00:00"),
    ("en", "time", "25:00", None),
    ("zh", "time", "晚上七点半", "19:30"),
    ("zh", "time", "十二点一刻", "12:15"),
    ("zh", "time", "早上六点十五分", "06:15"),
    ("zh", "time", "差五分八点", "07:55"),
    ("zh", "time", "中午一点", "13:00"),
    ("zh", "time", "凌晨两点", "02:00"),
    ("en", "datetime", "tomorrow at six", "2026-11-23T06:00:00+01:00"),
    ("en", "datetime", "in two hours", "2026-11-22T11:00:00+01:00"),
    ("en", "datetime", "on friday at nine", "2026-11-27T09:00:00+01:00"),
    ("en", "datetime", "at seven", "2026-11-22T19:00:00+01:00"),
    ("en", "datetime", "at ten", "2026-11-22T10:00:00+01:00"),
    ("en", "datetime", "sunday at eight am", "2026-11-29T08:00:00+01:00"),
    ("en", "datetime", "7:30 pm tomorrow", "2026-11-23T19:30:00+01:00"),
    ("en", "datetime", "tonight at eight", "2026-11-22T20:00:00+01:00"),
    ("en", "datetime", "november 31st at noon", None),
    ("zh", "datetime", "明天早上六点", "2026-11-23T06:00:00+01:00"),
    ("zh", "datetime", "后天下午三点", "2026-11-24T15:00:00+01:00"),
    ("zh", "datetime", "半小时后", "2026-11-22T09:30:00+01:00"),
    ("zh", "datetime", "今晚十二点", "2026-11-23T00:00:00+01:00"),
    ("zh", "datetime", "下周五早上八点", "2026-11-27T08:00:00+01:00"),
    ("en", "date", "next friday", "2026-11-27"),
    ("en", "date", "the twenty fifth of december", "2026-12-25"),
    ("en", "date", "february 29th", "2028-02-29"),
    ("zh", "date", "下周五", "2026-11-27"),
    ("zh", "date", "大后天", "2026-11-25"),
    ("zh", "date", "十二月二十五号", "2026-12-25"),
    ("en", "ordinal", "the second one", 2),
    ("en", "ordinal", "number three", 3),
    ("zh", "ordinal", "第二个", 2),
]


@pytest.mark.parametrize(("language", "name", "said", "value"), SAID)
def test_what_is_said_becomes_the_value(language: Language, name: str, said: str, value: object) -> None:
    assert parse(name, even(said), language, SUNDAY_NINE) == value


@given(st.integers(0, 999_999_999), st.sampled_from(["en", "zh"]))
def test_a_number_in_words_is_read_back(number: int, language: Language) -> None:
    for said in ways(number, language):
        assert parse("number", said, language, SUNDAY_NINE) == number


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59), st.sampled_from(["en", "zh"]))
def test_a_duration_in_words_is_read_back(hours: int, minutes: int, seconds: int, language: Language) -> None:
    units = ("hours", "minutes", "seconds") if language == "en" else ("小时", "分钟", "秒")
    parts = [
        spell(n, language) + apart(language) + unit
        for n, unit in zip((hours, minutes, seconds), units, strict=True)
        if n
    ]
    expected = hours * 3600 + minutes * 60 + seconds
    assert parse("duration", apart(language).join(parts), language, SUNDAY_NINE) == (expected or None)


@given(st.integers(1, 12), st.integers(0, 59), st.booleans())
def test_an_english_clock_time_is_read_back(hour: int, minute: int, after_noon: bool) -> None:
    minutes = "" if minute == 0 else f"{'oh ' if minute < 10 else ''}{spell(minute, 'en')} "
    said = f"{spell(hour, 'en')} {minutes}{'pm' if after_noon else 'am'}"
    assert parse("time", said, "en", SUNDAY_NINE) == f"{hour % 12 + 12 * after_noon:02d}:{minute:02d}"


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_chinese_clock_time_is_read_back(hour: int, minute: int) -> None:
    minutes = "" if minute == 0 else f"{'零' if minute < 10 else ''}{spell(minute, 'zh')}分"
    assert parse("time", f"{spell(hour, 'zh')}点{minutes}", "zh", SUNDAY_NINE) == f"{hour:02d}:{minute:02d}"


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    st.integers(1, 12),
    st.sampled_from([("at {}", "en"), ("{}点", "zh")]),
)
def test_a_time_without_its_half_of_the_day_is_the_next_to_come(
    now: datetime, hour: int, form: tuple[str, Language]
) -> None:
    now = now.replace(tzinfo=UTC)
    template, language = form
    found = datetime.fromisoformat(parse("datetime", template.format(spell(hour, language)), language, now))
    assert now < found <= now + timedelta(hours=12)
    assert found.hour % 12 == hour % 12


def test_a_time_that_summer_time_skips_comes_after_the_gap() -> None:
    saturday = datetime(2027, 3, 27, 22, 0, tzinfo=BERLIN)
    assert parse("datetime", "tomorrow at half past two am", "en", saturday) == "2027-03-28T03:30:00+02:00"


def test_hours_from_now_are_real_hours_across_the_end_of_summer_time() -> None:
    evening = datetime(2026, 10, 24, 23, 0, tzinfo=BERLIN)
    assert parse("datetime", "in six hours", "en", evening) == "2026-10-25T04:00:00+01:00"


def test_values_are_found_where_they_stand() -> None:
    found = find("set it to forty percent in ten minutes", "en", SUNDAY_NINE)
    assert ("forty percent", 40) in found["percentage"]
    assert ("ten minutes", 600) in found["duration"]
    assert ("in ten minutes", "2026-11-22T09:10:00+01:00") in found["datetime"]


def apart(language: Language) -> str:
    return " " if language == "en" else ""

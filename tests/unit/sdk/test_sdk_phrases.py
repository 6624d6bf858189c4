from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.sdk import phrases

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [
        (125, "2 minutes and 5 seconds", "2分5秒"),
        (1, "1 second", "1秒"),
        (60, "1 minute", "1分钟"),
        (5400, "1 hour and 30 minutes", "1小时30分钟"),
        (3723, "1 hour, 2 minutes and 3 seconds", "1小时2分3秒"),
        (90_000, "1 day and 1 hour", "1天1小时"),
        (299.6, "5 minutes", "5分钟"),
        (0.2, "0 seconds", "0秒"),
    ],
)
def test_lengths(seconds, en, zh):
    assert phrases.duration(seconds, "en") == en
    assert phrases.duration(seconds, "zh") == zh


@given(st.integers(1, 30 * 86_400))
def test_no_two_lengths_are_said_alike(seconds):
    for language in ("en", "zh"):
        assert phrases.duration(seconds, language) != phrases.duration(seconds + 1, language)


@pytest.mark.parametrize(
    ("at", "en", "zh"),
    [
        (time(0, 0), "midnight", "凌晨0点"),
        (time(0, 5), "12:05 AM", "凌晨0点05分"),
        (time(7, 0), "7 AM", "早上7点"),
        (time(9, 5), "9:05 AM", "上午9点05分"),
        (time(12, 0), "noon", "中午12点"),
        (time(12, 30), "12:30 PM", "中午12点半"),
        (time(15, 20), "3:20 PM", "下午3点20分"),
        (time(19, 30), "7:30 PM", "晚上7点半"),
    ],
)
def test_times_of_day(at, en, zh):
    assert phrases.clock(at, "en") == en
    assert phrases.clock(at, "zh") == zh


@pytest.mark.parametrize(
    ("at", "en", "zh"),
    [
        ("2026-11-22T17:00:00+08:00", "today at 5 PM", "今天下午5点"),
        ("2026-11-22T22:00:00+00:00", "tomorrow at 6 AM", "明天早上6点"),
        ("2026-11-24T06:00:00+08:00", "Tuesday at 6 AM", "后天早上6点"),
        ("2026-11-28T06:00:00+08:00", "Saturday at 6 AM", "星期六早上6点"),
        ("2026-11-29T06:00:00+08:00", "November 29 at 6 AM", "11月29日早上6点"),
        ("2027-01-01T06:00:00+08:00", "January 1, 2027 at 6 AM", "2027年1月1日早上6点"),
    ],
)
def test_moments_as_people_name_them(at, en, zh):
    assert phrases.moment(datetime.fromisoformat(at), NOW, "en") == en
    assert phrases.moment(datetime.fromisoformat(at), NOW, "zh") == zh


@pytest.mark.parametrize(
    ("repeat", "en", "zh"),
    [
        ("daily", "every day", "每天"),
        ("weekdays", "every weekday", "每个工作日"),
        ("weekends", "every weekend", "每个周末"),
        ("mon", "every Monday", "每周一"),
        ("fri,mon,sun", "every Monday, Friday and Sunday", "每周一、周五和周日"),
    ],
)
def test_repetitions(repeat, en, zh):
    assert phrases.repetition(repeat, "en") == en
    assert phrases.repetition(repeat, "zh") == zh


def test_days_and_lists():
    assert phrases.weekday(date(2026, 11, 22), "en") == "Sunday"
    assert phrases.weekday(date(2026, 11, 22), "zh") == "星期日"
    assert phrases.day_of_year(date(2026, 11, 22), "zh") == "11月22日"
    assert [phrases.joined(list(items), "en") for items in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert phrases.joined(["a", "b", "c"], "zh") == "a、b和c"

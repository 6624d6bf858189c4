"""Whatever is said of time in Chinese the usual way reads back, and no text is too hard."""

import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from borax.calendars.lunardate import LunarDate
from hypothesis import given, settings
from hypothesis import strategies as st

from jingling.language.text import even
from jingling.language.values.find import find, parse
from jingling.language.values.free_chinese_dates import recognize
from jingling.language.values.spelling import spell

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Sunday."""
DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LUNAR_MONTHS = ("正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月")
OF_TIME = "零一二两三十百半年月日号周星期天点分秒刻钟上下个这前后今明昨早晚到从和之间第每隔最农历初:-./ 0129的"


def said(number: int) -> str:
    return spell(number, "zh")


def clock(hour: int, minute: int) -> str:
    """As said after its half of the day."""
    minutes = "" if minute == 0 else f"{'零' if minute < 10 else ''}{said(minute)}分"
    return f"{said(hour)}点{minutes}"


@given(st.sampled_from([("早上", 0), ("上午", 0), ("下午", 12)]), st.integers(1, 11), st.integers(0, 59))
def test_a_time_with_its_half_of_the_day_is_read_back(half: tuple[str, int], hour: int, minute: int) -> None:
    name, later = half
    expected = f"{hour + later:02d}:{minute:02d}"
    assert parse("time", name + clock(hour, minute), "zh", NOW) == expected
    (found,) = recognize(name + clock(hour, minute), NOW)
    assert found.resolutions == ({"value": f"{expected}:00"},)


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_a_duration_is_read_back(hours: int, minutes: int, seconds: int) -> None:
    amounts = ((hours, "个小时"), (minutes, "分钟"), (seconds, "秒"))
    text = "".join(said(n) + unit for n, unit in amounts if n)
    expected = hours * 3600 + minutes * 60 + seconds
    assert parse("duration", text, "zh", NOW) == (expected or None)
    values = [one.resolutions for one in recognize(text, NOW)]
    assert values == ([({"value": str(expected)},)] if expected else [])


@given(DAYS)
def test_a_date_is_read_back(day: date) -> None:
    for text in (
        f"{day.year}年{said(day.month)}月{said(day.day)}号",
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
    ):
        (found,) = recognize(text, NOW)
        assert (found.kind, found.resolutions) == ("date", ({"value": day.isoformat()},))
    now = datetime(day.year, day.month, day.day, 9, tzinfo=NOW.tzinfo)
    assert parse("date", f"{said(day.month)}月{said(day.day)}号", "zh", now) == day.isoformat()


@given(DAYS, st.integers(0, 300))
def test_a_day_of_the_lunar_calendar_is_read_back(day: date, ahead: int) -> None:
    lunar = LunarDate.from_solar_date(day.year, day.month, day.day)
    if lunar.leap:
        return
    number = f"初{said(lunar.day)}" if lunar.day <= 10 else said(lunar.day)
    now = datetime(day.year, day.month, day.day, 9, tzinfo=NOW.tzinfo) - timedelta(days=ahead)
    assert parse("date", f"农历{LUNAR_MONTHS[lunar.month - 1]}{number}", "zh", now) == day.isoformat()


@given(st.sets(st.integers(0, 6), min_size=1, max_size=4), st.integers(1, 11), st.integers(0, 59))
def test_a_weekly_recurrence_is_read_back(days: set[int], hour: int, minute: int) -> None:
    names = "".join("一二三四五六日"[day] for day in sorted(days))
    rule = f"FREQ=WEEKLY;BYDAY={','.join(CODES[day] for day in sorted(days))}"
    found = parse("recurrence", f"每周{names}下午{clock(hour, minute)}", "zh", NOW)
    assert found == {"rule": rule, "at": f"{hour + 12:02d}:{minute:02d}"}


@given(
    st.integers(2, 99),
    st.sampled_from([("天", "DAILY"), ("周", "WEEKLY"), ("个月", "MONTHLY"), ("分钟", "MINUTELY")]),
)
def test_a_counted_recurrence_is_read_back(count: int, unit: tuple[str, str]) -> None:
    found = parse("recurrence", f"每{said(count)}{unit[0]}", "zh", NOW)
    assert found == {"rule": f"FREQ={unit[1]};INTERVAL={count}"}


@given(st.integers(1, 31))
def test_a_day_of_every_month_is_read_back(number: int) -> None:
    assert parse("recurrence", f"每月{said(number)}号", "zh", NOW) == {"rule": f"FREQ=MONTHLY;BYMONTHDAY={number}"}


@given(st.integers(1, 10), st.integers(0, 59), st.integers(1, 600))
def test_a_stretch_of_an_afternoon_is_read_back(hour: int, minute: int, length: int) -> None:
    start = datetime(2026, 11, 23, hour + 12, minute, tzinfo=NOW.tzinfo)
    end = min(start + timedelta(minutes=length), start.replace(hour=23, minute=59))
    if end <= start:
        return
    half = "下午" if end.hour < 18 else "晚上"
    text = f"明天下午{clock(hour, minute)}到{half}{clock(end.hour - 12, end.minute)}"
    assert parse("period", text, "zh", NOW) == {"start": start.isoformat(), "end": end.isoformat()}


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=400), st.text(OF_TIME, max_size=400)))
def test_no_text_is_too_hard(text: str) -> None:
    assert min(seconds(text) for _ in range(3)) < 0.05
    found = recognize(text, NOW)
    places = [(one.start, one.end) for one in found]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    find(even(text[:60]), "zh", NOW)


def seconds(text: str) -> float:
    begun = time.process_time()
    recognize(text, NOW)
    return time.process_time() - begun

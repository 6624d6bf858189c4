"""Dates and times in free Chinese text."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from jingling.language.values.free_chinese_dates import recognize

NOW = datetime(2026, 11, 22, 15, 30)
"""A Sunday."""


def read(text: str, now: datetime = NOW, kind: str | None = None) -> list[tuple[str, str, tuple[str, ...]]]:
    found = recognize(text, now, kind)
    return [(one.kind, one.text, tuple("/".join(value.values()) for value in one.resolutions)) for one in found]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("三月五号", ("2026-03-05", "2027-03-05")),
        ("2024年二月二十九日", ("2024-02-29",)),
        ("下周三", ("2026-11-25",)),
        ("上个礼拜六", ("2026-11-14",)),
        ("周日", ("2026-11-15", "2026-11-22")),
        ("大后天", ("2026-11-25",)),
        ("下个月三号", ("2026-12-03",)),
        ("去年本月十日", ("2025-11-10",)),
        ("九月的最后一个星期五", ("2026-09-25", "2027-09-24")),
        ("两周前", ("2026-11-08",)),
        ("三个月后", ("2027-02-22",)),
        ("2025/3/4", ("2025-03-04",)),
        ("4.3.2025", ("2025-03-04",)),
        ("乾隆元年正月初二", ("1736-01-02",)),
        ("今年教师节", ("2026-09-10",)),
        ("母亲节", ("2026-05-10", "2027-05-09")),
    ],
)
def test_a_day_is_the_last_and_the_next_one_unless_it_is_sure(text: str, values: tuple[str, ...]) -> None:
    assert read(text) == [("date", text, values)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("下午三点一刻", ("15:15:00",)),
        ("七点半", ("07:30:00", "19:30:00")),
        ("差五分八点", ("07:55:00", "19:55:00")),
        ("晚上十二点", ("00:00:00",)),
        ("中午一点", ("13:00:00",)),
        ("二十点零五分", ("20:05:00",)),
        ("9:15 p.m.", ("21:15:00",)),
    ],
)
def test_a_clock_time_without_its_half_of_the_day_can_be_either(text: str, values: tuple[str, ...]) -> None:
    assert read(text) == [("time", text, values)]


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("明天下午五点", "datetime", ("2026-11-23 17:00:00",)),
        ("今晚十二点", "datetime", ("2026-11-23 00:00:00",)),
        ("两个半小时后", "datetime", ("2026-11-22 18:00:00",)),
        ("昨晚", "datetimerange", ("2026-11-21 16:00:00/2026-11-21 20:00:00",)),
        ("明天下午两点到四点", "datetimerange", ("2026-11-23 14:00:00/2026-11-23 16:00:00",)),
        ("从现在到八点", "datetimerange", ("2026-11-22 15:30:00/2026-11-22 20:00:00",)),
        ("过去24小时", "datetimerange", ("2026-11-21 15:30:00/2026-11-22 15:30:00",)),
        ("下午三点到五点", "timerange", ("15:00:00/17:00:00",)),
        ("早上八到十点", "timerange", ("08:00:00/10:00:00",)),
        ("下午三点之前", "timerange", ("15:00:00",)),
        ("明年四月", "daterange", ("2027-04-01/2027-05-01",)),
        ("这个周末", "daterange", ("2026-11-21/2026-11-23",)),
        ("周一到周五", "daterange", ("2026-11-16/2026-11-20", "2026-11-23/2026-11-27")),
        ("十二月五日到八日", "daterange", ("2025-12-05/2025-12-08", "2026-12-05/2026-12-08")),
        ("2025年第三季度", "daterange", ("2025-07-01/2025-10-01",)),
        ("二十世纪六十年代", "daterange", ("1960-01-01/1970-01-01",)),
        ("2030年的前三周", "daterange", ("2029-12-31/2030-01-21",)),
        ("自从2020年", "daterange", ("2020-01-01",)),
        ("2020年五月一日或之前", "daterange", ("2020-05-01",)),
        ("三年两个月", "duration", ("99792000",)),
        ("一个半小时", "duration", ("5400",)),
        ("每两周", "set", ("not resolved/P2W",)),
        ("每周五晚上九点半", "set", ("not resolved/XXXX-WXX-5T21:30",)),
    ],
)
def test_stretches_moments_and_repetitions(text: str, kind: str, values: tuple[str, ...]) -> None:
    assert read(text) == [(kind, text, values)]


def test_the_place_is_that_in_the_text_as_it_was_written() -> None:
    text = "我們 下 週三 下午３：００ 見"
    found = recognize(text, NOW)
    assert [text[one.start : one.end] for one in found] == ["下 週三 下午３：００"]
    assert found[0].resolutions == ({"value": "2026-11-25 15:00:00"},)


def test_what_only_looks_like_a_time_is_left_alone() -> None:
    for text in ("快一点", "三点五公里", "今日头条", "我十八周岁", "192.168.12.11", "五角大楼", "标准普尔"):
        assert read(text) == [], text


def test_a_kind_can_be_asked_for_alone() -> None:
    assert read("明天早上九点", kind="Time") == [("time", "早上九点", ("09:00:00",))]
    assert read("明天圣诞节去哪", kind="Holiday") == [("date", "圣诞节", ("2025-12-25", "2026-12-25"))]


def test_a_day_that_does_not_exist_is_said_to_be_unresolved() -> None:
    assert read("2023年2月29日") == [("date", "2023年2月29日", ("not resolved/2023-02-29",))]


def test_hours_from_now_are_real_hours_and_days_are_those_of_the_wall() -> None:
    night = datetime(2026, 10, 24, 23, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert read("六个小时后", night) == [("datetime", "六个小时后", ("2026-10-25 04:00:00",))]
    assert read("一天后", night) == [("date", "一天后", ("2026-10-25",))]
    assert read("从现在到明天八点", night)[0][2] == ("2026-10-24 23:00:00/2026-10-25 08:00:00",)

"""What the lists {time}, {date}, {datetime}, {duration}, {period} and {recurrence} understand in Chinese."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jingling.language.values.find import parse

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZONE)
"""A Sunday."""


def at(day: int, hour: int = 0, minute: int = 0, month: int = 11, year: int = 2026) -> str:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE).isoformat()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("time", "上午十点一刻", "10:15"),
        ("time", "差五分八点", "07:55"),
        ("time", "半夜", "00:00"),
        ("time", "午夜十二点", "00:00"),
        ("time", "傍晚六点", "18:00"),
        ("time", "下午三点零五", "15:05"),
        ("time", "八点过十分", "08:10"),
        ("duration", "两个半小时", 9000),
        ("duration", "一刻钟", 900),
        ("duration", "半个小时", 1800),
        ("date", "大后天", "2026-11-25"),
        ("date", "下下周三", "2026-12-02"),
        ("date", "月底", "2026-11-30"),
        ("date", "下个月底", "2026-12-31"),
        ("date", "下个月三号", "2026-12-03"),
        ("date", "两周后", "2026-12-06"),
        ("date", "五月的第二个星期日", "2027-05-09"),
        ("date", "初一", "2026-12-09"),
        ("date", "农历八月十五", "2027-09-15"),
        ("date", "大年初一", "2027-02-06"),
        ("date", "除夕", "2027-02-05"),
        ("date", "端午节", "2027-06-09"),
        ("date", "清明", "2027-04-05"),
        ("date", "明年国庆节", "2027-10-01"),
        ("datetime", "三天后", at(25, 9)),
        ("datetime", "半个小时后", at(22, 9, 30)),
        ("datetime", "再过两个半小时", at(22, 11, 30)),
        ("datetime", "明天傍晚六点", at(23, 18)),
        ("datetime", "中秋节晚上八点", at(15, 20, month=9, year=2027)),
        ("datetime", "今夜", at(22, 21)),
        ("datetime", "月底", at(30, 9)),
        ("time", "晚上两点", "02:00"),
        ("datetime", "今晚两点", at(23, 2)),
        ("datetime", "周五晚上十二点半", at(28, 0, 30)),
        ("datetime", "明天凌晨两点", at(23, 2)),
        ("datetime", "今晚零点", at(23)),
        ("datetime", "明天大概八点左右", at(23, 8)),
        ("date", "下周末", "2026-11-28"),
    ],
)
def test_days_and_times_as_people_say_them(name: str, text: str, value: Any) -> None:
    assert parse(name, text, "zh", NOW) == value


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("从两点到四点", at(22, 14), at(22, 16)),
        ("下午两点到四点", at(22, 14), at(22, 16)),
        ("明天早上八点到下午五点", at(23, 8), at(23, 17)),
        ("明晚十点到十二点", at(23, 22), at(24)),
        ("从明天下午两点到后天四点", at(23, 14), at(24, 16)),
        ("从八点开始两个小时", at(22, 20), at(22, 22)),
        ("这个周末", at(21), at(23)),
        ("下周末", at(28), at(30)),
        ("下个星期", at(23), at(30)),
        ("下个月", at(1, month=12), at(1, month=1, year=2027)),
        ("周一到周五", at(23), at(28)),
        ("从三月五号到八号", at(5, month=3, year=2027), at(9, month=3, year=2027)),
        ("接下来三天", at(22), at(25)),
        ("明天上午", at(23, 6), at(23, 12)),
        ("今晚", at(22, 18), at(22, 22)),
    ],
)
def test_a_period_is_from_when_until_when(text: str, start: str, end: str) -> None:
    assert parse("period", text, "zh", NOW) == {"start": start, "end": end}


@pytest.mark.parametrize(
    ("text", "rule", "clock"),
    [
        ("每周三下午三点半", "FREQ=WEEKLY;BYDAY=WE", "15:30"),
        ("每天早上七点", "FREQ=DAILY", "07:00"),
        ("每晚十点", "FREQ=DAILY", "22:00"),
        ("工作日七点", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "07:00"),
        ("周一到周五早上七点", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "07:00"),
        ("每周一和周四", "FREQ=WEEKLY;BYDAY=MO,TH", None),
        ("每个周末", "FREQ=WEEKLY;BYDAY=SA,SU", None),
        ("每隔一天", "FREQ=DAILY;INTERVAL=2", None),
        ("每隔两小时", "FREQ=HOURLY;INTERVAL=2", None),
        ("每两周", "FREQ=WEEKLY;INTERVAL=2", None),
        ("每十五分钟", "FREQ=MINUTELY;INTERVAL=15", None),
        ("每半小时", "FREQ=MINUTELY;INTERVAL=30", None),
        ("每月一号上午九点", "FREQ=MONTHLY;BYMONTHDAY=1", "09:00"),
        ("每月最后一个周五", "FREQ=MONTHLY;BYDAY=-1FR", None),
        ("每年五月一号", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1", None),
    ],
)
def test_a_recurrence_is_a_rule_and_a_time_of_day(text: str, rule: str, clock: str | None) -> None:
    assert parse("recurrence", text, "zh", NOW) == {"rule": rule} | ({"at": clock} if clock else {})


def test_what_cannot_be_is_not_understood() -> None:
    for name, text in (
        ("date", "农历十三月初一"),
        ("time", "二十五点"),
        ("recurrence", "每零天"),
        ("period", "周五"),
    ):
        assert parse(name, text, "zh", NOW) is None, text


def test_a_wall_clock_in_another_zone_keeps_its_summer_time() -> None:
    evening = datetime(2027, 3, 27, 20, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert parse("datetime", "明天早上七点", "zh", evening) == "2027-03-28T07:00:00+02:00"
    assert parse("period", "明天凌晨一点到四点", "zh", evening) == {
        "start": "2027-03-28T01:00:00+01:00",
        "end": "2027-03-28T04:00:00+02:00",
    }

"""Stretches of time and repetitions in Chinese. English ones are in `english_periods.py`."""

from collections.abc import Sequence

from jingling.language.values import chinese_numbers as zh
from jingling.language.values import durations
from jingling.language.values.chinese_days import day, month_day, month_number, weekday, weekday_name
from jingling.language.values.chinese_times import day_half, half, half_clock, in_day_half, in_said_half, time
from jingling.language.values.english_times import WHOLE_DIGITS
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
)
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Typed, Word, any_of, table, text

_to = Alt(Word("到"), Word("至"), Typed(any_of("直到", "-", chinese=True)))
_of = Opt(Word("的"))
_from = Alt(Word("从"), Typed(Word("自")))
_between = Opt(Typed(any_of("之间", "期间", chinese=True)))
_units: dict[str, Unit] = {
    **dict.fromkeys(("周", "星期", "礼拜"), "week"),
    **dict.fromkeys(("周末",), "weekend"),
    **dict.fromkeys(("月",), "month"),
}
_unit = table(_units, chinese=True)
_ahead = Alt(
    table({"这": 0, "这个": 0, "本": 0, "下": 1, "下个": 1, "上": -1, "上个": -1}, chinese=True),
    Typed(
        table({"下下": 2, "下下个": 2, "上上": -2, "上上个": -2, "这一": 0, "下一": 1, "下一个": 1}, chinese=True)
    ),
)
_small = Alt(zh.two_digits, WHOLE_DIGITS)
_many: dict[str, Unit] = {
    **dict.fromkeys(("天",), "day"),
    **dict.fromkeys(("周", "个星期", "个礼拜"), "week"),
    **dict.fromkeys(("个周末",), "weekend"),
    **dict.fromkeys(("个月",), "month"),
    **dict.fromkeys(("年",), "year"),
}
_timed = Alt(
    Seq(in_day_half, day_half, _of, half_clock),
    Seq(lambda on, _, at: Moment(day=on, clock=at), day, _of, time),
)
_end = Alt(_timed, Seq(lambda at: Moment(clock=at), time), Seq(lambda on: Moment(day=on), day))


def _clocks(start: Moment, end: ClockTime) -> Period:
    return Period(start=start, end=Moment(clock=end))


def _days(start: Day, end: Day) -> Period:
    return Period(start=Moment(day=start), end=Moment(day=end))


_start = Alt(Seq(lambda at: Moment(clock=at), time), _timed)
_until = Alt(_to, Typed(any_of("和", "与", chinese=True)))
period: Phrase = Alt(
    Seq(lambda ahead, unit: Period(unit=unit, ahead=ahead), _ahead, _unit),
    Seq(lambda *_: Period(unit="weekend"), text("周末", chinese=True)),
    table({"今年": Period(unit="year"), "明年": Period(unit="year", ahead=1)}, chinese=True),
    Typed(table({"去年": Period(unit="year", ahead=-1), "后年": Period(unit="year", ahead=2)}, chinese=True)),
    Seq(
        lambda _, __, count, unit: Period(unit=unit, ahead=0 if unit == "day" else 1, count=count),
        *(any_of("接下来", "未来", "今后", chinese=True), _of, _small, table(_many, chinese=True)),
    ),
    Seq(lambda _, start, __, end, ___: _clocks(start, end), Opt(_from), _start, _to, time, _between),
    Seq(lambda _, a, __, b, ___: _days(a, b), Opt(_from), day, _to, day, _between),
    Typed(Seq(lambda start, _, end, __: _clocks(start, end), _start, Word("和"), time, text("之间", chinese=True))),
    Typed(Seq(lambda _, a, __, b, ___: Period(start=a, end=b), Opt(_from), _timed, _to, _end, _between)),
    Typed(
        Seq(
            lambda _, start, __, seconds: Period(start=start, length_s=seconds),
            *(Opt(_from), _start, any_of("开始", "起", chinese=True), durations.chinese),
        )
    ),
    Seq(lambda on: Period(day=on[0], half=on[1]), day_half),
    Typed(Seq(lambda said: Period(half=said), half)),
)
"""从两点到四点, 这个周末, 下周, 周一到周五, 明天上午."""


def _weekly(days: Sequence[int], every: int = 1) -> str:
    interval = f"INTERVAL={every};" if every > 1 else ""
    return f"FREQ=WEEKLY;{interval}BYDAY={','.join(WEEKDAY_CODES[one] for one in sorted(set(days)))}"


def _each(freq: str, every: int) -> str | None:
    return f"FREQ={freq};INTERVAL={every}" if every > 1 else f"FREQ={freq}" if every == 1 else None


def _apart(every: int, freq: str) -> str | None:
    """每隔一天 leaves one day out, 每隔两小时 none."""
    return _each(freq, every if freq in ("HOURLY", "MINUTELY") else every + 1)


_every = Alt(Word("每"), Typed(any_of("每逢", "每到", chinese=True)))
_one = Opt(Word("个"))
_WORKDAYS, _WEEKEND = _weekly(range(5)), _weekly((5, 6))
_MINUTES = {"分钟": "MINUTELY"}
_HOURS = dict.fromkeys(("小时", "个小时", "个钟头"), "HOURLY")
_DAYS = dict.fromkeys(("天", "日"), "DAILY")
_WEEKS = dict.fromkeys(("周", "星期", "个星期", "礼拜", "个礼拜"), "WEEKLY")
_MONTHS = dict.fromkeys(("月", "个月"), "MONTHLY")
_freq = table({**_MINUTES, **_HOURS, **_DAYS, **_WEEKS, **_MONTHS, "年": "YEARLY"}, chinese=True)
_counted_freq = table(
    {**_MINUTES, **_HOURS, "天": "DAILY", **_WEEKS, "个月": "MONTHLY", "年": "YEARLY"}, chinese=True
)
_and = Opt(Typed(any_of("和", "、", "跟", chinese=True)))
_again = Opt(Typed(any_of("周", "星期", "礼拜", chinese=True)))
_more_days = Typed(
    Alt(
        Seq(lambda a, _, __, b: (a, b), weekday, _and, _again, weekday_name),
        Seq(lambda a, _, __, b, ___, ____, c: (a, b, c), weekday, *(_and, _again, weekday_name) * 2),
        Seq(
            lambda a, _, __, b, ___, ____, c, _____, ______, d: (a, b, c, d),
            weekday,
            *(_and, _again, weekday_name) * 3,
        ),
    )
)
_run = Seq(
    lambda a, _, __, b: _weekly(range(a, b + 1)) if a < b else None,
    *(weekday, _to, _again, weekday_name),
)
_ordinal = Alt(
    Seq(lambda _, n, __: n, Word("第"), table({"一": 1, "二": 2, "三": 3, "四": 4}), Opt(Word("个"))),
    text("最后一个", -1, chinese=True),
)
_rule = Alt(
    Seq(lambda _, freq: f"FREQ={freq}", _every, _freq),
    Seq(lambda _, n, freq: _each(freq, n), _every, _small, _counted_freq),
    Seq(lambda _, __, n, freq: _apart(n, freq), _every, Word("隔"), _small, _counted_freq),
    Typed(Seq(lambda _, n, freq: _apart(n, freq), Word("隔"), _small, _counted_freq)),
    table({"每半小时": "FREQ=MINUTELY;INTERVAL=30", "每半个小时": "FREQ=MINUTELY;INTERVAL=30"}, chinese=True),
    Typed(
        table(
            {
                "每一刻钟": "FREQ=MINUTELY;INTERVAL=15",
                "每半年": "FREQ=MONTHLY;INTERVAL=6",
                "每季度": "FREQ=MONTHLY;INTERVAL=3",
                "每个季度": "FREQ=MONTHLY;INTERVAL=3",
                "每隔半小时": "FREQ=MINUTELY;INTERVAL=30",
                "每隔半个小时": "FREQ=MINUTELY;INTERVAL=30",
                "天天": "FREQ=DAILY",
                "隔天": "FREQ=DAILY;INTERVAL=2",
                "每一天": "FREQ=DAILY",
                "每两周一次": "FREQ=WEEKLY;INTERVAL=2",
            },
            chinese=True,
        )
    ),
    Seq(lambda _, __, on: _weekly((on,)), _every, _one, weekday),
    Seq(lambda _, __, days: _weekly(days), _every, _one, _more_days),
    Typed(
        Seq(lambda _, n, __, on: _weekly((on,), n), _every, _small, any_of("周", "个星期", chinese=True), weekday)
    ),
    Typed(Seq(lambda _, __, on: _weekly((on,), 2), _every, text("隔一周的", chinese=True), weekday)),
    Seq(lambda rule, _: rule, _run, Opt(any_of("每天", "每日", chinese=True))),
    Seq(lambda _, __, rule: rule, _every, _one, table({"工作日": _WORKDAYS, "周末": _WEEKEND}, chinese=True)),
    text("工作日", _WORKDAYS, chinese=True),
    Seq(lambda _, __, ___, ____, n: f"FREQ=MONTHLY;BYMONTHDAY={n}", _every, _one, Word("月"), _of, month_day),
    Typed(
        Seq(
            lambda _, __, ___, ____, nth, on: f"FREQ=MONTHLY;BYDAY={nth}{WEEKDAY_CODES[on]}",
            *(_every, _one, Word("月"), _of, _ordinal, weekday),
        )
    ),
    Typed(
        Seq(
            lambda _, __, ___, ____, _____: "FREQ=MONTHLY;BYMONTHDAY=-1",
            *(_every, _one, Word("月"), _of, any_of("最后一天", "月底", "底", chinese=True)),
        )
    ),
    Seq(
        lambda _, __, ___, month, n: f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={n}",
        *(_every, Word("年"), _of, month_number, month_day),
    ),
)
_each_half = Alt(
    table({"每早": "morning", "每晚": "evening"}, chinese=True),
    Seq(lambda _, __, said: said, _every, _one, table({"早上": "morning", "晚上": "evening"}, chinese=True)),
)


def _in_half(rule: str, said: Half, at: ClockTime | None = None) -> Recurrence | None:
    found = in_said_half(at, said) if at else ClockTime(PART_HOURS[said], sure=True)
    return Recurrence(rule, found) if found else None


recurrence: Phrase = Alt(
    Seq(Recurrence, _rule),
    Seq(lambda rule, _, at: Recurrence(rule, at), _rule, _of, time),
    Seq(lambda rule, _, said: _in_half(rule, said), _rule, _of, half),
    Seq(lambda said: _in_half("FREQ=DAILY", said), _each_half),
    Seq(lambda said, _, at: _in_half("FREQ=DAILY", said, at), _each_half, _of, half_clock),
)
"""每周三下午三点半, 每天早上七点, 工作日七点, 每隔一天, 每月一号, 每十五分钟."""

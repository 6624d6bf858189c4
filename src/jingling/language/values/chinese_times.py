"""Clock times and moments in Chinese. Days are in `chinese_days.py`."""

from dataclasses import replace
from typing import Any

from jingling.language.values import chinese_numbers as zh
from jingling.language.values import durations
from jingling.language.values.chinese_days import day, day_after
from jingling.language.values.english_times import WHOLE_DIGITS, WRITTEN_CLOCK, clock
from jingling.language.values.moments import PART_HOURS, ClockTime, Day, Half, Moment, in_half
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Typed, Word, any_of, numbers_to, table, text

_HALVES: dict[str, Half] = {
    "凌晨": "early",
    "半夜": "night",
    "深夜": "night",
    "夜里": "night",
    "早上": "morning",
    "早晨": "morning",
    "清晨": "morning",
    "上午": "morning",
    "一早": "morning",
    "中午": "noon",
    "下午": "afternoon",
    "傍晚": "evening",
    "晚上": "evening",
    "晚间": "evening",
}
_RARER_HALVES: dict[str, Half] = {
    "拂晓": "early",
    "黎明": "early",
    "大清早": "morning",
    "一大早": "morning",
    "清早": "morning",
    "早间": "morning",
    "午间": "noon",
    "午后": "afternoon",
    "黄昏": "evening",
    "夜晚": "evening",
    "夜间": "night",
    "午夜": "night",
}
half = Alt(table(_HALVES, chinese=True), Typed(table(_RARER_HALVES, chinese=True)))

_digits_hour = Seq(lambda n: n if n <= 24 else None, WHOLE_DIGITS)
_hour = Alt(numbers_to(0, 24, "zh"), _digits_hour)
_half_hour = Alt(numbers_to(1, 12, "zh"), Typed(_hour))
"""An hour after its half of the day; few say 晚上二十点."""
_below_sixty = Alt(numbers_to(1, 59, "zh"), Seq(lambda n: n if n < 60 else None, WHOLE_DIGITS))
_minute = Alt(
    numbers_to(10, 59, "zh"),
    Seq(lambda n: n if 10 <= n < 60 else None, WHOLE_DIGITS),
    Seq(lambda _, n: n, Word("零"), zh.one_to_nine),
)
_minutes = Alt(Seq(lambda n, _: n, _minute, Opt(Word("分"))), Seq(lambda n, _: n, _below_sixty, Word("分")))
_quarter = table({"一刻": 15, "三刻": 45}, chinese=True)
_dot = Alt(Word("点"), Typed(Word("时")))
_oclock = any_of("钟", "整", chinese=True)


def _to(minutes: int, hour: int) -> ClockTime | None:
    return clock(hour - 1 if hour > 1 else 12, 60 - minutes)


def _clock(hour: Phrase) -> Phrase:
    """A clock time whose hour is said as `hour`."""
    short_of = Alt(_quarter, Seq(lambda n, *_: n, _below_sixty, Word("分"), Opt(Word("钟"))))
    return Alt(
        Seq(lambda hour, *_: clock(hour), hour, _dot, Opt(_oclock)),
        Seq(lambda hour, _, minute: clock(hour, minute), hour, _dot, _minutes),
        Seq(lambda hour, _, minute: clock(hour, minute), hour, _dot, Alt(Word("半", 30), _quarter)),
        Typed(Seq(lambda hour, _, __, n: clock(hour, n), hour, _dot, Word("过"), Alt(_quarter, _minutes))),
        Typed(Seq(lambda hour, _, m, n, __: clock(hour, m, n), hour, _dot, _minutes, _below_sixty, Word("秒"))),
        Seq(lambda _, n, hour, __: _to(n, hour), Word("差"), short_of, hour, _dot),
        Typed(Seq(lambda hour, _, __, n: _to(n, hour), hour, _dot, Word("差"), short_of)),
        WRITTEN_CLOCK,
    )


_plain_clock = _clock(_hour)
_MORNING_FROM = 5
half_clock = _clock(_half_hour)


def in_said_half(at: ClockTime, said: Half) -> ClockTime | None:
    """晚上两点 is two at night, and 今晚零点 the end of the day."""
    if at.hour == 0 and said in ("evening", "night"):
        return replace(at, hour=24, sure=True)
    return in_half(at, "night" if said == "evening" and 0 < at.hour < _MORNING_FROM else said)


def _halved(said: Half, _: Any, at: ClockTime) -> ClockTime | None:
    return in_said_half(at, said)


_of = Opt(Word("的"))
_exact: Phrase = Alt(
    _plain_clock,
    Seq(_halved, half, _of, half_clock),
    *(text(words, ClockTime(12, sure=True), chinese=True) for words in ("正午", "中午")),
    *(text(words, ClockTime(24, sure=True), chinese=True) for words in ("午夜", "半夜")),
)
_about = Opt(any_of("大约", "大概", "差不多", chinese=True))
time: Phrase = Alt(
    _exact,
    Typed(Seq(lambda _, at, __: at, _about, _exact, Opt(any_of("左右", "前后", "准时", chinese=True)))),
)
date: Phrase = day

day_half: Phrase = Alt(
    Seq(lambda on, _, said: (on, said), day, _of, half),
    table(
        {
            "今早": (Day(ahead=0), "morning"),
            "今晚": (Day(ahead=0), "evening"),
            "明早": (Day(ahead=1), "morning"),
            "明晚": (Day(ahead=1), "evening"),
        },
        chinese=True,
    ),
    Typed(
        table(
            {
                "今夜": (Day(ahead=0), "night"),
                "今晨": (Day(ahead=0), "morning"),
                "明晨": (Day(ahead=1), "morning"),
                "明儿早": (Day(ahead=1), "morning"),
                "后天晚": (Day(ahead=2), "evening"),
            },
            chinese=True,
        )
    ),
)
"""A day and a part of it."""


def in_day_half(on: tuple[Day, Half], _: Any, at: ClockTime) -> Moment | None:
    """`at` in a part of a day; the small hours after an evening are those of the next date."""
    said_day, said = on
    found = in_said_half(at, said)
    if found is None:
        return None
    late = said in ("evening", "night") and 0 < found.hour < _MORNING_FROM
    return Moment(day=day_after(said_day) if late else said_day, clock=found)


_later = Alt(*(text(words, chinese=True) for words in ("以后", "之后", "后")))
moment: Phrase = Alt(
    Seq(lambda seconds, _: Moment(after_s=seconds), durations.chinese, _later),
    Typed(Seq(lambda _, seconds: Moment(after_s=seconds), any_of("过", "再过", chinese=True), durations.chinese)),
    Seq(lambda at: Moment(clock=at), time),
    Seq(in_day_half, day_half, _of, half_clock),
    Seq(lambda on, _, at: Moment(day=on, clock=at), day, _of, time),
    Seq(lambda on: Moment(day=on[0], part=PART_HOURS[on[1]]), day_half),
    Seq(
        lambda said: Moment(part=PART_HOURS[said]),
        table({"早上": "morning", "下午": "afternoon", "傍晚": "evening", "晚上": "evening"}, chinese=True),
    ),
    Seq(lambda on: Moment(day=on), day),
)

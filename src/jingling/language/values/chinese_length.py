"""How long something takes, in free Chinese text: 两年, 三个半小时, 8天20小时."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from jingling.language.values.chinese_calendar import months_on
from jingling.language.values.chinese_digits import COUNT, number
from jingling.language.values.chinese_source import Reading, Source

_DAY = 86_400
_UNITS = {
    "年": ("Y", 365 * _DAY),
    "月": ("M", 30 * _DAY),
    "周": ("W", 7 * _DAY),
    "星期": ("W", 7 * _DAY),
    "礼拜": ("W", 7 * _DAY),
    "天": ("D", _DAY),
    "小时": ("H", 3600),
    "钟头": ("H", 3600),
    "时": ("H", 3600),
    "钟": ("H", 3600),
    "刻钟": ("Q", 900),
    "分钟": ("I", 60),
    "分": ("I", 60),
    "秒": ("S", 1),
    "秒钟": ("S", 1),
}
_AFTER_COUNT = (
    r"(?<=个[半多])月|个月|个?星期|个?礼拜|个?小时|个?钟头|个钟|刻钟|分钟|秒钟|秒|年(?!级|龄|代)"
    r"|周(?!岁|年|[一二三四五六日](?!个))|天"
)
_PART = re.compile(rf"(?P<n>{COUNT}|半)(?P<half>个半|个?多)?(?P<unit>{_AFTER_COUNT})(?P<more>半(?!个|天|夜))?")
_NEXT = re.compile(
    rf"(?:[多又余零和]|,)?(?P<n>{COUNT})(?P<half>个半|个?多)?(?P<unit>{_AFTER_COUNT}|时|分(?!之))(?P<more>半(?!个|天|夜))?"
)
A_YEAR = re.compile(
    r"(?:\d{3,4}|0\d|零[一二三四五六七八九]|[一二三四五六七八九零]{3,4}"
    r"|(?!五六|六七|七八|八九)[五六七八九][零一二三四五六七八九])年"
)
"""五六年 is five or six years, 九五年 a year."""
_ROUGHLY = re.compile("|".join(a + b for a, b in zip("一二两三四五六七八", "二三三四五六七八九", strict=True)))
"""两三天 is no 23 days."""


class Length(NamedTuple):
    """`seconds`: all of it, with years of 365 and months of 30 days; also apart, for the calendar."""

    end: int
    seconds: float
    months: float
    days: float
    clock_s: float

    @property
    def whole_days(self) -> bool:
        return not self.clock_s

    def from_(self, now: datetime, sign: int = 1) -> datetime:
        """`now`, which knows its zone, and so much later (or earlier). OverflowError outside the calendar."""
        months, rest = divmod(self.months, 1)
        day = months_on(now.date(), sign * int(months))
        wall = datetime.combine(day, now.time(), now.tzinfo) + sign * timedelta(days=int(self.days + rest * 30))
        return (wall.astimezone(UTC) + sign * timedelta(seconds=self.clock_s)).astimezone(now.tzinfo)


def length(source: Source, at: int) -> Length | None:
    """The longest run of amounts at `at`."""
    text = source.text
    found = _PART.match(text, at)
    if found is None or (found["unit"] == "年" and A_YEAR.match(text, at)) or _inside_number(text, at):
        return None
    if _ROUGHLY.match(text, at):
        return None
    total = _add(None, found)
    for _ in range(7):
        found = _NEXT.match(text, total.end)
        if found is None or (found["unit"] == "年" and A_YEAR.match(text, found.start("n"))):
            return total
        total = _add(total, found)
    return total


def _inside_number(text: str, at: int) -> bool:
    """第三周 and 1.5年 are no 三周 and 5年."""
    return at > 0 and (text[at - 1] in "第." or (text[at - 1].isdigit() and text[at].isdigit()))


def _add(before: Length | None, found: re.Match[str]) -> Length:
    name, unit_s = _UNITS[found["unit"].removeprefix("个")]
    n = 0.5 if found["n"] == "半" else number(found["n"])
    n += 0.5 * ((found["half"] == "个半") + bool(found["more"]))
    _, seconds, months, days, clock_s = before or Length(0, 0, 0, 0, 0)
    months += {"Y": 12, "M": 1}.get(name, 0) * n
    days += {"W": 7, "D": 1}.get(name, 0) * n
    clock_s += n * unit_s if name in "HQIS" else 0
    return Length(found.end(), seconds + n * unit_s, months, days, clock_s)


def duration(source: Source, at: int) -> Reading | None:
    found = source.once(length, at)
    if found is None:
        return None
    return Reading(found.end, "duration", ({"value": f"{found.seconds:.10g}"},))

"""Clock times and parts of the day in free Chinese text: 下午五点一刻, 19:30, 差五分八点, 上午."""

import re
from typing import Literal, NamedTuple

from jingling.language.values.chinese_digits import TWO_DIGITS, whole
from jingling.language.values.chinese_source import Reading, Source

Part = Literal["early", "morning", "noon", "afternoon", "evening", "night"]
PARTS: dict[str, Part] = {
    **dict.fromkeys(("凌晨", "拂晓", "一大早", "清晨", "清早", "早晨"), "early"),
    **dict.fromkeys(("早上", "早间", "上午", "午前"), "morning"),
    **dict.fromkeys(("中午", "正午", "午间"), "noon"),
    **dict.fromkeys(("下午", "午后"), "afternoon"),
    **dict.fromkeys(("晚上", "晚间", "夜晚", "夜里", "傍晚", "黄昏"), "evening"),
    **dict.fromkeys(("深夜", "半夜", "午夜", "夜间"), "night"),
}
SHORT_PARTS: dict[str, Part] = {"早": "morning", "晨": "early", "晚": "evening", "夜": "night"}
HOURS: dict[Part, tuple[int, int]] = {
    "early": (8, 12),
    "morning": (8, 12),
    "noon": (11, 13),
    "afternoon": (12, 16),
    "evening": (16, 20),
    "night": (20, 24),
}
"""From which hour until which a part of the day is."""
PART_TEXT = rf"(?:{'|'.join(sorted(PARTS, key=len, reverse=True))})"
_ANY_PART = rf"(?P<part>{PART_TEXT}|早|晚)"
_MINUTES = r"[0-5]?\d(?!\d)|零[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_BARE_MINUTES = (
    r"(?:[0-5]\d(?!\d)|零[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)(?![点个天年月日号:到至])"
)
_SPOKEN = re.compile(
    rf"(?:大约|大概|约|差不多)?{_ANY_PART}?的?(?<!第)(?P<hour>2[0-4]|1\d|0?\d|二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九])"
    rf"(?:点钟?|时(?![间刻候代]))(?:过?(?P<minute>{_MINUTES})分钟?(?:(?P<second>{_MINUTES})秒)?|(?P<bare>{_BARE_MINUTES})"
    r"|(?P<half>半)|过?(?P<quarter>[一二三123])刻钟?|整)?(?:左右)?"
)
_SHORT_OF = re.compile(
    rf"(?:大约|大概)?{_ANY_PART}?差(?P<minus>{TWO_DIGITS}分钟?|[一三]刻钟?)到?(?P<hour>{TWO_DIGITS})点"
)
_WRITTEN = re.compile(
    rf"(?:大约|大概|约)?{_ANY_PART}?的?(?<![\d:.])(?P<hour>2[0-4]|1\d|0?\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d:])"
    r"(?:(?P<latin>[ap])\.?m(?![a-z])\.?)?(?:左右)?"
)
_LATIN = re.compile(r"(?<![\d:.])(?P<hour>1[0-2]|0?[1-9])(?P<latin>[ap])\.?m(?![a-z])\.?")
_NAMED = re.compile(rf"{PART_TEXT}")


class Clock(NamedTuple):
    """`part` is None when no half of the day was said; `sure`: no other half can be meant."""

    end: int
    hour: int
    minute: int = 0
    second: int = 0
    part: Part | None = None
    sure: bool = True


def clock(source: Source, at: int) -> Clock | None:
    """The longest clock time at `at`."""
    found = [one for read in (_spoken, _written, _short_of) if (one := read(source.text, at))]
    return max(found, key=lambda one: one.end, default=None)


def _spoken(text: str, at: int) -> Clock | None:
    found = _SPOKEN.match(text, at)
    if found is None:
        return None
    said = found["minute"] or found["bare"]
    minute = whole(said) if said else 30 if found["half"] else 0
    minute += 15 * whole(found["quarter"]) if found["quarter"] else 0
    second = whole(found["second"]) if found["second"] else 0
    return placed(found.end(), whole(found["hour"]), minute, second, said_part(found["part"]))


def _written(text: str, at: int) -> Clock | None:
    found = _WRITTEN.match(text, at) or _LATIN.match(text, at)
    if found is None:
        return None
    said = found.groupdict()
    hour, latin = int(said["hour"]), said["latin"]
    if latin and hour <= 12:
        hour = hour % 12 + (12 if latin == "p" else 0)
        return Clock(found.end(), hour, int(said.get("minute") or 0), int(said.get("second") or 0))
    part = said_part(said.get("part"))
    return placed(found.end(), hour, int(said["minute"] or 0), int(said["second"] or 0), part)


def _short_of(text: str, at: int) -> Clock | None:
    found = _SHORT_OF.match(text, at)
    if found is None:
        return None
    said = found["minus"]
    minus = 15 * whole(said[0]) if "刻" in said else whole(said.rstrip("分钟"))
    hour = whole(found["hour"])
    if not (1 <= hour <= 24 and 0 < minus < 60):
        return None
    return placed(found.end(), hour - 1 or 12, 60 - minus, 0, said_part(found["part"]))


def said_part(text: str | None) -> Part | None:
    return (PARTS.get(text) or SHORT_PARTS[text]) if text else None


def placed(end: int, hour: int, minute: int, second: int, part: Part | None) -> Clock | None:
    """A time as said, on the twenty-four-hour clock if its part of the day was said."""
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    if part is None:
        return Clock(end, hour % 24, minute, second, None, sure=not 1 <= hour <= 12)
    return Clock(end, in_part(hour, part) % 24, minute, second, part)


def in_part(hour: int, part: Part) -> int:
    """The hour, 0 to 24, that is said as `hour` in a part of the day."""
    if hour > 12:
        return hour
    if part in ("early", "morning"):
        return 0 if hour == 12 and part == "early" else hour
    if part == "noon":
        return hour + 12 if hour < 10 else hour
    if part == "afternoon":
        return hour % 12 + 12
    if hour == 12:
        return 24
    return hour if hour < (6 if part == "night" else 5) else hour + 12


def part(source: Source, at: int) -> tuple[int, Part] | None:
    """A named part of the day, such as 上午."""
    found = _NAMED.match(source.text, at)
    return (found.end(), PARTS[found.group()]) if found else None


def other_half(said: Clock) -> Clock:
    return said._replace(hour=(said.hour + 12) % 24)


def halves(said: Clock) -> tuple[Clock, ...]:
    """The times that can be meant."""
    return (said,) if said.sure else (said, other_half(said))


def clock_text(said: Clock) -> str:
    return f"{said.hour:02d}:{said.minute:02d}:{said.second:02d}"


def time_reading(source: Source, at: int) -> Reading | None:
    found = source.once(clock, at)
    if found is None:
        return None
    return Reading(found.end, "time", tuple({"value": clock_text(one)} for one in halves(found)))

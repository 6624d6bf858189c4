"""How lengths, times, days and lists are said, in both languages. Numbers stay digits: the voice reads them."""

from collections.abc import Sequence
from datetime import date, datetime, time

from jingling.schedule.model import repeat_days

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
_UNITS_ZH = {"day": "天", "hour": "小时", "minute": "分钟", "second": "秒"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_ZH = "一二三四五六日"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_PARTS_ZH = ((5, "凌晨"), (9, "早上"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
_REPEATS = {
    "daily": ("every day", "每天"),
    "weekdays": ("every weekday", "每个工作日"),
    "weekends": ("every weekend", "每个周末"),
}


def duration(seconds: float, language: str) -> str:
    """To the second: "2 minutes and 5 seconds", 2分5秒. Less than half a second is "0 seconds"."""
    parts: list[tuple[int, str]] = []
    rest = int(seconds + 0.5)
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts.append((count, unit))
    parts = parts or [(0, "second")]
    return _duration_zh(parts) if language == "zh" else joined([_counted(*part) for part in parts], "en")


def clock(moment: datetime | time, language: str) -> str:
    """The time of day to the minute: "7:30 PM", "7 AM", "noon", 晚上7点半."""
    if language == "zh":
        part = next(name for until, name in _PARTS_ZH if moment.hour < until)
        hour = moment.hour if moment.hour <= 12 else moment.hour - 12
        minute = {0: "", 30: "半"}.get(moment.minute, f"{moment.minute:02}分")
        return f"{part}{hour}点{minute}"
    if moment.hour % 12 == 0 and moment.minute == 0:
        return "noon" if moment.hour else "midnight"
    minute = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minute} {'AM' if moment.hour < 12 else 'PM'}"


def weekday(day: date, language: str) -> str:
    return f"星期{_DAYS_ZH[day.weekday()]}" if language == "zh" else _DAYS[day.weekday()]


def day_of_year(day: date, language: str, today: date | None = None) -> str:
    """ "November 22", 11月22日; with its year when that is not the year of `today`."""
    other_year = today is not None and day.year != today.year
    if language == "zh":
        return (f"{day.year}年" if other_year else "") + f"{day.month}月{day.day}日"
    return f"{_MONTHS[day.month - 1]} {day.day}" + (f", {day.year}" if other_year else "")


def day(day: date, today: date, language: str) -> str:
    """As people name it from `today`: today, tomorrow, "Friday" within a week, else the date."""
    ahead = (day - today).days
    if 0 <= ahead <= 2 and language == "zh":
        return ("今天", "明天", "后天")[ahead]
    if 0 <= ahead <= 1:
        return ("today", "tomorrow")[ahead]
    return weekday(day, language) if 0 < ahead < 7 else day_of_year(day, language, today)


def moment(at: datetime, now: datetime, language: str) -> str:
    """ "tomorrow at 6 AM", 明天早上6点, as said at `now`."""
    local = at.astimezone(now.tzinfo)
    when = day(local.date(), now.date(), language)
    return when + clock(local, language) if language == "zh" else f"{when} at {clock(local, language)}"


def repetition(repeat: str, language: str) -> str:
    """daily → "every day", 每天; "mon,wed" → "every Monday and Wednesday", 每周一和周三."""
    if repeat in _REPEATS:
        return _REPEATS[repeat][language == "zh"]
    days = sorted(repeat_days(repeat))
    if language == "zh":
        return "每" + joined([f"周{_DAYS_ZH[number]}" for number in days], "zh")
    return "every " + joined([_DAYS[number] for number in days], "en")


def joined(items: Sequence[str], language: str) -> str:
    """ "a, b and c"; a、b和c."""
    if len(items) < 2:
        return "".join(items)
    comma, last = ("、", "和") if language == "zh" else (", ", " and ")
    return comma.join(items[:-1]) + last + items[-1]


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _duration_zh(parts: list[tuple[int, str]]) -> str:
    said = "".join(f"{count}{_UNITS_ZH[unit]}" for count, unit in parts)
    return said.replace("分钟", "分") if parts[-1][1] == "second" else said

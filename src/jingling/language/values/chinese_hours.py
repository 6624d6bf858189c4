"""Moments and stretches of time in free Chinese text: 明天下午五点, 昨晚, 从下午两点到明天四点, 之后5分钟."""

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from jingling.language.values import chinese_clock, chinese_date
from jingling.language.values.chinese_between import BETWEEN, BETWEEN_LINK, FROM, LINK
from jingling.language.values.chinese_calendar import Around, only
from jingling.language.values.chinese_clock import (
    HOURS,
    SHORT_PARTS,
    Clock,
    Part,
    halves,
    in_part,
    other_half,
    placed,
)
from jingling.language.values.chinese_date import Said
from jingling.language.values.chinese_digits import TWO_DIGITS, whole
from jingling.language.values.chinese_holiday import holiday
from jingling.language.values.chinese_length import Length, length
from jingling.language.values.chinese_source import Reading, Source
from jingling.language.values.chinese_span import AROUND_NOW

_NEAR_PART = re.compile(r"(?P<day>今|明|昨|当)(?P<part>早上?|晨|晚上?|夜)(?!餐|饭|报)")
_NEAR_DAYS = {"今": 0, "当": 0, "明": 1, "昨": -1}
_SHORT_PART = re.compile(r"(?P<part>早|晚)(?!上|间|饭|餐|稻|报|会|班)")
_BARE_HOUR = re.compile(rf"(?P<part>{chinese_clock.PART_TEXT})?(?P<hour>{TWO_DIGITS})(?=到|至|~|-)")
_NOW = re.compile(r"现在|马上|立刻|立即|刚刚才|刚刚|刚才|这会儿|当下|此刻|目前|眼下")
_FROM_NOW = chinese_date.FROM_NOW
_ONE = re.compile(r"个?(?P<unit>小时|钟头|分钟|刻钟)")
_ONE_S = {"小时": 3600, "钟头": 3600, "分钟": 60, "刻钟": 900}
OF = re.compile(r"[的, t]?(?:大约|大概)?")


class Moment(NamedTuple):
    """A day and a time of it. `around`: the day in the past and to come. `clock` is None for a part of the day."""

    end: int
    around: Around
    clock: Clock


def _dated(source: Source, at: int) -> tuple[int, Around, Part | None] | None:
    """A day, with the part of it if that is said in one word: 今晚."""
    if found := _NEAR_PART.match(source.text, at):
        on = source.today + timedelta(days=_NEAR_DAYS[found["day"]])
        return found.end(), only(on), SHORT_PARTS[found["part"][0]]
    said: Said | None = source.once(chinese_date.day, at) or source.once(holiday, at)
    if said is None or said.around is None:
        return None
    return said.end, said.around, None


def moment(source: Source, at: int) -> Moment | None:
    """A day and a time of it."""
    dated = source.once(_dated, at)
    if dated is None:
        return None
    end, around, part = dated
    link = OF.match(source.text, end)
    clock = source.once(chinese_clock.clock, link.end()) if link else None
    if clock is None:
        return None
    return Moment(clock.end, around, _in(clock, part))


def _in(clock: Clock, part: Part | None) -> Clock:
    """`clock` in the part of the day that was said before it."""
    if part is None or clock.part is not None or clock.hour > 12:
        return clock
    return clock._replace(hour=in_part(clock.hour, part) % 24, part=part, sure=True)


def at_time(day: date, clock: Clock) -> datetime:
    """Midnight and the hours after it, said as a part of the evening, belong to that day's end."""
    late = clock.hour < 6 and clock.part in ("evening", "night")
    return datetime.combine(day + timedelta(days=1 if late else 0), time(clock.hour, clock.minute, clock.second))


def text_of(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat(" ", timespec="seconds")


def moment_reading(source: Source, at: int) -> Reading | None:
    found = source.once(moment, at)
    if found is not None:
        days = dict.fromkeys(found.around)
        every = (at_time(day, clock) for clock in halves(found.clock) for day in days)
        return Reading(found.end, "datetime", tuple({"value": text_of(one)} for one in every))
    return _now_reading(source, at) or _from_now_reading(source, at)


def _now_reading(source: Source, at: int) -> Reading | None:
    found = _NOW.match(source.text, at)
    return Reading(found.end(), "datetime", ({"value": text_of(source.now)},)) if found else None


def _from_now_reading(source: Source, at: int) -> Reading | None:
    """2分钟前, 两小时后."""
    amount = source.once(length, at)
    found = _FROM_NOW.match(source.text, amount.end) if amount and not amount.whole_days else None
    if amount is None or found is None:
        return None
    when = amount.from_(source.now, -1 if "前" in found.group() else 1)
    return Reading(found.end(), "datetime", ({"value": text_of(when)},))


def hours_reading(source: Source, at: int) -> Reading | None:
    """A stretch of the clock: 上午, 五点半到六点."""
    found = source.once(_clocks, at)
    if found is not None:
        end, pairs = found
        values = [{"start": chinese_clock.clock_text(a), "end": chinese_clock.clock_text(b)} for a, b in pairs]
        return Reading(end, "timerange", tuple(values))
    named = chinese_clock.part(source, at)
    if named is None:
        return None
    hours = HOURS[named[1]]
    start, end_of = (f"{hour:02d}:00:00" if hour < 24 else "23:59:59" for hour in hours)
    return Reading(named[0], "timerange", ({"start": start, "end": end_of},))


def _clocks(source: Source, at: int) -> tuple[int, list[tuple[Clock, Clock]]] | None:
    """From a clock time until another, as they can be meant."""
    begun = FROM.match(source.text, at)
    first = source.once(_first_clock, begun.end() if begun else at)
    return _until(source, first) if first else None


def _first_clock(source: Source, at: int) -> Clock | None:
    found = source.once(chinese_clock.clock, at)
    bare = _BARE_HOUR.match(source.text, at)
    if found is not None or bare is None:
        return found
    if not re.compile(rf"(?:到|至|~|-){TWO_DIGITS}[点时]").match(source.text, bare.end()):
        return None
    return placed(bare.end(), whole(bare["hour"]), 0, 0, chinese_clock.said_part(bare["part"]))


def _until(source: Source, first: Clock) -> tuple[int, list[tuple[Clock, Clock]]] | None:
    linked = _linked(source, first.end)
    last = source.once(chinese_clock.clock, linked[0]) if linked else None
    if linked is None or last is None:
        return None
    closed = BETWEEN.match(source.text, last.end)
    if linked[1] and not closed:
        return None
    end = closed.end() if closed else last.end
    if last.part is None and first.part is not None:
        last = _in(last, first.part)
    if first.sure and not last.sure and first.part is None:
        last = last._replace(hour=(last.hour + 12) % 24) if last.hour < first.hour else last
    pairs = [(first, last)]
    if not first.sure and not last.sure:
        pairs.append((other_half(first), other_half(last)))
    return end, pairs


def _linked(source: Source, at: int) -> tuple[int, bool] | None:
    """Where the end of a range begins, and whether 之间 has to follow it."""
    if link := LINK.match(source.text, at):
        return link.end(), False
    apart = BETWEEN_LINK.match(source.text, at)
    return (apart.end(), True) if apart else None


def stretch_reading(source: Source, at: int) -> Reading | None:
    """A stretch of time with its day: 昨晚, 明天2点到4点, 之后5分钟."""
    found = [one for read in _STRETCHES if (one := read(source, at))]
    return max(found, key=lambda one: one.end, default=None)


def _reading(end: int, pairs: list[tuple[datetime, datetime]]) -> Reading:
    values = [{"start": text_of(start), "end": text_of(until)} for start, until in dict.fromkeys(pairs)]
    return Reading(end, "datetimerange", tuple(values))


def _day_part(source: Source, at: int) -> Reading | None:
    """昨晚, 明天上午, 7月25日早."""
    dated = source.once(_dated, at)
    if dated is None:
        return None
    end, around, part = dated
    if part is None:
        link = end + source.text.startswith("的", end)
        named = chinese_clock.part(source, link)
        short = _SHORT_PART.match(source.text, end) if source.text[end - 1] in "日号天一二三四五六" else None
        if named:
            end, part = named
        elif short:
            end, part = short.end(), SHORT_PARTS[short["part"]]
        else:
            return None
    hours = [time(hour) if hour < 24 else time(23, 59, 59) for hour in HOURS[part]]
    pairs = [(datetime.combine(day, hours[0]), datetime.combine(day, hours[1])) for day in around]
    return _reading(end, pairs)


def _near_now(source: Source, at: int) -> Reading | None:
    """上个小时, 之后5分钟, 未来的3小时."""
    found = AROUND_NOW.match(source.text, at)
    amount = (source.once(length, found.end()) or _one(source.text, found.end())) if found else None
    if found is None or amount is None or amount.whole_days or (amount.days and found["left"]):
        return None
    now = source.now
    pair = (amount.from_(now, -1), now) if found["back"] else (now, amount.from_(now))
    return _reading(amount.end, [pair])


def _one(text: str, at: int) -> Length | None:
    found = _ONE.match(text, at)
    if found is None:
        return None
    seconds = _ONE_S[found["unit"]]
    return Length(found.end(), seconds, 0, 0, seconds)


def _dated_range(source: Source, at: int) -> Reading | None:
    """明天2点到4点: one day."""
    begun = FROM.match(source.text, at)
    dated = source.once(_dated, begun.end() if begun else at)
    link = OF.match(source.text, dated[0]) if dated else None
    if dated is None or link is None:
        return None
    first = source.once(_first_clock, link.end())
    found = _until(source, _in(first, dated[2])) if first else None
    if found is None:
        return None
    pairs = [_on(day, *clocks) for clocks in found[1] for day in dated[1]]
    return _reading(found[0], pairs)


def _on(day: date, first: Clock, last: Clock) -> tuple[datetime, datetime]:
    start, end = at_time(day, first), at_time(day, last)
    return start, end if end > start else end + timedelta(days=1)


def _between(source: Source, at: int) -> Reading | None:
    """从昨天下午两点到明天四点, 2点-明天4点, 从现在到八点."""
    text = source.text
    begun = FROM.match(text, at)
    start = begun.end() if begun else at
    first = source.once(moment, start)
    now = None if first else _NOW.match(text, start)
    clock = None if first or now else source.once(chinese_clock.clock, start)
    end = first.end if first else now.end() if now else clock.end if clock else 0
    linked = _linked(source, end) if end else None
    if linked is None:
        return None
    last = source.once(moment, linked[0])
    closed = BETWEEN.match(text, last.end) if last else None
    if last is None:
        return _from_now_until(source, linked[0]) if now else None
    if linked[1] and not closed:
        return None
    until = at_time(last.around.future, last.clock)
    if first:
        since = at_time(first.around.future, first.clock)
        since = since if since <= until else at_time(first.around.past, first.clock)
        if since > until and _weekly(last.around):
            until += timedelta(days=7 * -((until - since) // timedelta(days=7)))
    else:
        since = at_time(source.today, clock) if clock else source.now.replace(tzinfo=None)
    return _reading(closed.end() if closed else last.end, [(since, until)])


def _weekly(around: Around) -> bool:
    return around.future - around.past == timedelta(days=7)


def _from_now_until(source: Source, at: int) -> Reading | None:
    last = source.once(chinese_clock.clock, at)
    if last is None:
        return None
    now = source.now.replace(tzinfo=None)
    ends = sorted(at_time(source.today + timedelta(days=more), one) for one in halves(last) for more in (0, 1))
    return _reading(last.end, [(now, next(end for end in ends if end > now))])


_STRETCHES = (_day_part, _near_now, _dated_range, _between)

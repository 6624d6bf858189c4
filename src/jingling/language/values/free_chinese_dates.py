"""Dates, times, durations, repetitions and holidays in free Chinese text, resolved against a given now."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from jingling.language.values import chinese_bounds
from jingling.language.values.chinese_between import span_reading
from jingling.language.values.chinese_clock import PARTS, SHORT_PARTS, time_reading
from jingling.language.values.chinese_date import NEAR, YEARS_AHEAD, date_reading
from jingling.language.values.chinese_eras import ERAS
from jingling.language.values.chinese_holiday import NAMES, holiday_reading
from jingling.language.values.chinese_hours import hours_reading, moment_reading, stretch_reading
from jingling.language.values.chinese_length import duration
from jingling.language.values.chinese_set import set_reading
from jingling.language.values.chinese_source import Reading, Source
from jingling.language.values.recognized import Recognized

READ_CHARS_MAX = 1000
"""What stands after this is not read: an answer within 50 ms matters more."""
Read = Callable[[Source, int], Reading | None]
_KINDS: Mapping[str, Read] = {
    "Set": set_reading,
    "DateTime": moment_reading,
    "DateTimePeriod": stretch_reading,
    "Date": date_reading,
    "Holiday": holiday_reading,
    "Time": time_reading,
    "Duration": duration,
    "DatePeriod": span_reading,
    "TimePeriod": hours_reading,
}
_ALL = tuple(_KINDS.values())
_OPENERS = (
    *("0123456789=零一二两三四五六七八九十百半廿正冬腊初大农阴旧周星礼春夏秋冬周差约本上下前后这当此每"),
    *("从自在截直第最过以之近头未接今往还现马立刚目眼"),
    *(*YEARS_AHEAD, *NEAR, *PARTS, *SHORT_PARTS, *ERAS, *NAMES),
)
_START = re.compile(f"[{''.join(sorted({name[0] for name in _OPENERS}))}]")
_NOT_MEANT = re.compile(
    r"今日头条|公元前[^，。,.\s]{1,8}年|《[^》]{0,30}》|周岁|(?<!\d)(?:\d{1,9}[.\-]){3,}\d|(?<!\d)\d{3,9}-\d{3,9}-\d"
)
"""Names and numbers with the looks of a date."""
_A_LITTLE = re.compile(r"^[^到至从在约\d日号天周末,.;:晚早午后前了今明昨].点|点[儿也都不没吧]|^一点$")
_DECIMAL = re.compile(r"[零一二三四五六七八九\d](?!分|刻|[零一二三四五六七八九十\d]分|十)")
_LEADING_DAY = re.compile(r"\d{1,2}号")


def recognize(text: str, now: datetime, kind: str | None = None) -> list[Recognized]:
    """What is said of time in `text`. `kind` is one of `_KINDS`, or anything else for all of them together."""
    source = Source(text[:READ_CHARS_MAX], now)
    readers = (_KINDS[kind],) if kind is not None and kind in _KINDS else _ALL
    return [_recognized(source, text, at, one) for at, one in _longest(source, readers)]


def _longest(source: Source, readers: tuple[Read, ...]) -> Iterator[tuple[int, Reading]]:
    """From left to right, the longest reading at each place that is not part of one before."""
    blocked = [found.span() for found in _NOT_MEANT.finditer(source.text)] if len(readers) > 1 else []
    at = 0
    while found := _START.search(source.text, at):
        at = found.start()
        over = next((end for start, end in blocked if start <= at < end), None)
        one = None if over else _best(source, at, readers)
        if one is not None:
            yield at, one
        at = over or (one.end if one else at + 1)


def _best(source: Source, at: int, readers: tuple[Read, ...]) -> Reading | None:
    every = _readings(source, at, readers)
    if len(readers) > 1:
        if bound := chinese_bounds.bounded(source, at, every):
            every.append(bound)
        elif opening := chinese_bounds.opens(source, at):
            end, word = opening
            inner = _readings(source, end, readers)
            if bound := chinese_bounds.opened(source, end, word, inner):
                every.append(bound)
        every = [one for one in every if not _idle(source, at, one)]
    return max(every, key=lambda one: one.end, default=None)


def _readings(source: Source, at: int, readers: tuple[Read, ...]) -> list[Reading]:
    found = []
    for read in readers:
        try:
            one = read(source, at)
        except (ValueError, OverflowError):
            continue
        if one is not None and one.resolutions:
            found.append(one)
    return found


def _idle(source: Source, at: int, one: Reading) -> bool:
    """A sentence that begins with 12号 does not speak of a day, nor 快一点 and 三点五 of a time."""
    said = source.text[at : one.end]
    if one.kind == "date":
        return at == 0 and bool(_LEADING_DAY.fullmatch(said))
    if one.kind != "time" or said[-1] != "点":
        return False
    little = said in ("一点", "1点") and bool(_A_LITTLE.search(source.text[max(0, at - 1) : one.end + 1]))
    return little or bool(_DECIMAL.match(source.text, one.end))


def _recognized(source: Source, text: str, at: int, one: Reading) -> Recognized:
    start, end = source.place(at, one.end)
    return Recognized(one.kind, start, end, text[start:end], one.resolutions)

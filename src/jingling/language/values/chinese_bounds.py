"""Before, after, since and until: 2018年以前, 自从2018年, 今天晚上八点之前, 2019年8月6日或之后."""

import re
from collections.abc import Sequence

from jingling.language.values.chinese_source import Reading, Source

_UNTIL = re.compile(r"[或及和]在?(?:以前|之前)|(?:为止|止)(?!步)")
_SINCE = re.compile(r"[或及和]在?(?:以后|之后)|开始|以来|起(?![床来飞点码诉身名源伏义])")
_BEFORE = re.compile(r"以前|之前|前(?![天年往后面边半])")
_AFTER = re.compile(r"以后|之后|过后|后(?![天年来面边半期续])")
_PREFIX = re.compile(r"(?P<since>自从|自|从)|(?P<before>截止到|截止|截至|直到)")
_WIDER = {"date": "daterange", "daterange": "daterange", "time": "timerange", "datetime": "datetimerange"}
_JOINED_FROM = re.compile(r"(?:^|[,.;、。\s或和与及且在])$")


def bounded(source: Source, at: int, read: Sequence[Reading]) -> Reading | None:
    """`read`, of those that begin at `at`, with the bound that follows it."""
    for reading in sorted(read, key=lambda one: -one.end):
        if reading.kind in _WIDER and "timex" not in reading.resolutions[0]:
            found = _suffix(source.text, reading)
            if found is not None:
                return found
    return None


def _suffix(text: str, reading: Reading) -> Reading | None:
    if text[reading.end - 1] in "前后":
        return None
    for pattern, start, end in (
        (_UNTIL, "", "end"),
        (_SINCE, "start", ""),
        (_BEFORE, "", "start"),
        (_AFTER, "end", ""),
    ):
        if found := pattern.match(text, reading.end):
            return _as(reading, found.end(), start, end)
    return None


def _as(reading: Reading, until: int, start: str, end: str) -> Reading:
    """`start` and `end` say which side of a range the new one begins or ends with."""
    values = []
    for one in reading.resolutions:
        pick = {"start": start, "end": end}
        values.append({side: one.get(of) or one["value"] for side, of in pick.items() if of})
    return Reading(until, _WIDER[reading.kind], tuple(values))


def opens(source: Source, at: int) -> tuple[int, str] | None:
    """The end and the sense of a word that opens a bound: 自从, 截止到."""
    found = _PREFIX.match(source.text, at)
    if found is None or (found["since"] and not _JOINED_FROM.search(source.text[:at][-1:])):
        return None
    return found.end(), found.group()


def opened(source: Source, at: int, word: str, read: Sequence[Reading]) -> Reading | None:
    """The bound at `at`, where `read` begins, that `word` opened. Of 从2015年起, the 从 does not belong to it."""
    closed = bounded(source, at, read)
    if closed is not None and "start" in closed.resolutions[0]:
        by_year = word == "从" and source.text[closed.end - 1] == "起"
        return None if by_year else closed
    if word == "从":
        return None
    fit = [one for one in read if one.kind in _WIDER and "timex" not in one.resolutions[0]]
    longest = max(fit, key=lambda one: one.end, default=None)
    if longest is None:
        return None
    return _as(longest, longest.end, *(("start", "") if word.startswith("自") else ("", "start")))

"""Dates, times, ranges, lengths and repetitions found in free English text, resolved against a moment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from jingling.language.values.english_contexts import FUNCTION_WORDS
from jingling.language.values.english_date import lone_day, near_day
from jingling.language.values.english_holidays import holiday
from jingling.language.values.english_length import duration
from jingling.language.values.english_limits import limited
from jingling.language.values.english_moments import moment, moments
from jingling.language.values.english_ranges import days
from jingling.language.values.english_rules import free_words, glued, rules, vocabulary
from jingling.language.values.english_sets import repetition
from jingling.language.values.english_time import lone, lone_span
from jingling.language.values.english_values import Value
from jingling.language.values.english_zones import after_time, zone
from jingling.language.values.phrases import Match, Phrase, Words, begins
from jingling.language.values.recognized import Recognized

Reading = tuple[int, Value]
_WORK_MAX = 6000
"""So many readings are tried at most: hundreds of numbers in a row must not take long."""


def _valued(phrase: Phrase) -> Phrase:
    """A phrase whose values are turned into what the recogniser gives."""
    return rules({"it": phrase}, ("{it}", _value))


def _value(found: Any) -> Value | None:
    return found if isinstance(found, Value) or found is None else found.value


_DATE, _TIME, _DAYS, _HOURS = _valued(lone_day), _valued(lone), days, _valued(lone_span)
_MOMENT = _valued(moment)
_ALL: tuple[Phrase, ...] = (limited, repetition, _DATE, days, _MOMENT, moments, _HOURS, _TIME, duration)
"""Of two as long the first counts."""
_TIMED = frozenset(("time", "timerange", "datetime", "datetimerange"))
_KINDS: Mapping[str, tuple[Phrase, ...]] = {
    "Date": (_DATE,),
    "Time": (_TIME,),
    "DatePeriod": (days,),
    "TimePeriod": (_HOURS,),
    "DateTime": (_MOMENT,),
    "DateTimePeriod": (moments,),
    "Duration": (duration,),
    "Holiday": (_valued(holiday),),
    "Set": (repetition,),
    "TimeZone": (zone,),
    "DateTimeModelSplitDateAndTime": (_valued(near_day), _TIME, duration),
}


_TELLING = vocabulary(phrase for phrases in (*_KINDS.values(), _ALL) for phrase in phrases) - FUNCTION_WORDS


def recognize(text: str, now: datetime, kind: str | None = None) -> list[Recognized]:
    """All that is said of time in `text`, in its order; `kind` names one type, None stands for all of them."""
    words = free_words(text)
    if not any(word.text in _TELLING or word.text[0].isdigit() for word in words):
        return []
    here = now.replace(tzinfo=None, microsecond=0)
    phrases = _KINDS.get(kind or "", _ALL)
    found = _found(words, phrases, here)
    if kind == "DateTimeModelComplexCalendar":
        found = (_zoned(words, *one) for one in found)
    if kind == "DateTimeModelExperimentalMode":
        found = ((start, end, replace(value, find=value.inclusive or value.find)) for start, end, value in found)
    return [
        Recognized(value.kind, start, end, text[start:end], value.resolutions(here)) for start, end, value in found
    ]


def _found(words: Words, phrases: tuple[Phrase, ...], now: datetime) -> Iterator[tuple[int, int, Value]]:
    """The longest reading at each place, from left to right."""
    firsts = frozenset[str]().union(*(phrase.first for phrase in phrases))
    at = 0
    while at < len(words) and len(words.known) < _WORK_MAX:
        longest: Reading | None = None
        if begins(firsts, words, at) and not _inside(words, at) and not _in_number(words, at):
            for phrase in phrases:
                if begins(phrase.first, words, at):
                    longest = _longer(longest, phrase.match(words, at), words, now)
        if longest is None:
            at += 1
            continue
        end, value = longest
        last = _trimmed(words, at, end)
        yield words[at].start, words[last - 1].end, value
        at = last


def _zoned(words: Words, start: int, end: int, value: Value) -> tuple[int, int, Value]:
    """With the zone behind a clock time, which some calendars take for a part of it."""
    after = next((at for at, word in enumerate(words) if word.start >= end), len(words))
    if value.kind not in _TIMED or not begins(after_time.first, words, after):
        return start, end, value
    zones = sorted(after_time.match(words, after))
    if not zones:
        return start, end, value
    last, found = zones[-1]
    return start, words[last - 1].end, replace(value, zone=str(found.found(datetime.min)[0][0]))


def _longer(longest: Reading | None, matches: Sequence[Match], words: Words, now: datetime) -> Reading | None:
    for end, value in matches:
        longer = longest is None or end > longest[0]
        if longer and not _inside(words, end) and (value.timex or value.found(now)):
            longest = (end, value)
    return longest


def _inside(words: Words, at: int) -> bool:
    """Whether the place is within a run of letters and digits."""
    if not 0 < at < len(words):
        return False
    if words[at].text[0].isdigit() and words[at - 1].text in "$€£":
        return True
    if not glued(words, at):
        return False
    return words[at - 1].text[-1].isalnum() and words[at].text[0].isalnum()


def _in_number(words: Words, at: int) -> bool:
    """Whether the digits here go on from others: decimals, a ratio, a telephone number."""
    if at < 2 or not words[at].text[0].isdigit() or words[at - 1].text not in ".,:/–":
        return False
    return glued(words, at) and glued(words, at - 1) and words[at - 2].text[-1].isdigit()


def _trimmed(words: Words, start: int, end: int) -> int:
    """Without the full stop or comma at the end, unless it belongs to "p.m."."""
    while end - 1 > start and words[end - 1].text in ".,–(":
        dotted = end - 3 > start and words[end - 1].text == "." and words[end - 2].text == "m"
        if dotted and words[end - 3].text == ".":
            break
        end -= 1
    return end

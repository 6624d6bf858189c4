"""The lists that every skill has, and where their values stand in a text."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from jingling.core.turn import Language
from jingling.language.text import tokens
from jingling.language.values import (
    chinese_numbers,
    chinese_periods,
    chinese_times,
    colors,
    durations,
    english_numbers,
    english_periods,
    english_times,
    money,
    quantities,
)
from jingling.language.values.moments import clock_text, resolve, resolve_day, resolve_period, waking
from jingling.language.values.phrases import Phrase, Words, begins, first_key

PHRASES: Mapping[Language, Mapping[str, Phrase]] = {
    "en": {
        "number": english_numbers.number,
        "percentage": english_numbers.percentage,
        "temperature": english_numbers.temperature,
        "color": colors.english,
        "duration": durations.english,
        "time": english_times.time,
        "datetime": english_times.moment,
        "date": english_times.date,
        "ordinal": english_numbers.ordinal,
        "fraction": english_numbers.fraction,
        "money": money.english,
        "quantity": quantities.english,
        "period": english_periods.period,
        "recurrence": english_periods.recurrence,
    },
    "zh": {
        "number": chinese_numbers.number,
        "percentage": chinese_numbers.percentage,
        "temperature": chinese_numbers.temperature,
        "color": colors.chinese,
        "duration": durations.chinese,
        "time": chinese_times.time,
        "datetime": chinese_times.moment,
        "date": chinese_times.date,
        "ordinal": chinese_numbers.ordinal,
        "fraction": chinese_numbers.fraction,
        "money": money.chinese,
        "quantity": quantities.chinese,
        "period": chinese_periods.period,
        "recurrence": chinese_periods.recurrence,
    },
}
NAMES = frozenset(PHRASES["en"])
_FOUND_MAX = 200
"""Nobody says more values in one sentence; a text made of numbers only must not take long."""


class Found(NamedTuple):
    """A value as it stands in a text."""

    text: str
    value: Any


def find(text: str, language: Language, now: datetime) -> dict[str, list[Found]]:
    """For each list, every piece of the even `text` that can be read as one of its values."""
    words = Words(tokens(text))
    found: dict[str, dict[tuple[int, int], Any]] = {name: {} for name in PHRASES[language]}
    starting = _starting(language)
    count = 0
    for at, word in enumerate(words):
        for name, phrase in starting.get(first_key(word.text), ()):
            spans = found[name]
            for end, value in phrase.match(words, at):
                spans.setdefault((word.start, words[end - 1].end), value)
                count += 1
        if count > _FOUND_MAX:
            break
    return {name: list(_plain(name, text, spans, now)) for name, spans in found.items()}


@cache
def _starting(language: Language) -> Mapping[str, tuple[tuple[str, Phrase], ...]]:
    """The phrases that can begin with a word."""
    phrases = PHRASES[language].items()
    words = frozenset[str]().union(*(phrase.first for _, phrase in phrases))
    return {word: tuple((name, phrase) for name, phrase in phrases if word in phrase.first) for word in words}


def _plain(name: str, text: str, spans: Mapping[tuple[int, int], Any], now: datetime) -> Iterator[Found]:
    for (start, end), value in spans.items():
        plain = plain_value(name, value, now)
        if plain is not None:
            yield Found(text[start:end], plain)


def plain_value(name: str, value: Any, now: datetime) -> Any:
    """What the slot gets: JSON values only."""
    if name == "time":
        return clock_text(value)
    if name == "datetime":
        moment = resolve(value, now)
        return moment.isoformat(timespec="seconds") if moment else None
    if name == "date":
        day = resolve_day(value, now)
        return day.isoformat() if day else None
    if name == "period":
        period = resolve_period(value, now)
        return (
            dict(zip(("start", "end"), (at.isoformat(timespec="seconds") for at in period), strict=True))
            if period
            else None
        )
    if name == "recurrence":
        return {"rule": value.rule} | ({"at": clock_text(waking(value.at))} if value.at else {})
    return value


def parse(name: str, text: str, language: Language, now: datetime) -> Any:
    """The value of the list `name` that the whole even `text` stands for, or None."""
    words = Words(tokens(text))
    phrase = PHRASES[language][name]
    if begins(phrase.first, words, 0):
        for end, value in phrase.match(words, 0):
            if end == len(words):
                return plain_value(name, value, now)
    return None

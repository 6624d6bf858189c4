"""Values in any text, as it was typed. The lists of templates are in `find`."""

from datetime import datetime

from jingling.core.turn import Language
from jingling.language.values import free_chinese, free_chinese_dates, free_english, free_english_dates
from jingling.language.values.recognized import Recognized


def recognize(text: str, language: Language, now: datetime, kind: str | None = None) -> list[Recognized]:
    """The numbers and what is counted: amounts, measures, ages, percentages, …; `kind` as `free_english` has it."""
    if language == "en":
        return free_english.recognize(text, now, kind)
    return free_chinese.recognize(text, now, kind)


def everything(text: str, language: Language, now: datetime) -> list[Recognized]:
    """Numbers, what is counted, dates and times, in the order of the text; what is part of something longer is left
    to that."""
    dates = free_english_dates if language == "en" else free_chinese_dates
    found = [*dates.recognize(text, now), *recognize(text, language, now)]
    found.sort(key=lambda one: one.start - one.end)
    kept: list[Recognized] = []
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)

"""Values in any text, as it was typed. The lists of templates are in `find`."""

from datetime import datetime

from jingling.core.turn import Language
from jingling.language.values import free_chinese, free_english
from jingling.language.values.recognized import Recognized


def recognize(text: str, language: Language, now: datetime, kind: str | None = None) -> list[Recognized]:
    """The numbers and what is counted: amounts, measures, ages, percentages, …; `kind` as `free_english` has it."""
    if language == "en":
        return free_english.recognize(text, now, kind)
    return free_chinese.recognize(text, now, kind)

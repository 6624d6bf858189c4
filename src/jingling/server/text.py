"""Which text a person may send."""

import unicodedata

from jingling.core.turn import Language
from jingling.language.text import detect
from jingling.server.complaint import Complaint

WHITE = frozenset("\t\n\r")


def typed_language(text: str, screen: Language) -> Language:
    """That of the first letter, for a request begins with what is to be done. One foreign word is no change."""
    first = next((sign for sign in text if sign.isalpha()), "")
    if not first or (detect(first) == "en" and len(text.split()) == 1):
        return screen if detect(text) == "en" else "zh"
    return detect(first)


def checked_text(text: str, chars_max: int) -> str:
    """The text without blanks around it. Raises Complaint when it is empty, too long or no plain text."""
    if len(text) > chars_max:
        raise Complaint("too_long", length=len(text), limit=chars_max)
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in WHITE for sign in text):
        raise Complaint("bad_text")
    stripped = text.strip()
    if not stripped:
        raise Complaint("empty_text")
    return stripped

"""Which text a person may send."""

import unicodedata

from jingling.server.complaint import Complaint

WHITE = frozenset("\t\n\r")


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

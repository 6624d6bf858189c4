"""A text in pieces that can be said one after another: sentences, and long ones at their commas. Pure."""

import re
from collections.abc import Iterator

CLAUSE_CHARS_MAX = 160
_END = re.compile(r"[。！？；…][”’」』）)\"']*|[.!?;][”’)\"']*(?=\s)|\n+")
_SHORT = re.compile(
    r"(?:^|[\s(])(?:[A-Za-z]|Mrs?|Ms|Dr|Prof|St|No|[JS]r|vs|etc|[ei]\.[ge]|[ap]\.m|approx"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$"
)
_PAUSE = re.compile(r"[，、：,:](?=\D|$)")
_SPACE = re.compile(r"\s")


def clauses(text: str) -> Iterator[str]:
    """Together they are `text`; each but the last ends where a speaker may pause."""
    start = 0
    for end in _END.finditer(text):
        if end[0].startswith(".") and _SHORT.search(text, start, end.start()):
            continue
        yield from _short(text[start : end.end()])
        start = end.end()
    yield from _short(text[start:])


def _short(sentence: str) -> Iterator[str]:
    while len(sentence) > CLAUSE_CHARS_MAX:
        cut = _last(_PAUSE, sentence) or _last(_SPACE, sentence) or CLAUSE_CHARS_MAX
        yield sentence[:cut]
        sentence = sentence[cut:]
    if sentence:
        yield sentence


def _last(pattern: re.Pattern[str], sentence: str) -> int:
    """Just after the last match that is not too near the beginning; 0 when there is none."""
    found = [match.end() for match in pattern.finditer(sentence, CLAUSE_CHARS_MAX // 4, CLAUSE_CHARS_MAX)]
    return found[-1] if found else 0

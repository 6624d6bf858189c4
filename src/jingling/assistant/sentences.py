"""A stream of text cut into sentences that can be said aloud. Pure."""

import re
import unicodedata

SENTENCE_CHARS_MAX = 300
_END = re.compile(r"[。！？；!?…][”’」』）)\"'*_]*|\.[”’)\"'*_]*(?=\s)|\n+")
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|e\.g|i\.e|approx)$")
_BREAK = re.compile(r".*[\s,，、;:：]", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)")
_URL = re.compile(r"(?:https?://|www\.)[^\s，。、）)]+|<[^<>\n]{1,200}>", re.IGNORECASE)
_RULE = re.compile(r"^\s*(?:[-*_=|: ]{3,}|```\w*)\s*$", re.MULTILINE)
_LINE_START = re.compile(r"^\s*(?:#{1,6}\s+|>\s?|[-*+•]\s+)", re.MULTILINE)
_MARKS = re.compile(r"\*\*|__|~~|[`*|]|(?<!\w)_|_(?!\w)")
_SPACES = re.compile(r"\s+")
_UNSPEAKABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk"})


class Sentences:
    """`feed` gives the sentences that are complete, `end` what is left; each cleaned, none empty."""

    def __init__(self) -> None:
        self._text = ""

    @property
    def begun(self) -> bool:
        """Something of a next sentence has come already."""
        return bool(self._text.strip())

    def feed(self, text: str) -> list[str]:
        self._text += text
        found: list[str] = []
        while (cut := self._cut()) > 0:
            found.append(self._text[:cut])
            self._text = self._text[cut:]
        return _said(found)

    def end(self) -> list[str]:
        rest, self._text = self._text, ""
        return _said([rest])

    def _cut(self) -> int:
        """Where the first sentence ends; 0 when it has not ended yet."""
        for end in _END.finditer(self._text):
            short = end.group().startswith(".") and _ABBREVIATED.search(self._text[: end.start()])
            if not short and self._text[: end.end()].strip():
                return end.end()
        if len(self._text) <= SENTENCE_CHARS_MAX:
            return 0
        pause = _BREAK.match(self._text[:SENTENCE_CHARS_MAX])
        return pause.end() if pause else SENTENCE_CHARS_MAX


def speakable(text: str) -> str:
    """`text` as it is said: no markdown, no addresses, no emoji, on one line; empty when no word is left."""
    text = _RULE.sub(" ", _URL.sub("", _LINK.sub(r"\1", text)))
    text = _MARKS.sub("", _LINE_START.sub("", text))
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or _can_be_said(c))
    text = _SPACES.sub(" ", text).strip()
    return text if any(c.isalnum() for c in text) else ""


def _can_be_said(char: str) -> bool:
    return char == "°" or (unicodedata.category(char) not in _UNSPEAKABLE and not "\ufe00" <= char <= "\ufe0f")


def _said(texts: list[str]) -> list[str]:
    return [said for text in texts if (said := speakable(text))]

"""Text made even before it is matched: widths, scripts, punctuation, symbols, polite words."""

import re
import unicodedata
from typing import NamedTuple

from jingling.core.turn import Language
from jingling.language.script import simplified

TEXT_CHARS_MAX = 600
"""Longer than any sentence that a person says to a speaker; nothing longer is understood."""

_CJK = "一-鿿㐀-䶿"
_HAS_CJK = re.compile(f"[{_CJK}]")
_SPACES = re.compile(r"\s+")
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": " ", "−": "-", "。": " ", "〇": "零"})
_EVEN = re.compile(r"(?:[A-Za-z0-9%一-鿿]|(?<=[A-Za-z])'(?=[A-Za-z])| (?! ))*")
"""Most of what is said is so already."""
_UNSPEAKABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Sm", "Sc"})
_TOKEN = re.compile(
    rf"""-?\d{{4}}-\d{{1,2}}-\d{{1,2}}(?!\d)      # a date
    |\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d)         # a clock
    |\d+/\d+                                      # a fraction
    |(?<![\w.])-\d+(?:\.\d+)?|\d+(?:\.\d+)?       # a number
    |[{_CJK}]                                     # a character
    |[^\W\d_{_CJK}]+(?:'[^\W\d_{_CJK}]+)*         # a word
    |[%°]""",
    re.VERBOSE,
)
_KEPT_INSIDE = {"'": str.isalnum, "-": str.isalnum, ".": str.isdigit, ":": str.isdigit, "/": str.isdigit}


class Token(NamedTuple):
    text: str
    start: int
    end: int


def even(text: str) -> str:
    """`text` in one width and in simplified characters, without symbols.

    Punctuation only stays within words and numbers, and letters keep their case. What comes out is what templates,
    names and values are matched against.
    """
    if _EVEN.fullmatch(text):
        return simplified(text).strip()
    text = simplified(unicodedata.normalize("NFKC", text.translate(_QUOTES)))
    text = _INITIALS.sub(lambda found: found.group().replace(".", ""), text)
    text = _THOUSANDS.sub("", text)
    padded = f" {text} "
    kept = (_kept(*around) for around in zip(padded, padded[1:], padded[2:], strict=False))
    return _SPACES.sub(" ", "".join(kept)).strip()


def _kept(before: str, char: str, after: str) -> str:
    if char.isalnum() or char in "%°":
        return char
    if char == "-" and after.isdigit() and not before.isalnum():
        return char
    inside = _KEPT_INSIDE.get(char)
    if inside and inside(before) and inside(after):
        return char
    category = unicodedata.category(char)
    if category in _UNSPEAKABLE or category[0] in "PZ":
        return " "
    return char if category[0] in "LNM" and not "\ufe00" <= char <= "\ufe0f" else " "


def tokens(text: str) -> list[Token]:
    """The words, numbers and single Chinese characters of an even text, lower-case, with their places."""
    return [Token(m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def detect(text: str) -> Language:
    """The language that `text` is written in."""
    return "zh" if _HAS_CJK.search(text) else "en"


_FILLERS: dict[Language, tuple[str, str, str]] = {
    "en": (
        r"please|(?:can|could|would|will) you|hey|hi|hello|okay|ok|well|um+|uh+|so|now|just|kindly|"
        r"i'd like (?:you )?to|i would like (?:you )?to|i want (?:you )?to|i need (?:you )?to|"
        r"i'd like|i would like|i want|let's|would you mind",
        r"please|for me|thanks|thank you|will you|would you|can you",
        r"please|for me|just|kindly|um+|uh+|right now|now|okay|ok",
    ),
    "zh": (
        "请问|请你|请您|请|麻烦你|麻烦您|麻烦|帮我|帮忙|给我|替我|你能不能|能不能|可不可以|可以|能|你|您|我想要|我想|我要|"
        "那个|那|嗯+|呃+|啊|哎|喂|你好|您好|劳驾|现在|快",
        "一下子|一下|谢谢你|谢谢您|谢谢|好吗|好吧|好不好|行吗|可以吗|吧|啊|呀|哦|嘛|呗|麻烦了",
        "一下|请|帮我|给我|麻烦你|麻烦|帮忙|谢谢|[了吗呢]$",
    ),
}
_EDGES: dict[Language, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "en": (
        re.compile(rf"^(?:(?:{_FILLERS['en'][0]})\b\s*)+", re.IGNORECASE),
        re.compile(rf"(?:\s+(?:{_FILLERS['en'][1]}))+$", re.IGNORECASE),
    ),
    "zh": (re.compile(rf"^(?:(?:{_FILLERS['zh'][0]})\s*)+"), re.compile(rf"(?:\s*(?:{_FILLERS['zh'][1]}))+$")),
}
_ANYWHERE: dict[Language, re.Pattern[str]] = {
    "en": re.compile(rf"\b(?:{_FILLERS['en'][2]})\b\s*", re.IGNORECASE),
    "zh": re.compile(rf"(?:{_FILLERS['zh'][2]})\s*"),
}


def edges(text: str, language: Language) -> tuple[int, int]:
    """Where `text` begins and ends without the polite words around it; all of it when nothing else is in it."""
    before, after = _EDGES[language]
    polite = before.match(text)
    start = polite.end() if polite else 0
    polite = after.search(text, start)
    end = polite.start() if polite else len(text)
    return (start, end) if text[start:end].strip() else (0, len(text))


def without_edges(text: str, language: Language) -> str:
    """`text` without the polite words at its start and end; as it was when nothing else is in it."""
    start, end = edges(text, language)
    return text[start:end].strip()


def barer(text: str, language: Language) -> tuple[str, ...]:
    """`text` without the polite words only at its start, only at its end, and without any."""
    start, end = _EDGES[language]
    inner = _ANYWHERE[language].sub("", without_edges(text, language))
    forms = (start.sub("", text), end.sub("", text), inner)
    return tuple(dict.fromkeys(form.strip() for form in forms if form.strip()))

"""How written text is said aloud: numbers and signs in words, and each script in its own language. Pure."""

import html
import re

from msgspec import Struct

from jingling.core.turn import Language
from jingling.speech import spoken_patterns as written
from jingling.speech.spoken_chinese import chinese
from jingling.speech.spoken_english import english
from jingling.speech.spoken_patterns import HAN


class Run(Struct, frozen=True):
    """A stretch of text for one voice."""

    text: str
    language: Language


_SCRIPT = re.compile(rf"(?P<zh>[{HAN}])|(?P<en>[A-Za-z\u00c0-\u024f])")
_UNSPOKEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff"
    "\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2900-\u297f\u2b00-\u2bff\ue000-\uf8ff"
    "\U0001f000-\U0001faff\U000e0000-\U000e007f*_#`~|<>\\^{}]+"
)
_WIDE = {0xFF01 + at: 0x21 + at for at in range(94) if chr(0x21 + at).isalnum() or chr(0x21 + at) in "%+-=@&/"}
_FRACTIONS = {
    "½": "1/2",
    "⅓": "1/3",
    "⅔": "2/3",
    "¼": "1/4",
    "¾": "3/4",
    "⅛": "1/8",
    "⅜": "3/8",
    "⅝": "5/8",
    "⅞": "7/8",
}
_VULGAR = re.compile(rf"(?P<whole>\d)?(?P<part>[{''.join(_FRACTIONS)}])")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_SMILE = re.compile(r"(?<![\w:])[:;][-']?[DPpOo)(/](?!\w)")
_KEPT = (
    (re.compile(r"(?<=\d)．(?=\d)"), "."),
    (re.compile(r"(?<![\w.])\.(?=\d)"), "0."),
    (re.compile(r"(?<=\d)(?:[\u00a0\u2009\u202f](?=\d{3}(?!\d))| (?=000(?!\d)))"), ","),
    (re.compile(r"#(?=\s?\d)"), "№"),
    (re.compile(r"~(?=\s?-?\d)"), "～"),
    (re.compile(r"(?<=\d)\s?\*\s?(?=\d)"), "×"),
    (re.compile(r"(?<=\d)[eE](?=[-+−]?\d{1,3}(?![\w.]))"), "×10＾"),
    (re.compile(r"(?<=\d)\s?\^\s?(?=[-+−]?\d)"), "＾"),
    (re.compile(r"<=(?=\s?\d)"), "≤"),
    (re.compile(r">=(?=\s?\d)"), "≥"),
    (re.compile(r"(?<![<>=])<(?=\s?\d)"), "＜"),
    (re.compile(r"(?<![<>=-])>(?=\s?\d)"), "＞"),
)
_OF_NUMBERS = (
    written.ISO_DATE, written.YEAR_NAMED, written.DAY_MONTH, written.MONTH_DAY, written.MONTH_YEAR,
    written.CLOCK, written.HOUR,
    written.PRICE, written.PRICE_AFTER, written.HOURS_MINUTES, written.MINUTES_SECONDS, written.QUANTITY,
    written.ORDINAL, written.SIZE, written.FACTOR, written.VERSION,
)  # fmt: skip
_GLUED = re.compile(r"[-\d.]*\d(?![:：/%°])")


def runs(text: str, language: Language) -> list[Run]:
    """`text` as it is said, cut where the script changes; numbers go with the sentence around them."""
    cut = _cut(_cleaned(text), language)
    said = [Run((english if run.language == "en" else chinese)(run.text), run.language) for run in cut]
    return [run for run in said if any(c.isalnum() for c in run.text)]


def _cleaned(text: str) -> str:
    """No markup, no emoji; addresses in words, which are English in any sentence."""
    text = html.unescape(text).translate(_WIDE)
    text = _TAG.sub(" ", _SMILE.sub(" ", text))
    text = written.URL.sub(_address, written.EMAIL.sub(_mail, text))
    text = _VULGAR.sub(lambda m: f"{m['whole'] or ''} {_FRACTIONS[m['part']]}", text)
    for pattern, kept in _KEPT:
        text = pattern.sub(kept, text)
    return _UNSPOKEN.sub(" ", text)


def _address(match: re.Match[str]) -> str:
    """The name of the site; nobody listens to the rest."""
    if "@" in match[0]:
        return match[0]
    host = re.sub(r"^(?:\w+://)?(?:www\.)?", "", match[0], flags=re.I).split("/")[0].split("?")[0].rstrip(".:,")
    return f" {_dotted(host)} "


def _mail(match: re.Match[str]) -> str:
    name, _, host = match[0].partition("@")
    return f" {_dotted(name)} at {_dotted(host)} "


def _dotted(text: str) -> str:
    parts = [part.upper() if len(part) == 2 else part for part in text.split(".")]
    return " dot ".join(parts).replace("-", " dash ").replace("_", " underscore ").replace("+", " plus ")


def _cut(text: str, language: Language) -> list[Run]:
    """A run ends where a letter of the other script begins; Han characters alone decide for Chinese."""
    found: list[Run] = []
    start, end, current = 0, 0, language
    first = True
    shielded = _shielded(text)
    for match in _SCRIPT.finditer(shielded):
        script: Language = "zh" if match["zh"] else "en"
        if script != current:
            at = start if first else _between(shielded, end, match.start(), current == language)
            found.append(Run(text[start:at], current))
            start, current = at, script
        end, first = match.end(), False
    return [*found, Run(text[start:], current)]


def _between(text: str, end: int, begin: int, leaves: bool) -> int:
    """Where to cut between letters of two scripts; numbers there stay in the sentence's own language."""
    if leaves:
        return begin
    glued = _GLUED.match(text, end, begin)
    return glued.end() if glued else end


def _shielded(text: str) -> str:
    """The letters of units, months and of am and pm belong to their number: hidden from the cut."""
    for pattern in _OF_NUMBERS:
        text = pattern.sub(lambda match: "0" * len(match[0]), text)
    return text

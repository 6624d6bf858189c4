"""Tokens of any text, as it was typed, for finding values in it: places are those of the text.

Unlike the tokens of an even text these keep punctuation marks, and a number is one token however it is written:
`1,234.5`, `40 000`, `2 1/4`, `1.2e3`, `10k` become digits, a sign before it the token `minus`. Hyphens
between words are passed over; "twenty-one" is one token. Web addresses are one token each.
"""

import re
import unicodedata
from collections.abc import Iterator

from jingling.language.text import Token
from jingling.language.values.english_cardinals import HYPHENED, HYPHENED_ORDINALS
from jingling.language.values.phrases import Words

FREE_CHARS_MAX = 1000
"""What is behind is not read."""
WEB = "web:"
_MAGNITUDES = {"k": 10**3, "m": 10**6, "mm": 10**6, "g": 10**9, "b": 10**9, "t": 10**12}
_CJK = "一-鿿㐀-䶿"
_WIDE_DIGITS = "０-９"
_WIDE_MARK = re.compile(rf"(?<=[{_WIDE_DIGITS}])，(?=[{_WIDE_DIGITS}]{{3}}(?![{_WIDE_DIGITS}]))")
_KEPT_WIDE = frozenset("，。：；！？（）～￥")
_TOKEN = re.compile(
    rf"""(?P<web>(?:https?://|www\.)[^\s{_CJK}]+)
    |(?P<power>(?:\d+\.?\d*|(?<![\w.])\.\d+)(?:\s?x\s?10\^|\^|[eE])[+-]*\d+(?![\w.]*\d))
    |(?P<fraction>(?:\d+\s+)?(?<![\d/.])(?<!\d-)\d{{1,9}}/\d{{1,9}}(?![\d/]))
    |(?P<vulgar>(?:\d+\s?)?[¼-¾⅐-⅞])
    |(?P<dots>\d+(?:\.\d+){{2,}}(?!,\d))
    |(?P<number>
        (?<![\d,])\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?![\d]|,\d)    # 1,234.5
        |(?<![\d,])\d{{1,2}}(?:,\d{{2}})+,\d{{3}}(?:\.\d+)?(?!\d)    # 12,34,567
        |(?<![\d,.])(?:\d{{1,3}}(?:\.\d{{3}})+|\d{{4,}}|\d+(?=,(?!\d{{3}}(?!\d)))),\d+(?!\d|,\d)  # 1,3
        |(?<![\d.,])[1-9]\d{{0,2}}(?:\ \d{{3}})+(?:\.\d+)?(?![\d%]|,\d)    # 1 234 567
        |\d+\.\d+|(?<![\w.])\.\d+|\d+)
        (?:(?P<size>\s*[kK]|\s?[MGT]|b|B|MM)(?![^\W{_CJK}]))?
    |(?P<word>[^\W\d_{_CJK}]+(?:'[^\W\d_{_CJK}]+)*)
    |(?P<mark>\S)""",
    re.VERBOSE,
)
_SIGN = re.compile(r"-(?=\s{0,2}(?:\d|\.\d))")


def folded(text: str) -> str:
    """`text` in one width, each character in its place."""
    text = _WIDE_MARK.sub(",", text[:FREE_CHARS_MAX])
    if text.isascii():
        return text
    return "".join(_one_width(char) for char in text)


def _one_width(char: str) -> str:
    if char.isascii() or char in _KEPT_WIDE:
        return char
    if char in "–−—":
        return "-"
    even = unicodedata.normalize("NFKC", char)
    return even if len(even) == 1 and char not in "¼½¾" else char


def free_tokens(text: str, sizes: bool = True) -> Words:
    """`text` must be folded. Without `sizes` a `k` or `M` behind a number is a word of its own."""
    return Words(_joined(text, _pieces(text, sizes)))


def _pieces(text: str, sizes: bool) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        start, end, kind = found.start(), found.end(), found.lastgroup
        if kind in {"size", "number"}:
            written = found["number"]
            value = _number(written)
            if found["size"] and sizes:
                yield Token(_times(value, _MAGNITUDES[found["size"].strip().lower()]), start, end)
                continue
            yield Token(value, start, start + len(written))
            if found["size"]:
                size = found["size"].strip()
                yield Token(size.lower(), end - len(size), end)
        elif kind in ("power", "fraction", "vulgar"):
            value = {"power": _power, "fraction": _fraction, "vulgar": _vulgar}[kind](found.group())
            yield Token(value, start, end)
        elif kind == "dots":
            for part in re.finditer(r"\d+", found.group()):
                yield Token(part.group(), start + part.start(), start + part.end())
        elif kind == "web":
            yield Token(WEB, start, end)
        else:
            yield Token(found.group().lower(), start, end)


def _number(written: str) -> str:
    """The digits with a point, without separators."""
    whole, comma, decimals = written.replace(" ", "").rpartition(",")
    if not comma:
        return _pointed(written.replace(" ", ""))
    if "." in decimals or (len(decimals) == 3 and "." not in whole):
        return _pointed(written.replace(",", ""))
    return f"{whole.replace('.', '')}.{decimals}"


def _pointed(digits: str) -> str:
    return f"0{digits}" if digits.startswith(".") else digits


def _times(digits: str, scale: int) -> str:
    return plain_digits(float(digits) * scale)


def plain_digits(value: float) -> str:
    """Without an exponent."""
    if value == int(value):
        return str(int(value))
    return f"{value:.18f}".rstrip("0") if abs(value) < 1e-4 else repr(value)


def _power(written: str) -> str:
    base, ten, exponent = re.split(r"(\s?x\s?10\^|\^|e)", written, maxsplit=1, flags=re.IGNORECASE)
    power = int(exponent.replace("+", "").replace("--", "") or 0)
    if abs(power) > 100:
        return base.removesuffix(".") or "0"
    value = float(base) ** power if ten == "^" and float(base) else float(base) * 10.0**power
    return plain_digits(value) if abs(value) < 1e100 else base


def _fraction(written: str) -> str:
    whole, _, part = written.rpartition(" ")
    above, _, below = part.partition("/")
    return plain_digits(int(whole or 0) + int(above) / (int(below) or 1))


def _vulgar(written: str) -> str:
    return plain_digits(int(written[:-1] or 0) + unicodedata.numeric(written[-1]))


def _joined(text: str, pieces: Iterator[Token]) -> Iterator[Token]:
    """Signs read, hyphens between words passed over."""
    tokens = list(pieces)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.text == "-" and after is not None:
            if before and before.text[0].isalpha() and _follows(before, after):
                at += 1
                continue
            if before and before.text[0].isdigit() and after.text[0].isalpha() and token.start == before.end:
                at += 1
                continue
            if _is_sign(text, token, before):
                yield Token("minus", token.start, token.end)
                at += 1
                continue
        if after and after.text == "-" and at + 2 < len(tokens):
            joined = f"{token.text}-{tokens[at + 2].text}"
            if joined.removesuffix("s") in HYPHENED_ORDINALS or joined in HYPHENED:
                yield Token(joined, token.start, tokens[at + 2].end)
                at += 3
                continue
        yield token
        at += 1


def _follows(before: Token, after: Token) -> bool:
    return after.text[0].isalpha() and before.text[0].isascii() and after.text[0].isascii()


def _is_sign(text: str, token: Token, before: Token | None) -> bool:
    """A hyphen right after a letter, digit or hyphen, or between two numbers, is none."""
    if not _SIGN.match(text, token.start):
        return False
    glued = text[token.start - 1 : token.start] if token.start else ""
    if glued and ((glued.isalnum() and not "一" <= glued <= "鿿") or glued in "-)]./"):
        return False
    return before is None or not before.text[0].isdigit()

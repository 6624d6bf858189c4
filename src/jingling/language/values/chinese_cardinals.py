"""Chinese whole numbers of any size: 两千四百五, 一百零一万, 4.78万亿, 7万5千."""

import re
from collections.abc import Iterator, Mapping, Sequence

from jingling.language.values.phrases import DIGIT, Match, Words

DIGITS: Mapping[str, int] = {
    **{char: n for n, char in enumerate("一二三四五六七八九", 1)},
    **{char: n for n, char in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
    "两": 2,
    "俩": 2,
    "倆": 2,
    "仨": 3,
}
SMALL: Mapping[str, int] = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE: Mapping[str, int] = {"万": 10**4, "亿": 10**8, "兆": 10**12}
ZERO = frozenset("零〇")
_WRITTEN = re.compile(r"[0-9]{1,40}(?:\.[0-9]+)?")
VAGUE = frozenset("余多几")
"""Left out of 十几万."""
EVEN = str.maketrans(
    "萬億兩壱弌貳貮弍叄參弎陸負點個雙對幾餘歲幣圓換華攝氣達爾",
    "万亿两一一贰贰二叁叁三陆负点个双对几余岁币圆换华摄气达尔",
)
"""Number and unit characters in their simplified form."""


class Cardinal:
    """A whole number. Every beginning of one that is a number too is a reading of its own.

    `written`: digits may stand in it, as in 3万4000.
    """

    empty = False

    def __init__(self, written: bool) -> None:
        self.written = written
        words = {*DIGITS, *SMALL, *ZERO, "半"} | ({DIGIT} if written else set())
        self.first = frozenset(words)

    def match(self, words: Words, at: int) -> Sequence[Match]:
        known = words.known.get((id(self), at))
        if known is None:
            known = words.known[id(self), at] = tuple(_Reading(words, at, self.written).ends())
        return known


class _Reading:
    """`groups` are the parts before the last 万, 亿 or 兆, each with its scale; `section` what comes after, below
    ten thousand; `digit` the last one, as long as no unit has followed."""

    def __init__(self, words: Words, at: int, written: bool) -> None:
        self.words = words
        self.start = at
        self.written = written
        self.groups: list[tuple[int, float]] = []
        self.section: float = 0
        self.digit: float | None = None
        self.unit = 0
        self.zero = False

    def ends(self) -> Iterator[Match]:
        words, at = self.words, self.start
        if words[at].text == "半":
            if at + 1 < len(words) and words[at + 1].text in ("百", "佰"):
                yield at + 2, 50
            return
        while at < len(words):
            text = words[at].text
            if text in VAGUE and at > self.start and self._before_large(at):
                at += 1
                text = words[at].text
            value = self._take(text, at)
            if value is None:
                return
            at += 1
            if value >= 0:
                yield at, int(value) if value == int(value) else value

    def _before_large(self, at: int) -> bool:
        return at + 1 < len(self.words) and self.words[at + 1].text in LARGE

    def _take(self, text: str, at: int) -> float | None:
        """The number with `text`; -1 where it may not end; None when `text` does not belong to it."""
        if text in DIGITS:
            return self._add_digit(DIGITS[text])
        if text in ZERO:
            return self._add_zero(at)
        if text in SMALL:
            return self._add_small(SMALL[text], at)
        if text in LARGE:
            return self._add_large(LARGE[text], at)
        if self.written and _WRITTEN.fullmatch(text):
            return self._add_written(text, at)
        return None

    def _add_digit(self, digit: float) -> float | None:
        if self.digit is not None or self.unit == 1:
            return None
        self.digit = digit
        led_by_zero = self.zero and not self.groups and not self.unit
        return -1 if led_by_zero else self._sum() + self._tail()

    def _tail(self) -> float:
        """The digit as it counts when nothing follows: 一百五 is 150, 一百零五 105, 一万三 13,000."""
        digit = self.digit or 0
        if self.zero or digit >= 10 or self.unit == 10:
            return digit
        if self.unit:
            return digit * self.unit // 10
        if self.groups and not self.section:
            return digit * self.groups[-1][0] // 10
        return digit

    def _sum(self) -> float:
        return sum(value for _, value in self.groups) + self.section

    def _add_zero(self, at: int) -> float | None:
        if self.zero or self.digit is not None or self.unit == 1:
            return None
        self.zero = True
        return 0 if at == self.start else -1

    def _add_small(self, unit: int, at: int) -> float | None:
        if (self.unit and unit >= self.unit) or (self.digit or 0) >= 10:
            return None
        if self.digit is None and unit > 10 and at != self.start:
            return None
        bare = at == self.start and unit > 10
        self.section += (self.digit if self.digit is not None else 1) * unit
        self.digit, self.unit, self.zero = None, unit, False
        return -1 if bare else self._sum()

    def _add_large(self, scale: int, at: int) -> float | None:
        coefficient = self.section + (self.digit or 0)
        if at == self.start or (not coefficient and not self._just_scaled(at)):
            return None
        smaller = [value for group, value in self.groups if group < scale]
        if not coefficient:
            last_scale, last = self.groups.pop()
            self.groups.append((last_scale * scale, last * scale))
        else:
            self.groups = [group for group in self.groups if group[0] >= scale]
            self.groups.append((scale, _rounded((sum(smaller) + coefficient) * scale)))
        self.section, self.digit, self.unit, self.zero = 0, None, 0, False
        return self._sum()

    def _just_scaled(self, at: int) -> bool:
        before = self.words[at - 1].text
        return bool(self.groups) and (before in LARGE or before in VAGUE) and not self.section

    def _add_written(self, text: str, at: int) -> float | None:
        number = float(text) if "." in text else int(text)
        if at == self.start:
            self.digit = number
            if number >= 10 or "." in text:
                self.section, self.digit, self.unit = number, None, 1
            return number
        if self.digit is not None or self.unit == 1 or "." in text or (len(text) > 1 and text[0] == "0"):
            return None
        if number >= (self.unit or (self.groups[-1][0] if self.groups else 1)):
            return None
        self.digit = number
        return self._sum() + self._tail()


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else float(f"{value:.15g}")


whole = Cardinal(written=False)
whole_or_written = Cardinal(written=True)

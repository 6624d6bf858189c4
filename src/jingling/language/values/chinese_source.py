"""A Chinese text as its dates are looked for: simplified, of one width, without spaces, with the way back."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeVar

_SIMPLER = str.maketrans(
    "週禮個點鐘時間後從這兩過現農曆節聖誕慶國勞動兒婦樹愛親恩萬聖陽暦號內裡裏淩緊馬剛當臘歲還剩餘開載紀幾數"
    "對於與約將來雙單軍師領導憲統亂貞觀寶順啟禎豐緒雙廿卅〇末",
    "周礼个点钟时间后从这两过现农历节圣诞庆国劳动儿妇树爱亲恩万圣阳历号内里里凌紧马刚当腊岁还剩余开载纪几数"
    "对于与约将来双单军师领导宪统乱贞观宝顺启祯丰绪双廿卅零末",
)
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord(char): ord("-") for char in "–—−"}
_EVEN = _SIMPLER | _WIDTHS
T = TypeVar("T")


class Source:
    """`text` is what is read, `now` knows its zone. What was read once at a place is kept."""

    def __init__(self, text: str, now: datetime) -> None:
        even = text.translate(_EVEN).lower() if len(text.lower()) == len(text) else text.translate(_EVEN)
        kept = [at for at in range(len(even)) if _kept(even, at)]
        self.text = "".join(even[at] if not even[at].isspace() else " " for at in kept)
        self.now = now if now.tzinfo else now.replace(tzinfo=UTC)
        self._places = kept
        self._known: dict[tuple[Any, int], Any] = {}

    @property
    def today(self) -> date:
        return self.now.date()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original text `start` to `end` stands."""
        return self._places[start], self._places[end - 1] + 1

    def once(self, read: Callable[["Source", int], T], at: int) -> T:
        key = (read, at)
        if key not in self._known:
            self._known[key] = read(self, at)
        found: T = self._known[key]
        return found


def _kept(text: str, at: int) -> bool:
    """A space only counts between two digits."""
    if not text[at].isspace():
        return True
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


class Reading(NamedTuple):
    """What stands from the place it was read at to `end`. `resolutions` as in `Recognized`."""

    end: int
    kind: str
    resolutions: tuple[dict[str, str], ...]

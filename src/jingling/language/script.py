"""Traditional Chinese characters made simplified."""

import re
from functools import cache

from opencc import OpenCC

_FIRST, _LAST = 0x3400, 0x9FFF
_DURING = re.compile(r"(?<![显顯名卓土])[著着](?![名作称稱者述])")
"""著 as in 開著, which only Hong Kong and Taiwan write so; not as in 著名."""


def simplified(text: str) -> str:
    """`text`, character for character, as it is written on the mainland; at no cost when it is so already."""
    if text.isascii() or not _traditional().search(text):
        return text
    return _DURING.sub("着", _converter().convert(text))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _traditional() -> re.Pattern[str]:
    """Any character that is written otherwise on the mainland."""
    every = "".join(map(chr, range(_FIRST, _LAST + 1)))
    differing = [char for char, plain in zip(every, _converter().convert(every), strict=True) if char != plain]
    return re.compile(f"[{''.join(differing)}著]")

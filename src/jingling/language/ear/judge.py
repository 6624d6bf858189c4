"""From readings with costs to what is done: act, ask, or nothing. A wrong guess is worse than a question."""

from collections.abc import Sequence

import msgspec

from jingling.language.base import Reading, Understanding
from jingling.language.ear.vocabulary import run_of

SURE_MAX = 0.4
"""The highest cost at which a guess is acted on."""
ASK_MAX = 0.62
"""The highest cost at which it is worth a question."""
APART = 0.13
"""How much dearer any other meaning must be for a guess to be sure."""
_NOTHING_KEPT = 0.3
_TURNED_MAX = 0.12
_GUESSED = 0.79
"""The confidence of a guess: below what a yes to something risky must have."""
_RIVALS_MAX = 3

_WAYS = (
    *("on", "off", "open", "close", "shut", "lock", "unlock", "up", "down", "start", "stop", "pause", "resume"),
    *(
        "cancel",
        "raise",
        "lower",
        "increase",
        "decrease",
        "brighter",
        "dimmer",
        "warmer",
        "cooler",
        "enable",
        "disable",
    ),
    *(
        "打开",
        "开启",
        "关闭",
        "关掉",
        "关上",
        "开",
        "关",
        "锁",
        "解",
        "升",
        "降",
        "高",
        "低",
        "亮",
        "暗",
        "取",
        "删",
        "停",
        "启",
    ),
)
"""Words whose opposite would do the opposite."""
_WAY_WORDS = frozenset(word for way in _WAYS for word in run_of(way)) - {"打", "上", "掉"}
_NEVER_GUESSED = frozenset({"unlock", "解"})


def judged(readings: Sequence[Reading], heard: str) -> Understanding:
    """`readings` of one utterance, in any order; `heard` is what it was taken for at first."""
    words = run_of(heard)
    ranked = sorted((_weighed(reading, words) for reading in readings), key=lambda reading: reading.cost)
    kept = _distinct([reading for reading in ranked if reading.cost <= ASK_MAX])
    if not kept:
        return Understanding()
    best = kept[0]
    unsure = best.cost > SURE_MAX or _is_turned(best, words) or any(_is_close(best, other) for other in kept[1:])
    return Understanding(tuple(kept), unsure=unsure and best.cost > 0)


def _weighed(reading: Reading, heard: Sequence[str]) -> Reading:
    """One of which not a word was heard as it is counts more; the intent says that it is a guess."""
    if reading.cost == 0:
        return reading
    cost = reading.cost + (0.0 if set(run_of(reading.text)) & set(heard) else _NOTHING_KEPT)
    confidence = min(_GUESSED, reading.intent.confidence * (1 - cost / 2))
    intent = msgspec.structs.replace(reading.intent, confidence=max(0.0, confidence))
    return msgspec.structs.replace(reading, cost=cost, intent=intent)


def _is_turned(best: Reading, heard: Sequence[str]) -> bool:
    """Whether on or off, open or shut is what had to be guessed, and not by sound alone."""
    put = _WAY_WORDS.intersection(run_of(best.text)).difference(heard)
    if not put:
        return False
    lost = _WAY_WORDS.intersection(heard).difference(run_of(best.text))
    return bool(lost or put & _NEVER_GUESSED) or best.cost > _TURNED_MAX


def _is_close(best: Reading, other: Reading) -> bool:
    """Whether `other` comes of other words, and of words nearly as near."""
    return other.text != best.text and other.cost - best.cost < APART


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    kept: list[Reading] = []
    for reading in readings:
        meant = (reading.intent.name, reading.intent.slots)
        if all(meant != (other.intent.name, other.intent.slots) for other in kept):
            kept.append(reading)
        if len(kept) > _RIVALS_MAX:
            break
    return kept

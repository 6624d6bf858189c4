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


def judged(guesses: Sequence[Reading], heard: str, loose: Sequence[Reading] = ()) -> Understanding:
    """`guesses`, in any order, are about the even text `heard`.

    `loose` are its readings word for word, with words that may be any.
    """
    words = run_of(heard)
    ranked = sorted((_weighed(guess, words) for guess in guesses), key=lambda guess: guess.cost)
    kept = _distinct([guess for guess in ranked if guess.cost <= ASK_MAX or guess.text == heard])
    if not kept or kept[0].text == heard:
        return _as_heard(kept, heard, loose)
    best = kept[0]
    unsure = best.cost > SURE_MAX or _is_turned(best, words) or any(_is_close(best, other) for other in kept[1:])
    return Understanding(tuple(kept), unsure=unsure)


def _as_heard(kept: Sequence[Reading], heard: str, loose: Sequence[Reading]) -> Understanding:
    """What was heard makes sense with a word in it that nobody knows; a guess about as good is asked about."""
    guess = next((other for other in kept if other.text != heard and not other.free), None)
    if guess is not None and guess.cost - kept[0].cost < APART and guess.cost <= ASK_MAX:
        return Understanding((guess, *loose), unsure=True)
    return Understanding(tuple(loose))


def _weighed(reading: Reading, heard: Sequence[str]) -> Reading:
    """One of which not a word was heard as it is counts more; the intent says that it is a guess."""
    if tuple(run_of(reading.text)) == tuple(heard):
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
    return not other.free and other.text != best.text and other.cost - best.cost < APART


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    kept: list[Reading] = []
    for reading in readings:
        meant = (reading.intent.name, reading.intent.slots)
        if all(meant != (other.intent.name, other.intent.slots) for other in kept):
            kept.append(reading)
        if len(kept) > _RIVALS_MAX:
            break
    return kept

"""From readings with costs to what is done: act, ask, or nothing. A wrong guess is worse than a question."""

from collections.abc import Iterable, Sequence

import msgspec

from jingling.core.turn import Language
from jingling.language.base import Reading, Understanding
from jingling.language.ear.vocabulary import run_of
from jingling.language.templates import HOME_LISTS
from jingling.language.text import detect
from jingling.language.values.spelling import spell

SURE_MAX = 0.46
"""The highest cost at which a guess is acted on."""
ASK_MAX = 0.62
"""The highest cost at which it is worth a question."""
APART = 0.06
"""How much dearer any other meaning must be for a guess to be sure."""
APART_NUMBERS: dict[Language, float] = {"en": 0.14, "zh": 0.16}
"""The same where another number would be meant; 四 and 十 are one sound to many."""
_MEASURES = frozenset(run_of("second seconds minute minutes hour hours percent degrees % 秒分钟时度"))
_FEW = 6
_LANGUAGES: tuple[Language, ...] = ("en", "zh")
_NUMBERS = frozenset(
    word for language in _LANGUAGES for number in range(100) for word in run_of(spell(number, language))
)
_SAYS_LITTLE = frozenset(
    run_of(
        "a an the some my our your i me you it that this is to of in on at for and so please thanks thank let can "
        "could would will want need like just 的 了 吗 吧 我 你 请 把 给 这 那 一 个 是 有 在 就 要 想 不"
    )
)
_NOTHING_KEPT = 0.3
_TURNED_MAX = 0.12
_GUESSED = 0.79
"""The confidence of a guess: below what a yes to something risky must have."""
_RIVALS_MAX = 3

_SENSES = (
    "on open start resume enable 开 启 播",
    "off close shut stop pause disable 关 停 闭",
    "lock 锁",
    "unlock 解",
    "up raise increase brighter warmer louder more 升 高 亮 暖 大 加 增 多",
    "down lower decrease dimmer cooler quieter less 降 低 暗 冷 小 减 少",
    "cancel delete remove 取 删",
)
"""What is done; a guess from one to another would do something else, often the opposite."""
_SENSE_OF = {word: sense for sense, words in enumerate(_SENSES) for word in words.split()}
_NEVER_GUESSED = _SENSE_OF["unlock"]


def judged(guesses: Sequence[Reading], heard: str, loose: Sequence[Reading] = ()) -> Understanding:
    """`guesses`, in any order, are about the even text `heard`.

    `loose` are its readings word for word, with words that may be any: these same sentences are not guessed at.
    """
    words = run_of(heard)
    told = {one.where for one in loose}
    new = (guess for guess in guesses if not guess.free or guess.text == heard or guess.where not in told)
    ranked = sorted((_weighed(guess, words) for guess in new), key=lambda guess: guess.cost)
    kept = _distinct([guess for guess in ranked if guess.cost <= ASK_MAX or guess.text == heard])
    if not kept or kept[0].text == heard:
        return _as_heard(kept, heard, loose)
    best = kept[0]
    risky = best.cost > SURE_MAX or _is_turned(best, words) or (best.free > 0 and _is_measured(best))
    return Understanding(tuple(kept), unsure=risky or any(_is_close(best, other) for other in kept[1:]))


def _as_heard(kept: Sequence[Reading], heard: str, loose: Sequence[Reading]) -> Understanding:
    """What was heard makes sense with words in it that nobody knows; a near guess is asked about all the same."""
    measured = bool(loose) and _is_measured(loose[0])
    guess = next((other for other in kept if other.text != heard and not other.free), None)
    if guess is not None and guess.cost <= (ASK_MAX if measured else SURE_MAX):
        return Understanding((guess, *loose), unsure=True)
    return Understanding(tuple(loose), unsure=measured)


def _weighed(reading: Reading, heard: Sequence[str]) -> Reading:
    """One of which no word that says anything was heard as it is counts more; its intent is that of a guess."""
    if tuple(run_of(reading.text)) == tuple(heard):
        return reading
    kept = set(heard).intersection(run_of(reading.text)) - _SAYS_LITTLE
    cost = reading.cost + (0.0 if kept else _NOTHING_KEPT)
    confidence = min(_GUESSED, reading.intent.confidence * (1 - cost / 2))
    intent = msgspec.structs.replace(reading.intent, confidence=max(0.0, confidence))
    return msgspec.structs.replace(reading, cost=cost, intent=intent)


def _is_turned(best: Reading, heard: Sequence[str]) -> bool:
    """Whether on or off, open or shut is what had to be guessed, and not by sound alone."""
    names = (value for slot, value in best.intent.slots.items() if slot in HOME_LISTS and isinstance(value, str))
    named = {word for name in names for word in run_of(name)}
    said, put = _senses(heard), _senses(word for word in run_of(best.text) if word not in named)
    return bool(put - said) and bool(said - put or _NEVER_GUESSED in put - said or best.cost > _TURNED_MAX)


def _senses(words: Iterable[str]) -> set[int]:
    return {_SENSE_OF[word] for word in words if word in _SENSE_OF}


def _is_close(best: Reading, other: Reading) -> bool:
    """Whether `other` comes of other words, and of words nearly as near."""
    if other.free or other.text == best.text:
        return False
    differing = set(run_of(best.text)) ^ set(run_of(other.text))
    apart = max((APART_NUMBERS[detect(word)] for word in differing & _NUMBERS), default=APART)
    return other.cost - best.cost < apart


def _is_measured(reading: Reading) -> bool:
    """Whether a few free words hold a measure, which is what numbers that were misheard look like."""
    said = (run_of(value) for value in reading.intent.slots.values() if isinstance(value, str))
    return any(len(run) <= _FEW and _MEASURES.intersection(run) for run in said)


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    kept: list[Reading] = []
    for reading in readings:
        meant = (reading.intent.name, reading.intent.slots)
        if all(meant != (other.intent.name, other.intent.slots) for other in kept):
            kept.append(reading)
        if len(kept) > _RIVALS_MAX:
            break
    return kept

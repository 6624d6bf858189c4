"""Slips of the tongue: fillers, words said twice, and what is taken back within one utterance."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jingling.core.turn import Language
from jingling.language.ear.vocabulary import run_of
from jingling.language.lattice import Edge
from jingling.language.values.spelling import spell

_SOUNDS = "um umm uh uhh uhm er err erm hm hmm mm mhm ah eh oh huh 嗯 呃 额 噢 唉 哎 嗯嗯 哦 呀 嘛 诶 欸 啊"
_FILLERS = (
    *(
        "like",
        "you know",
        "i mean",
        "sort of",
        "kind of",
        "basically",
        "actually",
        "literally",
        "well",
        "so",
        "just",
    ),
    *("please", "okay", "ok", "alright", "hey", "thanks", "thank you", "for me", "if you can", "if you could"),
    *(
        "if you would",
        "if you don't mind",
        "real quick",
        "quickly",
        "maybe",
        "then",
        "now",
        "right now",
        "would you",
    ),
    *(
        "could you",
        "can you",
        "will you",
        "kindly",
        "i guess",
        "i think",
        "let's see",
        "let me see",
        "or something",
    ),
    *(
        "那个",
        "这个",
        "就是",
        "就是说",
        "就是那个",
        "然后",
        "那么",
        "那",
        "的话",
        "你知道",
        "怎么说呢",
        "那什么",
        "请",
        "麻烦",
    ),
    *(
        "麻烦你",
        "帮我",
        "帮忙",
        "给我",
        "一下",
        "吧",
        "呢",
        "啦",
        "哈",
        "现在",
        "快",
        "你",
        "能不能",
        "可以",
        "我想",
        "我想要",
    ),
    *("谢谢", "好吗", "好不好", "行吗", "我看看", "等等", "等一下", "什么来着", "来着", "应该"),
)
_CORRECTIONS = (
    *("no", "nope", "no no", "wait", "sorry", "i mean", "i meant", "rather", "or rather", "make that", "actually"),
    *(
        "scratch that",
        "correction",
        "oops",
        "not that",
        "that's wrong",
        "i was wrong",
        "my bad",
        "excuse me",
        "uh no",
    ),
    *(
        "不",
        "不对",
        "不是",
        "不不",
        "错了",
        "说错了",
        "我说错了",
        "我是说",
        "我说",
        "我的意思是",
        "应该是",
        "哦不",
        "弄错了",
        "搞错了",
    ),
    *("对不起", "抱歉", "等等", "等一下"),
)
_WEAK = frozenset({"actually", "sorry", "wait", "我说", "等等", "等一下", "excuse me", "对不起", "抱歉"})
"""Corrections that are as often only said in passing."""
_SOUND = 0.01
_FILLER = 0.05
_TWICE = 0.04
_TWICE_CHAR = 0.1
_TWICE_NUMBER = 0.45
"""Said twice, a number may be another one."""
_AGAIN = 0.25
_CORRECTED = 0.08
_EACH_TAKEN_BACK = 0.01
_UNLIKE = 0.04
"""Added when what is said instead neither begins like what is taken back nor is as long."""
_TAKEN_BACK_MAX = 10
_REPEATED_MAX = 6
_KEPT_MAX = 3

_CORRECTED_MAX = 40


_LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Correction(NamedTuple):
    cost: float
    words: tuple[str, ...]


_NUMBERS = frozenset(
    word for number in range(100) for language in _LANGUAGES for word in run_of(spell(number, language))
)
Runs = dict[str, list[tuple[str, ...]]]


def _by_first(phrases: Iterable[str]) -> Runs:
    found: Runs = {}
    for phrase in phrases:
        run = run_of(phrase)
        found.setdefault(run[0], []).append(run)
    return found


_SOUND_RUNS = _by_first(_SOUNDS.split())
_FILLER_RUNS = _by_first(_FILLERS)
_CORRECTION_RUNS = _by_first(_CORRECTIONS)


def edges(words: Sequence[str]) -> list[Edge]:
    """Which of `words`, lower-case, may be left out."""
    return [*_fillers(words), *_repeats(words), *_restarts(words)]


def _runs_at(words: Sequence[str], at: int, runs: Runs) -> Iterator[int]:
    """The end of each run of `runs` that begins at `at`."""
    for run in runs.get(words[at], ()):
        if tuple(words[at : at + len(run)]) == run:
            yield at + len(run)


def _fillers(words: Sequence[str]) -> Iterator[Edge]:
    for at in range(len(words)):
        for runs, cost in ((_SOUND_RUNS, _SOUND), (_FILLER_RUNS, _FILLER)):
            for end in _runs_at(words, at, runs):
                yield Edge(at, end, cost)


def _repeats(words: Sequence[str]) -> Iterator[Edge]:
    """The first of two equal runs, as in "turn on turn on the light"."""
    for at in range(len(words)):
        for length in range(1, min(_REPEATED_MAX, (len(words) - at) // 2) + 1):
            if words[at : at + length] == words[at + length : at + 2 * length]:
                yield Edge(at, at + length, _twice(words[at : at + length]))


def _twice(run: Sequence[str]) -> float:
    if any(word in _NUMBERS for word in run):
        return _TWICE_NUMBER
    return _TWICE_CHAR if len(run) == 1 and not run[0].isascii() else _TWICE


def _restarts(words: Sequence[str]) -> Iterator[Edge]:
    """What is begun anew with the same word, as in "the ki the kitchen"."""
    for at, word in enumerate(words):
        if word in _NUMBERS or not word.isascii():
            continue
        for again in range(at + 2, min(at + 4, len(words))):
            if words[again] == word and "and" not in words[at:again]:
                yield Edge(at, again, _AGAIN)


def corrected(words: Sequence[str]) -> list[Correction]:
    """What `words` say once all that is taken back in them has been put right, the likeliest first."""
    found: dict[tuple[str, ...], float] = {}
    for start, end, cost in _marks(words):
        for back in range(start - 1, max(-1, start - 1 - _TAKEN_BACK_MAX), -1):
            alike = words[back] == words[end] or start - back == len(words) - end
            taken = cost + _EACH_TAKEN_BACK * (start - back) + (0.0 if alike else _UNLIKE)
            for kept in range(max(back + 1, start - _KEPT_MAX), start + 1):
                said = (*words[:back], *words[end:], *words[kept:start])
                found[said] = min(taken, found.get(said, taken))
    return sorted(Correction(round(cost, 3), said) for said, cost in found.items())[:_CORRECTED_MAX]


def marks(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The words by which something is taken back."""
    return [tuple(words[start:end]) for start, end, _ in _marks(words)]


def _marks(words: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Where something is taken back: between what was said before and what is said instead."""
    at = 1
    while at < len(words):
        end = _mark_end(words, at)
        if at < end < len(words) and not (words[at] == "不" and words[at - 1] == words[end]):
            weak = "".join(words[at:end]) in _WEAK or " ".join(words[at:end]) in _WEAK
            yield at, end, _CORRECTED + (0.1 if weak else 0.0)
        at = max(end, at + 1)


def _mark_end(words: Sequence[str], at: int) -> int:
    """The end of all that only says "no, I mean" from `at` on, with the fillers in it."""
    end, found = at, at
    while end < len(words):
        here = max(_runs_at(words, end, _CORRECTION_RUNS), default=0)
        sound = max(_runs_at(words, end, _SOUND_RUNS), default=0)
        if here:
            end = found = here
        elif sound:
            end = sound
        else:
            break
    return end if found > at else at

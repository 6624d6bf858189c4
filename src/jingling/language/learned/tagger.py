"""Finds free slots: a conditional random field for each intent."""

import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pycrfsuite

from jingling.language.learned.gazetteer import Gazetteer, Tagged
from jingling.language.learned.spans import OUTSIDE, Span, spans

_FOLDS = 5
_WORDS_KEPT = 1024
_SEED = 0
_SETTINGS = {"c1": 0.2, "c2": 0.1, "max_iterations": 60, "feature.possible_transitions": False}
_REPEATED = re.compile(r"(.)\1+")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d]")
_NEIGHBOURLY = ("g", "in", "new")
_EDGE = ("<<", "<", ">", ">>")


class Tagger:
    def __init__(self, gazetteer: Gazetteer, models: Mapping[str, bytes]) -> None:
        self.gazetteer = gazetteer
        self.models = models
        """Kept, since an opened model reads from the bytes that it was given."""
        self._taggers: dict[str, pycrfsuite.Tagger] = {}
        for intent, content in models.items():
            self._taggers[intent] = pycrfsuite.Tagger()
            self._taggers[intent].open_inmemory(content)

    @classmethod
    def fit(cls, sentences: Sequence[Tagged], intents: Sequence[str]) -> "Tagger":
        """A word's slots in training are those of other sentences: its own would be a promise no new one keeps.

        Intents without a single slot are left out.
        """
        tagged = {intent for (_, tags), intent in zip(sentences, intents, strict=True) if set(tags) != {OUTSIDE}}
        kept = [(one, intent) for one, intent in zip(sentences, intents, strict=True) if intent in tagged]
        sentences = [one for one, _ in kept]
        by_intent: defaultdict[str, list[int]] = defaultdict(list)
        for at, (_, intent) in enumerate(kept):
            by_intent[intent].append(at)
        seen = _seen_elsewhere(sentences)
        models = {
            intent: _model([(_features(sentences[at][0], seen[at]), sentences[at][1]) for at in places])
            for intent, places in by_intent.items()
        }
        return cls(Gazetteer.of(sentences), models)

    def tags(self, words: Sequence[str], intent: str) -> list[str]:
        tagger = self._taggers.get(intent)
        if tagger is None or not words:
            return [OUTSIDE] * len(words)
        return list(tagger.tag(_features(words, self.gazetteer.features(words))))

    def spans(self, words: Sequence[str], intent: str) -> list[Span]:
        return spans(self.tags(words, intent))


def _seen_elsewhere(sentences: Sequence[Tagged]) -> list[list[list[str]]]:
    order = list(range(len(sentences)))
    random.Random(_SEED).shuffle(order)
    seen: list[list[list[str]]] = [[] for _ in order]
    for fold in range(_FOLDS):
        held = set(order[fold::_FOLDS])
        gazetteer = Gazetteer.of(sentences[at] for at in order if at not in held)
        for at in held:
            seen[at] = gazetteer.features(sentences[at][0])
    return seen


def _model(examples: Sequence[tuple[list[list[str]], Sequence[str]]]) -> bytes:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(_SETTINGS)
    for features, tagged in examples:
        trainer.append(features, tagged)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return path.read_bytes()


def _features(words: Sequence[str], seen: Sequence[Sequence[str]]) -> list[list[str]]:
    padded = [*_EDGE[:2], *words, *_EDGE[2:]]
    shapes = [_shape(word) for word in padded]
    return [
        [
            *_context(padded[at : at + 5]),
            *(f"s{by}={shapes[at + 2 + by]}" for by in (-1, 0, 1)),
            *_pieces(word),
            *seen[at],
            *_beside(seen, at),
        ]
        for at, word in enumerate(words)
    ]


def _context(five: Sequence[str]) -> list[str]:
    before2, before, word, after, after2 = five
    return [
        "bias",
        f"w={word}",
        f"-1={before}",
        f"+1={after}",
        f"-2={before2}",
        f"+2={after2}",
        f"-1w={before}|{word}",
        f"w+1={word}|{after}",
        f"-2-1={before2}|{before}",
        f"+1+2={after}|{after2}",
        f"-1+1={before}|{after}",
        f"-2-1w={before2}|{before}|{word}",
    ]


@lru_cache(_WORDS_KEPT)
def _pieces(word: str) -> tuple[str, ...]:
    sizes = [size for size in range(1, 5) if len(word) > size]
    return (*(f"p={word[:size]}" for size in sizes), *(f"e={word[-size:]}" for size in sizes))


def _beside(seen: Sequence[Sequence[str]], at: int) -> list[str]:
    return [
        f"{by:+d}{feature}"
        for by in (-1, 1)
        if 0 <= at + by < len(seen)
        for feature in seen[at + by]
        if feature.startswith(_NEIGHBOURLY)
    ]


@lru_cache(_WORDS_KEPT)
def _shape(word: str) -> str:
    return _REPEATED.sub(r"\1", _LETTER.sub("a", _DIGIT.sub("9", word)))

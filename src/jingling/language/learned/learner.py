"""Learns from sentences what is meant: one core for the hub and for the benchmark."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jingling.language.learned import linear, network
from jingling.language.learned.features import Floats, Lesson, Row, Vocabulary, words
from jingling.language.learned.gazetteer import Tagged
from jingling.language.learned.network import Network, softmax
from jingling.language.learned.spans import Span
from jingling.language.learned.tagger import Tagger
from jingling.language.learned.wordvectors import WordVectors

IN_SCOPE = 0.5
"""A guess with less confidence than this is none."""


@dataclass(frozen=True)
class Training:
    """`cost` and `epochs` of the support vectors; how many networks of `hidden` units stand beside them."""

    cost: float = 0.5
    epochs: int = 4
    networks: int = 3
    hidden: int = 128
    network_epochs: int = 6
    sharpness: float = 6.0
    seed: int = 0


@dataclass(frozen=True)
class Guess:
    """`confidence` is the chance of `label`, which is low for what is like nothing that was learned."""

    label: str
    confidence: float
    spans: tuple[Span, ...] = ()


class Learner:
    def __init__(
        self,
        labels: Sequence[str],
        vocabulary: Vocabulary,
        weights: tuple[NDArray[Any], NDArray[Any]],
        training: Training,
        *,
        vectors: WordVectors | None = None,
        nets: Sequence[Network] = (),
        tagger: Tagger | None = None,
    ) -> None:
        self.labels = tuple(labels)
        self.vocabulary = vocabulary
        self.vectors = vectors
        self.weights = weights
        self.nets = tuple(nets)
        self.training = training
        self.tagger = tagger

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        *,
        vectors: WordVectors | None = None,
        training: Training | None = None,
        tags: Sequence[Sequence[str]] = (),
        paraphrases: Sequence[str] = (),
    ) -> "Learner":
        """`tags`, when given, are those of the words of each text, cut at spaces.

        `paraphrases`, when given, say each text in other words, roughly: only the support vectors learn from them.
        """
        training = training or Training()
        names, numbers = np.unique(np.array(labels), return_inverse=True)
        vocabulary = Vocabulary.of([*texts, *paraphrases])
        none = np.empty((0, 0), np.float32)
        made = cls([str(name) for name in names], vocabulary, (none, none), training, vectors=vectors)
        lesson = made._lesson(texts, numbers)
        wider = made._lesson([*texts, *paraphrases], np.tile(numbers, 2)) if paraphrases else lesson
        made.weights = linear.train(wider, training.cost, training.epochs, training.seed)
        made.nets = tuple(
            network.train(lesson, training.hidden, training.network_epochs, training.seed + number)
            for number in range(training.networks)
        )
        if tags:
            tagged: list[Tagged] = [(text.split(), of) for text, of in zip(texts, tags, strict=True)]
            made.tagger = Tagger.fit(tagged, labels)
        return made

    def _lesson(self, texts: Sequence[str], labels: NDArray[np.int64]) -> Lesson:
        dense = np.array([self.dense(text) for text in texts], np.float32)
        return Lesson(self.vocabulary.rows(texts), dense, labels, len(self.vocabulary), len(self.labels))

    def packed(self) -> "Learner":
        """The same with weights of half the bytes, as the hub keeps it."""
        sparse, dense = (weights.astype(np.float16) for weights in self.weights)
        self.weights = (sparse, dense)
        return self

    def dense(self, text: str) -> Floats:
        """The sum of the words' vectors, rarer words counting more, and a constant."""
        if self.vectors is None:
            return np.ones(1, np.float32)
        total = np.zeros(self.vectors.vectors.shape[1] + 1, np.float32)
        at = [place for place in map(self.vectors.place, words(text)) if place is not None]
        if at:
            weights, _ = self.vocabulary.weights([self.vectors.words[place] for place in at])
            total[:-1] = weights @ self.vectors.vectors[at]
        total = (total / max(float(np.sqrt(total @ total)), 1e-6)).astype(np.float32)
        total[-1] = 1
        return total

    def scores(self, text: str, row: Row | None = None) -> tuple[Floats, Floats]:
        """For each label its chance, and its margin; `row` is that of the text, when it is known already."""
        columns, values = row or self.vocabulary.row(text)
        dense = self.dense(text)
        weights = self.weights[0][columns].astype(np.float32, copy=False)
        margins = (values @ weights + dense @ self.weights[1]).astype(np.float32, copy=False)
        shares = softmax(margins * np.float32(self.training.sharpness))
        if self.nets:
            beside = np.mean([softmax(net.scores(columns, values, dense)) for net in self.nets], 0, np.float32)
            shares = np.float32(0.5) * (shares + beside)
        return shares, margins

    def guess(self, text: str, row: Row | None = None) -> Guess:
        shares, _ = self.scores(text, row)
        best = int(shares.argmax())
        label = self.labels[best]
        spans = self.tagger.spans(text.split(), label) if self.tagger else ()
        return Guess(label, float(shares[best]), tuple(spans))

"""Learns from sentences what is meant: one core for the hub and for the benchmark."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jingling.language.learned import linear, network
from jingling.language.learned.features import Floats, Ints, Vocabulary, words
from jingling.language.learned.gazetteer import Tagged
from jingling.language.learned.network import Network, softmax
from jingling.language.learned.spans import Span
from jingling.language.learned.tagger import Tagger
from jingling.language.learned.wordvectors import WordVectors

IN_SCOPE = 0.5
"""A guess with less confidence than this is none."""


@dataclass(frozen=True)
class Training:
    """`cost` and `epochs` of the support vectors; `hidden` units and epochs of the network (0 units: none)."""

    cost: float = 0.5
    epochs: int = 4
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
        vectors: WordVectors | None,
        weights: tuple[Floats, Floats],
        net: Network | None,
        training: Training,
        tagger: Tagger | None = None,
    ) -> None:
        self.labels = tuple(labels)
        self.vocabulary = vocabulary
        self.vectors = vectors
        self.weights = weights
        self.net = net
        self.training = training
        self.tagger = tagger

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        vectors: WordVectors | None = None,
        training: Training | None = None,
        tags: Sequence[Sequence[str]] = (),
    ) -> "Learner":
        """`tags`, when given, are those of the words of each text, cut at spaces."""
        training = training or Training()
        names, numbers = np.unique(np.array(labels), return_inverse=True)
        vocabulary = Vocabulary.of(texts)
        rows = vocabulary.rows(texts)
        made = cls([str(name) for name in names], vocabulary, vectors, (np.empty(0), np.empty(0)), None, training)
        dense = np.array([made.dense(text) for text in texts], np.float32)
        shape = (len(vocabulary), len(names))
        made.weights = linear.train(rows, dense, numbers, shape, training.cost, training.epochs, training.seed)
        if training.hidden:
            made.net = network.train(
                rows, dense, numbers, shape, training.hidden, training.network_epochs, training.seed
            )
        if tags:
            tagged: list[Tagged] = [(text.split(), of) for text, of in zip(texts, tags, strict=True)]
            made.tagger = Tagger.fit(tagged, labels)
        return made

    def dense(self, text: str) -> Floats:
        """The sum of the words' vectors, rarer words counting more, and a constant."""
        if self.vectors is None:
            return np.ones(1, np.float32)
        total = np.zeros(self.vectors.vectors.shape[1] + 1, np.float32)
        for word in words(text):
            vector = self.vectors.get(word)
            if vector is not None:
                total[:-1] += vector * self.vocabulary.weight(word)
        total[:-1] /= max(float(np.sqrt(total @ total)), 1e-6)
        total[-1] = 1
        return total

    def scores(self, text: str) -> tuple[Floats, Floats]:
        """For each label its chance, and its margin."""
        columns, values = self.vocabulary.row(text)
        dense = self.dense(text)
        margins: Floats = values @ self.weights[0][columns] + dense @ self.weights[1]
        shares = softmax(margins * np.float32(self.training.sharpness))
        if self.net is not None:
            shares = (shares + softmax(self.net.scores(columns, values, dense))) / 2
        return shares, margins

    def guess(self, text: str) -> Guess:
        shares, _ = self.scores(text)
        best = int(shares.argmax())
        label = self.labels[best]
        spans = self.tagger.spans(text.split(), label) if self.tagger else ()
        return Guess(label, float(shares[best]), tuple(spans))

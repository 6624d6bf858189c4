"""A network with one hidden layer over the same features as the support vectors."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jingling.language.learned.features import Floats, Ints, Lesson, Rows

_BATCH = 32
_RATE = 0.05
_DROPPED = 0.5
_DROPPED_FEATURES = 0.3
_FIRST_SQUARE = 1e-6


@dataclass(frozen=True)
class Network:
    sparse: Floats
    dense: Floats
    bias: Floats
    out: Floats
    out_bias: Floats

    def scores(self, columns: Ints, values: Floats, dense: Floats) -> Floats:
        hidden = values @ self.sparse[columns] + dense @ self.dense + self.bias
        scored: Floats = np.maximum(hidden, 0) @ self.out + self.out_bias
        return scored


def softmax(scores: Floats) -> Floats:
    risen = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Floats = risen / risen.sum(-1, keepdims=True)
    return shares


class _Layer:
    """Weights with AdaGrad steps; the sparse ones keep one square a row."""

    def __init__(self, weights: Floats, by_row: bool = False) -> None:
        self.weights = weights
        self._by_row = by_row
        squares = (len(weights), 1) if by_row else weights.shape
        self._squares = np.full(squares, _FIRST_SQUARE, np.float32)

    def step(self, gradient: NDArray[Any], rate: float, at: NDArray[np.int64] | slice = slice(None)) -> None:
        squared = gradient * gradient
        self._squares[at] += squared.mean(1, keepdims=True) if self._by_row else squared
        self.weights[at] -= np.float32(rate) * gradient / np.sqrt(self._squares[at])


def train(lesson: Lesson, hidden: int, epochs: int, seed: int) -> Network:
    """Words and hidden units are left out at random while it learns."""
    rows, dense, labels, classes = lesson.rows, lesson.dense, lesson.labels, lesson.classes
    random = np.random.default_rng(seed)
    sparse = _Layer(random.standard_normal((lesson.features, hidden), np.float32) * 0.1, by_row=True)
    dense_in = _Layer(random.standard_normal((dense.shape[1], hidden), np.float32) * 0.1)
    bias, out_bias = _Layer(np.zeros(hidden, np.float32)), _Layer(np.zeros(classes, np.float32))
    out = _Layer(random.standard_normal((hidden, classes), np.float32) * np.float32(np.sqrt(2 / hidden)))
    for epoch in range(epochs):
        rate = _RATE * (1 - epoch / epochs)
        order = random.permutation(len(rows))
        for start in range(0, len(rows), _BATCH):
            batch = order[start : start + _BATCH]
            columns, matrix = _gathered(rows, batch, random)
            given = dense[batch]
            before = matrix @ sparse.weights[columns] + given @ dense_in.weights + bias.weights
            survives = random.random(before.shape, np.float32) > _DROPPED
            kept: Floats = ((before > 0) & survives).astype(np.float32) / np.float32(1 - _DROPPED)
            after = before * kept
            scores = (after @ out.weights + out_bias.weights).astype(np.float32, copy=False)
            error = softmax(scores)
            error[np.arange(len(batch)), labels[batch]] -= 1
            back = ((error @ out.weights.T) * kept).astype(np.float32, copy=False)
            out.step(after.T @ error, rate)
            out_bias.step(error.sum(0), rate)
            sparse.step(matrix.T @ back, rate, columns)
            dense_in.step(given.T @ back, rate)
            bias.step(back.sum(0), rate)
    never = np.bincount(rows.columns, minlength=lesson.features) == 0
    sparse.weights[never] = 0
    return Network(sparse.weights, dense_in.weights, bias.weights, out.weights, out_bias.weights)


def _gathered(
    rows: Rows, batch: NDArray[np.int64], random: np.random.Generator
) -> tuple[NDArray[np.int64], Floats]:
    """The batch as a dense matrix over only the columns that occur in it, some of its features dropped."""
    parts = [rows[at] for at in batch]
    sizes = [len(columns) for columns, _ in parts]
    columns, inverse = np.unique(np.concatenate([columns for columns, _ in parts]), return_inverse=True)
    values = np.concatenate([values for _, values in parts])
    values *= (random.random(len(values), np.float32) > _DROPPED_FEATURES) / np.float32(1 - _DROPPED_FEATURES)
    matrix = np.zeros((len(batch), len(columns)), np.float32)
    matrix[np.repeat(np.arange(len(batch)), sizes), inverse] = values
    return columns.astype(np.int64), matrix

"""What a linear model sees of a sentence: words, pairs of words and pieces of words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

_WORD = re.compile(r"\{\w+\}|[一-鿿㐀-䶿]|[^\W\d_一-鿿㐀-䶿]+|\d+|[^\w\s]")
_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
_STEM_CHARS_MIN = 3
_PIECE_CHARS = range(2, 6)
_START, _END = "<", ">"
WEIGHTS = (1.0, 1.0, 0.7)
"""How much each view counts: words and neighbours, pairs at any distance, pieces."""
_SEEN_MIN = (1, 2, 2)
"""In how many sentences a feature of each view must occur."""


@dataclass(frozen=True)
class Rows:
    """Sparse rows: row `i` has `values` at `columns`, both cut at `starts[i]:starts[i + 1]`."""

    starts: NDArray[np.int64]
    columns: Ints
    values: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, at: int) -> tuple[Ints, Floats]:
        cut = slice(self.starts[at], self.starts[at + 1])
        return self.columns[cut], self.values[cut]


def words(text: str) -> list[str]:
    """Lower-case words, numbers, single Chinese characters and `{placeholders}`."""
    return [str(word) for word in _WORD.findall(text.lower().replace("'", ""))]


def stem(word: str) -> str:
    """A word without its commonest English endings; numbers are all the same."""
    if word.isdigit():
        return "0"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM_CHARS_MIN:
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    return word[:-1] if word.endswith("e") and len(word) > _STEM_CHARS_MIN else word


def views(text: str) -> tuple[list[str], list[str], list[str]]:
    """Words with their neighbours, pairs of words at any distance, and pieces of words."""
    said = words(text)
    stems = [stem(word) for word in said]
    neighbours = [f"{a} {b}" for a, b in pairwise([_START, *stems, _END])]
    distinct = sorted(set(stems))
    pairs = [f"{a}~{b}" for at, a in enumerate(distinct) for b in distinct[at + 1 :]]
    return [*stems, *neighbours], pairs, list(_pieces(said))


def _pieces(said: Sequence[str]) -> Iterator[str]:
    for word in said:
        if word[0] == "{":
            continue
        padded = f" {word} "
        for size in _PIECE_CHARS:
            if size >= len(padded):
                yield padded
                break
            for at in range(len(padded) - size + 1):
                yield padded[at : at + size]


class Vocabulary:
    """Numbers the features of sentences and weighs them by how rare they are (TF-IDF, each view of length 1)."""

    def __init__(self, columns: Sequence[dict[str, int]], rarity: Floats) -> None:
        self.columns = tuple(columns)
        self.rarity = rarity
        self.unseen = float(rarity.max(initial=1))

    def __len__(self) -> int:
        return len(self.rarity)

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Vocabulary":
        seen: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
        for text in texts:
            for counter, features in zip(seen, views(text), strict=True):
                counter.update(set(features))
        columns: list[dict[str, int]] = []
        counts: list[int] = []
        for counter, least in zip(seen, _SEEN_MIN, strict=True):
            kept = [feature for feature, count in counter.items() if count >= least]
            columns.append({feature: len(counts) + at for at, feature in enumerate(kept)})
            counts += [counter[feature] for feature in kept]
        rarity = np.log((1 + len(texts)) / (1 + np.array(counts, np.float32))) + 1
        return cls(columns, rarity.astype(np.float32))

    def weight(self, word: str) -> float:
        """How rare a word is; one that was never seen is as rare as the rarest."""
        at = self.columns[0].get(stem(word))
        return self.unseen if at is None else float(self.rarity[at])

    def row(self, text: str) -> tuple[Ints, Floats]:
        columns: list[Ints] = []
        values: list[Floats] = []
        for known, features, weight in zip(self.columns, views(text), WEIGHTS, strict=True):
            counted = Counter(known[feature] for feature in features if feature in known)
            if counted:
                at = np.fromiter(counted.keys(), np.int32, len(counted))
                value = (1 + np.log(np.fromiter(counted.values(), np.float32, len(counted)))) * self.rarity[at]
                columns.append(at)
                values.append((value * (weight / np.sqrt(value @ value))).astype(np.float32))
        if not columns:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        return np.concatenate(columns), np.concatenate(values)

    def rows(self, texts: Iterable[str]) -> Rows:
        made = [self.row(text) for text in texts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in made)])
        return Rows(starts, np.concatenate([c for c, _ in made]), np.concatenate([v for _, v in made]))

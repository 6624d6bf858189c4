"""What a linear model sees of a sentence: words, pairs of words and pieces of words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Hashes = NDArray[np.uint64]
Row = tuple[Ints, Floats]
"""Columns in order, and the values in them."""

_WORD = re.compile(r"\{\w+\}|[一-鿿㐀-䶿]|[^\W\d_一-鿿㐀-䶿]+|\d+|[^\w\s]")
_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
_STEM_CHARS_MIN = 3
_PIECE_CHARS = range(2, 6)
_EDGES = (crc32(b"<"), crc32(b">"))
_WORDS_KEPT = 1024
_VIEW_SHIFT = np.uint64(62)
_HASH_BITS = np.uint64((1 << 62) - 1)
_VIEWS = np.array([0, 1 << 62, 2 << 62], np.uint64)
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_NEIGHBOUR, _ANYWHERE = np.uint64(0x165667B19E3779F9), np.uint64(0x27D4EB2F165667C5)
_NO_HASHES = np.empty(0, np.uint64)
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

    def __getitem__(self, at: int) -> Row:
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


@lru_cache(_WORDS_KEPT)
def _hash(word: str) -> int:
    return crc32(word.encode())


@lru_cache(_WORDS_KEPT)
def _stem_hash(word: str) -> int:
    return _hash(stem(word))


@lru_cache(_WORDS_KEPT)
def _pieces(word: str) -> Hashes:
    """Of a word between spaces; a mask has none."""
    padded = f" {word} "
    sizes = [size for size in _PIECE_CHARS if size < len(padded)]
    pieces = [padded[at : at + size] for size in sizes for at in range(len(padded) - size + 1)]
    if len(sizes) < len(_PIECE_CHARS):
        pieces.append(padded)
    return np.array([crc32(piece.encode()) for piece in pieces] if word[0] != "{" else [], np.uint64)


def views(text: str) -> tuple[Hashes, Hashes, Hashes]:
    """Hashes of words with their neighbours, of pairs of words at any distance, and of pieces of words."""
    said = words(text)
    stems = np.array([_EDGES[0], *map(_stem_hash, said), _EDGES[1]], np.uint64)
    neighbours = _pair(stems[:-1], stems[1:], _NEIGHBOUR)
    distinct = np.unique(stems[1:-1])
    before, after = _two_of(len(distinct))
    pieces = np.concatenate([_NO_HASHES, *map(_pieces, said)])
    return (
        np.concatenate([stems[1:-1], neighbours]) & _HASH_BITS,
        _pair(distinct[before], distinct[after], _ANYWHERE) & _HASH_BITS | _VIEWS[1],
        pieces | _VIEWS[2],
    )


def _pair(one: Hashes, other: Hashes, kind: np.uint64) -> Hashes:
    mixed: Hashes = (one * _MIX[0] + other * _MIX[1]) ^ kind
    return mixed


@lru_cache(_WORDS_KEPT)
def _two_of(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    before, after = np.triu_indices(count, 1)
    return before, after


@dataclass(frozen=True)
class Lesson:
    """Sentences as sparse rows over `features` columns and as dense ones, with the numbers of their `classes`."""

    rows: Rows
    dense: Floats
    labels: NDArray[np.int64]
    features: int
    classes: int

    def __len__(self) -> int:
        return len(self.rows)


class Vocabulary:
    """Numbers the features of sentences and weighs them by how rare they are (TF-IDF, each view of length 1).

    `hashes` are in order, and so those of a view stand together.
    """

    def __init__(self, hashes: Hashes, rarity: Floats) -> None:
        self.hashes = hashes
        self.rarity = rarity
        self.unseen = float(rarity.max(initial=1))
        self._ends = np.searchsorted(hashes, _VIEWS[1:])

    def __len__(self) -> int:
        return len(self.rarity)

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Vocabulary":
        found = [np.unique(np.concatenate(views(text))) for text in texts]
        hashes, counts = np.unique(np.concatenate(found), return_counts=True)
        kept = counts >= np.array(_SEEN_MIN)[(hashes >> _VIEW_SHIFT).astype(np.int64)]
        rarity = np.log((1 + len(texts)) / (1 + counts[kept].astype(np.float32))) + 1
        return cls(hashes[kept], rarity.astype(np.float32))

    def weights(self, said: Sequence[str]) -> tuple[Floats, NDArray[np.bool_]]:
        """How rare each word is, and whether it was ever seen; one that was not is as rare as the rarest."""
        at, known = self._find(np.array([_stem_hash(word) for word in said], np.uint64))
        return np.where(known, self.rarity[at], np.float32(self.unseen)), known

    def row(self, text: str) -> Row:
        hashes, counts = np.unique(np.concatenate(views(text)), return_counts=True)
        at, known = self._find(hashes)
        columns = at[known].astype(np.int32)
        values = ((1 + np.log(counts[known])) * self.rarity[columns]).astype(np.float32)
        start = 0
        for end, weight in zip((*np.searchsorted(columns, self._ends), len(columns)), WEIGHTS, strict=True):
            if end > start:
                view = values[start:end]
                view *= np.float32(weight / np.sqrt(view @ view))
            start = end
        return columns, values

    def rows(self, texts: Iterable[str]) -> Rows:
        made = [self.row(text) for text in texts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in made)])
        return Rows(starts, np.concatenate([c for c, _ in made]), np.concatenate([v for _, v in made]))

    def _find(self, hashes: Hashes) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        at = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return at, self.hashes[at] == hashes

"""What English words are like, from the word pairs of the language model that comes with the recogniser."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jingling.core.errors import BadInput
from jingling.language.learned.features import Floats

_MAGIC = b"Trie Language Model"
_BINS = 1 << 16
_QUANTISED_BITS = 16
_ORDER = 3
_LOG_BASE = 1.0001
_NEVER = -100.0
"""The chance of what only begins a sentence is kept lower than this."""
WORDS = 20_000
_CONTEXTS = 1_000
DIMENSIONS = 200


@dataclass(frozen=True)
class WordVectors:
    """`vectors[at]` (of length 1) belongs to `words[at]`."""

    words: Sequence[str]
    vectors: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "_at", {word: at for at, word in enumerate(self.words)})

    _at: dict[str, int] = None  # type: ignore[assignment]

    def place(self, word: str) -> int | None:
        return self._at.get(word)


def model_file() -> Path | None:
    """The recogniser's language model, when that package is installed."""
    found = find_spec("pocketsphinx")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent / "model" / "en-us" / "en-us.lm.bin"
    return path if path.is_file() else None


def learn(path: Path, words: int = WORDS, contexts: int = _CONTEXTS, dimensions: int = DIMENSIONS) -> WordVectors:
    """Vectors of the `words` commonest: which words stand before and after them more often than by chance.

    Raises BadInput for a file that is no such model.
    """
    pairs = read_pairs(path)
    order = np.argsort(-pairs.chances)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    gain = pairs.after - pairs.chances[pairs.second]
    kept = (gain > 0) & (pairs.chances[pairs.second] > _NEVER)
    before, after, gain = rank[pairs.first[kept]], rank[pairs.second[kept]], gain[kept]
    words, contexts = min(words, len(order)), min(contexts, len(order))
    table = np.zeros((words, 2 * contexts), np.float32)
    near = (before < words) & (after < contexts)
    table[before[near], after[near]] = gain[near]
    near = (after < words) & (before < contexts)
    table[after[near], contexts + before[near]] = gain[near]
    strengths, axes = np.linalg.eigh(table.T @ table)
    strengths, axes = strengths[::-1][:dimensions], axes[:, ::-1][:, :dimensions]
    vectors = table @ (axes / np.maximum(strengths, 1e-6) ** 0.25)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return WordVectors([pairs.words[at] for at in order[:words]], vectors.astype(np.float32))


@dataclass(frozen=True)
class Pairs:
    """Natural logarithms of chances: of each word, and of `second` after `first` (both places in `words`)."""

    words: Sequence[str]
    chances: Floats
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    after: Floats


def read_pairs(path: Path) -> Pairs:
    """The pairs of a binary trie of pocketsphinx (its src/lm/lm_trie.c). Raises BadInput when it is none.

    Counts of each order, tables of quantised values, the single words (with the number of their first pair), the
    pairs under their second word, the triples, the spelling of the words; little-endian, pairs packed bit by bit.
    """
    content = path.read_bytes()
    if not content.startswith(_MAGIC) or content[len(_MAGIC)] != _ORDER:
        raise BadInput(f"{path}: not a language model of word triples as pocketsphinx keeps it")
    at = len(_MAGIC) + 1
    counts = struct.unpack_from(f"<{_ORDER}I", content, at)
    at += 4 * (_ORDER + 1)
    tables = np.frombuffer(content, "<f4", 3 * _BINS, at)
    at += tables.nbytes
    single = np.frombuffer(content, [("chance", "<f4"), ("backoff", "<f4"), ("next", "<u4")], counts[0] + 1, at)
    at += single.nbytes
    word_bits, next_bits = counts[0].bit_length(), counts[2].bit_length()
    pair_bits = word_bits + 2 * _QUANTISED_BITS + next_bits
    packed = np.ndarray((len(content) - at - 8,), "<u8", content, at, (1,))
    second = np.repeat(np.arange(counts[0]), np.diff(single["next"]).astype(np.int64))
    offsets = np.arange(len(second), dtype=np.int64) * pair_bits
    first = _bits(packed, offsets, word_bits)
    after = tables[_bits(packed, offsets + word_bits + _QUANTISED_BITS, _QUANTISED_BITS)]
    at += _packed_bytes(counts[1], pair_bits) + _packed_bytes(counts[2], word_bits + _QUANTISED_BITS)
    words = content[at + 4 :].split(b"\0")[: counts[0]]
    scale = np.float32(np.log(_LOG_BASE))
    return Pairs([word.decode() for word in words], single["chance"][:-1] * scale, first, second, after * scale)


def _packed_bytes(entries: int, bits: int) -> int:
    """One entry more than there are, and room to read eight bytes at the last."""
    return ((1 + entries) * bits + 7) // 8 + 8


def _bits(packed: NDArray[np.uint64], offsets: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    shift = (offsets & 7).astype(np.uint64)
    found: NDArray[np.uint64] = (packed[offsets >> 3] >> shift) & np.uint64((1 << length) - 1)
    return found.astype(np.int64)

"""Which of the sentences that are known is nearest to what was said."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jingling.language.learned.features import Floats, Row, Vocabulary
from jingling.language.learned.samples import Piece, Sample

_Group = tuple[str, tuple[str, ...]]
"""An intent, and the masks in its sentences."""
_STEPS = np.float32(255)
_Arrays = Mapping[str, NDArray[Any]]


class Nearest:
    """Sentences of one intent and the same values, compared by the features that they share with what was said.

    `groups` are the numbers of the first sentence of each and of the first after it; `pieces` are all that they
    consist of. `arrays` hold thousands of sentences in few bytes: `columns` and `values` (in 255ths) of the
    features of number `i` from `starts[i]`, and in `said` the places of its pieces from `says[i]`.
    """

    def __init__(
        self, features: int, groups: Mapping[_Group, tuple[int, int]], pieces: Sequence[Piece], arrays: _Arrays
    ) -> None:
        self.features = features
        self.groups = groups
        self.pieces = pieces
        self.arrays = arrays

    @classmethod
    def of_samples(cls, samples: Sequence[Sample], vocabulary: Vocabulary) -> "Nearest":
        grouped: dict[_Group, list[Sample]] = {}
        for sample in filter(lambda one: one.words, samples):
            grouped.setdefault((sample.intent, masks_of(sample.words)), []).append(sample)
        groups: dict[_Group, tuple[int, int]] = {}
        ordered: list[Sample] = []
        for group, of in grouped.items():
            groups[group] = (len(ordered), len(ordered) + len(of))
            ordered += of
        rows = vocabulary.rows(" ".join(sample.words) for sample in ordered)
        places = {piece: at for at, piece in enumerate(dict.fromkeys(p for one in ordered for p in one.pieces))}
        said = np.array([places[piece] for one in ordered for piece in one.pieces])
        arrays = {
            "starts": rows.starts.astype(np.uint32),
            "columns": rows.columns.astype(np.min_scalar_type(len(vocabulary))),
            "values": np.rint(rows.values * _STEPS).astype(np.uint8),
            "says": np.cumsum([0, *(len(one.pieces) for one in ordered)]).astype(np.uint32),
            "said": said.astype(np.min_scalar_type(len(places))),
        }
        return cls(len(vocabulary), groups, list(places), arrays)

    def of(self, intent: str, said: Sequence[str], row: Row, most: int) -> list[tuple[float, tuple[Piece, ...]]]:
        """The `most` nearest to the words `said` with how alike they are (0…1), best first."""
        first, end = self.groups.get((intent, masks_of(said)), (0, 0))
        columns, values = row
        if first == end or not len(values):
            return []
        spread = np.zeros(self.features, np.float32)
        spread[columns] = values / np.sqrt(values @ values)
        starts = self.arrays["starts"][first : end + 1]
        cut, begins = slice(starts[0], starts[-1]), starts[:-1] - starts[0]
        theirs = self.arrays["values"][cut].astype(np.float32)
        shared = _sums(theirs * spread[self.arrays["columns"][cut]], begins)
        alike = shared / np.maximum(np.sqrt(_sums(theirs * theirs, begins)), 1e-6)
        best = np.argsort(-alike)[:most]
        return [(float(alike[at]), self._sentence(first + int(at))) for at in best]

    def _sentence(self, number: int) -> tuple[Piece, ...]:
        says = self.arrays["says"]
        return tuple(self.pieces[at] for at in self.arrays["said"][says[number] : says[number + 1]])


def _sums(values: Floats, begins: NDArray[Any]) -> Floats:
    """Of the parts that begin there; a sentence always has a feature, its first words at least."""
    sums: Floats = np.add.reduceat(values, begins)
    return sums


def masks_of(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(word for word in words if word.startswith("{")))

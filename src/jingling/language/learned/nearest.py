"""Which of the sentences that are known is nearest to what was said."""

from collections.abc import Mapping, Sequence

import numpy as np

from jingling.language.learned.features import Floats, Ints, Vocabulary
from jingling.language.learned.samples import Sample

_Group = tuple[str, tuple[str, ...]]
"""An intent, and the masks in its sentences."""


class Nearest:
    """Samples of one intent and the same values, compared by the features that they share with what was said."""

    def __init__(self, samples: Sequence[Sample], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._groups: dict[_Group, list[Sample]] = {}
        for sample in samples:
            self._groups.setdefault((sample.intent, masks_of(sample.words)), []).append(sample)
        self._rows = {
            group: vocabulary.rows(" ".join(sample.words) for sample in of) for group, of in self._groups.items()
        }
        self._lengths: Mapping[_Group, Floats] = {
            group: np.sqrt(np.add.reduceat(np.append(rows.values**2, 0), rows.starts[:-1])).astype(np.float32)
            for group, rows in self._rows.items()
        }

    def of(
        self, intent: str, said: Sequence[str], row: tuple[Ints, Floats], most: int
    ) -> list[tuple[float, Sample]]:
        """The `most` nearest to the words `said` with how alike they are (0…1), best first."""
        group = (intent, masks_of(said))
        rows, (columns, values) = self._rows.get(group), row
        if rows is None or not len(values):
            return []
        spread = np.zeros(len(self._vocabulary), np.float32)
        spread[columns] = values
        shared = np.add.reduceat(np.append(rows.values * spread[rows.columns], 0), rows.starts[:-1])
        alike = shared / np.maximum(self._lengths[group] * np.sqrt(values @ values), 1e-6)
        best = np.argsort(-alike)[:most]
        return [(float(alike[at]), self._groups[group][at]) for at in best]


def masks_of(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(word for word in words if word.startswith("{")))

"""One-against-the-rest support vectors, all classes at once."""

import numpy as np
from numpy.typing import NDArray

from jingling.language.learned.features import Floats, Rows

_SMALLEST_STEP = 1e-4


def train(
    rows: Rows, dense: Floats, labels: NDArray[np.int64], shape: tuple[int, int], cost: float, epochs: int, seed: int
) -> tuple[Floats, Floats]:
    """Weights of the sparse features and of the dense ones, for `shape` = (features, classes).

    Dual coordinate descent on the squared hinge loss (Hsieh et al. 2008): a step is exact in each class, and as the
    classes do not share weights, all of one sentence are taken at the same time.
    """
    features, classes = shape
    sparse_weights = np.zeros((features, classes), np.float32)
    dense_weights = np.zeros((dense.shape[1], classes), np.float32)
    duals = np.zeros((len(rows), classes), np.float32)
    slack = np.float32(0.5 / cost)
    lengths = np.add.reduceat(np.append(rows.values**2, 0), rows.starts[:-1])
    lengths[np.diff(rows.starts) == 0] = 0
    lengths += (dense**2).sum(1) + slack
    order = np.random.default_rng(seed)
    for _ in range(epochs):
        for at in order.permutation(len(rows)):
            columns, values = rows[at]
            margins = -(values @ sparse_weights[columns] + dense[at] @ dense_weights)
            label = labels[at]
            margins[label] = -margins[label]
            dual = duals[at]
            changed = np.maximum(dual - (margins - 1 + dual * slack) / lengths[at], 0)
            step = dual - changed
            step[label] = -step[label]
            duals[at] = changed
            moved = np.flatnonzero(np.abs(step) > _SMALLEST_STEP)
            if len(moved):
                sparse_weights[columns[:, None], moved] += values[:, None] * step[moved]
                dense_weights[:, moved] += dense[at][:, None] * step[moved]
    return sparse_weights, dense_weights

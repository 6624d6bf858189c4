"""When an answer on a board is first heard."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


@pytest.fixture(scope="module")
def board() -> Iterator[ModuleType]:
    sys.path.insert(0, str(BENCHMARKS))
    import xiaozhi_board

    yield xiaozhi_board
    sys.path.remove(str(BENCHMARKS))
    del sys.modules["xiaozhi_board"]


def test_the_first_sample_that_can_be_heard(board: ModuleType) -> None:
    samples = np.zeros(48_000, np.int16)
    assert board.first_audible_s(samples) is None
    samples[24_000:] = 200
    assert board.first_audible_s(samples) is None
    samples[36_000] = -32_768
    assert board.first_audible_s(samples) == pytest.approx(1.5)

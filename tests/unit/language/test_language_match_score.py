"""A score adds up, and is taken apart again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.language.matching import score

SMALL = st.integers(0, 600)


@given(st.floats(0, 50), SMALL, SMALL, SMALL, SMALL)
def test_what_was_added_is_found_again(cost: float, name: int, free: int, literal: int, form: int) -> None:
    total = score.cost(cost) + name * score.NAME_CHAR + free * score.FREE
    total += literal * score.LITERAL_CHAR + form * score.FORM + score.PIECE
    assert score.cost_of(total) == pytest.approx(cost, abs=0.001)
    assert score.parts(total) == (-round(cost * 1000), name, 0, -free, literal, 0, -form, -1)


@given(SMALL, SMALL)
def test_the_smallest_guess_outweighs_all_else(name: int, literal: int) -> None:
    assert score.cost(0.001) + name * score.NAME_CHAR + literal * score.LITERAL_CHAR > 600 * score.FREE_CHAR

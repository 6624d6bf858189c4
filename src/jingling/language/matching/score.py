"""How good a reading is, as one number that adds up along a path; the smaller the better.

Of first weight is what had to be guessed. Then: much of it is a thing's name, few names of another language, few
free words, much literal text, little in free words, nothing left out at the edges, few values.
"""

_FIELD = 1 << 12
"""More than the characters of any text, so that a lighter field never outweighs the next."""

PIECE = 1
FORM = PIECE * _FIELD
FREE_CHAR = FORM * _FIELD
LITERAL_CHAR = -FREE_CHAR * _FIELD
FREE = -LITERAL_CHAR * _FIELD
FOREIGN = FREE * _FIELD
NAME_CHAR = -FOREIGN * _FIELD
COST = -NAME_CHAR * _FIELD
_PER_COST = 1000
"""Costs are kept in thousandths."""


def cost(value: float) -> int:
    """What a guess of this cost adds."""
    return max(0, round(value * _PER_COST)) * COST


def cost_of(score: int) -> float:
    """The cost that is in a score."""
    return ((score + COST // 2) // COST) / _PER_COST


def parts(score: int) -> tuple[int, ...]:
    """A score taken apart, each part the higher the better.

    Thousandths of cost, letters of the name, names of another language, free words, literal letters, letters in
    free words, edges left out, values.
    """
    found = []
    for _ in range(7):
        part = (score + _FIELD // 2) % _FIELD - _FIELD // 2
        found.append(-part)
        score = (score - part) // _FIELD
    return (-score, *reversed(found))

"""How far to believe what was heard. Pure."""

import math

DISTANCE_EVEN = -10.0
DISTANCE_WIDTH = 2.0


def trust(distance: float) -> float:
    """0…1 from how much better, a frame, the sentence explains the sound than any row of English sounds does.

    In a whole home's grammar real orders lie at -8…19, the same heard by a grammar without them at -86…-5,
    single foreign words at -30…-4, noise below -40.
    """
    return 1 / (1 + math.exp(-(distance - DISTANCE_EVEN) / DISTANCE_WIDTH))

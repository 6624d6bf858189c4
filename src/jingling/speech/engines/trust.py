"""How far to believe what was heard. Pure."""

import math

from jingling.speech.engines.decoding import Path

DISTANCE, LENGTH, OFFSET = 0.25, 3.0, -0.6
LENGTH_USUAL = 10


def trust(sentence: Path, sounds: Path, length: int) -> float:
    """0…1 from how much better, a frame, the sentence explains the speech than any row of English sounds does.

    `length` is how many sounds the sentence has: a long one fits other speech less easily by chance. A logistic
    model of real orders, clean and in noise, against wake words, Mandarin words and orders that no grammar held.
    """
    frames = sum(part.end - part.start for part in sentence.spoken)
    if not frames or not length:
        return 0.0
    distance = (sentence.score - sounds.score) / frames
    odds = DISTANCE * distance + LENGTH * math.log(length / LENGTH_USUAL) + OFFSET
    return 1 / (1 + math.exp(-odds))

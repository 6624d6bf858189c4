"""How far to believe what was heard. Pure."""

import math

from jingling.speech.engines.decoding import Path
from jingling.speech.engines.mandarin_reading import is_han

# Weights for English.
DISTANCE, LENGTH, PACE, CONTRAST, OFFSET = 0.23, 4.2, 6.0, -0.35, 0.7
LENGTH_MIN, LENGTH_USUAL, LENGTH_MAX = 5, 10, 25
PACE_MIN, PACE_USUAL, PACE_MAX = 4.8, 8.0, 12.0  # frames a sound
MANDARIN_DISTANCE, MANDARIN_OFFSET = 0.4, 1.7
CONTRAST_USUAL, CONTRAST_MAX = 8.0, 10.0
EXPECTED = 2.0


def trust(sentence: Path, sounds: Path, length: int, contrast: float, *, expected: bool = False) -> float:
    """0…1 from how much better, a frame, the sentence explains the speech than any row of English sounds does.

    `length` is how many sounds the sentence has: a long one fits other speech less easily by chance, and so does
    one whose sounds take their time. `contrast` is that of the voice and the room: in noise even what was said fits
    less well. What is `expected` answers an open question. A logistic model; its weights were chosen on real
    orders, clean and in noise, and on short commands of synthetic voices, against wake words, Mandarin words and
    kitchen noise. Mandarin fits English sounds less, and only the distance tells what was said from other words.
    """
    frames = sum(part.end - part.start for part in sentence.spoken)
    if not frames or not length:
        return 0.0
    distance = (sentence.score - sounds.score) / frames
    if _is_mandarin(sentence):
        return _logistic(MANDARIN_DISTANCE * distance + MANDARIN_OFFSET + EXPECTED * expected)
    quiet = min(contrast, CONTRAST_MAX) - CONTRAST_USUAL
    long = math.log(min(max(length, LENGTH_MIN), LENGTH_MAX) / LENGTH_USUAL)
    slow = math.log(min(max(frames / length, PACE_MIN), PACE_MAX) / PACE_USUAL)
    odds = DISTANCE * distance + LENGTH * long + PACE * slow + CONTRAST * quiet + OFFSET + EXPECTED * expected
    return _logistic(odds)


def _is_mandarin(sentence: Path) -> bool:
    """English names may stand in a Mandarin sentence."""
    words = sentence.text.split()
    return 2 * sum(map(is_han, words)) > len(words)


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))

"""How far to believe what was heard. Pure."""

import math

from jingling.speech.engines.decoding import Path
from jingling.speech.engines.mandarin_reading import is_han

DISTANCE, LENGTH, CONTRAST, OFFSET = 0.25, 5.0, -0.35, -0.9
MANDARIN_DISTANCE, MANDARIN_OFFSET = 0.4, 1.7
LENGTH_MIN, LENGTH_USUAL, LENGTH_MAX = 7, 10, 25
CONTRAST_USUAL, CONTRAST_MAX = 8.0, 10.0


def trust(sentence: Path, sounds: Path, length: int, contrast: float) -> float:
    """0…1 from how much better, a frame, the sentence explains the speech than any row of English sounds does.

    `length` is how many sounds the sentence has: a long one fits other speech less easily by chance. `contrast` is
    that of the voice and the room: in noise even what was said fits less well. A logistic model; its weights were
    chosen on real orders, clean and in noise, against wake words, Mandarin words and kitchen noise. Mandarin fits
    English sounds less, and only the distance tells what was said from other words.
    """
    frames = sum(part.end - part.start for part in sentence.spoken)
    if not frames or not length:
        return 0.0
    distance = (sentence.score - sounds.score) / frames
    if _is_mandarin(sentence):
        return _logistic(MANDARIN_DISTANCE * distance + MANDARIN_OFFSET)
    quiet = min(contrast, CONTRAST_MAX) - CONTRAST_USUAL
    long = math.log(min(max(length, LENGTH_MIN), LENGTH_MAX) / LENGTH_USUAL)
    return _logistic(DISTANCE * distance + LENGTH * long + CONTRAST * quiet + OFFSET)


def _is_mandarin(sentence: Path) -> bool:
    """English names may stand in a Mandarin sentence."""
    words = sentence.text.split()
    return 2 * sum(map(is_han, words)) > len(words)


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))

"""Short sounds of our own, made from sines."""

from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jingling.core.audio import AudioChunk

Earcon = Literal["listening", "heard", "not_understood", "done", "error", "call"]
"""call: somebody in another room, or at the door, wants to talk; it is played again and again."""

RATE_HZ = 22_050
CHIME_HZ = (659.26, 783.99, 987.77, 1318.51)
NOTE_S = 0.16
TAIL_S = 0.9
LOUDNESS = 0.28

# Notes as (start in seconds, pitch in Hz), and how long the last one rings.
_NOTES: dict[Earcon, tuple[tuple[tuple[float, float], ...], float]] = {
    "listening": (((0.0, 880.0), (0.07, 1318.51)), 0.14),
    "heard": (((0.0, 1318.51),), 0.09),
    "not_understood": (((0.0, 659.26), (0.1, 523.25)), 0.2),
    "done": (((0.0, 783.99), (0.08, 1046.5)), 0.22),
    "error": (((0.0, 311.13), (0.14, 293.66)), 0.26),
    "call": (((0.0, 880.0), (0.12, 1108.73), (0.24, 880.0), (0.36, 1108.73)), 0.5),
}


@cache
def chime() -> AudioChunk:
    """Four rising notes of a small bell, about a second and a half; mono."""
    return _sounding(tuple((index * NOTE_S, hz) for index, hz in enumerate(CHIME_HZ)), NOTE_S + TAIL_S)


@cache
def earcon(kind: Earcon, volume: float = 1.0) -> AudioChunk:
    """Half a second at most (a call: a second); mono. `volume` is a share."""
    notes, tail_s = _NOTES[kind]
    return _sounding(notes, tail_s, volume)


def _sounding(notes: tuple[tuple[float, float], ...], tail_s: float, volume: float = 1.0) -> AudioChunk:
    total = int((notes[-1][0] + tail_s) * RATE_HZ)
    sound = np.zeros(total)
    for at_s, hz in notes:
        start = int(at_s * RATE_HZ)
        sound[start:] += _bell(hz, total - start)
    sound *= np.minimum(1.0, np.arange(total, 0, -1) / (0.02 * RATE_HZ))
    pcm = np.clip(sound * LOUDNESS * volume, -1, 1) * 32_767
    return AudioChunk(pcm.astype("<i2").tobytes(), RATE_HZ)


def _bell(hz: float, samples: int) -> NDArray[np.float64]:
    at_s = np.arange(samples) / RATE_HZ
    attack = np.minimum(1.0, at_s / 0.004)
    partials = np.sin(2 * np.pi * hz * at_s) + 0.35 * np.sin(2 * np.pi * hz * 2.76 * at_s) * np.exp(-at_s * 9)
    ringing: NDArray[np.float64] = attack * np.exp(-at_s * 4.5) * partials
    return ringing

"""Short sounds of our own, made from sines."""

from functools import cache

import numpy as np

from jingling.core.audio import AudioChunk

RATE_HZ = 22_050
CHIME_HZ = (659.26, 783.99, 987.77, 1318.51)
NOTE_S = 0.16
TAIL_S = 0.9
LOUDNESS = 0.28


@cache
def chime() -> AudioChunk:
    """Four rising notes of a small bell, about a second and a half; mono."""
    total = int((NOTE_S * len(CHIME_HZ) + TAIL_S) * RATE_HZ)
    sound = np.zeros(total)
    for index, hz in enumerate(CHIME_HZ):
        start = int(index * NOTE_S * RATE_HZ)
        sound[start:] += _bell(hz, total - start)
    pcm = np.clip(sound * LOUDNESS, -1, 1) * 32_767
    return AudioChunk(pcm.astype("<i2").tobytes(), RATE_HZ)


def _bell(hz: float, samples: int) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    at_s = np.arange(samples) / RATE_HZ
    attack = np.minimum(1.0, at_s / 0.004)
    partials = np.sin(2 * np.pi * hz * at_s) + 0.35 * np.sin(2 * np.pi * hz * 2.76 * at_s) * np.exp(-at_s * 9)
    ringing: np.ndarray[tuple[int], np.dtype[np.float64]] = attack * np.exp(-at_s * 4.5) * partials
    return ringing

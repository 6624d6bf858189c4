"""Whether sound has fallen back to the room's own: told at once, where a voice detector takes half a second."""

from collections import deque

import numpy as np

from jingling.core.audio import AudioChunk

FRAME = 160
SMOOTH = 0.5
FLOOR_FRAMES = 250
"""The room's level is the lowest of this many frames: a stretch of speech has gaps in it."""
DECAY_DB = 0.06
"""The voice's level is let down by so much a frame."""
SPREAD_DB_MIN = 9.0
"""A voice that rises less above the room cannot be told from it by its loudness."""
STEADY_FRAMES = 3
"""What is louder for a shorter time is a click, and no voice."""
SHARE = 0.3
MARGIN_DB_MIN, MARGIN_DB_MAX = 4.0, 10.0


class Loudness:
    """Of one stream at 16 kHz, mono, taken in chunks of any length."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float64)
        self._before: float | None = None
        self._level = 0.0
        self._room: deque[float] = deque(maxlen=FLOOR_FRAMES)
        self._latest: deque[float] = deque(maxlen=STEADY_FRAMES)
        self._voice = 0.0

    def process(self, chunk: AudioChunk) -> bool:
        """True when the end of `chunk` is as quiet as the room, by all that was heard so far."""
        samples = np.concatenate([self._rest, np.frombuffer(chunk.pcm[: len(chunk.pcm) // 2 * 2], "<i2")])
        whole = len(samples) // FRAME * FRAME
        for start in range(0, whole, FRAME):
            self._frame(samples[start : start + FRAME])
        self._rest = samples[whole:]
        return self._quiet()

    def _frame(self, samples: np.ndarray) -> None:
        """High sounds count as much as low ones: rumble is no voice, and an s is."""
        changes = np.diff(samples, prepend=samples[0] if self._before is None else self._before)
        self._before = float(samples[-1])
        level = 10 * float(np.log10(np.mean(changes**2) + 1))
        self._level = level if level > self._level else SMOOTH * self._level + (1 - SMOOTH) * level
        if not self._room:
            self._level = self._voice = level
        self._room.append(self._level)
        self._latest.append(level)
        self._voice = max(self._voice - DECAY_DB, min(self._latest))

    def _quiet(self) -> bool:
        floor = min(self._room, default=self._voice)
        spread = self._voice - floor
        margin = min(max(SHARE * spread, MARGIN_DB_MIN), MARGIN_DB_MAX)
        return spread >= SPREAD_DB_MIN and self._level < floor + margin

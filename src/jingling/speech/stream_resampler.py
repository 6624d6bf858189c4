"""One stream of sound from one sample rate to another, piece by piece, without seams. Pure."""

from functools import lru_cache
from math import ceil, gcd

import numpy as np

from jingling.core.audio import AudioChunk
from jingling.speech.resampling import Samples, filters, to_chunk


class StreamResampler:
    """Takes chunks of `from_hz`, any number of channels; gives mono of `to_hz`, late by a few milliseconds.

    `finish` gives what is still on its way; the whole is what `resampling.convert` makes of the whole.
    """

    def __init__(self, from_hz: int, to_hz: int) -> None:
        divisor = gcd(from_hz, to_hz)
        self._up, self._down = to_hz // divisor, from_hz // divisor
        self._from_hz, self._to_hz = from_hz, to_hz
        self._bank = _bank(self._up, self._down)
        self._reach = self._bank.shape[1] // 2
        self._kept: Samples = np.zeros(self._reach, np.float32)
        self._origin = 0
        self._taken = self._given = 0

    def feed(self, chunk: AudioChunk) -> AudioChunk:
        mono = _mono(chunk)
        self._taken += len(mono)
        if self._from_hz == self._to_hz:
            return to_chunk(mono, self._to_hz)
        return to_chunk(self._convert(mono, self._given + self._ready(len(self._kept) + len(mono))), self._to_hz)

    def finish(self) -> AudioChunk:
        """The stream is over."""
        if self._from_hz == self._to_hz:
            return AudioChunk(b"", self._to_hz)
        end = ceil(self._taken * self._up / self._down)
        return to_chunk(self._convert(np.zeros(self._reach + 1, np.float32), end), self._to_hz)

    def _ready(self, kept: int) -> int:
        """How many more samples can be made of `kept` ones."""
        last = self._origin + kept - self._bank.shape[1]
        return 0 if last < 0 else max(0, ((last + 1) * self._up - 1) // self._down + 1 - self._given)

    def _convert(self, fresh: Samples, end: int) -> Samples:
        self._kept = np.concatenate([self._kept, fresh])
        position = np.arange(self._given, end, dtype=np.int64) * self._down
        self._given = max(self._given, end)
        window = self._kept[(position // self._up - self._origin)[:, None] + np.arange(self._bank.shape[1])]
        out: Samples = np.einsum("ij,ij->i", window, self._bank[position % self._up])
        done = min(self._given * self._down // self._up - self._origin, len(self._kept))
        self._kept, self._origin = self._kept[done:], self._origin + done
        return out


def _mono(chunk: AudioChunk) -> Samples:
    samples = np.frombuffer(chunk.pcm[: chunk.frames * 2 * chunk.channels], "<i2").astype(np.float32) / 32_768
    mixed: Samples = samples.reshape(-1, chunk.channels).mean(axis=1, dtype=np.float32)
    return mixed


@lru_cache(maxsize=8)
def _bank(up: int, down: int) -> Samples:
    return filters(up, down)

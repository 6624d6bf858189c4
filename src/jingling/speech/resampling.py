"""From one sample rate to another by a windowed sinc in polyphase form. Pure."""

from math import ceil, gcd

import numpy as np
from numpy.typing import NDArray

from jingling.core.audio import AudioChunk

ZERO_CROSSINGS = 16
KAISER_BETA = 8.0
PASS = 0.95  # of the lower Nyquist frequency
BLOCK = 8_192

Samples = NDArray[np.float32]


def resample(chunk: AudioChunk, rate_hz: int) -> AudioChunk:
    """`chunk` mixed to mono at `rate_hz`."""
    if chunk.rate_hz == rate_hz and chunk.channels == 1:
        return chunk
    samples = np.frombuffer(chunk.pcm, "<i2").astype(np.float32) / 32_768
    mono = samples.reshape(-1, chunk.channels).mean(axis=1, dtype=np.float32)
    return to_chunk(convert(mono, chunk.rate_hz, rate_hz), rate_hz)


def to_chunk(samples: Samples, rate_hz: int) -> AudioChunk:
    """Samples of -1…1, louder ones clipped."""
    pcm = np.clip(np.round(samples * 32_768), -32_768, 32_767).astype("<i2").tobytes()
    return AudioChunk(pcm, rate_hz)


def convert(samples: Samples, from_hz: int, to_hz: int) -> Samples:
    """The same sound at another rate; its length is rounded up."""
    if from_hz == to_hz or not len(samples):
        return samples
    divisor = gcd(from_hz, to_hz)
    up, down = to_hz // divisor, from_hz // divisor
    bank = filters(up, down)
    reach = bank.shape[1] // 2
    padded = np.pad(samples, (reach, reach + 1))
    count = ceil(len(samples) * up / down)
    out = np.empty(count, np.float32)
    taps = np.arange(bank.shape[1])
    for start in range(0, count, BLOCK):
        position = np.arange(start, min(start + BLOCK, count), dtype=np.int64) * down
        window = padded[(position // up)[:, None] + taps]
        out[start : start + len(position)] = np.einsum("ij,ij->i", window, bank[position % up])
    return out


def filters(up: int, down: int) -> Samples:
    """One row of taps for each of the `up` places that an output can have between two inputs."""
    cut = PASS * min(1.0, up / down)
    reach = ceil(ZERO_CROSSINGS / cut)
    offsets = np.arange(-reach, reach + 1)[None, :] - np.arange(up)[:, None] / up
    window = np.i0(KAISER_BETA * np.sqrt(np.clip(1 - (offsets / (reach + 1)) ** 2, 0, 1))) / np.i0(KAISER_BETA)
    bank = cut * np.sinc(cut * offsets) * window
    normal: NDArray[np.float32] = (bank / bank.sum(axis=1, keepdims=True)).astype(np.float32)
    return normal

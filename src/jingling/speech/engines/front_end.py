"""From 16 kHz sound to the model's features, as its `feat.params` have them (CMU Sphinx front end). Pure.

Frames of 410 samples each 160, pre-emphasis 0.97, Hamming window, 512-point power spectrum, 25 triangular mel
filters of 130…6,800 Hz with unit area, logarithm, orthonormal DCT-II to 13 cepstra, lifter 22.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

RATE_HZ = 16_000
SHIFT = 160
LENGTH = 410
FFT = 512
FILTERS = 25
CEPSTRA = 13
LOWEST_HZ, HIGHEST_HZ = 130.0, 6_800.0
LIFTER = 22
EMPHASIS = 0.97
POWER_FLOOR = 1e-4

_WINDOW = np.hamming(LENGTH).astype(np.float32)


def _basis() -> Floats:
    order = np.arange(CEPSTRA)[:, None]
    cosines = np.cos(np.pi / FILTERS * order * (np.arange(FILTERS) + 0.5)) * np.sqrt(2 / FILTERS)
    cosines[0] /= np.sqrt(2)
    lifter = 1 + LIFTER / 2 * np.sin(order * np.pi / LIFTER)
    basis: Floats = (cosines * lifter).T.astype(np.float32)
    return basis


_BASIS = _basis()


def _mel_filters() -> Floats:
    """(257, 25)."""
    lowest, highest = (2595 * np.log10(1 + hz / 700) for hz in (LOWEST_HZ, HIGHEST_HZ))
    edges = 700 * (10 ** (np.linspace(lowest, highest, FILTERS + 2) / 2595) - 1)
    step = RATE_HZ / FFT
    edges = np.floor(edges / step + 0.5) * step
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    bins = np.arange(FFT // 2 + 1)[:, None] * step
    rising, falling = (bins - low) / (middle - low), (high - bins) / (high - middle)
    filters: Floats = (np.clip(np.minimum(rising, falling), 0, None) * 2 / (high - low)).astype(np.float32)
    return filters


_FILTERS = _mel_filters()


class Spectrum:
    """Cuts a stream of sound into frames and gives their power spectra."""

    def __init__(self) -> None:
        self._samples = np.zeros(0, np.float32)
        self._before = np.float32(0)

    def feed(self, pcm: bytes) -> Floats:
        """(frames, 257) of the frames that are whole by now."""
        samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float32)
        if len(samples):
            earlier = np.concatenate(([self._before], samples[:-1]))
            self._before = samples[-1]
            self._samples = np.concatenate((self._samples, samples - np.float32(EMPHASIS) * earlier))
        count = max(0, (len(self._samples) - LENGTH) // SHIFT + 1)
        if not count:
            return np.zeros((0, FFT // 2 + 1), np.float32)
        frames = np.lib.stride_tricks.sliding_window_view(self._samples, LENGTH)[: count * SHIFT : SHIFT]
        spectrum = np.fft.rfft(frames * _WINDOW, FFT)
        self._samples = self._samples[count * SHIFT :]
        power: Floats = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
        return power


def mel(power: Floats) -> Floats:
    """(frames, 25) mel powers of (frames, 257) power spectra."""
    found: Floats = power @ _FILTERS
    return found


def cepstra(mels: Floats) -> Floats:
    """(frames, 13) of (frames, 25) mel powers."""
    found: Floats = np.log(mels + np.float32(POWER_FLOOR)) @ _BASIS
    return found

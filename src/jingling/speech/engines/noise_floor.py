"""The model's own way to take steady noise out of mel powers, as it was trained with (CMU `remove_noise`)."""

import numpy as np

from jingling.speech.engines.front_end import FILTERS, Floats

POWER_KEPT = 0.7
RISE, FALL = 0.995, 0.5
MASK_KEPT, MASK_SHARE = 0.85, 0.2
GAIN_MAX = 20.0
SMOOTH = 4


def _smoothing() -> Floats:
    near = np.abs(np.subtract.outer(np.arange(FILTERS), np.arange(FILTERS))) <= SMOOTH
    found: Floats = (near / near.sum(axis=0)).astype(np.float32)
    return found


_SMOOTHING = _smoothing()


class NoiseFloor:
    """Follows the lower envelope of each band of one stream."""

    def __init__(self) -> None:
        self._power = np.zeros(0, np.float32)

    def clean(self, mels: Floats) -> Floats:
        """`mels` (frames, 25) with what is steady taken away."""
        if not len(self._power) and len(mels):
            self._power = mels[0].copy()
            self.noise = mels[0] / GAIN_MAX
            self._floor = mels[0] / GAIN_MAX
            self._peak = np.zeros(FILTERS, np.float32)
        gains = np.array([self._gain(row) for row in mels], np.float32).reshape(-1, FILTERS)
        found: Floats = mels * (gains @ _SMOOTHING)
        return found

    def _gain(self, row: Floats) -> Floats:
        self._power = POWER_KEPT * self._power + (1 - POWER_KEPT) * row
        self.noise = _envelope(self._power, self.noise)
        signal = np.maximum(self._power - self.noise, 1.0)
        self._floor = _envelope(signal, self._floor)
        self._peak *= MASK_KEPT
        masked = np.where(signal < MASK_KEPT * self._peak, self._peak * MASK_SHARE, signal)
        self._peak = np.maximum(self._peak, signal)
        gain: Floats = np.clip(np.maximum(masked, self._floor) / self._power, 1 / GAIN_MAX, GAIN_MAX)
        return gain


def _envelope(row: Floats, floor: Floats) -> Floats:
    kept = np.where(row >= floor, RISE, FALL).astype(np.float32)
    return kept * floor + (1 - kept) * row

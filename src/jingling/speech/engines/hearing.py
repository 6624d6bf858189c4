"""One utterance on its way: sound to features, evened out by what was heard of it so far."""

import numpy as np

from jingling.speech.engines.front_end import CEPSTRA, Floats, Spectrum, cepstra, mel
from jingling.speech.engines.noise_floor import NoiseFloor
from jingling.speech.engines.voiced import Voiced

DITHER_LSB = 3
EARLY_FRAMES = 60  # how much is waited for, to know the room and the voice a little


class Features:
    """Of the spoken part of a stream; the mean of what came so far is taken off."""

    def __init__(self) -> None:
        self._voiced = Voiced()
        self._spectrum = Spectrum()
        self._floor = NoiseFloor()
        self._dither = np.random.default_rng(0)
        self._fed_bytes = 0
        self._given = 0
        self._raw: list[Floats] = []

    @property
    def at_s(self) -> float:
        """Seconds of the sound that were looked at."""
        return self._fed_bytes / 32_000

    def feed(self, pcm: bytes, *, last: bool = False) -> Floats:
        """New features (frames, 13), evened out by the mean so far; none before there are enough of them."""
        self._fed_bytes += len(pcm)
        sound = self._voiced.feed(pcm)
        if sound:
            power = self._spectrum.feed(self._dithered(sound))
            self._raw.append(cepstra(self._floor.clean(mel(power))))
        raw = self.raw
        if len(raw) < EARLY_FRAMES and not last:
            return raw[:0]
        new = raw[self._given :] - raw.mean(axis=0) if len(raw) else raw
        self._given = len(raw)
        return new

    @property
    def raw(self) -> Floats:
        if len(self._raw) != 1:
            self._raw = [np.concatenate(self._raw)] if self._raw else [np.zeros((0, CEPSTRA), np.float32)]
        return self._raw[0]

    @property
    def whole(self) -> Floats:
        """All of them, evened out by their own mean."""
        raw = self.raw
        return raw - raw.mean(axis=0) if len(raw) else raw

    def _dithered(self, pcm: bytes) -> bytes:
        """Digital silence would break the features: adds noise that nobody can hear."""
        samples = np.frombuffer(pcm, "<i2").astype(np.int32)
        noise = self._dither.integers(-DITHER_LSB, DITHER_LSB + 1, len(samples))
        return (samples + noise).clip(-32_768, 32_767).astype("<i2").tobytes()

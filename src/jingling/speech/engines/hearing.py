"""One utterance on its way: sound to features, evened out by what was heard of it so far."""

import numpy as np

from jingling.speech.engines.front_end import CEPSTRA, Floats, Spectrum, cepstra, mel
from jingling.speech.engines.noise_floor import NoiseFloor
from jingling.speech.engines.voiced import Voiced

DITHER_LSB = 3
EARLY_FRAMES = 60  # how much is waited for, to know the room and the voice a little
LEAD_FRAMES = 20  # how much before the first loud sound counts for the mean
# The mean of many voices by close microphones, and how many frames it weighs; loudness says nothing of a voice.
USUAL = np.array([0, 4.1, -3.3, 7.5, -4.7, 2.1, -2.8, -7.5, -0.9, -3.3, 1.7, -2.0, 0.4], np.float32)
USUAL_FRAMES = np.array([0] + [30] * 12, np.float32)
SMOOTH_FRAMES = 15
LOUD = 0.35  # between the room and the voice
MARGIN_FRAMES = 40


class Features:
    """Of the spoken part of a stream."""

    def __init__(self, *, patient: bool = False) -> None:
        """`patient`: for the short words of Mandarin; see Voiced."""
        self._voiced = Voiced(patient=patient)
        self._spectrum = Spectrum()
        self._floor = NoiseFloor()
        self._dither = np.random.default_rng(0)
        self._fed_bytes = 0
        self._given = 0
        self._raw: list[Floats] = []
        self._loudness: list[Floats] = []
        self._powers: list[Floats] = []

    @property
    def at_s(self) -> float:
        """Seconds of the sound that were looked at."""
        return self._fed_bytes / 32_000

    def feed(self, pcm: bytes) -> Floats:
        """New features (frames, 13), evened out by the mean so far; none before there are enough of them."""
        self._fed_bytes += len(pcm)
        self._take(self._voiced.feed(pcm))
        return self._new() if len(self.raw) >= EARLY_FRAMES else self.raw[:0]

    def _take(self, sound: bytes) -> None:
        if sound:
            power = self._spectrum.feed(self._dithered(sound))
            self._powers.append(power)
            mels = mel(power)
            self._loudness.append(np.log(mels.sum(axis=1) + 1))
            self._raw.append(cepstra(self._floor.clean(mels)))

    def rest(self) -> Floats:
        """Those that waited for more."""
        self._take(self._voiced.rest())
        return self._new() if len(self.raw) else self.raw

    def again(self) -> None:
        """All that was given will be given anew."""
        self._given = 0

    @property
    def raw(self) -> Floats:
        """All of them, as they are."""
        if len(self._raw) != 1:
            self._raw = [np.concatenate(self._raw)] if self._raw else [np.zeros((0, CEPSTRA), np.float32)]
        return self._raw[0]

    @property
    def contrast(self) -> float:
        """How much louder the voice is than the room, as a difference of natural logarithms of power."""
        loudness = self._smooth_loudness()
        return float(np.ptp(_levels(loudness))) if len(loudness) else 0.0

    def whole(self) -> Floats:
        """From a little before the first loud sound to a little after the last, evened out by their own mean."""
        loudness = self._smooth_loudness()
        if not len(loudness):
            return self.raw
        low, high = _levels(loudness)
        loud = np.flatnonzero(loudness >= low + LOUD * (high - low))
        spoken = self.raw[max(0, loud[0] - MARGIN_FRAMES) : loud[-1] + MARGIN_FRAMES]
        found: Floats = spoken - spoken.mean(axis=0)
        return found

    @property
    def speech_ms(self) -> int:
        return self._voiced.speech_ms

    def warped(self, warp: float) -> Floats:
        """All of them as of a voice whose frequencies are `warp` times the usual."""
        if not self._powers:
            return self.raw
        raw = cepstra(NoiseFloor().clean(mel(np.concatenate(self._powers), warp)))
        return raw - _mean(raw) if len(raw) else raw

    def _new(self) -> Floats:
        new = self.raw[self._given :] - _mean(self.raw)
        self._given = len(self.raw)
        return new

    def _smooth_loudness(self) -> Floats:
        if len(self._loudness) > 1:
            self._loudness = [np.concatenate(self._loudness)]
        if not self._loudness or len(self._loudness[0]) < SMOOTH_FRAMES:
            return np.zeros(0, np.float32)
        found: Floats = np.convolve(self._loudness[0], np.full(SMOOTH_FRAMES, 1 / SMOOTH_FRAMES), "same")
        return found

    def _dithered(self, pcm: bytes) -> bytes:
        """Digital silence would break the features: adds noise that nobody can hear."""
        samples = np.frombuffer(pcm, "<i2").astype(np.int32)
        noise = self._dither.integers(-DITHER_LSB, DITHER_LSB + 1, len(samples))
        return (samples + noise).clip(-32_768, 32_767).astype("<i2").tobytes()


def _levels(loudness: Floats) -> Floats:
    """Of the room and of the voice."""
    found: Floats = np.percentile(loudness, (10, 97))
    return found


def _mean(raw: Floats) -> Floats:
    """Of `raw` from its first loud sound on, with the usual one while there is little."""
    loudness = raw[:, 0]
    middle = (np.percentile(loudness, 10) + loudness.max()) / 2
    spoken = raw[max(0, int(np.argmax(loudness > middle)) - LEAD_FRAMES) :]
    found: Floats = (spoken.sum(axis=0) + USUAL * USUAL_FRAMES) / (len(spoken) + USUAL_FRAMES)
    return found

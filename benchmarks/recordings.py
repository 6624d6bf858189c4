"""Recordings of people as a microphone brings them: in frames, with the room going on behind the words."""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

RATE_HZ = 16_000
FRAME = 320
STEP = 160
BELOW_PEAK_DB = 32.0
ABOVE_ROOM_DB = 8.0
LEAD_S = 0.4


@dataclass(frozen=True)
class Recording:
    """`samples` end with the last of the speech (and a little more); the room's noise is made up from there on.

    `begin_s` and `end_s` are the first and the last sample of speech.
    """

    name: str
    samples: np.ndarray
    begin_s: float
    end_s: float
    room: np.ndarray

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE_HZ

    def frame(self, number: int) -> bytes:
        """20 ms of 16-bit PCM."""
        start = number * FRAME
        if start + FRAME <= len(self.samples):
            return bytes(self.samples[start : start + FRAME].astype("<i2").tobytes())
        at = start % (len(self.room) - FRAME)
        return bytes(self.room[at : at + FRAME].astype("<i2").tobytes())

    def wav(self) -> bytes:
        """The whole, as a file."""
        file = io.BytesIO()
        whole = np.concatenate([self.samples, self.room[: RATE_HZ // 2]]).astype("<i2")
        soundfile.write(file, whole, RATE_HZ, format="WAV")
        return file.getvalue()


def recording(name: str, samples: np.ndarray) -> Recording:
    """With `LEAD_S` of room before it."""
    begin, end, room_rms = spoken(samples)
    noise = np.random.default_rng(0).normal(0, max(room_rms, 3.0), 4 * RATE_HZ)
    lead = noise[: round(LEAD_S * RATE_HZ)]
    kept = samples[: min(len(samples), end + STEP)]
    before = len(lead) / RATE_HZ
    whole = np.concatenate([lead, kept])
    return Recording(name, whole, before + begin / RATE_HZ, before + end / RATE_HZ, noise)


def spoken(samples: np.ndarray) -> tuple[int, int, float]:
    """The first and the last sample of speech, and the room's level.

    Speech is at least three steps of 10 ms in a row less than 32 dB below the loudest (its 97th percentile) and
    8 dB above the room (the 10th percentile).
    """
    steps = samples[: len(samples) // STEP * STEP].reshape(-1, STEP).astype(np.float64)
    rms = np.sqrt(np.mean(steps**2, axis=1)) + 1e-3
    level = 20 * np.log10(rms)
    room = float(np.percentile(level, 10))
    loud = level > max(room + ABOVE_ROOM_DB, float(np.percentile(level, 97)) - BELOW_PEAK_DB)
    inner = loud[:-2] & loud[1:-1] & loud[2:]
    found = np.flatnonzero(inner)
    if not len(found):
        return 0, len(samples), 10 ** (room / 20)
    return int(found[0]) * STEP, (int(found[-1]) + 3) * STEP, 10 ** (room / 20)


def orders(data: Path, count: int, seed: int) -> list[Recording]:
    """Some of the spoken orders, drawn by `seed`, or all. Ends the program when there are none."""
    files = sorted((data / "coffee" / "speech").glob("*.flac")) or sorted((data / "speech").glob("*.flac"))
    if not files:
        raise SystemExit(f"there are no recordings under {data}; they are not part of this project")
    random.Random(seed).shuffle(files)
    return [recording(path.stem, sound(path)) for path in files[:count]]


def sound(path: Path) -> np.ndarray:
    samples, rate = soundfile.read(path, dtype="int16")
    if rate != RATE_HZ or samples.ndim != 1:
        raise SystemExit(f"{path} is not 16 kHz mono")
    return np.asarray(samples)


def cut_off(heard: str, whole: str, heard_before_end: bool) -> bool:
    """Whether what was heard misses the end of what was said: the decision fell before the last sample of speech,
    or `whole` (heard with all of the sound at hand) goes on behind it."""
    if heard_before_end:
        return True
    got, all_of_it = heard.split(), whole.split()
    return bool(got) and len(got) < len(all_of_it) and not _ends_alike(got, all_of_it)


def _ends_alike(got: Sequence[str], whole: Sequence[str]) -> bool:
    return list(got[-2:]) == list(whole[-2:])

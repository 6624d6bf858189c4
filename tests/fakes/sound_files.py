"""Sound files for tests, made and never recorded."""

import struct
from pathlib import Path

import numpy as np
import soundfile

from jingling.speech.engines.espeak import EspeakSynthesizer
from jingling.speech.resampling import convert

RATE_HZ = 16_000


async def spoken(text: str, rate_hz: int = RATE_HZ) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    """`text` by the built-in voice, with half a second of quiet around it."""
    voice = EspeakSynthesizer(rate=150)
    try:
        chunks = [chunk async for chunk in voice.speak(text, "en")]
    finally:
        await voice.close()
    samples = np.frombuffer(b"".join(chunk.pcm for chunk in chunks), "<i2").astype(np.float32) / 32_768
    quiet = np.zeros(rate_hz // 2, np.float32)
    return np.concatenate([quiet, convert(samples, chunks[0].rate_hz, rate_hz), quiet])


def write(
    path: Path, samples: "np.ndarray[tuple[int], np.dtype[np.float32]]", rate_hz: int = RATE_HZ, channels: int = 1
) -> Path:
    soundfile.write(path, np.column_stack([samples] * channels), rate_hz)
    return path


def silence(path: Path, seconds: float) -> Path:
    return write(path, np.zeros(int(seconds * RATE_HZ), np.float32))


def noise(path: Path, seconds: float) -> Path:
    return write(path, np.random.default_rng(1).uniform(-0.3, 0.3, int(seconds * RATE_HZ)).astype(np.float32))


def hour_of_noise(path: Path) -> Path:
    """A wav file of an hour: five seconds of noise, and a hole in the file for all the rest."""
    noise(path, 5)
    size = 3_600 * RATE_HZ * 2
    with path.open("r+b") as file:
        file.truncate(44 + size)
        file.seek(4)
        file.write(struct.pack("<I", 36 + size))
        file.seek(40)
        file.write(struct.pack("<I", size))
    return path

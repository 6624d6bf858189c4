"""Spoken requests as sound files for a fake microphone: 48 kHz, with silence before and after."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import soundfile

from jingling.core.audio import AudioChunk
from jingling.speech.engines.espeak import EspeakSynthesizer
from jingling.speech.resampling import resample
from jingling.speech.sound_file import read_sound

MICROPHONE_HZ = 48_000
SPEECH_HZ = 16_000
LEAD_S = 0.8
RECORDING_S_MAX = 30.0
FRAME = 320
MARGIN_FRAMES = 8
QUIET = 0.05
ROOM_LSB = 30


def recordings(folder: str) -> Path:
    """Real voices beside the project; skips the test where nobody put them."""
    for around in Path(__file__).resolve().parents:
        if (found := around / "shared" / "data" / folder).is_dir():
            return found
    pytest.skip(f"the recordings ../shared/data/{folder} are not on this machine")


def recorded(path: Path) -> AudioChunk:
    """A recording without the silence around the words."""
    pcm = read_sound(path, RECORDING_S_MAX).pcm
    samples = np.frombuffer(pcm[: len(pcm) // (2 * FRAME) * 2 * FRAME], "<i2").reshape(-1, FRAME)
    loud = np.sqrt(np.square(samples, dtype=np.float64).mean(axis=1))
    words = np.flatnonzero(loud > QUIET * loud.max())
    kept = samples[max(0, words[0] - MARGIN_FRAMES) : words[-1] + 1 + MARGIN_FRAMES]
    return AudioChunk(kept.tobytes(), SPEECH_HZ)


def synthesised(text: str) -> AudioChunk:
    """`text` in the hub's own voice. Its worker needs an event loop that no browser holds."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, _spoken(text)).result()


async def _spoken(text: str) -> AudioChunk:
    voice = EspeakSynthesizer()
    try:
        chunks = [chunk async for chunk in voice.speak(text, "en")]
    finally:
        await voice.close()
    return resample(AudioChunk(b"".join(chunk.pcm for chunk in chunks), chunks[0].rate_hz), SPEECH_HZ)


def silence(seconds: float) -> AudioChunk:
    return AudioChunk(bytes(2 * round(seconds * SPEECH_HZ)), SPEECH_HZ)


def write(path: Path, *parts: AudioChunk) -> Path:
    """The parts one after another, as a microphone would hear them."""
    whole = b"".join(part.pcm for part in (silence(LEAD_S), *parts, silence(LEAD_S)))
    heard = resample(AudioChunk(_in_a_room(whole), SPEECH_HZ), MICROPHONE_HZ)
    soundfile.write(path, np.frombuffer(heard.pcm, "<i2"), MICROPHONE_HZ)
    return path


def _in_a_room(pcm: bytes) -> bytes:
    """No room is as still as digital silence."""
    samples = np.frombuffer(pcm, "<i2").astype(np.float64)
    air = np.random.default_rng(0).normal(0, ROOM_LSB, len(samples))
    return (samples + air).clip(-32_768, 32_767).astype("<i2").tobytes()

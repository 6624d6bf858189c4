"""A voice in a room, made of noise: loud and soft."""

import numpy as np
import pytest

from jingling.core.audio import AudioChunk
from jingling.speech.loudness import Loudness

RNG = np.random.default_rng(3)


def noise(seconds: float, rms: float) -> AudioChunk:
    return AudioChunk(RNG.normal(0, rms, round(16_000 * seconds)).astype("<i2").tobytes())


def quiet_after(loudness: Loudness, chunk: AudioChunk) -> list[bool]:
    steps = [chunk.pcm[at : at + 320] for at in range(0, len(chunk.pcm), 320)]
    return [loudness.process(AudioChunk(step)) for step in steps]


@pytest.mark.parametrize(("room", "voice"), [(5, 300), (20, 1_000), (100, 3_000)])
def test_the_end_of_a_voice_is_known_within_a_tenth_of_a_second(room: float, voice: float) -> None:
    loudness = Loudness()
    quiet_after(loudness, noise(1.0, room))
    assert not any(quiet_after(loudness, noise(1.0, voice)))
    after = quiet_after(loudness, noise(0.5, room))
    assert all(after[10:])


def test_a_voice_that_the_room_drowns_is_never_called_over() -> None:
    loudness = Loudness()
    quiet_after(loudness, noise(1.0, 300))
    assert not any(quiet_after(loudness, noise(1.0, 400)) + quiet_after(loudness, noise(1.0, 300)))


def test_chunks_of_any_length_are_the_same_sound() -> None:
    sound = [noise(0.5, 10), noise(0.5, 900), noise(0.3, 10)]
    pcm = b"".join(chunk.pcm for chunk in sound)
    whole, parts = Loudness(), Loudness()
    whole.process(AudioChunk(pcm))
    for start in range(0, len(pcm), 1_234):
        parts.process(AudioChunk(pcm[start : start + 1_234]))
    assert whole.process(AudioChunk(bytes(64))) == parts.process(AudioChunk(bytes(64)))

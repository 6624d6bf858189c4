"""The loudspeaker's queue, and the echo that is taken out of what the microphone hears."""

import numpy as np
import pytest

from jingling.core.audio import AudioChunk
from jingling.speaker.echo import WebRtcEchoCanceller
from jingling.speaker.marks import marks
from jingling.speaker.sound_card import Queue

PIECE = 960


class Ears:
    def __init__(self) -> None:
        self.played: list[bytes] = []
        self.over = 0

    def queue(self) -> Queue:
        return Queue(self.played.append, self._played_out)

    def _played_out(self) -> None:
        self.over += 1


def test_what_waits_is_played_in_order_and_then_silence() -> None:
    ears = Ears()
    queue = ears.queue()
    queue.put(b"abcd")
    queue.put(b"ef")
    assert [queue.take(4), queue.take(4), queue.take(4)] == [b"abcd", b"ef\0\0", b"\0\0\0\0"]
    assert ears.played == [b"abcd", b"ef\0\0", b"\0\0\0\0"]


def test_the_end_is_told_once() -> None:
    ears = Ears()
    queue = ears.queue()
    queue.put(b"abcd")
    for _ in range(3):
        queue.take(4)
    assert ears.over == 1


def test_what_was_silenced_is_not_played_and_its_end_not_told() -> None:
    ears = Ears()
    queue = ears.queue()
    queue.put(b"abcd")
    queue.clear()
    assert queue.take(4) == b"\0\0\0\0" and ears.over == 0


@pytest.mark.parametrize("rate_hz", [16_000, 22_050])
def test_the_loudspeaker_is_not_heard(rate_hz: int) -> None:
    """Noise like speech, played and heard 40 ms later at half its loudness: a tenth of its energy is too much."""
    rng = np.random.default_rng(1)
    seconds = 4
    envelope = np.abs(np.sin(np.arange(seconds * rate_hz) * 2 * np.pi * 3 / rate_hz))
    played = (rng.normal(0, 3_000, seconds * rate_hz) * envelope).astype(np.int16)
    at = np.arange(seconds * 16_000) * rate_hz // 16_000
    echo = (np.roll(played[at], 640) * 0.5).astype(np.int16)
    echo[:640] = 0
    canceller = WebRtcEchoCanceller(delay_ms=40)
    clean = bytearray()
    for number in range(seconds * 50):
        step = rate_hz // 50
        canceller.played(played[number * step : (number + 1) * step].tobytes(), rate_hz)
        clean += canceller.heard(echo[number * 320 : (number + 1) * 320].tobytes())
    heard = np.frombuffer(bytes(clean), np.int16).astype(float)[-32_000:]
    assert len(clean) == 2 * len(echo)
    assert (heard**2).mean() < 0.1 * (echo[-32_000:].astype(float) ** 2).mean()


async def test_a_speaker_without_a_voice_still_has_its_marks() -> None:
    made = await marks(None, "en")
    assert made.keys() == {"listening", "away"}
    assert all(isinstance(sound, AudioChunk) and sound.frames for sound in made.values())

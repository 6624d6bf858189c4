import numpy as np
import pytest

from jingling.core.audio import AudioChunk
from jingling.speech.resampling import resample
from jingling.speech.stream_resampler import StreamResampler


def noise(frames: int, rate_hz: int, channels: int = 1) -> AudioChunk:
    samples = np.random.default_rng(5).integers(-9_000, 9_000, frames * channels)
    return AudioChunk(samples.astype("<i2").tobytes(), rate_hz, channels)


@pytest.mark.parametrize(
    ("from_hz", "to_hz", "channels"),
    [(22_050, 16_000, 1), (22_050, 48_000, 1), (48_000, 16_000, 2), (16_000, 16_000, 1), (8_000, 16_000, 1)],
)
@pytest.mark.parametrize("step", [37, 512, 3_000])
def test_pieces_become_what_the_whole_becomes(from_hz: int, to_hz: int, channels: int, step: int) -> None:
    whole = noise(5_001, from_hz, channels)
    stream, pcm, size = StreamResampler(from_hz, to_hz), b"", 2 * channels * step
    for start in range(0, len(whole.pcm), size):
        pcm += stream.feed(AudioChunk(whole.pcm[start : start + size], from_hz, channels)).pcm
    pcm += stream.finish().pcm
    wanted = np.frombuffer(resample(whole, to_hz).pcm, "<i2").astype(int)
    assert np.abs(np.frombuffer(pcm, "<i2").astype(int) - wanted).max() <= 1


def test_it_gives_sound_while_it_takes_it() -> None:
    stream = StreamResampler(22_050, 48_000)
    assert stream.feed(noise(2_205, 22_050)).seconds == pytest.approx(0.1, abs=0.002)


def test_nothing_becomes_nothing() -> None:
    stream = StreamResampler(22_050, 16_000)
    assert stream.feed(AudioChunk(b"", 22_050)).pcm + stream.finish().pcm == b""

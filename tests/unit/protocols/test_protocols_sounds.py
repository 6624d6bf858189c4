import asyncio
import io

import numpy as np
import pytest
import soundfile

from jingling.core.audio import AudioChunk
from jingling.core.clock import VirtualClock
from jingling.core.errors import NotReady
from jingling.protocols import sounds as shelf
from jingling.protocols.sound_file_stream import Form, Kind, SoundFileStream
from jingling.protocols.sounds import KEPT_S, SOUNDS_MAX, Sounds


def tone(seconds: float, rate_hz: int = 22_050) -> AudioChunk:
    at = np.arange(int(seconds * rate_hz)) / rate_hz
    return AudioChunk((np.sin(2 * np.pi * 440 * at) * 9_000).astype("<i2").tobytes(), rate_hz)


def with_length(flac: bytes, frames: int) -> bytes:
    """libsndfile reads no stream whose head does not say how many samples there are (players do)."""
    told = int.from_bytes(flac[18:26])
    assert told % 2**36 == 0
    return flac[:18] + (told + frames).to_bytes(8) + flac[26:]


def open_shelf(lan: bool = False) -> tuple[Sounds, VirtualClock]:
    clock = VirtualClock()
    sounds = Sounds(clock, lan)
    sounds.port = 8765
    return sounds, clock


@pytest.mark.parametrize("kind", ["wav", "flac"])
@pytest.mark.parametrize(("rate_hz", "channels"), [(22_050, 1), (48_000, 1), (48_000, 2)])
def test_what_was_fetched_while_it_grew_is_the_sound(kind: Kind, rate_hz: int, channels: int) -> None:
    stream, out = SoundFileStream(Form(kind, rate_hz, channels)), b""
    for _ in range(10):
        out += stream.feed(tone(0.1))
    early = len(out)
    out += stream.finish()
    assert early > 2_000
    whole = out if kind == "wav" else with_length(out, rate_hz)
    samples, rate = soundfile.read(io.BytesIO(whole), dtype="int16", always_2d=True)
    assert (rate, samples.shape[1]) == (rate_hz, channels)
    assert len(samples) == pytest.approx(rate_hz, abs=3)
    assert 8_000 < np.abs(samples).max() < 10_000


def test_two_sounds_of_different_rates_are_one_file() -> None:
    stream = SoundFileStream(Form("wav", 16_000))
    out = stream.feed(tone(0.5, 22_050)) + stream.next_sound() + stream.feed(tone(0.5, 48_000)) + stream.finish()
    samples, _ = soundfile.read(io.BytesIO(out))
    assert len(samples) == pytest.approx(16_000, abs=3)


def test_no_sound_is_an_empty_file() -> None:
    assert SoundFileStream(Form("wav")).finish()[:4] == b"RIFF"


async def test_a_token_is_good_once_and_not_for_long() -> None:
    sounds, clock = open_shelf()
    sound, url = sounds.offer(Form("flac"), "127.0.0.1")
    name = url.rpartition("/")[2]
    assert url.startswith("http://127.0.0.1:8765/sound/")
    assert sounds.take(name.replace(".flac", ".wav")) is None
    assert sounds.take(name) is sound
    assert sounds.take(name) is None
    _, later = sounds.offer(Form(), "127.0.0.1")
    await clock.advance(KEPT_S + 1)
    assert sounds.take(later.rpartition("/")[2]) is None


async def test_a_device_elsewhere_needs_the_hub_to_be_open() -> None:
    with pytest.raises(NotReady, match="lan"):
        open_shelf()[0].offer(Form(), "192.0.2.7")


def test_a_hub_without_a_server_says_so() -> None:
    with pytest.raises(NotReady, match="server"):
        Sounds(VirtualClock(), lan=True).offer(Form(), "127.0.0.1")


async def test_only_so_many_wait_to_be_fetched() -> None:
    sounds, _ = open_shelf()
    urls = [sounds.offer(Form(), "127.0.0.1")[1] for _ in range(SOUNDS_MAX + 1)]
    taken = [sounds.take(url.rpartition("/")[2]) for url in urls]
    assert [one is None for one in taken].count(True) == 1
    assert taken[0] is None


async def test_who_speaks_waits_for_who_fetches_and_is_freed_when_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "WAITING_BYTES_MAX", 10_000)
    sound, _ = open_shelf()[0].offer(Form(), "127.0.0.1")
    await sound.write(tone(0.3))
    writing = asyncio.create_task(sound.write(tone(0.3)))
    await asyncio.sleep(0)
    assert not writing.done()
    assert len(await sound.read()) > 13_000
    await writing
    stuck = asyncio.create_task(sound.write(tone(0.3)))
    await asyncio.sleep(0)
    assert not stuck.done()
    sound.break_off()
    await stuck
    assert await sound.read() == b""

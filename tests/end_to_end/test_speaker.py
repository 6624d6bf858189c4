"""A Linux box as a speaker of a real hub: it shows up, is added, is answered, and says when the hub is away."""

import asyncio
import json
import urllib.request
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from fakes.running_hub import RunningHub
from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, NotReady
from jingling.speaker.box import Box
from jingling.speaker.joining import Standing, show_up
from jingling.speaker.keys import Keys
from jingling.speaker.link import Link
from jingling.speech.base import Detection
from jingling.speech.engines.espeak import EspeakSynthesizer
from jingling.speech.resampling import resample

KEYS = Keys("a-secret-that-only-this-box-knows-0123456789")
CHUNK_BYTES = 640
CALLED = AudioChunk(b"\x11\x11" * 320)
ANSWER_S = 60.0


class Ear:
    """Knows its name by one certain sound."""

    words: tuple[str, ...] = ("alexa",)

    def process(self, chunk: AudioChunk) -> Sequence[Detection]:
        return [Detection("alexa", 1.0)] if chunk == CALLED else []

    def reset(self) -> None:
        pass


class Card:
    """A microphone that brings what is put before it, in real time, and a loudspeaker that keeps what it plays."""

    def __init__(self) -> None:
        self.before = asyncio.Queue[AudioChunk]()
        self.played: list[AudioChunk] = []
        self.sounded = asyncio.Event()

    async def microphone(self) -> AsyncIterator[AudioChunk]:
        while True:
            await asyncio.sleep(CHUNK_BYTES / 32_000)
            yield self.before.get_nowait() if not self.before.empty() else AudioChunk(bytes(CHUNK_BYTES))

    def play(self, audio: AudioChunk) -> None:
        self.played.append(audio)
        self.sounded.set()

    def silence(self) -> None:
        pass


def _adopt(hub: RunningHub, device_id: str, place: str) -> None:
    body = json.dumps({"name": "Shelf", "place_id": place}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{hub.url}/api/devices/{device_id}", body, headers, method="PUT")
    urllib.request.urlopen(request, timeout=10).close()


def _devices(hub: RunningHub) -> list[dict[str, Any]]:
    with urllib.request.urlopen(f"{hub.url}/api/devices", timeout=10) as answer:
        devices: list[dict[str, Any]] = json.load(answer)["devices"]
        return devices


async def _spoken(text: str) -> list[AudioChunk]:
    """As a person would say it, in the pieces of a microphone."""
    voice = EspeakSynthesizer(rate=150)
    pcm = bytearray()
    async for chunk in voice.speak(text, "en"):
        pcm += resample(chunk, 16_000).pcm
    await voice.close()
    whole = bytes(pcm) + bytes(32_000)
    return [AudioChunk(whole[at : at + CHUNK_BYTES]) for at in range(0, len(whole), CHUNK_BYTES)]


async def _joined(hub: RunningHub) -> Standing:
    first = await show_up(hub.url, KEYS, "shelf", "123456")
    assert first.state == "new" and not first.token
    await asyncio.to_thread(_adopt, hub, first.device_id, "kitchen")
    return await show_up(hub.url, KEYS, "shelf", "123456")


async def test_a_speaker_shows_up_is_added_and_answers(tmp_path: Path) -> None:
    with RunningHub(tmp_path) as hub:
        standing = await _joined(hub)
        card, there = Card(), asyncio.Event()
        marks = {"listening": AudioChunk(b"\1\1"), "away": AudioChunk(b"\2\2")}
        box = Box(standing.device_id, "en", Ear())
        link = Link(box, card, (hub.url, standing.token), marks.__getitem__, lambda now: there.set())
        running = asyncio.create_task(link.run())
        try:
            await asyncio.wait_for(there.wait(), ANSWER_S)
            shown = next(one for one in _devices(hub) if one["id"] == standing.device_id)
            assert (shown["name"], shown["place_id"], shown["state"]) == ("Shelf", "kitchen", "adopted")
            for chunk in (CALLED, *await _spoken("what time is it")):
                card.before.put_nowait(chunk)
            async with asyncio.timeout(ANSWER_S):
                while not any(len(audio.pcm) > 1_000 for audio in card.played):
                    await card.sounded.wait()
                    card.sounded.clear()
            assert card.played[0] == marks["listening"]
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def test_without_the_hub_a_speaker_says_so(unused_tcp_port: int) -> None:
    card = Card()
    marks = {"listening": AudioChunk(b"\1\1"), "away": AudioChunk(b"\2\2")}
    link = Link(
        Box("speaker-x", "en", Ear()), card, (f"http://127.0.0.1:{unused_tcp_port}", "t"), marks.__getitem__
    )
    running = asyncio.create_task(link.run())
    card.before.put_nowait(CALLED)
    await asyncio.wait_for(card.sounded.wait(), 5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert card.played == [marks["away"]]


async def test_where_no_hub_is_it_says_what_to_do(unused_tcp_port: int) -> None:
    with pytest.raises(NotReady, match="jingling up"):
        await show_up(f"http://127.0.0.1:{unused_tcp_port}", KEYS, "shelf", "1")


async def test_a_name_that_is_none_is_refused_in_the_hubs_words(tmp_path: Path) -> None:
    with RunningHub(tmp_path) as hub:
        with pytest.raises(BadInput, match="no text"):
            await show_up(hub.url, KEYS, "   ", "1")
        with pytest.raises(BadInput):
            await show_up(hub.url, Keys("short"), "shelf", "1")

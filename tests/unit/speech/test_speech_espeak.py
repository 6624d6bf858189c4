import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, NotReady
from jingling.speech.base import Manner
from jingling.speech.engines.espeak import EspeakSynthesizer

LONG = "one two three four five six seven eight nine ten. " * 60


@pytest.fixture
async def voice() -> AsyncIterator[EspeakSynthesizer]:
    made = EspeakSynthesizer()
    await made.prepare()
    yield made
    await made.close()


def seconds(chunks: list[AudioChunk]) -> float:
    return sum(chunk.seconds for chunk in chunks)


def loudness(chunks: list[AudioChunk]) -> float:
    samples = np.frombuffer(b"".join(chunk.pcm for chunk in chunks), "<i2").astype(np.float64)
    return float(np.sqrt(np.square(samples).mean()))


async def said(voice: EspeakSynthesizer, text: str, language: str = "en") -> list[AudioChunk]:
    return [chunk async for chunk in voice.speak(text, language)]  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "language"), [("The light is on.", "en"), ("客厅的灯打开了。", "zh")])
async def test_speech_comes_in_short_chunks_that_sound(voice: EspeakSynthesizer, text: str, language: str) -> None:
    chunks = await said(voice, text, language)
    assert all(chunk.seconds <= 0.1 and chunk.rate_hz == 22_050 for chunk in chunks)
    pcm = np.frombuffer(b"".join(chunk.pcm for chunk in chunks), "<i2")
    assert 0.8 < len(pcm) / 22_050 < 4
    assert np.abs(pcm).max() > 3_000


async def test_the_first_sound_of_a_warm_voice_is_quick(voice: EspeakSynthesizer) -> None:
    await said(voice, "warm up")
    start = time.perf_counter()
    await anext(voice.speak(LONG, "en"))
    assert time.perf_counter() - start < 0.5  # 1 ms on an idle machine


async def test_louder_and_faster_are_so() -> None:
    quiet, loud = EspeakSynthesizer(rate=120, volume=20), EspeakSynthesizer(rate=300, volume=100)
    slow_chunks, fast_chunks = await said(quiet, "hello over there"), await said(loud, "hello over there")
    await quiet.close()
    await loud.close()
    peak = [max(np.abs(np.frombuffer(c.pcm, "<i2")).max() for c in chunks) for chunks in (slow_chunks, fast_chunks)]
    assert peak[0] * 2 < peak[1]
    assert len(slow_chunks) > 1.5 * len(fast_chunks)


async def test_giving_up_frees_the_voice_for_the_next(voice: EspeakSynthesizer) -> None:
    first = voice.speak(LONG, "en")
    await anext(first)
    await first.aclose()
    after = await asyncio.wait_for(said(voice, "ok"), 5)
    assert sum(chunk.seconds for chunk in after) < 2


async def test_a_listener_who_dawdles_holds_up_nobody(voice: EspeakSynthesizer) -> None:
    slow = voice.speak(LONG, "en")
    await anext(slow)
    assert await asyncio.wait_for(said(voice, "ok"), 5)
    await slow.aclose()


async def test_two_speak_at_once_without_mixing(voice: EspeakSynthesizer) -> None:
    alone = [await said(voice, text) for text in ("good morning", "good night")]
    together = await asyncio.gather(said(voice, "good morning"), said(voice, "good night"))
    for one, both in zip(alone, together, strict=True):
        assert seconds(both) == pytest.approx(seconds(one), abs=0.01)


async def test_who_speaks_a_book_lets_others_in_between(voice: EspeakSynthesizer) -> None:
    book = asyncio.create_task(said(voice, LONG))
    await asyncio.sleep(0)
    assert await asyncio.wait_for(said(voice, "ok"), 5)
    assert not book.done()
    book.cancel()


async def test_no_more_is_made_than_is_soon_heard(voice: EspeakSynthesizer) -> None:
    listened = voice.speak(LONG, "en")
    await anext(listened)
    await said(voice, "ok")
    made = 0.0
    while True:
        piece = asyncio.ensure_future(anext(listened))
        await asyncio.sleep(0)
        if not piece.done():
            break
        made += piece.result().seconds
    assert 0 < made < 30  # all of it lasts two minutes and more
    piece.cancel()


@pytest.mark.parametrize(("text", "language"), [("Nine.", "en"), ("门开了。", "zh"), ("Hello 世界", "zh")])
async def test_the_first_chunk_sounds(voice: EspeakSynthesizer, text: str, language: str) -> None:
    first = (await said(voice, text, language))[0]
    assert np.abs(np.frombuffer(first.pcm, "<i2")[:220]).max() > 90


async def test_a_long_text_is_said_from_end_to_end(voice: EspeakSynthesizer) -> None:
    once, twice = await said(voice, "The door is open."), await said(voice, "The door is open. " * 2)
    assert 1.8 < seconds(twice) / seconds(once) < 2.2


async def test_a_quiet_manner_is_slower_and_lower(voice: EspeakSynthesizer) -> None:
    plain = await said(voice, "good night everybody")
    quiet = [chunk async for chunk in voice.speak("good night everybody", "en", Manner(volume=0.5, quiet=True))]
    assert seconds(quiet) > 1.03 * seconds(plain)
    assert loudness(quiet) < 0.7 * loudness(plain)


async def test_a_killed_worker_is_replaced(voice: EspeakSynthesizer) -> None:
    pid = voice.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert await said(voice, "still here")
    assert voice.pid not in (None, pid)


async def test_nothing_is_left_running_after_close() -> None:
    voice = EspeakSynthesizer()
    await said(voice, "bye")
    pid = voice.pid
    await voice.close()
    assert not Path(f"/proc/{pid}").exists()
    with pytest.raises(NotReady):
        await said(voice, "again")


@pytest.mark.parametrize("text", ["", "👍", "\0", "<speak>&amp;</speak>", "[[h@'loU]]", "a" * 4_000])
async def test_odd_texts_do_no_harm(voice: EspeakSynthesizer, text: str) -> None:
    await said(voice, text)
    assert await said(voice, "fine")


async def test_a_book_is_refused(voice: EspeakSynthesizer) -> None:
    with pytest.raises(BadInput, match="4000"):
        await said(voice, "a" * 4_001)

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fakes.tiny_models import SAMPLES_OF_TOKEN, VOICE_HZ, vits_model
from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, NotReady
from jingling.speech.base import PLAIN, Manner
from jingling.speech.engines.sherpa_process import SherpaModel
from jingling.speech.engines.sherpa_voice import SherpaSynthesizer
from jingling.speech.models.manifest import needed_parts

LONG = "one two three four five six seven. " * 40


@pytest.fixture
async def voice(tmp_path: Path) -> AsyncIterator[SherpaSynthesizer]:
    parts = {role: tmp_path / path for role, path in vits_model(tmp_path).items()}
    made = SherpaSynthesizer(SherpaModel("tiny", "voice-vits", frozenset({"en"}), parts), volume=100)
    await made.prepare()
    yield made
    await made.close()


async def said(voice: Any, text: str, manner: Manner = PLAIN) -> list[AudioChunk]:
    return [chunk async for chunk in voice.speak(text, "en", manner)]


def peak(chunks: list[AudioChunk]) -> int:
    return int(max(np.abs(np.frombuffer(one.pcm, "<i2").astype(int)).max() for one in chunks))


async def test_speech_comes_in_short_chunks_at_the_models_rate(voice: SherpaSynthesizer) -> None:
    chunks = await said(voice, "hello there. fine")
    assert all(one.rate_hz == VOICE_HZ and one.seconds <= 0.1 for one in chunks)
    assert sum(one.frames for one in chunks) >= SAMPLES_OF_TOKEN * len("hello there fine")
    assert peak(chunks) > 10_000
    assert await said(voice, " … ") == []


async def test_manner_makes_it_faster_softer_and_quiet(voice: SherpaSynthesizer) -> None:
    plain = await said(voice, "hello there")
    fast = await said(voice, "hello there", Manner(rate=2.0))
    soft = await said(voice, "hello there", Manner(volume=0.5))
    quiet = await said(voice, "hello there", Manner(volume=0.5, quiet=True))
    frames = [sum(one.frames for one in chunks) for chunks in (plain, fast)]
    assert frames[1] == pytest.approx(frames[0] / 2, rel=0.1)
    assert peak(soft) == pytest.approx(peak(plain) / 2, rel=0.05)
    assert peak(quiet) == pytest.approx(peak(plain) / 4, rel=0.05)


async def test_giving_up_frees_the_voice_for_the_next(voice: SherpaSynthesizer) -> None:
    first = voice.speak(LONG, "en")
    await anext(first)
    await first.aclose()  # type: ignore[attr-defined]
    after = await asyncio.wait_for(said(voice, "ok"), 5)
    assert sum(one.frames for one in after) < SAMPLES_OF_TOKEN * 10


async def test_a_process_that_dies_is_started_again(voice: SherpaSynthesizer) -> None:
    assert voice.pid is not None
    os.kill(voice.pid, signal.SIGKILL)
    assert await said(voice, "ok")


async def test_a_voice_that_does_not_fit_is_told(tmp_path: Path) -> None:
    parts = {role: tmp_path / path for role, path in vits_model(tmp_path).items()}
    parts["tokens"].unlink()
    voice = SherpaSynthesizer(SherpaModel("tiny", "voice-vits", frozenset({"en"}), parts))
    with pytest.raises(NotReady, match="jingling models verify tiny"):
        await said(voice, "hello")
    await voice.close()


async def test_a_text_that_is_too_long_is_refused(voice: SherpaSynthesizer) -> None:
    with pytest.raises(BadInput, match="at most 4000 characters"):
        await said(voice, "a" * 4_001)


@pytest.mark.parametrize("method", ["voice-vits", "voice-kokoro", "voice-matcha"])
async def test_each_method_is_one_that_the_package_knows(tmp_path: Path, method: Any) -> None:
    """Its arguments fit: it is the files that are refused."""
    parts = {part: tmp_path / part for part in {*needed_parts(method), "lexicon", "phones"}}
    for path in parts.values():
        path.write_bytes(b"no weights")
    voice = SherpaSynthesizer(SherpaModel("tiny", method, frozenset({"zh"}), parts))
    with pytest.raises(NotReady) as caught:
        await voice.prepare()
    await voice.close()
    assert "argument" not in str(caught.value)
    assert "tiny" in str(caught.value)

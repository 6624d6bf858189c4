import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from fakes.tiny_models import SAMPLES_OF_TOKEN, VOICE_HZ, piper_model
from jingling.core.audio import AudioChunk
from jingling.core.errors import NotReady
from jingling.speech.base import PLAIN, Manner
from jingling.speech.engines.piper import PiperSynthesizer


def piper(folder: Path) -> PiperSynthesizer:
    parts = piper_model(folder)
    return PiperSynthesizer(
        "tiny", folder / parts["model"], folder / parts["config"], frozenset({"en"}), volume=100
    )


@pytest.fixture
async def voice(tmp_path: Path) -> AsyncIterator[PiperSynthesizer]:
    made = piper(tmp_path)
    await made.prepare()
    yield made
    await made.close()


async def said(voice: PiperSynthesizer, text: str, manner: Manner = PLAIN) -> list[AudioChunk]:
    return [chunk async for chunk in voice.speak(text, "en", manner)]


async def test_it_speaks_in_short_chunks_and_with_manner(voice: PiperSynthesizer) -> None:
    plain, fast = await said(voice, "hello there"), await said(voice, "hello there", Manner(rate=2.0, volume=0.5))
    assert all(one.rate_hz == VOICE_HZ and one.seconds <= 0.1 for one in plain)
    frames = [sum(one.frames for one in chunks) for chunks in (plain, fast)]
    assert frames[0] >= SAMPLES_OF_TOKEN * len("hello there")
    assert frames[1] == pytest.approx(frames[0] / 2, rel=0.1)
    loud, soft = (np.abs(np.frombuffer(chunks[0].pcm, "<i2").astype(int)).max() for chunks in (plain, fast))
    assert soft == pytest.approx(loud / 2, rel=0.05)


async def test_giving_up_and_a_death_leave_it_usable(voice: PiperSynthesizer) -> None:
    first = voice.speak("one two three. " * 100, "en")
    await anext(first)
    await first.aclose()  # type: ignore[attr-defined]
    assert await asyncio.wait_for(said(voice, "ok"), 5)
    assert voice.pid is not None
    os.kill(voice.pid, signal.SIGKILL)
    assert await said(voice, "ok")


async def test_its_licence_stays_in_its_process(voice: PiperSynthesizer) -> None:
    await said(voice, "ok")
    assert "piper" not in sys.modules


@pytest.mark.parametrize("damage", ["gone", "no json", "pinyin"])
async def test_a_bad_voice_is_told(tmp_path: Path, damage: str) -> None:
    voice = piper(tmp_path)
    config = tmp_path / "voice.onnx.json"
    if damage == "gone":
        (tmp_path / "voice.onnx").unlink()
    elif damage == "no json":
        config.write_text("{")
    else:
        config.write_text(json.dumps({**json.loads(config.read_text()), "phoneme_type": "pinyin"}))
    with pytest.raises(NotReady, match="jingling models verify tiny"):
        await said(voice, "hello")
    await voice.close()

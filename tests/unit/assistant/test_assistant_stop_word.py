import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from jingling.assistant.stop_word import WORDS, StopWord, means_stop
from jingling.core.audio import AudioChunk
from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance
from jingling.speech.base import Recognition
from jingling.speech.whole import WholeUtterance


@dataclass
class FreeEars:
    """Hears anything, whatever the grammars hold."""

    said: str
    languages: frozenset[Language] = frozenset({"en", "zh"})

    def begin(self, grammars: Sequence[Grammar], *, for_whom: str = "") -> Recognition:
        return WholeUtterance(lambda audio: self.recognize(audio, grammars), 30)

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar]) -> Utterance | None:
        return Utterance(self.said, "en", 0.95)

    async def prepare(self, grammars: Sequence[Grammar]) -> None: ...

    async def close(self) -> None: ...


class LoudIsVoice:
    def process(self, chunk: AudioChunk) -> float:
        return 1.0 if any(chunk.pcm) else 0.0

    def reset(self) -> None: ...


async def stopped(said: str) -> bool:
    """Whether half a second of voice, heard as `said`, and some silence stop what is spoken."""
    loud = (np.random.default_rng(0).integers(-9_000, 9_000, 320)).astype("<i2").tobytes()
    listener = StopWord(FreeEars(said), LoudIsVoice(), "kitchen")
    found = False
    for number in range(120):
        found = listener.heard_in(AudioChunk(loud if 20 <= number < 45 else bytes(640))) or found
        await asyncio.sleep(0)
    listener.close()
    return found


@pytest.mark.parametrize(
    ("said", "stops"), [("Stop", True), ("停下", True), ("stop the music", False), ("yes", False)]
)
async def test_only_a_bare_stop_stops_whoever_hears_it(said: str, stops: bool) -> None:
    assert await stopped(said) is stops


def test_each_way_to_say_stop_means_it() -> None:
    assert all(means_stop(sentence) for sentences in WORDS.values() for sentence in sentences)
    assert means_stop("停止")
    assert not means_stop("")

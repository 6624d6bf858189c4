"""Voices of sherpa-onnx: VITS, Kokoro and Matcha models."""

from collections.abc import AsyncIterator
from contextlib import aclosing

from jingling.core.audio import AudioChunk
from jingling.core.turn import Language
from jingling.speech.base import PLAIN, Manner
from jingling.speech.engines import worker_voice
from jingling.speech.engines.sherpa_process import SherpaModel, sherpa_process


class SherpaSynthesizer:
    """`rate` in words a minute, `volume` 0 to 100. Speaks the model's languages, mixed too where it has both."""

    def __init__(self, model: SherpaModel, rate: int = 170, volume: int = 80) -> None:
        self.languages: frozenset[Language] = model.languages
        self._process = sherpa_process(model)
        self._rate = rate
        self._volume = volume

    @property
    def pid(self) -> int | None:
        return self._process.pid

    async def prepare(self) -> None:
        """Loads the model ahead of need."""
        await self._process.prepare()

    async def speak(self, text: str, language: Language, manner: Manner = PLAIN) -> AsyncIterator[AudioChunk]:
        """Chunks of 60 ms; the first comes when its first sentence is done."""
        spoken = worker_voice.said(text, language)
        if not spoken:
            return
        request = {
            "do": "speak",
            "text": spoken,
            "speed": worker_voice.speed(self._rate, manner),
            "gain": worker_voice.gain(self._volume, manner),
        }
        async with aclosing(worker_voice.sound(self._process.stream(request))) as sound:
            async for piece in sound:
                yield piece

    async def close(self) -> None:
        await self._process.close()

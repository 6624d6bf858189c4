"""A voice whose model runs in a process of its own: what all of them share."""

from collections.abc import AsyncIterator
from contextlib import aclosing

from jingling.core.audio import AudioChunk
from jingling.core.turn import Language
from jingling.speech.base import PLAIN, Manner
from jingling.speech.engines import worker_voice
from jingling.speech.engines.model_process import ModelProcess


class ModelVoice:
    """`rate` in words a minute, `volume` 0 to 100."""

    def __init__(self, process: ModelProcess, languages: frozenset[Language], rate: int, volume: int) -> None:
        self.languages = languages
        self._process = process
        self._rate = rate
        self._volume = volume

    @property
    def pid(self) -> int | None:
        """The worker's process, while it runs."""
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

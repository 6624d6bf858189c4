"""An endpoint during one turn, with an eye on what is said there and when."""

import re
from collections.abc import AsyncIterator

from jingling.assistant.record import Stopwatch
from jingling.core.audio import AudioChunk
from jingling.core.card import Card
from jingling.core.endpoint import Answered, Endpoint, EndpointInfo, Input, Progress

_LETTERS = re.compile(r"[^a-z]+")


class Watched:
    """Passes everything on. `text` is the answer so far, `sounding` whether some of it is being played."""

    def __init__(self, endpoint: Endpoint, watch: Stopwatch) -> None:
        self._endpoint = endpoint
        self._watch = watch
        self.text = ""
        self.sounding = False

    @property
    def info(self) -> EndpointInfo:
        return self._endpoint.info

    def inputs(self) -> AsyncIterator[Input]:
        return self._endpoint.inputs()

    async def tell(self, turn_id: str, progress: Progress) -> None:
        if isinstance(progress, Answered):
            self.text = progress.text
        await self._endpoint.tell(turn_id, progress)

    async def show(self, turn_id: str, card: Card) -> None:
        await self._endpoint.show(turn_id, card)

    async def play(self, turn_id: str, audio: AsyncIterator[AudioChunk]) -> None:
        try:
            await self._endpoint.play(turn_id, self._noted(audio))
        finally:
            self.sounding = False

    async def stop(self, turn_id: str) -> None:
        await self._endpoint.stop(turn_id)

    def says(self, wake_word: str) -> bool:
        """Whether the words of `hey_jarvis`, or the name among them, are in the answer."""
        words = wake_word.lower().split("_")
        text = f" {_LETTERS.sub(' ', self.text.lower())} "
        return f" {words[-1]} " in text

    async def _noted(self, audio: AsyncIterator[AudioChunk]) -> AsyncIterator[AudioChunk]:
        try:
            async for chunk in audio:
                self.sounding = True
                self._watch.reach("voiced")
                yield chunk
                self._watch.reach("sent")
        finally:
            if hasattr(audio, "aclose"):
                await audio.aclose()

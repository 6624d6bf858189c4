"""One answer's voice: sentences go in as they come, and are heard without a gap between them."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import TypeVar

from jingling.assistant.record import Stopwatch
from jingling.core.audio import AudioChunk
from jingling.core.endpoint import Endpoint, Phase
from jingling.core.errors import JinglingError
from jingling.core.turn import Language
from jingling.speech.base import Manner, Synthesizer
from jingling.speech.resampling import resample

log = logging.getLogger(__name__)
Item = TypeVar("Item")
AHEAD_CHUNKS = 48
"""So much of the next sentence is made while the one before is heard: about three seconds."""


class Speaking:
    """Use it as `async with`: leaving early is silence, and nothing more is made or sent.

    A voice that fails leaves the text standing: what comes after is taken and not said.
    """

    def __init__(
        self, voice: Synthesizer, endpoint: Endpoint, turn_id: str, language: Language, manner: Manner
    ) -> None:
        self._voice = voice
        self._endpoint = endpoint
        self._turn_id = turn_id
        self._language = language
        self._manner = manner
        self._sentences: asyncio.Queue[str | None] = asyncio.Queue()
        self._playing: asyncio.Task[None] | None = None
        self._watch: Stopwatch | None = None

    async def __aenter__(self) -> "Speaking":
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._playing is not None:
            self._playing.cancel()
            await asyncio.gather(self._playing, return_exceptions=True)

    async def say(self, sentence: str, watch: Stopwatch) -> None:
        """Does not wait for the sound. `watch` is told of the answer's first."""
        self._sentences.put_nowait(sentence)
        if self._playing is None:
            self._watch = watch
            await self._endpoint.tell(self._turn_id, Phase("speaking"))
            self._playing = asyncio.create_task(self._play())

    async def finish(self) -> None:
        """All was said; returns when it was heard."""
        self._sentences.put_nowait(None)
        if self._playing is not None:
            await self._playing

    async def _play(self) -> None:
        try:
            async with aclosing(self._sound()) as sound:
                await self._endpoint.play(self._turn_id, sound)
        except JinglingError as error:
            log.warning("turn %s: answered in text only: %s", self._turn_id, error)

    async def _sound(self) -> AsyncGenerator[AudioChunk, None]:
        """At the rate of its first chunk, as one stream has."""
        made: asyncio.Queue[AudioChunk | None] = asyncio.Queue(AHEAD_CHUNKS)
        making = asyncio.create_task(self._make(made))
        rate_hz = 0
        try:
            while (chunk := await made.get()) is not None:
                if not rate_hz:
                    rate_hz = chunk.rate_hz
                    if self._watch is not None:
                        self._watch.lap("first_sound")
                yield chunk if chunk.rate_hz == rate_hz else resample(chunk, rate_hz)
            await making
        finally:
            making.cancel()
            await asyncio.gather(making, return_exceptions=True)

    async def _make(self, made: asyncio.Queue[AudioChunk | None]) -> None:
        try:
            while (sentence := await self._sentences.get()) is not None:
                async with closing(self._voice.speak(sentence, self._language, self._manner)) as sound:
                    async for chunk in sound:
                        await made.put(chunk)
        except Exception:
            await made.put(None)
            raise
        await made.put(None)


@asynccontextmanager
async def closing(stream: AsyncIterator[Item]) -> AsyncIterator[AsyncIterator[Item]]:
    """A stream that is left early is closed at once: somebody may be sending it."""
    try:
        yield stream
    finally:
        if isinstance(stream, AsyncGenerator):
            await stream.aclose()

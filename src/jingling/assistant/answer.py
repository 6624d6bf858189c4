"""From a reply to sound and picture on an endpoint."""

import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from jingling.assistant.record import Stopwatch
from jingling.core.audio import AudioChunk
from jingling.core.endpoint import Answered, Endpoint, Phase
from jingling.core.errors import JinglingError
from jingling.core.turn import Language, Reply
from jingling.speech.base import Synthesizer

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outlet:
    """Where the answer of one turn goes."""

    turn_id: str
    language: Language
    endpoint: Endpoint
    watch: Stopwatch = field(default_factory=Stopwatch)


class Answer:
    """`voice` None: this hub is mute and answers on the screen only."""

    def __init__(self, voice: Synthesizer | None) -> None:
        self._voice = voice

    async def give(self, outlet: Outlet, reply: Reply) -> str:
        """Text and card first, then the voice, which is let through as it is made. Returns what was said."""
        if reply.card is not None:
            await outlet.endpoint.show(outlet.turn_id, reply.card)
        said: list[str] = []
        if isinstance(reply.speech, str):
            said.append(reply.speech)
            await self._say(outlet, reply.speech, reply)
        else:
            async with _closing(reply.speech):
                async for sentence in reply.speech:
                    said.append(sentence)
                    await self._say(outlet, sentence, reply, shown="".join(said))
        await outlet.endpoint.tell(outlet.turn_id, Phase("idle"))
        return "".join(said)

    async def announce(self, outlet: Outlet, text: str) -> None:
        """Said without having been asked."""
        await outlet.endpoint.tell(outlet.turn_id, Answered(text, outlet.language))
        await self.speak(outlet, text)

    async def _say(self, outlet: Outlet, text: str, reply: Reply, shown: str = "") -> None:
        """`shown` is all that was said so far: a screen shows the last text that it is told."""
        if not text:
            return
        asks = reply.ask is not None
        answered = Answered(shown or text, outlet.language, expects=asks, streamed=bool(shown))
        await outlet.endpoint.tell(outlet.turn_id, answered)
        if reply.spoken:
            await self.speak(outlet, text)

    async def speak(self, outlet: Outlet, text: str) -> None:
        """A voice that fails leaves the text standing."""
        if self._voice is None or "speaker" not in outlet.endpoint.info.capabilities:
            return
        await outlet.endpoint.tell(outlet.turn_id, Phase("speaking"))
        sound = self._voice.speak(text, outlet.language)
        try:
            await outlet.endpoint.play(outlet.turn_id, _timed(sound, outlet.watch))
        except JinglingError as error:
            log.warning("turn %s: answered in text only: %s", outlet.turn_id, error)


@asynccontextmanager
async def _closing(speech: AsyncIterator[str]) -> AsyncIterator[None]:
    """A stream that is cut off is closed at once: somebody may be sending it."""
    try:
        yield
    finally:
        if isinstance(speech, AsyncGenerator):
            await speech.aclose()


async def _timed(audio: AsyncIterator[AudioChunk], watch: Stopwatch) -> AsyncIterator[AudioChunk]:
    first = True
    async for chunk in audio:
        if first:
            watch.lap("first_sound")
            first = False
        yield chunk

"""From a reply to sound and picture on an endpoint."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from jingling.assistant.record import Stopwatch
from jingling.assistant.speaking import Speaking, closing
from jingling.core.audio import AudioChunk
from jingling.core.endpoint import Answered, Endpoint, Phase
from jingling.core.turn import Language, Reply
from jingling.speech.base import PLAIN, Manner, Synthesizer
from jingling.speech.earcons import Earcon, earcon

MannerOf = Callable[[str, bool], Manner]
"""Of a device, and of what is said to wake somebody (True) or not."""


@dataclass(frozen=True)
class Outlet:
    """Where the answer of one turn goes. `done`: the turn carried out what it was asked for, and nothing failed.
    `waking`: it rings, so that the night does not soften it."""

    turn_id: str
    language: Language
    endpoint: Endpoint
    watch: Stopwatch = field(default_factory=Stopwatch)
    done: bool = False
    waking: bool = False

    def has(self, capability: str) -> bool:
        return capability in self.endpoint.info.capabilities


class Answer:
    """`voice` None: this hub is mute and answers on the screen only.

    `earcons`: short sounds are played. `brief`: such a sound stands for the words when something was done.
    """

    def __init__(
        self,
        voice: Synthesizer | None,
        manner: MannerOf = lambda device_id, waking: PLAIN,
        earcons: bool = True,
        brief: bool = False,
    ) -> None:
        self._voice = voice
        self._manner = manner
        self._earcons = earcons
        self._brief = brief

    async def give(self, outlet: Outlet, reply: Reply) -> str:
        """Text and card first, then the voice, which is let through as it is made. Returns what was said.

        Cancelled, it sends nothing more.
        """
        if reply.card is not None:
            await outlet.endpoint.show(outlet.turn_id, reply.card)
        said: list[str] = []
        aloud = reply.spoken and not self._is_brief(outlet, reply)
        async with AsyncExitStack() as held:
            speaking = (
                await held.enter_async_context(self._speaking(outlet)) if aloud and self._can(outlet) else None
            )
            sentences = await held.enter_async_context(closing(_sentences(reply.speech)))
            async for sentence in sentences:
                said.append(sentence)
                await self._tell(outlet, reply, "".join(said))
                if speaking is not None:
                    await speaking.say(sentence, outlet.watch)
            if speaking is not None:
                await speaking.finish()
        if not aloud:
            await self.signal(outlet, "done", always=self._is_brief(outlet, reply))
        await outlet.endpoint.tell(outlet.turn_id, Phase("idle"))
        return "".join(said)

    async def announce(self, outlet: Outlet, text: str) -> None:
        """Said without having been asked."""
        await outlet.endpoint.tell(outlet.turn_id, Answered(text, outlet.language))
        await self.speak(outlet, text)

    async def speak(self, outlet: Outlet, text: str) -> None:
        """A voice that fails leaves the text standing."""
        if not self._can(outlet):
            return
        async with self._speaking(outlet) as speaking:
            await speaking.say(text, outlet.watch)
            await speaking.finish()

    async def signal(self, outlet: Outlet, kind: Earcon, always: bool = False) -> None:
        """A short sound where there is no screen that shows it; `always`: also where there is one, as after a wake
        word. Returns when it was heard, so whoever is in a hurry does not wait for it."""
        if not self._earcons or not outlet.has("speaker") or (outlet.has("screen") and not always):
            return
        sound = earcon(kind, self._manner(outlet.endpoint.info.id, outlet.waking).volume)
        await outlet.endpoint.play(outlet.turn_id, _once(sound))

    def _can(self, outlet: Outlet) -> bool:
        return self._voice is not None and outlet.has("speaker")

    def _is_brief(self, outlet: Outlet, reply: Reply) -> bool:
        return self._brief and self._earcons and outlet.done and reply.ask is None and reply.spoken

    def _speaking(self, outlet: Outlet) -> Speaking:
        assert self._voice is not None
        manner = self._manner(outlet.endpoint.info.id, outlet.waking)
        return Speaking(self._voice, outlet.endpoint, outlet.turn_id, outlet.language, manner)

    async def _tell(self, outlet: Outlet, reply: Reply, text: str) -> None:
        """All that was said so far: a screen shows the last text that it is told."""
        streamed = not isinstance(reply.speech, str)
        answered = Answered(text, outlet.language, expects=reply.ask is not None, streamed=streamed)
        await outlet.endpoint.tell(outlet.turn_id, answered)


def _sentences(speech: str | AsyncIterator[str]) -> AsyncIterator[str]:
    return _text(speech) if isinstance(speech, str) else speech


async def _text(speech: str) -> AsyncIterator[str]:
    if speech:
        yield speech


async def _once(chunk: AudioChunk) -> AsyncIterator[AudioChunk]:
    yield chunk

"""All conversations of a home: sessions of connected endpoints, and single turns from elsewhere."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from jingling.assistant.conversation import Conversation
from jingling.assistant.hear import Hear
from jingling.assistant.record import TurnLog, TurnRecord
from jingling.assistant.recorded import RecordedEndpoint
from jingling.assistant.ring import Ringer
from jingling.assistant.session import Session
from jingling.assistant.together import Together
from jingling.assistant.turn import Turns
from jingling.core.audio import AudioChunk
from jingling.core.endpoint import Endpoint, EndpointInfo, Input, Listen, Typed
from jingling.core.errors import NotReady
from jingling.core.turn import Language
from jingling.settings import Settings

CONVERSATIONS_KEPT = 256


@dataclass
class Hub:
    settings: Settings
    home_id: str
    turns: Turns
    hear_: Hear
    ringer: Ringer
    together: Together
    log: TurnLog = field(default_factory=TurnLog)
    spoken: Callable[[Language], None] = lambda language: None
    """Told in which language people may speak from now on."""
    _conversations: OrderedDict[tuple[str, str | None], Conversation] = field(default_factory=OrderedDict)

    async def serve(self, endpoint: Endpoint) -> None:
        """Run the endpoint's session until its inputs end."""
        session = self.session(endpoint)
        self.spoken(session.language)
        self.ringer.arrived(session)
        try:
            await session.run()
        finally:
            await self.together.calls.left(endpoint.info.id)
            await self.ringer.left(session)

    def session(self, endpoint: Endpoint) -> Session:
        return Session(
            endpoint,
            self.turns,
            self.hear_,
            self._conversation(endpoint.info),
            self.settings.limits.text_chars_max,
            "zh" if self.settings.language == "zh" else "en",
            on_hush=self.ringer.hush,
            conversation_of=lambda person: self._conversation(endpoint.info, person),
            one_moment=lambda language: self.ringer.replies.text(language, "one_moment"),
            rings=lambda: self.ringer.rings_at(endpoint.info.id),
            trace=self.log.add,
            neighbours=self.together.neighbours,
        )

    def _conversation(self, info: EndpointInfo, person: str | None = None) -> Conversation:
        """A device that comes back soon goes on where it was, each person on it for themselves."""
        key = (info.id, person or info.user_id)
        conversation = self._conversations.pop(key, None)
        self._conversations[key] = conversation or Conversation(self.settings.limits.dialog_seconds_max)
        while len(self._conversations) > CONVERSATIONS_KEPT:
            self._conversations.popitem(last=False)
        return self._conversations[key]

    async def ask(self, text: str, language: Language | None, caller: EndpointInfo) -> dict[str, Any]:
        """One turn on `text`, as `jingling ask --json` prints it."""
        return await self.take(Typed(text, language), caller)

    async def take(self, given: Input, caller: EndpointInfo) -> dict[str, Any]:
        """One turn on what an endpoint brings: words, or a tap on what it was shown."""
        return await self._one(RecordedEndpoint(self._here(caller), [given]))

    async def hear(self, audio: AudioChunk, language: Language | None, caller: EndpointInfo) -> dict[str, Any]:
        """One turn on 16 kHz mono sound, as `jingling hear --json` prints it. Raises NotReady without ears."""
        if not self.hear_.ready:
            raise NotReady("There is no recogniser on this machine; `jingling doctor` says what to install.")
        return await self.take(Listen(_once(audio), "hold", language), caller)

    def _here(self, caller: EndpointInfo) -> EndpointInfo:
        return replace(caller, home_id=self.home_id)

    async def _one(self, endpoint: RecordedEndpoint) -> dict[str, Any]:
        records: list[TurnRecord] = []
        session = self.session(endpoint)

        async def keep(record: TurnRecord) -> None:
            records.append(record)

        session.on_turn = keep
        await session.run()
        return records[-1].as_json() if records else _nothing(endpoint.info.language)

    async def close(self) -> None:
        await self.together.close()
        await self.ringer.close()


def _nothing(language: Language | None) -> dict[str, Any]:
    """Nothing was said at all."""
    utterance = {"text": "", "language": language or "en", "confidence": 0.0}
    return {
        "utterance": utterance, "intent": None, "reply": "", "asks": None, "card": None, "commands": [], "ms": {},
    }  # fmt: skip


async def _once(audio: AudioChunk) -> AsyncIterator[AudioChunk]:
    yield audio

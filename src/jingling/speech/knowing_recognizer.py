"""A recogniser that also says who spoke, when the voice is known."""

import asyncio
import logging
from collections.abc import Sequence

import msgspec

from jingling.core.audio import AudioChunk
from jingling.core.errors import JinglingError
from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance
from jingling.speech.base import Partial, Recognition, Recognizer, SpeakerKnower
from jingling.speech.speakers import Speakers

log = logging.getLogger(__name__)
WAIT_S = 0.15
"""How long an answer may wait for the name when the words are there already."""


class KnowingRecognizer:
    """`recognizer`, and beside it `knower`: who spoke is found while the words are. Not knowing is no failure."""

    def __init__(self, recognizer: Recognizer, knower: SpeakerKnower, speakers: Speakers) -> None:
        self.languages: frozenset[Language] = recognizer.languages
        self.recognizer = recognizer
        self._knower = knower
        self._speakers = speakers

    @property
    def ailing(self) -> dict[str, str]:
        return dict(getattr(self.recognizer, "ailing", {}))

    def begin(self, grammars: Sequence[Grammar], *, for_whom: str = "") -> Recognition:
        return _Knowing(self, self.recognizer.begin(grammars, for_whom=for_whom))

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar]) -> Utterance | None:
        recognition = self.begin(grammars)
        recognition.feed(audio)
        return await recognition.finish()

    async def prepare(self, grammars: Sequence[Grammar]) -> None:
        await self.recognizer.prepare(grammars)

    async def close(self) -> None:
        await self.recognizer.close()
        await self._knower.close()

    async def who(self, pcm: bytes) -> str | None:
        try:
            return self._speakers.who(await self._knower.embed(AudioChunk(pcm)))
        except JinglingError as problem:
            log.debug("nobody is known by this voice: %s", problem)
            return None


class _Knowing:
    def __init__(self, knowing: KnowingRecognizer, recognition: Recognition) -> None:
        self._knowing = knowing
        self._recognition = recognition
        self._pcm = bytearray()

    @property
    def partial(self) -> Partial | None:
        return self._recognition.partial

    def feed(self, chunk: AudioChunk) -> None:
        self._recognition.feed(chunk)
        self._pcm += chunk.pcm

    async def finish(self) -> Utterance | None:
        naming = asyncio.create_task(self._knowing.who(bytes(self._pcm)))
        try:
            said = await self._recognition.finish()
            if said is None:
                return None
            await asyncio.wait([naming], timeout=WAIT_S)
            speaker_id = naming.result() if naming.done() else None
            return msgspec.structs.replace(said, speaker_id=speaker_id)
        finally:
            naming.cancel()

    def give_up(self) -> None:
        self._recognition.give_up()
        self._pcm.clear()

"""Any Wyoming service as a recogniser: `wyoming://host:port`."""

import asyncio
from collections.abc import Sequence

from wyoming.asr import Transcribe, Transcript, TranscriptChunk, TranscriptStart
from wyoming.audio import AudioChunk as WireChunk
from wyoming.audio import AudioStart, AudioStop

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, NotReady
from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance
from jingling.speech.base import Partial, Recognition
from jingling.speech.engines.wyoming_client import WyomingAddress, WyomingClient, connected
from jingling.speech.heard import language_of, utterance
from jingling.speech.whole import RATE_HZ, checked

ANSWER_S = 15.0
CONVERSATIONS_MAX = 32
TEXT_CHARS_MAX = 2_000


class WyomingRecognizer:
    """One connection for each utterance, sent while it is spoken."""

    def __init__(self, where: WyomingAddress, seconds_max: float = 60.0) -> None:
        self.languages: frozenset[Language] = where.languages
        self.where = where
        self._seconds_max = seconds_max
        self.tasks: set[asyncio.Task[Utterance | None]] = set()

    def begin(self, grammars: Sequence[Grammar], *, for_whom: str = "") -> Recognition:
        if len(self.tasks) >= CONVERSATIONS_MAX:
            raise NotReady(f"{self.where.name} hears {CONVERSATIONS_MAX} people already; try again in a moment.")
        meant = {grammar.language for grammar in grammars}
        spoken = [one for one in self.languages if one in meant] or list(self.languages)
        return _Transcribing(self, spoken[0] if len(spoken) == 1 else None, self._seconds_max)

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar] = ()) -> Utterance | None:
        recognition = self.begin(grammars)
        recognition.feed(audio)
        return await recognition.finish()

    async def prepare(self, grammars: Sequence[Grammar] = ()) -> None:
        """Raises NotReady when it cannot be reached."""
        async with connected(self.where):
            return

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


class _Transcribing:
    def __init__(self, recognizer: WyomingRecognizer, language: Language | None, seconds_max: float) -> None:
        self._recognizer = recognizer
        self._language = language
        self._bytes_max = int(seconds_max * RATE_HZ) * 2
        self._bytes = 0
        self._sound: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._written = ""
        self._task: asyncio.Task[Utterance | None] | None = None

    @property
    def partial(self) -> Partial | None:
        said = utterance(self._written, "", self._recognizer.languages)
        if said is None:
            return None
        language = self._language or language_of(said.text, "", self._recognizer.languages)
        return Partial(said.text, language, round(self._bytes / 2 / RATE_HZ, 2))

    def feed(self, chunk: AudioChunk) -> None:
        checked(chunk)
        if self._bytes + len(chunk.pcm) > self._bytes_max:
            raise BadInput(f"At most {self._bytes_max / 2 / RATE_HZ:g} s can be heard at once; say it in parts.")
        if not chunk.pcm:
            return
        self._bytes += len(chunk.pcm)
        self._sound.put_nowait(chunk.pcm)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._heard())
            self._recognizer.tasks.add(self._task)
            self._task.add_done_callback(self._done)

    async def finish(self) -> Utterance | None:
        if self._task is None:
            return None
        self._sound.put_nowait(None)
        try:
            return await self._task
        except asyncio.CancelledError:
            self.give_up()
            raise

    def give_up(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _done(self, task: asyncio.Task[Utterance | None]) -> None:
        """Its failure is told by `finish`, if anybody asks."""
        self._recognizer.tasks.discard(task)
        if not task.cancelled():
            task.exception()

    async def _heard(self) -> Utterance | None:
        async with connected(self._recognizer.where) as client:
            await client.send(Transcribe(language=self._language).event())
            await client.send(AudioStart(rate=RATE_HZ, width=2, channels=1).event())
            reading = asyncio.create_task(self._read(client))
            try:
                while (pcm := await self._sound.get()) is not None:
                    await client.send(WireChunk(rate=RATE_HZ, width=2, channels=1, audio=pcm).event())
                await client.send(AudioStop().event())
                async with asyncio.timeout(ANSWER_S):
                    return await reading
            finally:
                reading.cancel()

    async def _read(self, client: WyomingClient) -> Utterance | None:
        while True:
            event = await client.next(self._bytes_max / 2 / RATE_HZ + ANSWER_S)
            if Transcript.is_type(event.type):
                found = Transcript.from_event(event)
                tag = found.language or self._language or ""
                return utterance(str(found.text)[:TEXT_CHARS_MAX], str(tag), self._recognizer.languages)
            if TranscriptStart.is_type(event.type):
                self._written = ""
            elif TranscriptChunk.is_type(event.type):
                self._written = (self._written + str(event.data["text"]))[:TEXT_CHARS_MAX]

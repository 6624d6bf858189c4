"""Recognisers of sherpa-onnx: open dictation in Mandarin and English, with installed models."""

import asyncio
import itertools
from collections.abc import Coroutine, Sequence
from typing import Any

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, NotReady
from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance
from jingling.speech.base import Partial, Recognition
from jingling.speech.engines.frames import Message
from jingling.speech.engines.model_process import ModelProcess
from jingling.speech.engines.sherpa_process import SherpaModel, sherpa_process
from jingling.speech.heard import language_of, utterance
from jingling.speech.whole import RATE_HZ, WholeUtterance, checked

FEED_BYTES_MAX = RATE_HZ
"""Half a second at once: then the next utterance has its turn."""


class SherpaRecognizer:
    """Hears anything in the model's languages; grammars are not looked at. One process for one model."""

    def __init__(self, model: SherpaModel, seconds_max: float = 60.0, waiting_max: int = 32) -> None:
        self.languages: frozenset[Language] = model.languages
        self._process = sherpa_process(model, waiting_max=waiting_max)
        self._streams = model.streams
        self._seconds_max = seconds_max
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def pid(self) -> int | None:
        """The worker's process, while it runs."""
        return self._process.pid

    def begin(self, grammars: Sequence[Grammar], *, for_whom: str = "") -> Recognition:
        if self._streams:
            return _Streamed(self, self._process, next(self._numbers), self._seconds_max)
        return WholeUtterance(lambda audio: self.recognize(audio, grammars), self._seconds_max)

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar] = ()) -> Utterance | None:
        """Raises BadInput for sound that is not 16 kHz mono or too long, NotReady."""
        checked(audio)
        if audio.seconds > self._seconds_max:
            raise BadInput(f"At most {self._seconds_max:g} s can be heard at once; say it in parts.")
        if not audio.frames:
            return None
        return self.heard(await self._process.ask({"do": "recognize", "pcm": audio.pcm}))

    async def prepare(self, grammars: Sequence[Grammar] = ()) -> None:
        await self._process.prepare()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._process.close()

    def heard(self, answer: Message) -> Utterance | None:
        sure = answer.get("sure")
        return utterance(answer.get("text", ""), answer.get("tag") or "", self.languages, sure)

    def leave(self, stream: int) -> None:
        """Nobody wants the stream any longer."""
        if self.pid is not None:
            self.start(self._drop(stream))

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Beside the caller, until it is done or this is closed."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _drop(self, stream: int) -> None:
        try:
            await self._process.ask({"do": "drop", "stream": stream}, again=False)
        except NotReady:
            return


class _Streamed:
    """One utterance, sent as it comes. Its sound is kept: when the process dies, all of it is heard anew."""

    def __init__(
        self, recognizer: SherpaRecognizer, process: ModelProcess, number: int, seconds_max: float
    ) -> None:
        self._recognizer = recognizer
        self._process = process
        self._number = number
        self._bytes_max = int(seconds_max * RATE_HZ) * 2
        self._pcm = bytearray()
        self._sent = 0
        self._lost = False
        self._partial: Partial | None = None
        self._pump: asyncio.Task[None] | None = None
        self._over = False

    @property
    def partial(self) -> Partial | None:
        return self._partial

    def feed(self, chunk: AudioChunk) -> None:
        checked(chunk)
        if len(self._pcm) + len(chunk.pcm) > self._bytes_max:
            raise BadInput(f"At most {self._bytes_max / 2 / RATE_HZ:g} s can be heard at once; say it in parts.")
        self._pcm += chunk.pcm
        if not self._lost and (self._pump is None or self._pump.done()):
            self._pump = self._recognizer.start(self._send())

    async def finish(self) -> Utterance | None:
        self._over = True
        if not self._pcm:
            return None
        if self._pump is not None:
            await asyncio.wait([self._pump])
        if not self._lost:
            await self._send()
        if not self._lost:
            answer = await self._ask({"do": "finish", "stream": self._number})
            if not answer.get("lost"):
                return self._recognizer.heard(answer)
        return await self._recognizer.recognize(AudioChunk(bytes(self._pcm)))

    def give_up(self) -> None:
        if self._pump is not None:
            self._pump.cancel()
        if self._sent and not self._over:
            self._recognizer.leave(self._number)
        self._over = True
        self._pcm.clear()

    async def _send(self) -> None:
        while self._sent < len(self._pcm) and not self._lost:
            piece = bytes(self._pcm[self._sent : self._sent + FEED_BYTES_MAX])
            request = {"do": "feed", "stream": self._number, "pcm": piece, "first": self._sent == 0}
            answer = await self._ask(request)
            if not answer.get("lost"):
                self._sent += len(piece)
                self._look(answer["text"])

    async def _ask(self, request: Message) -> Message:
        """What goes wrong on the way loses the stream and not the utterance."""
        try:
            answer = await self._process.ask(request, again=False)
        except NotReady:
            answer = {"lost": True}
        self._lost = self._lost or bool(answer.get("lost"))
        return answer

    def _look(self, text: str) -> None:
        said = utterance(text, "", self._recognizer.languages)
        if said is not None:
            language = language_of(said.text, "", self._recognizer.languages)
            self._partial = Partial(said.text, language, round(self._sent / 2 / RATE_HZ, 2))

"""The built-in voice: eSpeak NG in a process of its own (its licence, GPL-3, stays there)."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, NotReady
from jingling.core.turn import Language
from jingling.speech.base import PLAIN, Manner
from jingling.speech.clauses import clauses
from jingling.speech.engines.frames import Message
from jingling.speech.engines.worker_process import WorkerGone, WorkerProcess
from jingling.speech.spoken import runs

WORKER = "jingling.speech.engines.espeak_worker"
RATE_WORDS = range(80, 451)
TEXT_CHARS_MAX = 4_000
AHEAD_S = 4.0
"""So much sound may wait for its listener before the next sentence is made."""
QUIET_RATE, QUIET_PITCH, PITCH = 0.92, 40, 50
WARMING = [("a", "en"), ("一", "zh")]


class EspeakSynthesizer:
    """`rate` in words a minute (80 to 450), `volume` 0 to 100. Each script is spoken in its own language.

    A quiet manner is slower and lower. It is not a whisper, in which Mandarin would lose its tones.
    """

    languages: frozenset[Language] = frozenset({"en", "zh"})

    def __init__(self, rate: int = 170, volume: int = 80, waiting_max: int = 32) -> None:
        self._worker = WorkerProcess(WORKER, name="voice", waiting_max=waiting_max)
        self._rate = rate
        self._volume = volume

    @property
    def pid(self) -> int | None:
        """The worker's process, while it runs."""
        return self._worker.pid

    async def prepare(self) -> None:
        """Starts the worker ahead of need, and has it load both languages."""
        async with self._worker.turn():
            async for _ in self._worker.ask(self._request(PLAIN) | {"runs": WARMING}):
                pass

    async def speak(self, text: str, language: Language, manner: Manner = PLAIN) -> AsyncIterator[AudioChunk]:
        """Chunks of about 60 ms at 22 050 Hz, the first with sound. Raises BadInput for a text beyond
        TEXT_CHARS_MAX."""
        if len(text) > TEXT_CHARS_MAX:
            raise BadInput(f"A text to speak has at most {TEXT_CHARS_MAX} characters, this has {len(text)}.")
        waiting = _Waiting()
        pump = asyncio.create_task(self._pump(text, language, manner, waiting))
        try:
            while (piece := await waiting.take()) is not None:
                yield piece
            await pump
        finally:
            pump.cancel()

    async def close(self) -> None:
        await self._worker.close()

    async def _pump(self, text: str, language: Language, manner: Manner, waiting: "_Waiting") -> None:
        """Sentence by sentence, as fast as the worker speaks: a slow listener holds up nobody else, and others
        get their turn between two sentences."""
        request = self._request(manner)
        try:
            for clause in clauses(text):
                said = [(run.text, run.language) for run in runs(clause, language)]
                if not said:
                    continue
                await waiting.wanted()
                async with self._worker.turn():
                    await self._speak(request | {"runs": said, "trim": not waiting.begun}, waiting)
        finally:
            waiting.end()

    def _request(self, manner: Manner) -> Message:
        rate = round(self._rate * manner.rate * (QUIET_RATE if manner.quiet else 1.0))
        return {
            "do": "speak",
            "rate": min(max(rate, RATE_WORDS.start), RATE_WORDS.stop - 1),
            "volume": min(max(round(self._volume * manner.volume), 0), 100),
            "pitch": QUIET_PITCH if manner.quiet else PITCH,
            "trim": True,
        }

    async def _speak(self, request: Message, waiting: "_Waiting") -> None:
        """Asks once more when the worker dies before the first sound."""
        for _ in range(2):
            heard = False
            with contextlib.suppress(WorkerGone):
                async for answer in self._worker.ask(request):
                    if pcm := answer.get("pcm"):
                        heard = True
                        waiting.put(AudioChunk(pcm, answer["rate_hz"]))
                return
            if heard:
                break
        raise NotReady("The voice stopped in the middle of a sentence; ask again.")


class _Waiting:
    """Sound that is made and not yet taken."""

    def __init__(self) -> None:
        self.begun = False
        self._pieces: asyncio.Queue[AudioChunk | None] = asyncio.Queue()
        self._seconds = 0.0
        self._room = asyncio.Event()

    def put(self, piece: AudioChunk) -> None:
        self.begun = True
        self._seconds += piece.seconds
        self._pieces.put_nowait(piece)

    def end(self) -> None:
        self._pieces.put_nowait(None)

    async def take(self) -> AudioChunk | None:
        piece = await self._pieces.get()
        if piece is not None:
            self._seconds -= piece.seconds
            if self._seconds < AHEAD_S:
                self._room.set()
        return piece

    async def wanted(self) -> None:
        """Until the listener is near the end of what is there."""
        while self._seconds >= AHEAD_S:
            self._room.clear()
            await self._room.wait()

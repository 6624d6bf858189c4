"""The built-in voice: eSpeak NG in a process of its own (its licence, GPL-3, stays there)."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, NotReady
from jingling.core.turn import Language
from jingling.speech.base import PLAIN, Manner
from jingling.speech.engines.frames import Message
from jingling.speech.engines.worker_process import WorkerGone, WorkerProcess
from jingling.speech.spoken import runs

WORKER = "jingling.speech.engines.espeak_worker"
RATE_WORDS = range(80, 451)
TEXT_CHARS_MAX = 4_000


class EspeakSynthesizer:
    """`rate` in words a minute (80 to 450), `volume` 0 to 100. Each script is spoken in its own language."""

    languages: frozenset[Language] = frozenset({"en", "zh"})

    def __init__(self, rate: int = 170, volume: int = 80, waiting_max: int = 32) -> None:
        self._worker = WorkerProcess(WORKER, name="voice", waiting_max=waiting_max)
        self._rate = min(max(rate, RATE_WORDS.start), RATE_WORDS.stop - 1)
        self._volume = min(max(volume, 0), 100)

    @property
    def pid(self) -> int | None:
        """The worker's process, while it runs."""
        return self._worker.pid

    async def prepare(self) -> None:
        """Starts the worker ahead of need."""
        async with self._worker.turn():
            await self._worker.start()

    async def speak(self, text: str, language: Language, manner: Manner = PLAIN) -> AsyncIterator[AudioChunk]:
        """Chunks of about 60 ms at 22 050 Hz. Raises BadInput for a text beyond TEXT_CHARS_MAX."""
        if len(text) > TEXT_CHARS_MAX:
            raise BadInput(f"A text to speak has at most {TEXT_CHARS_MAX} characters, this has {len(text)}.")
        pieces: asyncio.Queue[AudioChunk | None] = asyncio.Queue()
        pump = asyncio.create_task(self._pump(text, language, manner, pieces))
        try:
            while (piece := await pieces.get()) is not None:
                yield piece
            await pump
        finally:
            pump.cancel()

    async def close(self) -> None:
        await self._worker.close()

    async def _pump(
        self, text: str, language: Language, manner: Manner, pieces: asyncio.Queue[AudioChunk | None]
    ) -> None:
        """Fills `pieces` as fast as the worker speaks, so that a slow listener holds up nobody else."""
        said = [(run.text, run.language) for run in runs(text, language)]
        rate = min(max(round(self._rate * manner.rate), RATE_WORDS.start), RATE_WORDS.stop - 1)
        volume = min(max(round(self._volume * manner.volume), 0), 100)
        request = {"do": "speak", "runs": said, "rate": rate, "volume": volume}
        try:
            async with self._worker.turn():
                if said:
                    await self._speak(request, pieces)
        finally:
            pieces.put_nowait(None)

    async def _speak(self, request: Message, pieces: asyncio.Queue[AudioChunk | None]) -> None:
        """Asks once more when the worker dies before the first sound."""
        for _ in range(2):
            heard = False
            with contextlib.suppress(WorkerGone):
                async for answer in self._worker.ask(request):
                    if pcm := answer.get("pcm"):
                        heard = True
                        pieces.put_nowait(AudioChunk(pcm, answer["rate_hz"]))
                return
            if heard:
                break
        raise NotReady("The voice stopped in the middle of a sentence; ask again.")

"""Offline commands in English: pocketsphinx, decoding the home's grammar in a process of its own."""

import contextlib
from collections.abc import Sequence
from typing import Any

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, NotReady
from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance
from jingling.speech.engines.worker_process import WorkerGone, WorkerProcess

WORKER = "jingling.speech.engines.pocketsphinx_worker"
RATE_HZ = 16_000


class PocketsphinxRecognizer:
    """Hears what the English grammars allow; grammars of other languages are passed over."""

    languages: frozenset[Language] = frozenset({"en"})

    def __init__(self, waiting_max: int = 8, seconds_max: float = 30.0) -> None:
        self._worker = WorkerProcess(WORKER, name="recogniser", waiting_max=waiting_max)
        self._seconds_max = seconds_max
        self._loaded: set[str] = set()
        self._loaded_generation = 0

    @property
    def pid(self) -> int | None:
        """The worker's process, while it runs."""
        return self._worker.pid

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar]) -> Utterance | None:
        """Raises BadInput for sound that is not 16 kHz mono or too long."""
        self._check(audio)
        wanted = self._english(grammars)
        if not wanted or not audio.pcm:
            return None
        request = {"do": "recognize", "digests": [g.digest for g in wanted], "pcm": audio.pcm}
        answer = await self._ask(wanted, request)
        if not answer["text"]:
            return None
        return Utterance(
            text=answer["text"],
            language="en",
            confidence=answer["confidence"],
            alternatives=tuple(answer["alternatives"]),
        )

    async def prepare(self, grammars: Sequence[Grammar]) -> None:
        wanted = self._english(grammars)
        await self._ask(wanted, {"do": "prepare", "digests": [g.digest for g in wanted]})

    async def close(self) -> None:
        await self._worker.close()

    async def _ask(self, grammars: Sequence[Grammar], request: dict[str, Any]) -> dict[str, Any]:
        """One request, asked once more when the worker dies of it."""
        async with self._worker.turn():
            for _ in range(2):
                with contextlib.suppress(WorkerGone):
                    await self._load(grammars)
                    return await self._one_answer(request)
        raise NotReady("The recogniser stopped twice on this request; try again, or look into the log.")

    async def _load(self, grammars: Sequence[Grammar]) -> None:
        await self._worker.start()
        if self._worker.generation != self._loaded_generation:
            self._loaded_generation = self._worker.generation
            self._loaded.clear()
        for grammar in grammars:
            if grammar.digest not in self._loaded:
                await self._one_answer({"do": "load", "grammar": grammar})
                self._loaded.add(grammar.digest)

    async def _one_answer(self, request: dict[str, Any]) -> dict[str, Any]:
        answers = [dict(answer) async for answer in self._worker.ask(request)]
        return answers[-1]

    def _english(self, grammars: Sequence[Grammar]) -> list[Grammar]:
        return [g for g in grammars if g.language == "en"]

    def _check(self, audio: AudioChunk) -> None:
        if audio.rate_hz != RATE_HZ or audio.channels != 1:
            raise BadInput(
                f"The recogniser takes 16 kHz mono, not {audio.rate_hz} Hz with {audio.channels} channels;"
                " resample it first."
            )
        if audio.seconds > self._seconds_max:
            raise BadInput(
                f"This recording has {audio.seconds:.0f} s, at most {self._seconds_max:g} s can be heard at once;"
                " cut it into shorter ones."
            )

"""Offline commands in English and Mandarin: pocketsphinx, decoding the home's grammar in a process of its own."""

import contextlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, NotReady
from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance
from jingling.speech.base import Recognition
from jingling.speech.engines.worker_process import WorkerGone, WorkerProcess
from jingling.speech.whole import WholeUtterance, checked

WORKER = "jingling.speech.engines.pocketsphinx_worker"
DITHER_LSB = 3


class PocketsphinxRecognizer:
    """Hears what the grammars of its languages allow; those of others are passed over."""

    languages: frozenset[Language] = frozenset({"en", "zh"})

    def __init__(self, waiting_max: int = 8, seconds_max: float = 30.0) -> None:
        self._worker = WorkerProcess(WORKER, name="recogniser", waiting_max=waiting_max)
        self._seconds_max = seconds_max

    @property
    def pid(self) -> int | None:
        """The worker's process, while it runs."""
        return self._worker.pid

    def begin(self, grammars: Sequence[Grammar]) -> Recognition:
        return WholeUtterance(lambda audio: self.recognize(audio, grammars), self._seconds_max)

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar]) -> Utterance | None:
        """Raises BadInput for sound that is not 16 kHz mono or too long."""
        self._check(audio)
        wanted = self._known(grammars)
        if not wanted or not audio.frames:
            return None
        answer = await self._ask(wanted, {"pcm": _dithered(audio.pcm)})
        if not answer["text"]:
            return None
        return Utterance(text=answer["text"], language=answer["language"], confidence=answer["confidence"])

    async def prepare(self, grammars: Sequence[Grammar]) -> None:
        wanted = self._known(grammars)
        if wanted:
            await self._ask(wanted, {})

    async def close(self) -> None:
        await self._worker.close()

    async def _ask(self, grammars: Sequence[Grammar], request: dict[str, Any]) -> dict[str, Any]:
        """One request, asked once more when the worker dies of it."""
        request = {"do": "recognize", "digests": [g.digest for g in grammars], **request}
        async with self._worker.turn():
            for _ in range(2):
                with contextlib.suppress(WorkerGone):
                    answer = await self._answer(request)
                    if answer.get("missing"):
                        answer = await self._answer({**request, "nets": [_net(g) for g in grammars]})
                    return answer
        raise NotReady("The recogniser stopped twice on this request; try again, or look into the log.")

    async def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        answers = [dict(answer) async for answer in self._worker.ask(request)]
        return answers[-1]

    def _known(self, grammars: Sequence[Grammar]) -> list[Grammar]:
        return [g for g in grammars if g.language in self.languages]

    def _check(self, audio: AudioChunk) -> None:
        checked(audio)
        if audio.seconds > self._seconds_max:
            raise BadInput(
                f"This recording has {audio.seconds:.0f} s, at most {self._seconds_max:g} s can be heard at once;"
                " cut it into shorter ones."
            )


def _net(grammar: Grammar) -> list[Any]:
    arcs = [(arc.source, arc.target, arc.word) for arc in grammar.arcs]
    return [arcs, grammar.start, grammar.final, grammar.states, grammar.language]


def _dithered(pcm: bytes) -> bytes:
    """Digital silence would break the decoder's features: adds noise that nobody can hear."""
    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.int32)
    noise = np.random.default_rng(0).integers(-DITHER_LSB, DITHER_LSB + 1, len(samples))
    return (samples + noise).clip(-32_768, 32_767).astype("<i2").tobytes()

"""Offline commands: pocketsphinx, decoding the home's grammars in processes of its own."""

from collections.abc import Sequence

from jingling.core.audio import AudioChunk
from jingling.core.clock import Clock, SystemClock
from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance
from jingling.speech.base import Recognition
from jingling.speech.engines.decoder_pool import DecoderPool
from jingling.speech.engines.frames import Message
from jingling.speech.engines.sent_net import sent_net
from jingling.speech.engines.worker_process import WorkerProcess

WORKER = "jingling.speech.engines.pocketsphinx_worker"


class PocketsphinxRecognizer:
    """Hears what the grammars of its languages allow; those of others are passed over.

    `decoders_max` processes at most; `waiting_max` utterances that were spoken to their end may wait for them.
    """

    languages: frozenset[Language] = frozenset({"en", "zh"})

    def __init__(
        self,
        waiting_max: int = 8,
        seconds_max: float = 30.0,
        decoders_max: int = 1,
        clock: Clock | None = None,
    ) -> None:
        self._pool = DecoderPool(
            DecoderProcess,
            nets=lambda grammars: [sent_net(one) for one in grammars],
            clock=clock or SystemClock(),
            decoders_max=decoders_max,
            waiting_max=waiting_max,
            seconds_max=seconds_max,
        )

    @property
    def pids(self) -> list[int]:
        """Of the processes that run."""
        pids = (one.pid for one in self._pool.decoders if isinstance(one, DecoderProcess))
        return [pid for pid in pids if pid is not None]

    @property
    def pid(self) -> int | None:
        """The first of them."""
        return next(iter(self.pids), None)

    def begin(self, grammars: Sequence[Grammar], *, for_whom: str = "") -> Recognition:
        return self._pool.begin(self._known(grammars), for_whom)

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar]) -> Utterance | None:
        """Raises BadInput for sound that is not 16 kHz mono or too long, NotReady."""
        recognition = self._pool.begin(self._known(grammars), "")
        try:
            recognition.feed(audio)
            return await recognition.finish()
        finally:
            recognition.give_up()

    async def prepare(self, grammars: Sequence[Grammar]) -> None:
        wanted = self._known(grammars)
        if wanted:
            await self._pool.prepare(wanted)

    async def close(self) -> None:
        await self._pool.close()

    def _known(self, grammars: Sequence[Grammar]) -> list[Grammar]:
        return [one for one in grammars if one.language in self.languages]


class DecoderProcess:
    """One of the processes behind the pool."""

    def __init__(self) -> None:
        self._process = WorkerProcess(WORKER, name="recogniser")

    @property
    def pid(self) -> int | None:
        return self._process.pid

    async def ask(self, request: Message) -> Message:
        async with self._process.turn():
            answers = [answer async for answer in self._process.ask(request)]
        return answers[-1]

    async def close(self) -> None:
        await self._process.close()

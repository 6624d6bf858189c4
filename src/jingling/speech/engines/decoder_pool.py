"""Decoders in processes of their own, shared by all who speak at once."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, Protocol

from jingling.core.clock import Clock
from jingling.core.errors import JinglingError, NotReady, TooBusy
from jingling.core.grammar import Grammar
from jingling.core.turn import Utterance
from jingling.speech.engines.decoder_job import TRIES_MAX, Job
from jingling.speech.engines.fair_queue import FairQueue
from jingling.speech.engines.frames import Message
from jingling.speech.engines.worker_process import WorkerGone

log = logging.getLogger(__name__)
GROW_AFTER_S = 0.25
"""Somebody waits for so long before another process is started."""
STREAMS_MAX = 256
TIMES_PUT_OFF_MAX = 2
STOPPED_TWICE = "The recogniser stopped twice on this request; try again, or look into the log."
SWITCHED_OFF = "The recogniser is switched off; start Jingling again."
TOO_MUCH = "Too many people are speaking at once for this machine; say it again in a moment."


class Decoder(Protocol):
    """A process that decodes one utterance at a time, asked in the words of `pocketsphinx_worker`."""

    async def ask(self, request: Message) -> Message:
        """Raises WorkerGone (it is started again at the next request), BadInput, NotReady."""

    async def close(self) -> None: ...


class DecoderPool:
    """At most `decoders_max` of them, a further one only when somebody had to wait.

    A free decoder takes first what was said to its end, then what is still being spoken; when none is free, one
    that listens to somebody still speaking is taken away from them: their sound is kept and decoded as a whole.
    `waiting_max` who spoke to their end may wait; beyond it the newest is turned away.
    """

    def __init__(
        self,
        make: Callable[[], Decoder],
        *,
        nets: Callable[[Sequence[Grammar]], list[Any]],
        clock: Clock,
        decoders_max: int = 1,
        waiting_max: int = 8,
        seconds_max: float = 30.0,
    ) -> None:
        self._make = make
        self._nets = nets
        self._clock = clock
        self._decoders_max = decoders_max
        self._seconds_max = seconds_max
        self._numbers = count(1)
        self._spoken: FairQueue[Job] = FairQueue(waiting_max)
        self._speaking: FairQueue[Job] = FairQueue(STREAMS_MAX)
        self._decoders: list[Decoder] = []
        self._free: list[Decoder] = []
        self._busy: dict[Decoder, Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._growing: asyncio.Task[None] | None = None
        self._latest: Sequence[Grammar] = ()
        self._closed = False

    @property
    def decoders(self) -> Sequence[Decoder]:
        """Those that were started so far."""
        return self._decoders

    @property
    def waiting(self) -> int:
        return len(self._spoken) + len(self._speaking)

    def begin(self, grammars: Sequence[Grammar], for_whom: str) -> Job:
        """Raises NotReady."""
        self._check_open()
        job = Job(next(self._numbers), for_whom, grammars, self._seconds_max, self._changed)
        if grammars:
            self._latest = grammars
            if self._speaking.join(for_whom, job) is not None:
                raise TooBusy(TOO_MUCH)
            self._assign()
        return job

    async def prepare(self, grammars: Sequence[Grammar]) -> None:
        """Compiles `grammars` in each decoder that runs, the first one started for it. Raises NotReady."""
        self._check_open()
        self._latest = grammars
        if not self._decoders:
            await self._start(self._add())
            return
        waiting = [decoder for decoder in self._decoders if decoder in self._free]
        for decoder in waiting:
            if decoder in self._free:
                self._free.remove(decoder)
                await self._start(decoder)

    async def close(self) -> None:
        self._closed = True
        tasks = [*self._tasks, *([self._growing] if self._growing else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        left = list(self._busy.values())
        while (job := self._spoken.next() or self._speaking.next()) is not None:
            left.append(job)
        for job in left:
            job.settle(NotReady(SWITCHED_OFF))
        for decoder in self._decoders:
            await decoder.close()

    def _check_open(self) -> None:
        if self._closed:
            raise NotReady(SWITCHED_OFF)

    def _add(self) -> Decoder:
        decoder = self._make()
        self._decoders.append(decoder)
        return decoder

    async def _start(self, decoder: Decoder) -> None:
        """It is given work once it knows what is said just now."""
        try:
            await self._prepared(decoder, self._latest)
        except JinglingError:
            self._let_free(decoder)
            raise
        self._let_free(decoder)

    def _let_free(self, decoder: Decoder) -> None:
        self._free.append(decoder)
        self._assign()

    async def _prepared(self, decoder: Decoder, grammars: Sequence[Grammar]) -> None:
        for left in reversed(range(TRIES_MAX)):
            try:
                await self._ask(decoder, {"do": "prepare"}, grammars)
                return
            except WorkerGone:
                if not left:
                    raise NotReady(STOPPED_TWICE) from None

    def _changed(self, job: Job) -> None:
        """It was spoken to its end, or nobody wants it any longer."""
        if not any(job is one for one in self._busy.values()):
            self._speaking.leave(job)
            if job.over:
                self._spoken.leave(job)
            else:
                self._queue(job)
        self._assign()

    def _queue(self, job: Job) -> None:
        if self._closed:
            job.settle(NotReady(SWITCHED_OFF))
            return
        turned_away = self._spoken.join(job.for_whom, job)
        if turned_away is not None:
            log.warning("too many speak at once: one of %d was asked to say it again", len(self._spoken) + 1)
            turned_away.settle(TooBusy(TOO_MUCH))

    def _assign(self) -> None:
        if self._closed:
            return
        while self._free and (job := self._spoken.next() or self._speaking.next()) is not None:
            self._keep(self._work(self._free.pop(), job))
        if not self.waiting:
            return
        starting = len(self._decoders) - len(self._free) - len(self._busy)
        if not starting and len(self._decoders) < self._decoders_max and self._growing is None:
            self._growing = asyncio.create_task(self._grow())
        if self._spoken:
            self._take_one_away()

    def _take_one_away(self) -> None:
        """As many decoders as are waited for, those first that have listened for the shortest time."""
        leaving = sum(job.put_off or job.ended for job in self._busy.values())
        listening = [job for job in self._busy.values() if not job.ended and not job.put_off]
        for job in listening[::-1][: max(0, len(self._spoken) - leaving)]:
            job.wait_again()

    async def _grow(self) -> None:
        try:
            if self._decoders:
                await self._clock.sleep(GROW_AFTER_S)
            if self.waiting and not self._closed:
                await self._start(self._add())
        except JinglingError as error:
            log.warning("a further recogniser did not start: %s", error)
        finally:
            self._growing = None

    def _keep(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, decoder: Decoder, job: Job) -> None:
        self._busy[decoder] = job
        try:
            await self._decode(decoder, job)
        except WorkerGone:
            job.tries += 1
            if job.tries >= TRIES_MAX:
                job.settle(NotReady(STOPPED_TWICE))
        except JinglingError as error:
            job.settle(error)
        except Exception:
            log.exception("a recogniser answered in another way than it should")
            job.settle(NotReady(STOPPED_TWICE))
        del self._busy[decoder]
        self._free.append(decoder)
        if not job.over:
            self._again(job)
        self._assign()

    def _again(self, job: Job) -> None:
        """What was put off once more is heard as a whole, when it has come to its end."""
        if job.ended:
            self._queue(job)
        elif job.times_put_off < TIMES_PUT_OFF_MAX:
            self._speaking.join(job.for_whom, job)

    async def _decode(self, decoder: Decoder, job: Job) -> None:
        if not job.ended:
            return await self._listen(decoder, job)
        answer = await self._ask(decoder, {"do": "recognize", "pcm": job.pcm}, job.grammars)
        job.settle(_utterance(answer))
        return None

    async def _listen(self, decoder: Decoder, job: Job) -> None:
        job.start_over()
        stream = {"stream": job.number}
        await self._ask(decoder, {"do": "begin", **stream}, job.grammars)
        while not job.over and not job.put_off:
            if piece := job.piece():
                job.learn(await decoder.ask({"do": "feed", **stream, "pcm": piece}))
            elif job.ended:
                job.settle(_utterance(await decoder.ask({"do": "finish", **stream})))
                return
            else:
                await job.news()
        await decoder.ask({"do": "drop", **stream})

    async def _ask(self, decoder: Decoder, request: Message, grammars: Sequence[Grammar]) -> Message:
        request = {**request, "digests": [one.digest for one in grammars]}
        answer = await decoder.ask(request)
        if answer.get("missing"):
            answer = await decoder.ask({**request, "nets": self._nets(grammars)})
        return answer


def _utterance(answer: Message) -> Utterance | None:
    if not answer["text"]:
        return None
    others = tuple(text for text, _ in answer.get("alternatives", ()))
    return Utterance(answer["text"], answer.get("language", "en"), answer["confidence"], others)

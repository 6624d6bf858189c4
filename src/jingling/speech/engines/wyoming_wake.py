"""Any Wyoming service as a wake word detector: `wyoming://host:port` among the wake words."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import Any

from wyoming.audio import AudioChunk as WireChunk
from wyoming.audio import AudioStart
from wyoming.wake import Detect
from wyoming.wake import Detection as WireDetection

from jingling.core.audio import AudioChunk
from jingling.core.errors import NotReady
from jingling.speech.base import Detection
from jingling.speech.engines.wyoming_client import WyomingAddress, WyomingClient, connected
from jingling.speech.whole import RATE_HZ

log = logging.getLogger(__name__)
IDLE_S = 20.0
"""A stream without sound for so long is over: its connection is closed."""
REST_S = 30.0
WAITING_MAX = 100
WORD = "wake word"


class WyomingWake:
    """One connection for each stream that is listened to."""

    def __init__(self, where: WyomingAddress) -> None:
        self.where = where
        self.tasks: set[asyncio.Task[None]] = set()

    async def prepare(self) -> None:
        """Raises NotReady when it cannot be reached."""
        async with connected(self.where):
            return

    def detector(self) -> "WyomingWakeDetector":
        return WyomingWakeDetector(self)

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


class WyomingWakeDetector:
    """`process` sends the sound on without waiting, and tells what was found in what was sent before."""

    def __init__(self, wake: WyomingWake) -> None:
        self.words: tuple[str, ...] = ()
        self._wake = wake
        self._found: list[Detection] = []
        self._sound: asyncio.Queue[bytes] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._sent_s = 0.0
        self._rests_until = 0.0

    def process(self, chunk: AudioChunk) -> Sequence[Detection]:
        while self._sound.qsize() >= WAITING_MAX:
            self._sound.get_nowait()
        if chunk.pcm:
            self._sound.put_nowait(chunk.pcm)
            self._keep_listening()
        found, self._found = self._found, []
        return found

    def reset(self) -> None:
        """What was said so far is forgotten: the next sound has a connection of its own."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._found = []
        self._sound = asyncio.Queue()

    def _keep_listening(self) -> None:
        loop = asyncio.get_running_loop()
        if (self._task is None or self._task.done()) and loop.time() >= self._rests_until:
            self._task = loop.create_task(self._listen(self._sound))
            self._wake.tasks.add(self._task)
            self._task.add_done_callback(self._wake.tasks.discard)

    async def _listen(self, sound: asyncio.Queue[bytes]) -> None:
        self._sent_s = 0.0
        try:
            async with connected(self._wake.where) as client:
                await client.send(Detect().event())
                await client.send(AudioStart(rate=RATE_HZ, width=2, channels=1).event())
                await _first([self._send(client, sound), self._read(client, sound)])
        except NotReady as problem:
            log.warning("wake words rest for %g s: %s", REST_S, problem)
            self._rests_until = asyncio.get_running_loop().time() + REST_S

    async def _send(self, client: WyomingClient, sound: asyncio.Queue[bytes]) -> None:
        """Until nobody has spoken to this stream for IDLE_S."""
        while True:
            try:
                async with asyncio.timeout(IDLE_S):
                    pcm = await sound.get()
            except TimeoutError:
                return
            await client.send(WireChunk(rate=RATE_HZ, width=2, channels=1, audio=pcm).event())
            self._sent_s += len(pcm) / 2 / RATE_HZ

    async def _read(self, client: WyomingClient, sound: asyncio.Queue[bytes]) -> None:
        while True:
            event = await client.next(24 * 3_600)
            if WireDetection.is_type(event.type) and sound is self._sound:
                name = str(event.data.get("name") or WORD)[:64]
                self._found.append(Detection(name, round(self._sent_s, 2)))


async def _first(work: Sequence[Coroutine[Any, Any, None]]) -> None:
    """Ends, and fails, with whichever is over first."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for one in done:
            one.result()
    finally:
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

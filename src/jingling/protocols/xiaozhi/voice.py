"""What a board is given to play: between tts start and stop, paced, and nothing of a turn that was stopped."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing

from jingling.core.audio import AudioChunk
from jingling.core.clock import Clock
from jingling.protocols.xiaozhi import messages
from jingling.protocols.xiaozhi.frames import Version, pack
from jingling.protocols.xiaozhi.limits import within
from jingling.protocols.xiaozhi.opus import OpusMouth
from jingling.speech.pace import Pace

STOPPED_REMEMBERED = 64
PACKET_S = messages.FRAME_MS / 1000
AHEAD_S = 0.3
"""Five packets. A board holds forty, and what it holds it still plays after the hub falls silent."""
OPEN_AHEAD_S = 0.12
"""While its microphone stays open, and people may interrupt by speaking."""


class BoardVoice:
    """`speaking` is the turn that the board was told it hears."""

    def __init__(
        self,
        send: Callable[[str | bytes], Awaitable[None]],
        clock: Clock,
        version: Version,
        session_id: str,
    ) -> None:
        """Raises NotReady when there is no Opus."""
        self.speaking = ""
        self._send = send
        self._clock = clock
        self._version = version
        self._session_id = session_id
        self._mouth = OpusMouth()
        self._ahead_s = AHEAD_S
        self._pace = Pace(AHEAD_S)
        self._stopped: deque[str] = deque(maxlen=STOPPED_REMEMBERED)
        self._playing: dict[asyncio.Event, str] = {}
        self._ended = False

    def run_ahead(self, seconds: float) -> None:
        """How far sound is sent before it is heard."""
        self._ahead_s = seconds
        self._pace = Pace(seconds)

    def is_stopped(self, turn_id: str) -> bool:
        return self._ended or turn_id in self._stopped

    async def begin(self, turn_id: str) -> None:
        if self.speaking == turn_id or self.is_stopped(turn_id):
            return
        before, self.speaking = self.speaking, turn_id
        if not before:
            await self._send(messages.tts(self._session_id, "start"))
            await self._send(messages.emotion(self._session_id, "neutral", "🙂"))

    async def sentence(self, turn_id: str, text: str) -> None:
        await self.begin(turn_id)
        if text and not self.is_stopped(turn_id):
            await self._send(messages.tts(self._session_id, "sentence_start", text))

    async def finish(self, turn_id: str) -> None:
        """All of it was played."""
        if turn_id and self.speaking == turn_id:
            self.speaking = ""
            await self._send(messages.tts(self._session_id, "stop"))

    async def rest(self) -> None:
        """Whatever the board was told it hears is over, unless it still plays."""
        if not self._playing:
            await self.finish(self.speaking)

    async def play(self, turn_id: str, audio: AsyncIterator[AudioChunk]) -> None:
        """Returns when it was played, or stopped."""
        silenced = asyncio.Event()
        self._playing[silenced] = turn_id
        if self.is_stopped(turn_id):
            silenced.set()
        try:
            await self._stream(turn_id, audio, silenced)
        finally:
            del self._playing[silenced]

    async def stop(self, turn_id: str) -> None:
        self._stopped.append(turn_id)
        for silenced, playing in self._playing.items():
            if playing == turn_id:
                silenced.set()
        self._pace = Pace(self._ahead_s)
        await self.finish(turn_id)

    def end(self) -> None:
        """The board is gone, and whatever plays returns."""
        self._ended = True
        for silenced in self._playing:
            silenced.set()

    async def _stream(self, turn_id: str, audio: AsyncIterator[AudioChunk], silenced: asyncio.Event) -> None:
        clock = self._clock
        async with aclosing(self._mouth.packets(audio)) as packets:
            async for packet in packets:
                if await self._silenced_within(silenced, self._pace.wait_s(clock.monotonic())):
                    return
                await self.begin(turn_id)
                await self._send(pack(self._version, packet, round(clock.monotonic() * 1000)))
                self._pace.sent(PACKET_S, clock.monotonic())
        await self._silenced_within(silenced, self._pace.left_s(clock.monotonic()))

    async def _silenced_within(self, silenced: asyncio.Event, seconds: float) -> bool:
        if seconds > 0 and not silenced.is_set():
            try:
                await within(self._clock, seconds, silenced.wait())
            except TimeoutError:
                return False
        return silenced.is_set()

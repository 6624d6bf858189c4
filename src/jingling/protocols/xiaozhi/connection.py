"""One connection of one board, from its hello to its end: the thin shell around session and endpoint."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from jingling.core.endpoint import EndpointInfo
from jingling.core.errors import BadInput, NotReady
from jingling.protocols.base import Host
from jingling.protocols.xiaozhi import messages
from jingling.protocols.xiaozhi.base import Wire
from jingling.protocols.xiaozhi.calls import BoardCalls
from jingling.protocols.xiaozhi.endpoint import BoardEndpoint, Line
from jingling.protocols.xiaozhi.frames import Version
from jingling.protocols.xiaozhi.limits import (
    HELLO_SECONDS,
    IDLE_SECONDS,
    MESSAGES_AT_ONCE,
    MESSAGES_PER_SECOND,
    PACKETS_AT_ONCE,
    PACKETS_PER_SECOND,
    Allowance,
    abandon,
    within,
)
from jingling.protocols.xiaozhi.session import (
    Aborted,
    BoardSession,
    Called,
    Greeted,
    Happening,
    Left,
    ListeningBegan,
    ListeningEnded,
    Pinged,
    Sound,
    Woken,
    Wrote,
)

log = logging.getLogger(__name__)

NORMAL, GARBAGE, FAILED = 1000, 1008, 1011
GRACE_SECONDS = 1.0
IDLE_CHECK_SECONDS = 10.0


@dataclass(frozen=True)
class Visit:
    """A board that was let in. `info` says who it is now; `greeted` is told of its hello and its calls."""

    device_id: str
    version: Version
    info: Callable[[], EndpointInfo]
    greeted: Callable[["Connection"], Awaitable[None]]


class Connection:
    """`run` returns when it is over and nothing of it runs any more."""

    def __init__(self, host: Host, wire: Wire, visit: Visit) -> None:
        now = host.clock.monotonic()
        strikes = host.settings.limits.garbage_frames_max
        self.device_id = visit.device_id
        self.session = BoardSession(visit.version)
        self.calls = BoardCalls(self._call, host.clock)
        self.endpoint: BoardEndpoint | None = None
        self._host = host
        self._wire = wire
        self._visit = visit
        self._strikes = Allowance(strikes, strikes / 600, now)
        self._messages = Allowance(MESSAGES_AT_ONCE, MESSAGES_PER_SECOND, now)
        self._packets = Allowance(PACKETS_AT_ONCE, PACKETS_PER_SECOND, now)
        self._leaving = asyncio.Event()
        self._over = asyncio.Event()
        self._dropped = 0

    async def run(self) -> None:
        code = FAILED
        try:
            code = await self._run()
        except NotReady as problem:
            log.error("%s cannot talk: %s", self.device_id, problem)
        finally:
            self.calls.close()
            if self.endpoint is not None:
                self.endpoint.end()
            self._over.set()
            if self._dropped:
                log.warning("%s: %d frames came too fast and were dropped", self.device_id, self._dropped)
            await self._wire.close(code, "")

    def hang_up(self) -> None:
        """The board goes to rest, and waits for its wake word."""
        self._leaving.set()

    async def leave(self) -> None:
        """Returns when it is over."""
        self.hang_up()
        await self._over.wait()

    async def _run(self) -> int:
        try:
            endpoint = await within(self._host.clock, HELLO_SECONDS, self._greeting())
        except TimeoutError:
            log.info("%s connected and said no hello", self.device_id)
            return GARBAGE
        if endpoint is None:
            return GARBAGE
        self.endpoint = endpoint
        return await self._converse(endpoint)

    async def _greeting(self) -> BoardEndpoint | None:
        """None when the board is gone, or sent nothing but garbage."""
        while (frame := await self._wire.receive()) is not None:
            try:
                if isinstance(self.session.take(frame), Greeted):
                    return await self._welcome()
            except BadInput as problem:
                if self._struck_out(problem):
                    return None
        return None

    async def _welcome(self) -> BoardEndpoint:
        host, version = self._host, self.session.version
        line = Line(
            self._wire, version, host.clock, host.settings.limits, self._visit.info, self.hang_up
        )  # fmt: skip
        endpoint = BoardEndpoint(line)
        await self._wire.send(messages.hello(endpoint.session_id, version))
        return endpoint

    async def _converse(self, endpoint: BoardEndpoint) -> int:
        """The code to close with."""
        serving = asyncio.ensure_future(_run(self._host.serve(endpoint)))
        greeting = asyncio.ensure_future(_run(self._visit.greeted(self)))
        reading = asyncio.ensure_future(self._read(endpoint))
        ways = [reading, asyncio.ensure_future(self._leave()), asyncio.ensure_future(self._watch(endpoint))]
        try:
            await asyncio.wait({serving, *ways}, return_when=asyncio.FIRST_COMPLETED)
            endpoint.end()
            await asyncio.wait({serving}, timeout=GRACE_SECONDS)
            if serving.done() and not serving.cancelled() and (error := serving.exception()) is not None:
                log.error("the conversation with %s failed: %s", self.device_id, type(error).__name__)
                return FAILED
            return reading.result() if reading.done() and not reading.exception() else NORMAL
        finally:
            await abandon(serving, greeting, *ways)

    async def _read(self, endpoint: BoardEndpoint) -> int:
        """Take what comes until the board is gone or sent too much garbage."""
        while (frame := await self._wire.receive()) is not None:
            if not self._in_time(frame):
                continue
            try:
                happening = self.session.take(frame)
                if isinstance(happening, Left):
                    break
                if happening is not None:
                    await self._take(endpoint, happening)
            except BadInput as problem:
                if self._struck_out(problem):
                    return GARBAGE
        return NORMAL

    async def _take(self, endpoint: BoardEndpoint, happening: Happening) -> None:
        match happening:
            case Sound(packet):
                endpoint.hear(packet)
            case Called(payload):
                self.calls.received(payload)
            case _:
                endpoint.active_at = self._host.clock.monotonic()
        match happening:
            case ListeningBegan(mode):
                await endpoint.begin_listening(mode)
            case ListeningEnded():
                await endpoint.end_listening()
            case Woken():
                await endpoint.woken()
            case Wrote(text):
                await endpoint.wrote(text)
            case Aborted(reason):
                await endpoint.abort(reason)
            case Pinged():
                await endpoint.send(messages.pong(round(self._host.clock.now().timestamp() * 1000)))

    async def _call(self, payload: dict[str, object]) -> None:
        if self.endpoint is not None:
            await self.endpoint.send(messages.mcp(self.endpoint.session_id, payload))

    async def _leave(self) -> int:
        await self._leaving.wait()
        return NORMAL

    async def _watch(self, endpoint: BoardEndpoint) -> int:
        """Returns when nobody has used it for long."""
        while True:
            await self._host.clock.sleep(IDLE_CHECK_SECONDS)
            if not endpoint.busy and self._host.clock.monotonic() - endpoint.active_at >= IDLE_SECONDS:
                return NORMAL

    def _in_time(self, frame: str | bytes) -> bool:
        allowance = self._packets if isinstance(frame, bytes) else self._messages
        if allowance.spend(self._host.clock.monotonic()):
            return True
        self._dropped += 1
        return False

    def _struck_out(self, problem: BadInput) -> bool:
        if self._strikes.spend(self._host.clock.monotonic()):
            log.debug("%s: %s", self.device_id, problem)
            return False
        log.warning("%s sent too much that is not understood (%s); hung up", self.device_id, problem)
        return True


async def _run(work: Awaitable[None]) -> None:
    await work

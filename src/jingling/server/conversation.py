"""One browser's connection, from hello to goodbye, over any Wire."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from jingling.core.turn import Role
from jingling.devices.model import Device
from jingling.screen.messages import DeviceNews, Hello, Language, Trouble
from jingling.server.access_log import place_of
from jingling.server.browser import BrowserEndpoint, Wire
from jingling.server.complaint import Complaint
from jingling.server.door import MINORS
from jingling.server.following import Following
from jingling.server.frames import decode, encode
from jingling.server.hub import Hub
from jingling.server.limits import TokenBucket, abandon, within
from jingling.server.sockets import Sockets

log = logging.getLogger(__name__)

HELLO_SECONDS = 10.0
GRACE_SECONDS = 1.0
RECHECK_SECONDS = 20.0
MESSAGES_AT_ONCE = 120
MESSAGES_PER_SECOND = 60.0

NORMAL = 1000
GARBAGE = 1008
FAILED = 1011
TAKEN_OVER = 4001
SIGNED_OUT = 4401


@dataclass(frozen=True)
class Visitor:
    """Who connected. `allowed` tells, now and then, whether they are still signed in; `device` is the adopted one
    whose token they brought."""

    language: Language
    role: Role
    allowed: Callable[[], Awaitable[bool]]
    device: Device | None = None


class Conversation:
    def __init__(self, hub: Hub, wire: Wire, sockets: Sockets, visitor: Visitor) -> None:
        now = hub.clock.monotonic()
        strikes = hub.settings.limits.garbage_frames_max
        self._hub = hub
        self._wire = wire
        self._sockets = sockets
        self._visitor = visitor
        self._language: Language = visitor.language
        self._strikes = TokenBucket(max(1, strikes - 1), strikes / 600, now)
        self._messages = TokenBucket(MESSAGES_AT_ONCE, MESSAGES_PER_SECOND, now)
        self._leaving = asyncio.Event()
        self._over = asyncio.Event()

    async def run(self) -> None:
        """Returns when the connection is over and nothing of it runs any more."""
        try:
            endpoint = await within(self._hub.clock, HELLO_SECONDS, self._greeting())
        except TimeoutError:
            await self._refuse(Complaint("hello_first"))
            endpoint = None
        if endpoint is None:
            return await self._wire.close(GARBAGE, "no hello")
        device_id = endpoint.info.id
        try:
            await self._sockets.take(device_id, self)
            self._hub.devices.connected(device_id)
            await self._serve(endpoint)
        finally:
            self._hub.devices.gone(device_id)
            self._sockets.free(device_id, self)
            self._over.set()

    async def leave(self) -> None:
        self._leaving.set()
        await self._over.wait()

    async def _greeting(self) -> BrowserEndpoint | None:
        """None when the peer is gone, or sent nothing but garbage."""
        while (frame := await self._wire.receive()) is not None:
            try:
                return self._welcomed(frame)
            except Complaint as complaint:
                await self._refuse(complaint)
                if self._struck_out():
                    return None
        return None

    def _welcomed(self, frame: str | bytes) -> BrowserEndpoint:
        if isinstance(frame, bytes):
            raise Complaint("hello_first")
        message = decode(frame, self._hub.settings.limits.socket_message_bytes_max)
        if not isinstance(message, Hello):
            raise Complaint("hello_first")
        return BrowserEndpoint(self._hub, self._wire, message, self._visitor.role, self._visitor.device)

    async def _serve(self, endpoint: BrowserEndpoint) -> None:
        following = Following(self._hub.clock, endpoint.info.home_id, endpoint.send, self._waiting)
        unsubscribe = following.subscribe(self._hub.bus)
        try:
            await endpoint.greet()
            if waiting := self._waiting():
                await endpoint.send(DeviceNews(waiting))
            await self._wire.close(await self._converse(endpoint, following), "")
        finally:
            unsubscribe()
            endpoint.end()
        if endpoint.dropped_chunks:
            log.info("dropped %d chunks of sound that the hub was too slow for", endpoint.dropped_chunks)

    def _waiting(self) -> tuple[str, ...]:
        """New devices, for those who may adopt them."""
        if self._visitor.role in MINORS:
            return ()
        return tuple(one.name for one in self._hub.devices.all() if not one.adopted)

    async def _converse(self, endpoint: BrowserEndpoint, following: Following) -> int:
        """The code to close with."""
        serving = asyncio.ensure_future(_run(self._hub.serve(endpoint)))
        updating = asyncio.ensure_future(following.run())
        ways = (self._read(endpoint), self._recheck(endpoint), self._leave(endpoint))
        ways_to_end = [asyncio.ensure_future(way) for way in ways]
        try:
            await asyncio.wait({serving, updating, *ways_to_end}, return_when=asyncio.FIRST_COMPLETED)
            code = _close_code(serving, *ways_to_end)
            endpoint.end()
            await asyncio.wait({serving}, timeout=GRACE_SECONDS)
            return code
        finally:
            await abandon(serving, updating, *ways_to_end)

    async def _read(self, endpoint: BrowserEndpoint) -> int:
        """Take what comes until the peer is gone or sent too much garbage."""
        while (frame := await self._wire.receive()) is not None:
            try:
                await self._take(endpoint, frame)
            except Complaint as complaint:
                await endpoint.complain(complaint)
                if complaint.code in _GARBAGE and self._struck_out():
                    await endpoint.complain(Complaint("too_much_garbage"))
                    return GARBAGE
        return NORMAL

    async def _take(self, endpoint: BrowserEndpoint, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            return endpoint.take_sound(frame)
        if self._messages.take(self._hub.clock.monotonic()) > 0:
            raise Complaint("too_fast")
        return await endpoint.take(decode(frame, self._hub.settings.limits.socket_message_bytes_max))

    async def _recheck(self, endpoint: BrowserEndpoint) -> int:
        while True:
            await self._hub.clock.sleep(RECHECK_SECONDS)
            if not await self._visitor.allowed():
                await endpoint.complain(Complaint("sign_in"))
                return SIGNED_OUT

    async def _leave(self, endpoint: BrowserEndpoint) -> int:
        await self._leaving.wait()
        await endpoint.complain(Complaint("taken_over"))
        return TAKEN_OVER

    async def _refuse(self, complaint: Complaint) -> None:
        await self._wire.send(encode(Trouble(complaint.code, complaint.text(self._language))))

    def _struck_out(self) -> bool:
        return self._strikes.take(self._hub.clock.monotonic()) > 0


_GARBAGE = frozenset({"bad_frame", "frame_too_large", "not_listening", "too_fast"})


async def _run(session: Awaitable[None]) -> None:
    await session


def _close_code(serving: asyncio.Future[None], *ways: asyncio.Future[int]) -> int:
    for way in ways:
        if way.done() and way.exception() is None:
            return way.result()
    tasks: list[asyncio.Future[Any]] = [serving, *ways]
    failed = [task for task in tasks if task.done() and task.exception() is not None]
    for error in filter(None, (task.exception() for task in failed)):
        log.error("a screen's session failed: %s", place_of(error))
    return FAILED if failed else NORMAL

"""How much and how fast: token buckets by address, size and time of a request."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Coroutine
from contextlib import suppress
from ipaddress import IPv6Address, ip_address
from typing import Any, TypeVar

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jingling.core.clock import Clock
from jingling.server.answer import complain
from jingling.server.complaint import Complaint
from jingling.settings import LimitSettings

T = TypeVar("T")
HEAD_BYTES_MAX = 16_384
AUDIO_PATHS = frozenset({"/api/hear"})
PICTURE_PATHS = frozenset({"/xiaozhi/vision/explain"})
PICTURE_BYTES_MAX = 2_100_000


class TokenBucket:
    """Holds up to `capacity` tokens and wins `per_second` back; starts full. Times in seconds."""

    def __init__(self, capacity: float, per_second: float, now: float = 0.0) -> None:
        self._capacity = capacity
        self._per_second = per_second
        self._tokens = capacity
        self._at = now

    def take(self, now: float) -> float:
        """0 when a token was there and is now taken, else the seconds until one will be."""
        self._tokens = min(self._capacity, self._tokens + max(0.0, now - self._at) * self._per_second)
        self._at = max(now, self._at)
        if self._tokens >= 1:
            self._tokens -= 1
            return 0.0
        return (1 - self._tokens) / self._per_second


class RateLimit:
    """One bucket an address; the addresses longest unseen are forgotten beyond `remembered`."""

    def __init__(self, per_minute: int, remembered: int = 4096) -> None:
        self._per_minute = per_minute
        self._remembered = remembered
        self._buckets: OrderedDict[str, TokenBucket] = OrderedDict()

    def take(self, address: str, now: float) -> float:
        """As TokenBucket.take."""
        bucket = self._buckets.get(address)
        if bucket is None:
            bucket = self._buckets[address] = TokenBucket(self._per_minute, self._per_minute / 60, now)
        self._buckets.move_to_end(address)
        if len(self._buckets) > self._remembered:
            self._buckets.popitem(last=False)
        return bucket.take(now)


def check_head(scope: Scope) -> None:
    """uvicorn bounds only a head that arrives in pieces. Raises Complaint."""
    size = len(scope.get("raw_path") or b"") + len(scope.get("query_string", b""))
    if size + sum(len(name) + len(value) for name, value in scope["headers"]) > HEAD_BYTES_MAX:
        raise Complaint("head_too_large", limit=HEAD_BYTES_MAX)


def neighbourhood(address: str) -> str:
    """The address a limit counts by: IPv4 whole, IPv6 by its /64, which one subscriber has to itself."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)


async def within(clock: Clock, seconds: float, work: Awaitable[T]) -> T:
    """The result of `work`; after `seconds` of `clock` it is cancelled. Raises TimeoutError."""
    task = asyncio.ensure_future(work)
    alarm = asyncio.ensure_future(clock.sleep(seconds))
    try:
        await asyncio.wait({task, alarm}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise TimeoutError
    finally:
        await abandon(task, alarm)


async def abandon(*tasks: asyncio.Future[Any]) -> None:
    """Cancel what still runs, and wait until it is over."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class BodyLimit:
    """Bounds a request's body in bytes (413) and in the seconds of its arrival (408)."""

    def __init__(self, app: ASGIApp, limits: LimitSettings, clock: Clock) -> None:
        self._app = app
        self._limits = limits
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        most = self._bytes_max(scope["path"])
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdecimal() or int(declared) > most:
            return await complain(Complaint("body_too_large", limit=most), scope, receive, send)
        return await self._app(scope, self._bounded(receive, most), send)

    def _bytes_max(self, path: str) -> int:
        if path in PICTURE_PATHS:
            return PICTURE_BYTES_MAX
        return self._limits.audio_file_bytes_max if path in AUDIO_PATHS else self._limits.request_bytes_max

    def _bounded(self, receive: Receive, most: int) -> Receive:
        due = self._clock.monotonic() + self._limits.body_seconds_max
        size = 0
        complete = False

        async def bounded() -> Message:
            nonlocal size, complete
            if complete:
                return await receive()
            message = await self._before(due, receive())
            size += len(message.get("body", b""))
            complete = not message.get("more_body", False)
            if size > most:
                raise Complaint("body_too_large", limit=most)
            return message

        return bounded

    async def _before(self, due: float, message: Awaitable[Message]) -> Message:
        try:
            return await within(self._clock, due - self._clock.monotonic(), message)
        except TimeoutError:
            raise Complaint("slow_body", limit=f"{self._limits.body_seconds_max:g}") from None


class TimeLimit:
    """Gives up (503) a request whose answer has not begun after `seconds`."""

    def __init__(self, app: ASGIApp, seconds: float, clock: Clock) -> None:
        self._app = app
        self._seconds = seconds
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        begun = asyncio.Event()

        async def watched(message: Message) -> None:
            begun.set()
            await send(message)

        answering = asyncio.ensure_future(_run(self._app(scope, receive, watched)))
        try:
            with suppress(TimeoutError):
                await within(self._clock, self._seconds, _first(answering, begun))
            if not begun.is_set() and not answering.done():
                await abandon(answering)
                late = Complaint("too_slow", limit=f"{self._seconds:g}")
                return await complain(late, scope, receive, send)
            return await answering
        finally:
            await abandon(answering)


async def _run(work: Awaitable[None]) -> None:
    await work


async def _first(answering: asyncio.Future[None], begun: asyncio.Event) -> None:
    beginning: Coroutine[Any, Any, Any] = begun.wait()
    waiting = asyncio.ensure_future(beginning)
    try:
        await asyncio.wait({answering, waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await abandon(waiting)

"""A connection to a Wyoming service, with limits: nothing it sends is believed to be small or to come soon.

Wire format: github.com/OHF-Voice/wyoming. The package does the framing.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct
from wyoming.client import AsyncClient
from wyoming.error import Error
from wyoming.event import Event

from jingling.core.errors import BadInput, NotReady
from jingling.core.turn import Language

SCHEME = "wyoming://"
CONNECT_S = 3.0
SEND_S = 5.0
EVENT_BYTES_MAX = 1 << 20
LINE_BYTES_MAX = 1 << 16
_WRONG = (OSError, TimeoutError, EOFError, ValueError, KeyError, TypeError, AttributeError)


class WyomingAddress(Struct, frozen=True):
    """`languages` that it knows; `voice` is a name of its own, "" whichever it takes."""

    host: str
    port: int
    languages: frozenset[Language] = frozenset({"en", "zh"})
    voice: str = ""

    @property
    def name(self) -> str:
        return f"{SCHEME}{self.host}:{self.port}"


def address(name: str) -> WyomingAddress:
    """`wyoming://host:port`, with `?languages=zh` or `?voice=NAME` when need be. Raises BadInput."""
    try:
        parts = urlsplit(name)
        port, host = parts.port, parts.hostname
    except ValueError:
        port, host = None, None
    if not name.startswith(SCHEME) or not host or not port:
        raise BadInput(f"{name!r} is no Wyoming service; write it as wyoming://HOST:PORT.")
    options = dict(parse_qsl(parts.query))
    asked = options.get("languages", "en,zh").split(",")
    languages: frozenset[Language] = frozenset(one for one in ("en", "zh") if one in asked)
    if not languages:
        raise BadInput(f"{name!r} has languages that Jingling does not speak; give languages=en, zh, or both.")
    return WyomingAddress(host, port, languages, options.get("voice", ""))


class _Limited:
    """A StreamReader's two methods that the package uses, bounded."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader

    async def readline(self) -> bytes:
        return await self._reader.readline()

    async def readexactly(self, count: int) -> bytes:
        if not 0 <= count <= EVENT_BYTES_MAX:
            raise EOFError(f"an event of {count} bytes")
        return await self._reader.readexactly(count)


class WyomingClient(AsyncClient):
    def __init__(self, where: WyomingAddress) -> None:
        super().__init__()
        self._where = where

    async def connect(self) -> None:
        async with asyncio.timeout(CONNECT_S):
            reader, self._writer = await asyncio.open_connection(
                self._where.host, self._where.port, limit=LINE_BYTES_MAX
            )
        limited: Any = _Limited(reader)
        self._reader = limited

    async def disconnect(self) -> None:
        writer, self._writer, self._reader = self._writer, None, None
        if writer is not None:
            writer.close()
            with suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    async def send(self, event: Event) -> None:
        async with asyncio.timeout(SEND_S):
            await self.write_event(event)

    async def next(self, seconds: float) -> Event:
        """Raises EOFError when it has closed, NotReady with what it complains of."""
        async with asyncio.timeout(seconds):
            event = await self.read_event()
        if event is None:
            raise EOFError("it closed the connection")
        if Error.is_type(event.type):
            raise NotReady(f"{self._where.name} says: {str(event.data.get('text', 'an error'))[:200]}.")
        return event


@asynccontextmanager
async def connected(where: WyomingAddress) -> AsyncIterator[WyomingClient]:
    """Closed afterwards, come what may. Whatever goes wrong in it is NotReady."""
    client = WyomingClient(where)
    try:
        await client.connect()
        yield client
    except _WRONG as problem:
        said = str(problem) or type(problem).__name__
        raise NotReady(f"The Wyoming service {where.name} failed ({said}); is it running?") from None
    finally:
        await client.disconnect()

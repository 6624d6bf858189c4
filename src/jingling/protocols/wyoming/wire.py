"""One connection of events."""

import asyncio
import logging

from jingling.core.errors import BadInput
from jingling.protocols.wyoming.codec import Decoder, Event, encode

log = logging.getLogger(__name__)
READ_BYTES = 65_536
SEND_SECONDS_MAX = 10.0


class Wire:
    """What is sent to a peer that is gone, or that takes nothing for ten seconds, is dropped."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._decoder = Decoder()
        self._events: list[Event] = []
        self.gone = asyncio.Event()

    async def receive(self) -> Event | None:
        """None when the peer is gone. Raises BadInput for what is no Wyoming."""
        while not self._events:
            received = await self._read()
            if not received:
                return None
            self._events = self._decoder.feed(received)[::-1]
        return self._events.pop()

    async def _read(self) -> bytes:
        try:
            return await self._reader.read(READ_BYTES)
        except OSError:
            return b""

    async def send(self, event: Event) -> None:
        if self.gone.is_set():
            return
        try:
            self._writer.write(encode(event))
            async with asyncio.timeout(SEND_SECONDS_MAX):
                await self._writer.drain()
        except (OSError, TimeoutError):
            self._end()
        except BadInput:
            log.exception("an event of type %s was not sent", event.type)

    def _end(self) -> None:
        self.gone.set()
        self._writer.transport.abort()

    async def close(self) -> None:
        self.gone.set()
        self._writer.close()
        try:
            async with asyncio.timeout(1.0):
                await self._writer.wait_closed()
        except (OSError, TimeoutError):
            self._writer.transport.abort()

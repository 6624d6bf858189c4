"""What a device brings on its way to its session."""

import asyncio
import logging
from collections.abc import AsyncIterator

from jingling.core.endpoint import Input

log = logging.getLogger(__name__)
WAITING_MAX = 32


class Inbox:
    """Never holds up whoever brings: when too much waits, the newest is dropped."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Input | None] = asyncio.Queue(WAITING_MAX + 1)
        self._closed = False

    def bring(self, given: Input) -> None:
        if self._closed or self._waiting.qsize() >= WAITING_MAX:
            return log.warning("an input was dropped: too many wait")
        return self._waiting.put_nowait(given)

    def close(self) -> None:
        """Nothing comes any more."""
        if not self._closed:
            self._closed = True
            self._waiting.put_nowait(None)

    async def inputs(self) -> AsyncIterator[Input]:
        while (given := await self._waiting.get()) is not None:
            yield given

"""A Database in memory that needs no thread, so that it goes with a virtual clock. Units run one at a time."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import Connection, Executable, create_engine
from sqlalchemy.pool import StaticPool

from jingling.core.errors import CannotWrite
from jingling.core.event import Event
from jingling.storage.base import Row
from jingling.storage.tables import metadata


class MemoryDatabase:
    """`announced` are the events of committed units. While `broken`, a unit's commit fails and keeps nothing."""

    def __init__(self) -> None:
        self._engine = create_engine("sqlite://", poolclass=StaticPool)
        metadata.create_all(self._engine)
        self._lock = asyncio.Lock()
        self.announced: list[Event] = []
        self.broken = False

    @asynccontextmanager
    async def unit(self) -> AsyncIterator["MemoryUnit"]:
        async with self._lock:
            with self._engine.begin() as connection:
                unit = MemoryUnit(connection)
                yield unit
                if self.broken:
                    raise CannotWrite("The disk is full; make room and try again.")
            self.announced += unit.events

    async def close(self) -> None:
        self._engine.dispose()


class MemoryUnit:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.events: list[Event] = []

    async def execute(self, statement: Executable) -> int:
        return self._connection.execute(statement).rowcount

    async def rows(self, statement: Executable) -> Sequence[Row]:
        found = self._connection.execute(statement).mappings()
        return [{str(name): value for name, value in row.items()} for row in found]

    def announce(self, event: Event) -> None:
        self.events.append(event)

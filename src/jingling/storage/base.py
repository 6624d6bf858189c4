"""Tables behind a unit of work: all of it is kept, or nothing, and events leave only after the commit."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from sqlalchemy import Executable

from jingling.core.event import Event

Row = Mapping[str, Any]


class UnitOfWork(Protocol):
    async def execute(self, statement: Executable) -> int:
        """Run a change; returns the number of rows it touched."""

    async def rows(self, statement: Executable) -> Sequence[Row]: ...

    def announce(self, event: Event) -> None:
        """Write `event` to the outbox with this unit's changes; it is published after the commit."""


class Database(Protocol):
    def unit(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Commits on leaving without an error, else rolls back. Raises NotReady when the disk is full."""

    async def close(self) -> None: ...

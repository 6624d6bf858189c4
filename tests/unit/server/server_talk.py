"""A browser's conversation with the hub, held on a fake wire."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from server_fakes import HELLO, FakeHub, FakeWire, settle

from jingling.core.turn import Role
from jingling.server.conversation import Conversation, Visitor
from jingling.server.sockets import Sockets


class Talk:
    """A conversation under way on a fake wire."""

    def __init__(self, hub: FakeHub, sockets: Sockets | None = None, role: Role = "owner") -> None:
        self.wire = FakeWire()
        self.allowed = True
        visitor = Visitor("en", role, self._is_allowed)
        conversation = Conversation(hub, self.wire, sockets or Sockets(8), visitor)
        self.task = asyncio.ensure_future(conversation.run())

    async def _is_allowed(self) -> bool:
        return self.allowed

    async def say(self, *frames: dict[str, Any] | str | bytes) -> None:
        for frame in frames:
            self.wire.put(frame)
        await settle()


@asynccontextmanager
async def talk(
    hub: FakeHub, sockets: Sockets | None = None, greet: bool = True, role: Role = "owner"
) -> AsyncIterator[Talk]:
    talking = Talk(hub, sockets, role)
    if greet:
        await talking.say(HELLO)
    try:
        yield talking
    finally:
        talking.wire.put(None)
        await asyncio.wait_for(talking.task, 5)

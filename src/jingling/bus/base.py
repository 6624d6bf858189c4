"""How events reach whoever listens."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from jingling.core.event import Event

E = TypeVar("E", bound=Event)
Handler = Callable[[E], Awaitable[None]]
Unsubscribe = Callable[[], None]


class Bus(Protocol):
    async def publish(self, event: Event) -> None:
        """Hand `event` to every subscriber. One that fails is logged and hinders no other."""

    def subscribe(self, kind: type[E], handler: Handler[E]) -> Unsubscribe:
        """Call `handler` for each event of `kind` or a subclass of it, in the order of publishing."""

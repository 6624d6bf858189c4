"""The bus inside one process: a bounded queue for each subscriber."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from jingling.bus.base import E, Handler, Unsubscribe
from jingling.core.errors import NotReady
from jingling.core.event import Event

log = logging.getLogger(__name__)

QUEUE_EVENTS_MAX = 1_000
STALL_S = 5.0
"""How long publishing waits for a subscriber whose queue is full before it drops the event for that one."""


class LocalBus:
    """Implements `Bus`. Subscribers run apart: a slow or failing one holds up no other."""

    def __init__(self, queue_events_max: int = QUEUE_EVENTS_MAX, stall_s: float = STALL_S) -> None:
        self._queue_events_max = queue_events_max
        self._stall_s = stall_s
        self._subscribers: list[_Subscriber] = []
        self._closed = False

    async def publish(self, event: Event) -> None:
        """Returns when the event is queued for every subscriber. Raises NotReady after `close`."""
        if self._closed:
            raise NotReady("The bus is closed: this program is stopping.")
        full = [one for one in self._subscribers if isinstance(event, one.kind) and not one.offer(event)]
        if full:
            await asyncio.gather(*(one.offer_for(event, self._stall_s) for one in full))

    def subscribe(self, kind: type[E], handler: Handler[E]) -> Unsubscribe:
        subscriber = _Subscriber(kind, handler, self._queue_events_max)
        self._subscribers.append(subscriber)

        def unsubscribe() -> None:
            if subscriber in self._subscribers:
                self._subscribers.remove(subscriber)
            subscriber.forget()

        return unsubscribe

    async def settle(self) -> None:
        """Returns when everything published has been handled, and all that the handlers published too."""
        while running := [one.worker for one in self._subscribers if one.worker is not None]:
            await asyncio.wait(running)

    async def close(self, grace_s: float = 2.0) -> None:
        """Let the handlers finish what is queued, at most `grace_s`, then end them."""
        self._closed = True
        workers = [one.worker for one in self._subscribers if one.worker is not None]
        self._subscribers.clear()
        if workers:
            _, late = await asyncio.wait(workers, timeout=grace_s)
            for worker in late:
                worker.cancel()
            await asyncio.gather(*late, return_exceptions=True)


class _Subscriber:
    """A handler and what waits for it. Its worker lives only while something waits."""

    def __init__(self, kind: type[Event], handler: Callable[[Any], Awaitable[None]], events_max: int) -> None:
        self.kind = kind
        self.worker: asyncio.Task[None] | None = None
        self._handler = handler
        self._queue: asyncio.Queue[Event] = asyncio.Queue(events_max)

    def offer(self, event: Event) -> bool:
        """False when the queue is full."""
        if self._queue.full():
            return False
        self._queue.put_nowait(event)
        self._work()
        return True

    async def offer_for(self, event: Event, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._queue.put(event), seconds)
        except TimeoutError:
            log.error("event %s dropped for a subscriber that is %d behind", event.id, self._queue.qsize())
        self._work()

    def forget(self) -> None:
        """Drop what still waits."""
        while not self._queue.empty():
            self._queue.get_nowait()

    def _work(self) -> None:
        if self.worker is None and not self._queue.empty():
            self.worker = asyncio.create_task(self._drain(), name=f"bus {self.kind.__name__}")

    async def _drain(self) -> None:
        try:
            while not self._queue.empty():
                await self._handle(self._queue.get_nowait())
        finally:
            self.worker = None

    async def _handle(self, event: Event) -> None:
        try:
            await self._handler(event)
        except Exception:
            log.exception("a subscriber failed on event %s (%s)", event.id, type(event).__name__)

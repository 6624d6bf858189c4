"""How much and how fast a board may send, and how long it is waited for."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from jingling.core.clock import Clock

T = TypeVar("T")
HELLO_SECONDS = 10.0
IDLE_SECONDS = 120.0
MESSAGES_AT_ONCE, MESSAGES_PER_SECOND = 60, 30.0
PACKETS_AT_ONCE, PACKETS_PER_SECOND = 400, 150.0
"""A board sends up to 50 packets a second, and some seconds of them at once after its network stalled."""


class Allowance:
    """`at_once` of something, won back at `per_second`. Times in monotonic seconds. Pure."""

    def __init__(self, at_once: float, per_second: float, now: float) -> None:
        self._most = self._left = float(at_once)
        self._per_second = per_second
        self._at = now

    def spend(self, now: float) -> bool:
        """False when it is used up."""
        self._left = min(self._most, self._left + max(0.0, now - self._at) * self._per_second)
        self._at = max(now, self._at)
        if self._left < 1:
            return False
        self._left -= 1
        return True


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

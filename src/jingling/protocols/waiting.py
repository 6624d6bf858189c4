"""Waiting that ends, by the hub's clock."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from jingling.core.clock import Clock


async def set_within(clock: Clock, seconds: float, event: asyncio.Event) -> bool:
    """Whether `event` is set by then."""
    if seconds > 0 and not event.is_set():
        await _first(clock.sleep(seconds), event.wait())
    return event.is_set()


async def ended(*works: Awaitable[Any]) -> None:
    """Run `works` beside each other until one is over; the others are cancelled. Raises what that one raised."""
    for task in await _first(*works):
        task.result()


async def cancelled(*tasks: "asyncio.Future[Any] | None") -> None:
    """Nothing of `tasks` runs any more."""
    running = [task for task in tasks if task is not None]
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def _first(*works: Awaitable[Any]) -> "set[asyncio.Future[Any]]":
    tasks: list[asyncio.Future[Any]] = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await cancelled(*tasks)
    return done

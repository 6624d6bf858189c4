"""Time as a thing that is passed in, so that a test can hold it."""

import asyncio
import heapq
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The moment, always with a time zone (the home's own)."""

    def monotonic(self) -> float:
        """Seconds that never run backwards."""

    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """`zone` is the home's; without it the machine's offset of the moment, which knows no summer time to come."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone

    def now(self) -> datetime:
        return datetime.now(self._zone) if self._zone else datetime.now().astimezone()

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class VirtualClock:
    """Stands still until `advance`; sleepers wake in order of their due time."""

    def __init__(self, start: datetime = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)) -> None:
        self._now = start
        self._elapsed = 0.0
        self._order = 0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._elapsed

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            return await asyncio.sleep(0)
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._order += 1
        heapq.heappush(self._sleepers, (self._elapsed + seconds, self._order, woken))
        return await woken

    async def advance(self, seconds: float, settle_rounds: int = 40) -> None:
        """Let `seconds` pass; each woken task runs before the next one is woken."""
        end = self._elapsed + seconds
        await self._settle(settle_rounds)
        while self._sleepers and self._sleepers[0][0] <= end:
            due, _, woken = heapq.heappop(self._sleepers)
            self._move_to(due)
            if not woken.done():
                woken.set_result(None)
            await self._settle(settle_rounds)
        self._move_to(end)

    def _move_to(self, elapsed: float) -> None:
        passed = timedelta(seconds=elapsed - self._elapsed)
        self._now = (self._now.astimezone(UTC) + passed).astimezone(self._now.tzinfo)
        self._elapsed = elapsed

    @staticmethod
    async def _settle(rounds: int) -> None:
        for _ in range(rounds):
            await asyncio.sleep(0)

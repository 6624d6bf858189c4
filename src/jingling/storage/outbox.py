"""Events wait in a table, written with the change they tell of, until they are published."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

import msgspec
from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, delete, func, insert, select, update
from sqlalchemy.sql.dml import Insert

from jingling.core.clock import Clock
from jingling.core.errors import JinglingError
from jingling.core.event import Event
from jingling.storage.base import Row, UnitOfWork
from jingling.storage.tables import Moment, metadata

log = logging.getLogger(__name__)

BATCH_EVENTS = 200
SENT_KEPT_EVENTS = 10_000
RETRY_S = 1.0

outbox = Table(
    "outbox",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("home_id", String(64), nullable=False),
    Column("kind", String(128), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("problem", Text),
    sqlite_autoincrement=True,
)
_unsent = outbox.c.sent_at.is_(None)
Index("ix_outbox_unsent", outbox.c.seq, sqlite_where=_unsent)


class Publisher(Protocol):
    """A bus, as far as the outbox needs it."""

    async def publish(self, event: Event) -> None: ...


Units = Callable[[], AbstractAsyncContextManager[UnitOfWork]]


def kind_of(event: Event | type[Event]) -> str:
    return str(event.__struct_config__.tag)


def written(events: Sequence[Event], clock: Clock) -> Insert:
    """The change that puts `events` into the outbox, in their order."""
    now = clock.now()
    return insert(outbox).values(
        [
            {
                "home_id": event.home_id,
                "kind": kind_of(event),
                "body": msgspec.json.encode(event).decode(),
                "created_at": now,
            }
            for event in events
        ]
    )


class Relay:
    """Publishes what units committed, in order and at least once, and marks it sent.

    An event whose kind is not among `event_types`, or that no longer decodes, is kept and logged.
    """

    def __init__(self, units: Units, bus: Publisher, clock: Clock, event_types: Iterable[type[Event]]) -> None:
        self._units = units
        self._bus = bus
        self._clock = clock
        self._decoders = {kind_of(one): msgspec.json.Decoder(one) for one in event_types}
        self._published: set[int] = set()
        self._marked = 0
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def knows(self, event: Event) -> bool:
        return kind_of(event) in self._decoders

    async def start(self) -> None:
        """Begin with what a former run left, then follow."""
        if self._task is not None:
            return
        await self._report_unknown()
        self._wake.set()
        self._task = asyncio.create_task(self._run(), name="outbox relay")

    def wake(self) -> None:
        """Something was committed."""
        self._idle.clear()
        self._wake.set()

    async def settle(self) -> None:
        """Returns when all that is committed has been published (or the relay is not running)."""
        if self._task is not None and not self._task.done():
            await self._idle.wait()

    async def close(self, grace_s: float = 2.0) -> None:
        """Publish what is still waiting, at most for `grace_s`; the rest is published at the next start."""
        if self._task is None:
            return
        try:
            await asyncio.wait_for(self.settle(), grace_s)
        except TimeoutError:
            log.warning("some events stay in the outbox until the next start")
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                while await self._pass_on():
                    pass
            except JinglingError as problem:
                await self._pause(f"the outbox waits: {problem}")
            except Exception:
                log.exception("the outbox relay failed")
                await self._pause("the outbox waits after a failure")
            if not self._wake.is_set():
                self._idle.set()

    async def _pause(self, reason: str) -> None:
        log.warning(reason)
        self._wake.set()
        await self._clock.sleep(RETRY_S)

    async def _pass_on(self) -> int:
        """Publish one batch and mark it; returns its size."""
        async with self._units() as unit:
            rows = await unit.rows(
                select(outbox.c.seq, outbox.c.kind, outbox.c.body)
                .where(_unsent, outbox.c.problem.is_(None), outbox.c.kind.in_(self._decoders))
                .order_by(outbox.c.seq)
                .limit(BATCH_EVENTS)
            )
        broken: dict[int, str] = {}
        for row in rows:
            if row["seq"] not in self._published:
                await self._publish(row, broken)
        if rows:
            await self._mark(self._published - broken.keys(), broken)
        return len(rows)

    async def _publish(self, row: Row, broken: dict[int, str]) -> None:
        try:
            event = self._decoders[row["kind"]].decode(row["body"])
        except msgspec.MsgspecError as problem:
            log.error("outbox row %d (%s) is kept unsent: %s", row["seq"], row["kind"], problem)
            broken[row["seq"]] = str(problem)
        else:
            await self._bus.publish(event)
            self._published.add(row["seq"])

    async def _mark(self, sent: set[int], broken: dict[int, str]) -> None:
        async with self._units() as unit:
            if sent:
                await unit.execute(update(outbox).where(outbox.c.seq.in_(sent)).values(sent_at=self._clock.now()))
            for seq, problem in broken.items():
                await unit.execute(update(outbox).where(outbox.c.seq == seq).values(problem=problem))
            await self._prune(unit, sent)
        self._published -= sent

    async def _prune(self, unit: UnitOfWork, sent: set[int]) -> None:
        """Every now and then forget what was sent long ago."""
        self._marked += len(sent)
        if self._marked >= SENT_KEPT_EVENTS // 10:
            self._marked = 0
            oldest = max(sent) - SENT_KEPT_EVENTS
            await unit.execute(delete(outbox).where(outbox.c.sent_at.is_not(None), outbox.c.seq <= oldest))

    async def _report_unknown(self) -> None:
        async with self._units() as unit:
            rows = await unit.rows(
                select(outbox.c.kind, func.count().label("events"))
                .where(_unsent, outbox.c.kind.not_in(self._decoders))
                .group_by(outbox.c.kind)
            )
        for row in rows:
            log.warning("%d events of the unknown kind %s stay in the outbox", row["events"], row["kind"])

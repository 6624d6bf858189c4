"""The tables on SQLite, or on PostgreSQL when its URL is given."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sqlalchemy import URL, Executable, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from jingling.core.clock import Clock
from jingling.core.errors import BadInput, NotReady
from jingling.core.event import Event
from jingling.storage.base import Row
from jingling.storage.outbox import Publisher, Relay, kind_of, written
from jingling.storage.problems import explained
from jingling.storage.schema import migrate

T = TypeVar("T")

BUSY_MS = 5_000
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


async def open_database(
    url_or_path: str | Path, bus: Publisher, clock: Clock, event_types: Iterable[type[Event]] = ()
) -> "SqlDatabase":
    """Open or make the database and bring its tables up to date.

    `url_or_path` is a file, ":memory:", or an SQLAlchemy URL. Events are published only from
    `SqlDatabase.resume` on; `event_types` are all that units may announce. Raises NotReady and BadInput.
    """
    url = _url(url_or_path)
    place = url.database or "memory" if _is_sqlite(url) else url.render_as_string(hide_password=True)
    if _is_sqlite(url) and url.database not in (None, "", ":memory:") and "uri" not in url.query:
        _make_folder(Path(str(url.database)).parent)
    try:
        engine = _engine(url)
    except ModuleNotFoundError as missing:
        raise NotReady(
            f"The database driver {missing.name} is not installed: pip install 'jingling[postgres]'."
        ) from None
    database = SqlDatabase(engine, bus, clock, event_types, place)
    try:
        await database._migrate()
    except BaseException:
        await database.close()
        raise
    return database


class SqlDatabase:
    """Implements `Database`. On SQLite one connection, in a thread of its own, serves one unit after the other."""

    def __init__(
        self, engine: AsyncEngine, bus: Publisher, clock: Clock, event_types: Iterable[type[Event]], place: str
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._place = place
        self._relay = Relay(self.unit, bus, clock, event_types)
        self._one_at_a_time = _Queue() if engine.dialect.name == "sqlite" else None

    @asynccontextmanager
    async def unit(self) -> AsyncIterator["SqlUnit"]:
        """Units do not nest: inside one, pass it on."""
        async with self._one_at_a_time or nullcontext(), self._engine.connect() as connection:
            unit = SqlUnit(connection, self._relay, self._place)
            try:
                yield unit
                await unit.commit(self._clock)
            except BaseException:
                await _unbroken(connection.rollback())
                raise
        if unit.announced:
            self._relay.wake()

    async def resume(self) -> None:
        """Publish what a former run left, then each unit's events; call it when all have subscribed."""
        await self._relay.start()

    async def settle(self) -> None:
        """Returns when every committed event has been handed to the bus."""
        await self._relay.settle()

    async def close(self) -> None:
        await self._relay.close()
        await _unbroken(self._engine.dispose())

    async def _migrate(self) -> None:
        with explained(self._place):
            async with self._engine.connect() as connection:
                await connection.run_sync(migrate, self._place)
                await connection.commit()


class SqlUnit:
    """Implements `UnitOfWork`."""

    def __init__(self, connection: AsyncConnection, relay: Relay, place: str) -> None:
        self.announced: list[Event] = []
        self._connection = connection
        self._relay = relay
        self._place = place

    async def execute(self, statement: Executable) -> int:
        with explained(self._place):
            result = await _unbroken(self._connection.execute(statement))
        return int(result.rowcount)

    async def rows(self, statement: Executable) -> Sequence[Row]:
        with explained(self._place):
            result = await _unbroken(self._connection.execute(statement))
        return [{str(name): value for name, value in row.items()} for row in result.mappings()]

    def announce(self, event: Event) -> None:
        if not self._relay.knows(event):
            raise ValueError(f"{kind_of(event)} is not among the event types that the database was opened with")
        self.announced.append(event)

    async def commit(self, clock: Clock) -> None:
        with explained(self._place):
            if self.announced:
                await _unbroken(self._connection.execute(written(self.announced, clock)))
            await _unbroken(self._connection.commit())


class _Queue(AbstractAsyncContextManager[None]):
    """A lock that tells a task apart that would wait for itself."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None

    async def __aenter__(self) -> None:
        if self._holder is asyncio.current_task():
            raise RuntimeError("a unit of work is already open in this task: pass it on instead of opening another")
        await self._lock.acquire()
        self._holder = asyncio.current_task()

    async def __aexit__(self, *_: object) -> None:
        self._holder = None
        self._lock.release()


async def _unbroken(work: Coroutine[Any, Any, T]) -> T:
    """Finish `work` even when the caller is cancelled meanwhile, which otherwise would cost the connection."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            try:
                await asyncio.wait([task])
            except asyncio.CancelledError:
                continue
        if not task.cancelled():
            task.exception()
        raise


def _url(url_or_path: str | Path) -> URL:
    text = str(url_or_path)
    if "://" not in text:
        return URL.create("sqlite+aiosqlite", database=text)
    try:
        url = make_url(text)
    except ArgumentError:
        raise BadInput(
            "The database URL cannot be read. Write it as postgresql://user:password@host/name."
        ) from None
    return url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))


def _is_sqlite(url: URL) -> bool:
    return url.drivername.startswith("sqlite")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise NotReady(
            f"The folder {folder} cannot be made ({problem.strerror}). Choose another with --data-dir."
        ) from None


def _engine(url: URL) -> AsyncEngine:
    as_json = {
        "json_serializer": lambda value: msgspec.json.encode(value).decode(),
        "json_deserializer": msgspec.json.decode,
    }
    if not _is_sqlite(url):
        return create_async_engine(url, pool_pre_ping=True, hide_parameters=True, **as_json)
    engine = create_async_engine(
        url,
        poolclass=StaticPool,
        pool_reset_on_return=None,
        connect_args={"isolation_level": "IMMEDIATE"},
        hide_parameters=True,
        **as_json,
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()

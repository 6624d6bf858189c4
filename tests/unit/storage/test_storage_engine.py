import asyncio
import importlib
import pkgutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, insert, select, text

import jingling
from jingling.assistant.store import commands
from jingling.bus.local import LocalBus
from jingling.core.clock import VirtualClock
from jingling.core.errors import BadInput, NotReady
from jingling.core.event import Event
from jingling.storage.engine import SqlDatabase, open_database
from jingling.storage.outbox import outbox
from jingling.storage.schema import MIGRATIONS, migrate, revisions
from jingling.storage.tables import metadata

AT = datetime(2026, 11, 22, tzinfo=UTC)


class Grew(Event, frozen=True, kw_only=True, tag="test.Grew"):
    pass


def row(body: str = "{}") -> dict[str, object]:
    return {"home_id": "home", "kind": "test.Grew", "body": body, "created_at": AT}


async def opened(place: str | Path) -> SqlDatabase:
    return await open_database(place, LocalBus(), VirtualClock(), [Grew])


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqlDatabase]:
    database = await opened(tmp_path / "jingling.db")
    yield database
    await database.close()


async def test_a_full_disk_is_told_and_the_database_lives_on(database: SqlDatabase) -> None:
    async with database.unit() as unit:
        await unit.execute(text("PRAGMA max_page_count = 40"))
    with pytest.raises(NotReady, match=r"is full\. Free some space; nothing was changed"):
        async with database.unit() as unit:
            for _ in range(100):
                await unit.execute(insert(outbox).values(row("x" * 10_000)))
    async with database.unit() as unit:
        assert await unit.rows(select(outbox)) == []
        await unit.execute(text("PRAGMA max_page_count = 4000"))
        await unit.execute(insert(outbox).values(row("x" * 10_000)))


async def test_events_that_cannot_be_marked_are_marked_later_and_not_published_again(tmp_path: Path) -> None:
    clock, bus, heard, first = VirtualClock(), LocalBus(), [], asyncio.Event()

    async def hear(event: Grew) -> None:
        heard.append(event.id)
        first.set()

    bus.subscribe(Grew, hear)
    database = await open_database(tmp_path / "jingling.db", bus, clock, [Grew])
    async with database.unit() as unit:
        unit.announce(Grew(id="g", at=AT, home_id="home"))
    await write_protect(database, "ON")
    await database.resume()
    await first.wait()
    for _ in range(5):
        assert await unsent(database) == 1
        await clock.advance(1)
    await write_protect(database, "OFF")
    while await unsent(database):
        await clock.advance(1)
    await database.close()
    await bus.close()
    assert heard == ["g"]


async def write_protect(database: SqlDatabase, state: str) -> None:
    async with database.unit() as unit:
        await unit.execute(text(f"PRAGMA query_only = {state}"))


async def unsent(database: SqlDatabase) -> int:
    async with database.unit() as unit:
        return len(await unit.rows(select(outbox.c.seq).where(outbox.c.sent_at.is_(None))))


async def test_a_file_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "jingling.db"
    await (await opened(path)).close()
    database = await opened(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(NotReady, match="may not be written"):
        async with database.unit() as unit:
            await unit.execute(insert(outbox).values(row()))
    await database.close()


async def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "jingling.db"
    path.write_text("shopping list\n" * 1000)
    with pytest.raises(BadInput, match=r"is not a database\. Put a backup"):
        await opened(path)
    assert path.read_text() == "shopping list\n" * 1000


async def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "jingling.db"
    database = await opened(path)
    async with database.unit() as unit:
        await unit.execute(insert(outbox).values([row("x" * 3_000) for _ in range(100)]))
    await database.close()
    content = bytearray(path.read_bytes())
    content[4096 * 4 :] = b"\xff" * (len(content) - 4096 * 4)
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"is damaged\. Put a backup"):
        damaged = await opened(path)
        try:
            async with damaged.unit() as unit:
                await unit.rows(select(outbox))
        finally:
            await damaged.close()


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotReady, match="cannot be made"):
        await opened(tmp_path / "file" / "jingling.db")


async def test_a_url_that_cannot_be_read_is_told_without_its_secret() -> None:
    with pytest.raises(BadInput, match="cannot be read") as told:
        await opened("post gres://user:secret@/")
    assert "secret" not in str(told.value)


async def test_a_database_of_a_newer_program_is_refused_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "jingling.db"
    database = await opened(path)
    async with database.unit() as unit:
        await unit.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    with pytest.raises(BadInput, match="newer Jingling"):
        await opened(path)


async def test_a_unit_inside_a_unit_is_refused_instead_of_waiting_for_itself(database: SqlDatabase) -> None:
    async with database.unit():
        with pytest.raises(RuntimeError, match="already open"):
            async with database.unit():
                pass


async def test_closing_publishes_what_is_committed(tmp_path: Path) -> None:
    bus, heard = LocalBus(), []

    async def hear(event: Grew) -> None:
        heard.append(event.id)

    bus.subscribe(Grew, hear)
    database = await open_database(tmp_path / "jingling.db", bus, VirtualClock(), [Grew])
    await database.resume()
    async with database.unit() as unit:
        unit.announce(Grew(id="last", at=AT, home_id="home"))
    await database.close()
    await bus.close()
    assert heard == ["last"]


@pytest.fixture
def engine() -> Engine:
    return create_engine("sqlite://", connect_args={"isolation_level": "IMMEDIATE"})


def test_the_migrations_make_the_tables_that_the_stores_declare(engine: Engine) -> None:
    for module in pkgutil.walk_packages(jingling.__path__, "jingling."):
        if module.name.endswith(".store"):
            importlib.import_module(module.name)
    assert commands.metadata is metadata
    with engine.connect() as connection:
        migrate(connection, "memory")
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    with engine.connect() as connection:
        migrate(connection, "memory")
        connection.commit()
        before = schema(connection)
        connection.rollback()
        migrate(connection, "memory")
        assert schema(connection) == before


def test_a_migration_that_is_cut_short_leaves_nothing(engine: Engine) -> None:
    with engine.connect() as connection:
        migrate(connection, "memory")
        connection.rollback()
        assert schema(connection) == []


def schema(connection: Connection) -> list[str]:
    return sorted(connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")).scalars())


def test_each_migration_is_named_like_its_file_and_the_last_file_is_the_head() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert sorted(one.revision for one in script.walk_revisions()) == revisions()
    assert script.get_current_head() == revisions()[-1]

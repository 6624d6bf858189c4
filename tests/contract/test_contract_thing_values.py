"""What was asked of things is kept, on every database engine."""

import os
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.ext.asyncio import create_async_engine

from jingling.bus.local import LocalBus
from jingling.core.clock import VirtualClock
from jingling.home.store import TableValueStore, thing_values
from jingling.storage.engine import open_database

ENGINES = {"sqlite": lambda folder: folder / "jingling.db"}
if "JINGLING_TEST_POSTGRES" in os.environ:
    ENGINES["postgresql"] = lambda folder: os.environ["JINGLING_TEST_POSTGRES"]

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(params=ENGINES)
def place(request, tmp_path):
    return ENGINES[request.param](tmp_path)


@pytest.fixture
async def opened(place):
    databases = []

    async def again():
        for database in databases:
            await database.close()
        databases.append(await open_database(place, LocalBus(), VirtualClock()))
        return databases[-1]

    yield again
    for database in databases[-1:]:
        await database.close()


async def test_values_of_every_kind_survive_a_restart(opened):
    home_id = uuid4().hex
    values = {"power": True, "brightness": 40, "target_temperature": 21.5, "color": "#ff0000", "name": "灯"}
    await TableValueStore(await opened()).save(home_id, "lamp", values, AT)
    assert await TableValueStore(await opened()).load(home_id) == {"lamp": values}


async def test_the_latest_goes_and_the_rest_stays(opened):
    home_id = uuid4().hex
    database = await opened()
    store = TableValueStore(database)
    await store.save(home_id, "lamp", {"power": True, "brightness": 40}, AT)
    await store.save(home_id, "lamp", {"power": False}, AT + timedelta(hours=1))
    await store.save(home_id, "lamp", {}, AT)
    assert await store.load(home_id) == {"lamp": {"power": False, "brightness": 40}}
    async with database.unit() as unit:
        rows = await unit.rows(select(thing_values).where(thing_values.c.home_id == home_id))
    assert {row["property"]: row["at"] for row in rows} == {"power": AT + timedelta(hours=1), "brightness": AT}


async def test_homes_are_kept_apart(opened):
    ours, theirs = uuid4().hex, uuid4().hex
    store = TableValueStore(await opened())
    await store.save(ours, "lamp", {"power": True}, AT)
    await store.save(theirs, "lamp", {"power": False}, AT)
    assert await store.load(ours) == {"lamp": {"power": True}}
    assert await store.load(uuid4().hex) == {}


async def test_the_migration_makes_the_table_that_the_store_uses(tmp_path):
    database = await open_database(tmp_path / "jingling.db", LocalBus(), VirtualClock())
    await database.close()
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'jingling.db'}")
    async with engine.connect() as connection:
        columns = await connection.run_sync(lambda sync: inspect(sync).get_columns("thing_values"))
        key = await connection.run_sync(lambda sync: inspect(sync).get_pk_constraint("thing_values"))
    await engine.dispose()
    assert {column["name"]: column["nullable"] for column in columns} == {
        column.name: column.nullable for column in thing_values.columns
    }
    assert key["constrained_columns"] == [column.name for column in thing_values.primary_key]

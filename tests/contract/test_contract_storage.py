"""What every database engine promises. Another engine is another entry in ENGINES."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from jingling.assistant.store import CommandRecord, begin, commands, find, finish, unfinished
from jingling.bus.local import LocalBus
from jingling.core.clock import VirtualClock
from jingling.core.command import Command, Outcome, Risk
from jingling.core.errors import BadInput
from jingling.core.event import Event
from jingling.storage.engine import SqlDatabase, open_database
from jingling.storage.outbox import outbox

ENGINES: dict[str, Callable[[Path], str | Path]] = {
    "sqlite-file": lambda folder: folder / "deep" / "er" / "jingling.db",
    "sqlite-memory": lambda folder: ":memory:",
}
if "TEST_POSTGRES_URL" in os.environ:
    ENGINES["postgresql"] = lambda folder: os.environ["TEST_POSTGRES_URL"]

AT = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=8)))


class Boiled(Event, frozen=True, kw_only=True, tag="test.Boiled"):
    cups: int


class Spilled(Event, frozen=True, kw_only=True, tag="test.Spilled"):
    pass


class Boil(Command, frozen=True, kw_only=True, tag="test.boil"):
    cups: int = 1


def boiled(cups: int) -> Boiled:
    return Boiled(id=f"boiled-{cups}", at=AT, home_id="home", cups=cups)


def record(key: str = "k1", cups: int = 1, home_id: str = "home", at: datetime = AT) -> CommandRecord:
    command = Boil(key=key, cups=cups, risk=Risk.CONFIRM)
    return CommandRecord.of(command, home_id=home_id, turn_id="t1", device_id="d1", user_id=None, at=at)


class Kitchen:
    """A database with one subscriber that keeps what it hears."""

    def __init__(self, database: SqlDatabase, bus: LocalBus) -> None:
        self.database = database
        self.bus = bus
        self.cups: list[int] = []
        bus.subscribe(Boiled, self._heard)

    async def _heard(self, event: Boiled) -> None:
        self.cups.append(event.cups)

    async def settle(self) -> None:
        await self.database.settle()
        await self.bus.settle()

    async def count(self, *conditions: object) -> int:
        async with self.database.unit() as unit:
            rows = await unit.rows(select(func.count().label("n")).select_from(outbox).where(*conditions))  # type: ignore[arg-type]
        return int(rows[0]["n"])


@pytest.fixture(params=ENGINES)
async def kitchen(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Kitchen]:
    bus = LocalBus()
    database = await open_database(ENGINES[request.param](tmp_path), bus, VirtualClock(), [Boiled])
    async with database.unit() as unit:
        await unit.execute(delete(outbox))
        await unit.execute(delete(commands))
    yield Kitchen(database, bus)
    await database.close()
    await bus.close()


async def test_a_unit_is_kept_whole(kitchen: Kitchen) -> None:
    async with kitchen.database.unit() as unit:
        assert await begin(unit, record("a")) is None
        assert await begin(unit, record("b")) is None
    async with kitchen.database.unit() as unit:
        assert await unit.execute(update(commands).values(device_id="d2")) == 2


async def test_a_failing_unit_leaves_nothing_and_announces_nothing(kitchen: Kitchen) -> None:
    await kitchen.database.resume()
    with pytest.raises(ZeroDivisionError):
        async with kitchen.database.unit() as unit:
            await begin(unit, record("a"))
            unit.announce(boiled(1))
            raise ZeroDivisionError
    await kitchen.settle()
    async with kitchen.database.unit() as unit:
        assert await find(unit, "a") is None
    assert await kitchen.count() == 0
    assert kitchen.cups == []


async def test_events_come_after_the_commit_and_in_order(kitchen: Kitchen) -> None:
    await kitchen.database.resume()
    for first in range(0, 60, 3):
        async with kitchen.database.unit() as unit:
            for cups in range(first, first + 3):
                unit.announce(boiled(cups))
            assert first not in kitchen.cups
    await kitchen.settle()
    assert kitchen.cups == list(range(60))
    assert await kitchen.count(outbox.c.sent_at.is_(None)) == 0


async def test_what_was_left_is_published_at_resume_before_what_is_new(kitchen: Kitchen) -> None:
    for cups in (1, 2):
        async with kitchen.database.unit() as unit:
            unit.announce(boiled(cups))
    await kitchen.settle()
    assert kitchen.cups == []
    await kitchen.database.resume()
    async with kitchen.database.unit() as unit:
        unit.announce(boiled(3))
    await kitchen.settle()
    assert kitchen.cups == [1, 2, 3]
    await kitchen.database.resume()
    await kitchen.settle()
    assert kitchen.cups == [1, 2, 3]


async def test_unknown_and_undecodable_events_are_kept_logged_and_hold_up_nothing(
    kitchen: Kitchen, caplog: pytest.LogCaptureFixture
) -> None:
    strange = [
        {"home_id": "home", "kind": "test.Vanished", "body": "{}", "created_at": AT},
        {"home_id": "home", "kind": "test.Boiled", "body": '{"cups":"many"}', "created_at": AT},
    ]
    async with kitchen.database.unit() as unit:
        await unit.execute(insert(outbox).values(strange))
        unit.announce(boiled(5))
    await kitchen.database.resume()
    await kitchen.settle()
    assert kitchen.cups == [5]
    assert await kitchen.count(outbox.c.sent_at.is_(None)) == 2
    assert "1 events of the unknown kind test.Vanished stay in the outbox" in caplog.text
    assert "(test.Boiled) is kept unsent" in caplog.text


async def test_announcing_an_event_that_could_not_be_read_back_is_refused_at_once(kitchen: Kitchen) -> None:
    with pytest.raises(ValueError, match=r"test\.Spilled"):
        async with kitchen.database.unit() as unit:
            unit.announce(Spilled(id="s", at=AT, home_id="home"))


async def test_a_subscriber_may_open_a_unit_and_announce(kitchen: Kitchen) -> None:
    async def once_more(event: Boiled) -> None:
        if event.cups < 3:
            async with kitchen.database.unit() as unit:
                unit.announce(boiled(event.cups + 1))

    kitchen.bus.subscribe(Boiled, once_more)
    await kitchen.database.resume()
    async with kitchen.database.unit() as unit:
        unit.announce(boiled(1))
    for _ in range(3):
        await kitchen.settle()
    assert kitchen.cups == [1, 2, 3]


async def test_concurrent_units_do_not_mix(kitchen: Kitchen) -> None:
    async def one(number: int) -> None:
        async with kitchen.database.unit() as unit:
            await begin(unit, record(f"k{number}"))
            await asyncio.sleep(0)
            if number % 2:
                raise RuntimeError("given up")

    await asyncio.gather(*(one(number) for number in range(20)), return_exceptions=True)
    async with kitchen.database.unit() as unit:
        assert len(await unfinished(unit, "home")) == 10


async def test_a_cancelled_unit_leaves_nothing_and_the_database_goes_on(kitchen: Kitchen) -> None:
    async def one(number: int) -> None:
        async with kitchen.database.unit() as unit:
            await begin(unit, record(f"a{number}"))
            await begin(unit, record(f"b{number}"))

    for rounds in range(60):
        task = asyncio.create_task(one(rounds))
        for _ in range(rounds):
            await asyncio.sleep(0.0001)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with kitchen.database.unit() as unit:
        keys = {one.key for one in await unfinished(unit, "home")}
    assert {key[1:] for key in keys if key[0] == "a"} == {key[1:] for key in keys if key[0] == "b"}
    assert await begin_alone(kitchen, record("after")) is None


async def test_moments_come_back_as_the_same_moment(kitchen: Kitchen) -> None:
    await begin_alone(kitchen, record())
    async with kitchen.database.unit() as unit:
        found = await find(unit, "k1")
    assert found is not None
    assert found.created_at == AT
    assert found.created_at.tzinfo is UTC


async def test_a_moment_without_a_zone_is_refused(kitchen: Kitchen) -> None:
    with pytest.raises(Exception, match="needs a time zone"):
        await begin_alone(kitchen, record(at=datetime(2026, 11, 22)))


async def test_the_same_key_twice_finds_the_first(kitchen: Kitchen) -> None:
    assert await begin_alone(kitchen, record()) is None
    async with kitchen.database.unit() as unit:
        assert await finish(unit, "k1", "done", Outcome.done(cup="blue"), AT + timedelta(seconds=2))
    again = await begin_alone(kitchen, record(at=AT + timedelta(hours=1)))
    assert again is not None
    assert (again.state, again.outcome, again.risk) == ("done", Outcome.done(cup="blue"), Risk.CONFIRM)
    assert again.body == {"type": "test.boil", "key": "k1", "risk": 1, "read_back": "", "cups": 1}
    assert again.created_at == AT


@pytest.mark.parametrize("other", [record(cups=2), record(home_id="neighbours")])
async def test_the_same_key_for_another_command_or_home_is_an_error(kitchen: Kitchen, other: CommandRecord) -> None:
    await begin_alone(kitchen, record())
    with pytest.raises(BadInput, match="already used"):
        await begin_alone(kitchen, other)


async def test_a_finished_command_stays_as_it_is(kitchen: Kitchen) -> None:
    await begin_alone(kitchen, record())
    async with kitchen.database.unit() as unit:
        assert await finish(unit, "k1", "refused", Outcome.failed("refused"), AT)
        assert not await finish(unit, "k1", "done", Outcome.done(), AT)
        assert not await finish(unit, "never begun", "done", Outcome.done(), AT)
        found = await find(unit, "k1")
    assert found is not None
    assert (found.state, found.outcome) == ("refused", Outcome.failed("refused"))


async def test_unfinished_lists_a_homes_pending_commands_oldest_first(kitchen: Kitchen) -> None:
    await begin_alone(kitchen, record("late", at=AT + timedelta(minutes=1)))
    await begin_alone(kitchen, record("early"))
    await begin_alone(kitchen, record("theirs", home_id="neighbours"))
    await begin_alone(kitchen, record("closed"))
    async with kitchen.database.unit() as unit:
        await finish(unit, "closed", "interrupted", Outcome.failed("interrupted"), AT)
        assert [one.key for one in await unfinished(unit, "home")] == ["early", "late"]


async def test_a_key_cannot_be_inserted_twice(kitchen: Kitchen) -> None:
    row = {"key": "k", "home_id": "h", "turn_id": "t", "device_id": "d", "name": "n", "risk": 0}
    row |= {"body": {}, "digest": "", "state": "pending", "created_at": AT}  # type: ignore[dict-item]
    with pytest.raises(IntegrityError):
        async with kitchen.database.unit() as unit:
            await unit.execute(insert(commands).values([row, row]))


async def begin_alone(kitchen: Kitchen, one: CommandRecord) -> CommandRecord | None:
    async with kitchen.database.unit() as unit:
        return await begin(unit, one)

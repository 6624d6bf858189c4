"""kill -9 in the middle of committing and publishing."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.schema import CreateTable

from jingling.bus.local import LocalBus
from jingling.core.clock import SystemClock
from jingling.core.event import Event
from jingling.storage.engine import open_database

cups = Table("cups", MetaData(), Column("number", Integer, primary_key=True))
LIVES = 4


class Filled(Event, frozen=True, kw_only=True, tag="test.Filled"):
    number: int


async def fill(path: str, first: int) -> None:
    """One life of a hub: resume, then fill cups without end; print what was published and committed."""
    bus = LocalBus()

    async def say(event: Filled) -> None:
        print(f"published {event.number}", flush=True)

    bus.subscribe(Filled, say)
    database = await open_database(path, bus, SystemClock(), [Filled])
    async with database.unit() as unit:
        await unit.execute(CreateTable(cups, if_not_exists=True))
    await database.resume()
    for number in range(first, first + 100_000):
        async with database.unit() as unit:
            await unit.execute(insert(cups).values(number=number))
            unit.announce(Filled(id=str(number), at=datetime.now(UTC), home_id="home", number=number))
        print(f"committed {number}", flush=True)


async def test_after_kills_every_committed_event_is_published_and_no_other(tmp_path: Path) -> None:
    said: list[str] = []
    for life in range(LIVES):
        said += killed_life(tmp_path, first=life * 100_000, alive_s=0.2 + 0.13 * life)
    heard = {int(line.split()[1]) for line in said if line.startswith("published")}
    stored = await last_life(tmp_path / "jingling.db", heard)
    promised = {int(line.split()[1]) for line in said if line.startswith("committed")}
    assert len(stored) > LIVES * 10
    assert promised <= stored
    assert heard == stored


def killed_life(folder: Path, first: int, alive_s: float) -> list[str]:
    place = str(folder / "jingling.db")
    code = f"import asyncio, test_storage_kill as life; asyncio.run(life.fill({place!r}, {first}))"
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    log = folder / f"said-{first}"
    with (
        log.open("wb") as out,
        subprocess.Popen([sys.executable, "-c", code], stdout=out, env=os.environ | {"PYTHONPATH": path}) as hub,
    ):
        while not log.read_bytes().count(b"\n") > 20:
            assert hub.poll() is None, "the hub ended by itself"
            time.sleep(0.01)
        time.sleep(alive_s)
        hub.send_signal(signal.SIGKILL)
    return [line for line in log.read_text().splitlines(keepends=True) if line.endswith("\n")]


async def last_life(path: Path, heard: set[int]) -> set[int]:
    """Restart once more without filling; adds what is still published to `heard`, returns the filled cups."""
    bus = LocalBus()

    async def hear(event: Filled) -> None:
        heard.add(event.number)

    bus.subscribe(Filled, hear)
    database = await open_database(path, bus, SystemClock(), [Filled])
    await database.resume()
    await bus.settle()
    async with database.unit() as unit:
        stored = {row["number"] for row in await unit.rows(select(cups))}
    await database.close()
    return stored

"""kill -9 in mid-timer: what was promised rings in the next life, once."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from jingling.bus.local import LocalBus
from jingling.core.clock import VirtualClock
from jingling.schedule.commands import StartTimer
from jingling.schedule.events import EntryChanged, EntryRang
from jingling.schedule.service import ScheduleService
from jingling.storage.engine import open_database

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PIZZA = StartTimer(key="turn:1", duration_s=600, device_id="kitchen", language="en", label="pizza")


async def first_life(path: str) -> None:
    clock = VirtualClock(START)
    database = await open_database(path, LocalBus(), clock, [EntryChanged, EntryRang])
    service = ScheduleService(database, clock, "home")
    await service.start()
    outcome = await service.execute(PIZZA)
    print(outcome.data["entry_id"], flush=True)
    await asyncio.Event().wait()


def killed(path: Path) -> str:
    """The id that the first life promised before it was killed."""
    code = f"import asyncio, test_schedule_kill as life; asyncio.run(life.first_life({str(path)!r}))"
    places = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": places}, text=True
    ) as life:
        assert life.stdout is not None
        promised = life.stdout.readline().strip()
        life.send_signal(signal.SIGKILL)
    return promised


async def test_a_timer_set_before_the_kill_rings_late_and_once(tmp_path: Path) -> None:
    path = tmp_path / "jingling.db"
    promised = killed(path)
    clock, bus = VirtualClock(START + timedelta(minutes=15)), LocalBus()
    database = await open_database(path, bus, clock, [EntryChanged, EntryRang])
    rang: list[EntryRang] = []

    async def note(event: EntryRang) -> None:
        rang.append(event)

    bus.subscribe(EntryRang, note)
    service = ScheduleService(database, clock, "home")
    await service.start()
    await database.resume()
    await service.settle()
    again = await service.execute(PIZZA)
    await database.settle()
    assert [(event.entry.id, event.entry.label, event.late_s) for event in rang] == [(promised, "pizza", 300.0)]
    assert again.data["entry_id"] == promised
    assert len(service.entries()) == 1
    await service.close()
    await database.close()

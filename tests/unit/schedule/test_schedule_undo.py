"""Each command of the schedule with what takes it back, on a running schedule."""

from collections.abc import AsyncIterator, Callable

import pytest

from fakes.memory_database import MemoryDatabase
from jingling.core.clock import VirtualClock
from jingling.core.command import Command, Outcome
from jingling.schedule.commands import (
    CancelEntry,
    DismissRinging,
    ExtendTimer,
    PauseTimer,
    ResumeTimer,
    SetAlarm,
    StartTimer,
)
from jingling.schedule.service import ScheduleService, undoing

TEN = StartTimer(key="k", duration_s=600, device_id="kitchen", language="en")
Change = Callable[[str], Command]


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
async def service(clock: VirtualClock) -> AsyncIterator[ScheduleService]:
    database = MemoryDatabase()
    service = ScheduleService(database, clock, "home")
    await service.start()
    yield service
    await service.close()
    await database.close()


async def take_back(service: ScheduleService, command: Command, outcome: Outcome) -> None:
    for each in undoing(command, outcome):
        assert (await service.execute(each)).ok


async def test_what_was_set_is_cancelled(service: ScheduleService, clock: VirtualClock) -> None:
    alarm = SetAlarm(kind="alarm", due_at="2026-11-23T07:00:00+00:00", device_id="kitchen", language="en")
    for command in (TEN, alarm):
        await take_back(service, command, await service.execute(command))
    assert service.entries() == []


@pytest.mark.parametrize(
    "change", [lambda i: CancelEntry(entry_id=i), lambda i: ExtendTimer(entry_id=i, seconds=90.0)]
)
async def test_a_change_taken_back_leaves_the_time_as_it_was(
    service: ScheduleService, clock: VirtualClock, change: Change
) -> None:
    entry_id = str((await service.execute(TEN)).data["entry_id"])
    await clock.advance(60)
    command = change(entry_id)
    outcome = await service.execute(command)
    await clock.advance(30)
    await take_back(service, command, outcome)
    (entry,) = service.entries()
    assert entry.state == "running" and entry.left_s(clock.now()) == 510


async def test_a_pause_and_its_end_are_each_others_opposite(service: ScheduleService) -> None:
    entry_id = str((await service.execute(TEN)).data["entry_id"])
    pause, resume = PauseTimer(entry_id=entry_id), ResumeTimer(entry_id=entry_id)
    await take_back(service, pause, await service.execute(pause))
    assert service.entries()[0].state == "running"
    await service.execute(pause)
    await take_back(service, resume, await service.execute(resume))
    assert service.entries()[0].state == "paused"


async def test_a_restored_timer_that_was_due_meanwhile_rings(service: ScheduleService, clock: VirtualClock) -> None:
    entry_id = str((await service.execute(TEN)).data["entry_id"])
    cancel = CancelEntry(entry_id=entry_id)
    outcome = await service.execute(cancel)
    await clock.advance(700)
    await take_back(service, cancel, outcome)
    await service.settle()
    assert service.entries()[0].state == "ringing"


def test_what_was_silenced_stays_silent() -> None:
    assert list(undoing(DismissRinging(), Outcome.done())) == []

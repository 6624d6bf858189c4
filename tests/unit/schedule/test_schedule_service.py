from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fakes.memory_database import MemoryDatabase
from jingling.core.clock import VirtualClock
from jingling.core.event import Event
from jingling.home.commands import SetProperty
from jingling.schedule.commands import (
    CancelEntry,
    DismissRinging,
    ExtendTimer,
    PauseTimer,
    ResumeTimer,
    SetAlarm,
    StartTimer,
)
from jingling.schedule.events import EntryChanged, EntryRang
from jingling.schedule.model import ENTRIES_MAX, RING_S
from jingling.schedule.service import ScheduleService

START = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


class JumpingClock(VirtualClock):
    """A clock whose wall time can be set."""

    def jump(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> JumpingClock:
    return JumpingClock(START)


@pytest.fixture
async def database():
    database = MemoryDatabase()
    yield database
    await database.close()


@asynccontextmanager
async def running(database, clock, home_id="home"):
    service = ScheduleService(database, clock, home_id)
    await service.start()
    try:
        yield service
    finally:
        await service.close()


@pytest.fixture
async def service(database, clock):
    async with running(database, clock) as service:
        yield service


def timer(key: str = "t1", seconds: float = 300, **fields: object) -> StartTimer:
    return StartTimer(**{"key": key, "duration_s": seconds, "device_id": "kitchen", "language": "en", **fields})


def alarm(key: str = "a1", due: str = "2026-11-23T07:00:00+08:00", **fields: object) -> SetAlarm:
    given = {"key": key, "kind": "alarm", "due_at": due, "device_id": "bedroom", "language": "zh"}
    return SetAlarm(**{**given, **fields})


def rings(events: list[Event]) -> list[EntryRang]:
    return [event for event in events if isinstance(event, EntryRang)]


async def test_a_timer_rings_once_on_its_device_when_its_time_is_up(service, database, clock):
    outcome = await service.execute(timer(label="pizza"))
    await clock.advance(299)
    assert rings(database.announced) == []
    await clock.advance(1)
    [rang] = rings(database.announced)
    assert (rang.entry.id, rang.entry.label, rang.entry.device_id) == (outcome.data["entry_id"], "pizza", "kitchen")
    assert (rang.entry.state, rang.late_s, rang.home_id) == ("ringing", 0.0, "home")


async def test_setting_is_announced_and_readable(service, database):
    await service.execute(timer("t1", 300))
    await service.execute(timer("t2", 60))
    await service.execute(alarm())
    assert [entry.total_s for entry in service.entries("timer")] == [60, 300]
    assert [entry.kind for entry in service.entries()] == ["timer", "timer", "alarm"]
    assert [type(event) for event in database.announced] == [EntryChanged] * 3


async def test_several_ring_in_their_order(service, database, clock):
    for key, seconds in (("a", 30), ("b", 10), ("c", 20), ("d", 20)):
        await service.execute(timer(key, seconds, label=key))
    await clock.advance(60)
    assert [rang.entry.label for rang in rings(database.announced)] in (list("bcda"), list("bdca"))


async def test_the_same_command_again_makes_no_second_entry(service, database, clock):
    first = await service.execute(timer())
    assert await service.execute(timer()) == first
    await clock.advance(400)
    again = await service.execute(timer())
    assert again.ok
    assert len(database.announced) == 2
    assert again.data["entry_id"] == first.data["entry_id"]


async def test_a_redone_alarm_whose_time_has_passed_is_still_done(service, clock):
    first = await service.execute(alarm(due="2026-11-22T09:10:00+08:00"))
    await clock.advance(3600)
    assert await service.execute(alarm(due="2026-11-22T09:10:00+08:00")) == first


async def test_more_time_asked_once_is_given_once_though_the_command_comes_twice(database, clock):
    async with running(database, clock) as service:
        entry_id = (await service.execute(timer())).data["entry_id"]
        await service.execute(ExtendTimer(key="e1", entry_id=entry_id, seconds=60))
    async with running(database, clock) as service:
        await service.execute(ExtendTimer(key="e1", entry_id=entry_id, seconds=60))
        assert service.entries()[0].left_s(clock.now()) == 360


async def test_a_timer_survives_the_end_of_the_service_and_rings_late_as_late(database, clock):
    async with running(database, clock) as service:
        await service.execute(timer(seconds=60))
    await clock.advance(180)
    async with running(database, clock) as service:
        await clock.advance(0)
        [rang] = rings(database.announced)
        assert rang.late_s == 120
        assert service.entries()[0].state == "ringing"


async def test_what_rang_when_the_hub_died_rings_again(database, clock):
    async with running(database, clock) as service:
        await service.execute(timer(seconds=60))
        await clock.advance(60)
    async with running(database, clock):
        await clock.advance(10)
    assert len(rings(database.announced)) == 2


async def test_dismissing_silences_only_that_device(service, database, clock):
    await service.execute(timer("t1", 10))
    await service.execute(timer("t2", 10, device_id="bath"))
    await clock.advance(10)
    outcome = await service.execute(DismissRinging(key="d", device_id="bath"))
    assert len(outcome.data["entry_ids"]) == 1
    assert [entry.device_id for entry in service.entries()] == ["kitchen"]
    await service.execute(DismissRinging(key="d2"))
    assert service.entries() == []
    assert [event.entry.state for event in database.announced[-2:]] == ["done", "done"]


async def test_nobody_there_and_it_falls_silent_by_itself(service, database, clock):
    await service.execute(timer(seconds=10))
    await clock.advance(10 + RING_S - 1)
    assert service.entries()[0].state == "ringing"
    await clock.advance(1)
    assert service.entries() == []
    assert database.announced[-1].entry.state == "done"


async def test_an_alarm_of_weekdays_rings_on_each_and_not_on_saturday(service, database, clock):
    await service.execute(alarm(repeat="weekdays"))
    await clock.advance(8 * 86_400)
    days = [rang.entry.due_at.strftime("%a %H:%M") for rang in rings(database.announced)]
    assert days == ["Mon 07:00", "Tue 07:00", "Wed 07:00", "Thu 07:00", "Fri 07:00", "Mon 07:00"]


async def test_a_repeating_alarm_missed_for_days_rings_once_and_goes_on(database, clock):
    async with running(database, clock) as service:
        await service.execute(alarm(repeat="daily"))
    await clock.advance(5 * 86_400)
    async with running(database, clock) as service:
        await clock.advance(0)
        await service.execute(DismissRinging(key="d"))
        assert len(rings(database.announced)) == 1
        assert service.entries()[0].due_at.isoformat() == "2026-11-28T07:00:00+08:00"


async def test_a_paused_timer_waits_through_a_restart(database, clock):
    async with running(database, clock) as service:
        entry_id = (await service.execute(timer())).data["entry_id"]
        await clock.advance(100)
        await service.execute(PauseTimer(key="p", entry_id=entry_id))
    await clock.advance(1000)
    async with running(database, clock) as service:
        await service.execute(ResumeTimer(key="r", entry_id=entry_id))
        await clock.advance(199)
        assert rings(database.announced) == []
        await clock.advance(1)
        assert len(rings(database.announced)) == 1


async def test_a_cancelled_timer_never_rings(service, database, clock):
    entry_id = (await service.execute(timer())).data["entry_id"]
    assert (await service.execute(CancelEntry(key="c", entry_id=entry_id))).ok
    await clock.advance(1000)
    assert rings(database.announced) == []
    assert (await service.execute(CancelEntry(key="c2", entry_id=entry_id))).problem.code == "refused"


async def test_more_time_for_one_that_rings_lets_it_run_again(service, database, clock):
    entry_id = (await service.execute(timer(seconds=10))).data["entry_id"]
    await clock.advance(10)
    await service.execute(ExtendTimer(key="e", entry_id=entry_id, seconds=60))
    await clock.advance(60)
    assert len(rings(database.announced)) == 2


async def test_an_alarm_follows_the_wall_clock_when_it_is_set_forward(service, database, clock):
    await service.execute(alarm())
    await clock.advance(1)
    clock.jump(22 * 3600)
    await clock.advance(61)
    assert len(rings(database.announced)) == 1


async def test_a_timer_keeps_its_length_when_the_wall_clock_is_set_back(service, database, clock):
    await service.execute(timer(seconds=300))
    clock.jump(-3600)
    await clock.advance(300)
    assert len(rings(database.announced)) == 1


async def test_an_alarm_rings_at_its_wall_time_after_the_clocks_change(database):
    clock = VirtualClock(datetime(2026, 10, 24, 12, 0, tzinfo=ZoneInfo("Europe/Berlin")))
    async with running(database, clock) as service:
        await service.execute(alarm(due="2026-10-24T13:00:00+02:00", repeat="daily"))
        await clock.advance(3600)
        await service.execute(DismissRinging(key="d"))
        await clock.advance(25 * 3600)
    assert [rang.entry.due_at.isoformat() for rang in rings(database.announced)] == [
        "2026-10-24T13:00:00+02:00",
        "2026-10-25T13:00:00+01:00",
    ]
    assert rings(database.announced)[1].late_s == 0


async def test_a_full_disk_delays_the_ring_and_loses_nothing(service, database, clock):
    await service.execute(timer(seconds=10))
    database.broken = True
    await clock.advance(30)
    assert rings(database.announced) == []
    database.broken = False
    await clock.advance(5)
    assert len(rings(database.announced)) == 1


async def test_bad_values_are_refused_in_words(service):
    for command in (
        timer(seconds=0),
        timer(seconds=1e9),
        timer(label="x" * 81),
        alarm(due="2026-11-22T08:00:00+08:00"),
        alarm(repeat="monthly"),
    ):
        outcome = await service.execute(command)
        assert (outcome.ok, outcome.problem.code) == (False, "bad_value")
        assert outcome.problem.detail.endswith(".")
    assert service.entries() == []


async def test_there_is_a_limit_to_how_many(service):
    for number in range(ENTRIES_MAX):
        assert (await service.execute(timer(f"t{number}"))).ok
    assert (await service.execute(timer("one more"))).problem.code == "refused"


async def test_unknown_entries_and_foreign_commands_are_refused(service):
    outcome = await service.execute(CancelEntry(key="c", entry_id="nothing"))
    assert outcome.problem.code == "unknown_thing"
    foreign = await service.execute(SetProperty(key="s", thing_id="lamp", property="power", value=True))
    assert foreign.problem.code == "unsupported"


async def test_homes_do_not_see_each_others_entries(database, clock):
    async with running(database, clock, "one") as one, running(database, clock, "two") as two:
        entry_id = (await one.execute(timer())).data["entry_id"]
        assert (await two.execute(timer())).data["entry_id"] != entry_id
        assert (await two.execute(CancelEntry(key="c", entry_id=entry_id))).problem.code == "unknown_thing"


async def test_ended_entries_are_forgotten_after_a_week(database, clock):
    async with running(database, clock) as service:
        entry_id = (await service.execute(timer(seconds=10))).data["entry_id"]
        await clock.advance(10 + RING_S)
    await clock.advance(8 * 86_400)
    async with running(database, clock) as service:
        gone = await service.execute(CancelEntry(key="c", entry_id=entry_id))
        assert gone.problem.code == "unknown_thing"

"""The gate: nothing twice, nothing unasked, everything written down."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from jingling.assistant import store
from jingling.assistant.act import Executor, Gate, NeedsConfirmation
from jingling.assistant.skillset import LoadedSkill
from jingling.assistant.trail import CommandTrail
from jingling.bus.local import LocalBus
from jingling.core.clock import VirtualClock
from jingling.core.command import Command, Outcome, Risk
from jingling.core.turn import Intent, Turn, Utterance
from jingling.home.commands import RunAction, SetProperty
from jingling.sdk.manifest import Manifest
from jingling.storage.engine import SqlDatabase, open_database

UNLOCK = SetProperty(thing_id="door", property="locked", value=False)
LIGHT = SetProperty(thing_id="lamp", property="power", value=True)


@dataclass
class Doer:
    """Carries out what it is given and remembers it; may be told to wait or to fail."""

    done: list[Command] = field(default_factory=list)
    hold: asyncio.Event | None = None
    error: Exception | None = None
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, command: Command) -> Outcome:
        self.begun.set()
        if self.hold is not None:
            await self.hold.wait()
        if self.error is not None:
            raise self.error
        self.done.append(command)
        return Outcome.done(count=len(self.done))

    @staticmethod
    def risk(command: SetProperty) -> Risk:
        return Risk.CONFIRM if command.property == "locked" and command.value is False else Risk.NONE


def turn(turn_id: str = "t1") -> Turn:
    return Turn(turn_id, "home", "kitchen-screen", Utterance("", "en"), Intent("home.test"))


@pytest.fixture
async def database() -> AsyncIterator[SqlDatabase]:
    clock = VirtualClock()
    database = await open_database(":memory:", LocalBus(), clock)
    yield database
    await database.close()


def gate_of(database: SqlDatabase, doer: Doer, dry_run: bool = False) -> Gate:
    trail = CommandTrail(database, VirtualClock(), "home")
    return Gate(trail, {SetProperty: Executor(doer.run, doer.risk)}, dry_run)


async def kept(database: SqlDatabase, key: str) -> store.CommandRecord | None:
    async with database.unit() as unit:
        return await store.find(unit, key)


async def test_a_command_is_done_and_written_down(database: SqlDatabase) -> None:
    doer = Doer()
    outcome = await gate_of(database, doer).for_turn(turn())(LIGHT)
    record = await kept(database, "t1:1")
    assert outcome.ok and len(doer.done) == 1
    assert record is not None and record.state == "done" and record.name == "home.setProperty"


async def test_the_same_turn_handled_anew_does_nothing_twice(database: SqlDatabase) -> None:
    doer = Doer()
    gate = gate_of(database, doer)
    first = await gate.for_turn(turn())(LIGHT)
    again = await gate.for_turn(turn())(LIGHT)
    other = await gate.for_turn(turn("t2"))(LIGHT)
    assert first == again and other.data == {"count": 2}


async def test_what_was_done_counts_as_done_though_nobody_knows_how_to_take_it_back(database: SqlDatabase) -> None:
    def broken(command: SetProperty, outcome: Outcome, before: object) -> Sequence[Command]:
        raise KeyError(command.property)

    doer, noted = Doer(), list[Sequence[Command]]()
    trail = CommandTrail(database, VirtualClock(), "home")
    gate = Gate(trail, {SetProperty: Executor(doer.run, doer.risk, undo=broken)}, False)
    outcome = await gate.for_turn(turn(), note=noted.append)(LIGHT)
    record = await kept(database, "t1:1")
    assert outcome.ok and noted == [()]
    assert record is not None and record.state == "done"


async def test_a_key_used_for_another_command_is_refused(database: SqlDatabase) -> None:
    doer = Doer()
    gate = gate_of(database, doer)
    await gate.for_turn(turn())(LIGHT)
    outcome = await gate.for_turn(turn())(SetProperty(thing_id="fan", property="power", value=True))
    assert outcome.problem is not None and outcome.problem.code == "refused"
    assert len(doer.done) == 1


async def test_unlocking_waits_for_a_yes_even_when_the_skill_calls_it_harmless(database: SqlDatabase) -> None:
    doer = Doer()
    gate = gate_of(database, doer)
    do = gate.for_turn(turn())
    with pytest.raises(NeedsConfirmation):
        await do(UNLOCK)
    assert do.waiting is not None and doer.done == []
    outcome = await gate.for_turn(turn(), frozenset({"t1:1"}))(UNLOCK)
    assert outcome.ok and len(doer.done) == 1


async def test_a_skill_does_only_what_it_was_granted(database: SqlDatabase) -> None:
    doer = Doer()
    do = gate_of(database, doer).for_turn(turn())
    do.grant = LoadedSkill("dice", None, Manifest("dice", {"en": "Dice"}, commands=("home.runAction",)))  # type: ignore[arg-type]
    outcome = await do(LIGHT)
    record = await kept(database, "t1:1")
    assert outcome.problem is not None and outcome.problem.code == "refused" and doer.done == []
    assert record is not None and record.state == "refused"


async def test_what_needs_a_proof_is_refused_while_there_is_none(database: SqlDatabase) -> None:
    doer = Doer()
    pay = SetProperty(thing_id="till", property="power", value=True, risk=Risk.AUTH)
    outcome = await gate_of(database, doer).for_turn(turn(), frozenset({"t1:1"}))(pay)
    assert not outcome.ok and doer.done == []


async def test_barge_in_leaves_a_command_to_finish(database: SqlDatabase) -> None:
    doer = Doer(hold=asyncio.Event())
    gate = gate_of(database, doer)
    task = asyncio.create_task(gate.for_turn(turn())(LIGHT))
    await doer.begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert doer.hold is not None
    doer.hold.set()
    await gate.close()
    record = await kept(database, "t1:1")
    assert len(doer.done) == 1 and record is not None and record.state == "done"


async def test_an_executor_that_breaks_is_an_outcome_not_a_crash(database: SqlDatabase) -> None:
    outcome = await gate_of(database, Doer(error=RuntimeError("sparks"))).for_turn(turn())(LIGHT)
    record = await kept(database, "t1:1")
    assert outcome.problem is not None and outcome.problem.code == "failed"
    assert record is not None and record.state == "failed"


async def test_what_a_crash_cut_short_is_closed_and_never_done_again(database: SqlDatabase) -> None:
    trail = CommandTrail(database, VirtualClock(), "home")
    await trail.begin(LIGHT.with_key("t1:1"), turn(), Risk.NONE)
    assert await trail.recover() == 1
    doer = Doer()
    outcome = await gate_of(database, doer).for_turn(turn())(LIGHT)
    assert outcome.problem is not None and outcome.problem.code == "interrupted" and doer.done == []
    assert await trail.recover() == 0


async def test_a_dry_run_does_nothing_and_still_asks(database: SqlDatabase) -> None:
    doer = Doer()
    gate = gate_of(database, doer, dry_run=True)
    assert (await gate.for_turn(turn())(LIGHT)).ok
    with pytest.raises(NeedsConfirmation):
        await gate.for_turn(turn("t2"))(UNLOCK)
    assert doer.done == [] and await kept(database, "t1:1") is None


async def test_a_command_nobody_carries_out_says_so(database: SqlDatabase) -> None:
    outcome = await gate_of(database, Doer()).for_turn(turn())(RunAction(thing_id="x", action="y"))
    assert outcome.problem is not None and outcome.problem.code == "unsupported"


@pytest.mark.parametrize("role", ["child", "guest"])
async def test_a_child_or_guest_cannot_open_a_lock_even_with_a_yes(database: SqlDatabase, role: str) -> None:
    doer = Doer()
    minor = replace(turn(), role=role)
    outcome = await gate_of(database, doer).for_turn(minor, frozenset({"t1:1"}))(UNLOCK)
    assert outcome.problem is not None and outcome.problem.code == "refused" and doer.done == []
    assert (await gate_of(database, doer).for_turn(replace(minor, id="t2"))(LIGHT)).ok


async def test_another_home_is_refused(database: SqlDatabase) -> None:
    doer = Doer()
    stranger = replace(turn(), home_id="next-door")
    outcome = await gate_of(database, doer).for_turn(stranger)(LIGHT)
    assert outcome.problem is not None and outcome.problem.code == "refused" and doer.done == []

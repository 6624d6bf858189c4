"""Keeps the home's timers, alarms and reminders, and rings them."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import uuid4

from jingling.core.clock import Clock
from jingling.core.command import Command, Outcome
from jingling.core.errors import BadInput, Refused
from jingling.core.event import Event
from jingling.schedule import model
from jingling.schedule.commands import (
    CancelEntry,
    DismissRinging,
    ExtendTimer,
    PauseTimer,
    RestoreEntry,
    ResumeTimer,
    SetAlarm,
    StartTimer,
)
from jingling.schedule.events import EntryChanged, EntryRang
from jingling.schedule.model import Entry, State
from jingling.schedule.store import ScheduleStore
from jingling.storage.base import Database

log = logging.getLogger(__name__)

RECHECK_S = 60.0
"""The wall clock may be set while we sleep, so it is looked at again at least this often."""
RETRY_S = 5.0

Creating = StartTimer | SetAlarm
Changing = CancelEntry | RestoreEntry | PauseTimer | ResumeTimer | ExtendTimer


class ScheduleService:
    """A ScheduleReader that carries out the commands of `schedule.commands`.

    What it changes is written before it is told or kept in memory. A timer is due when either the wall clock
    or the monotonic clock says so, an alarm or reminder by the wall clock alone.
    """

    def __init__(self, database: Database, clock: Clock, home_id: str) -> None:
        self._database = database
        self._clock = clock
        self._home_id = home_id
        self._store = ScheduleStore(home_id)
        self._live: dict[str, Entry] = {}
        self._deadlines: dict[str, float] = {}
        self._lock = asyncio.Lock()
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Take up what was kept; what was missed, and what was ringing, rings as soon as the loop runs."""
        async with self._database.unit() as unit:
            await self._store.forget_ended(unit, self._clock.now())
            self._remember(await self._store.live(unit))
        for entry in self._live.values():
            if entry.state == "ringing":
                del self._deadlines[entry.id]
        self._task = asyncio.create_task(self._run(), name="schedule")

    async def close(self) -> None:
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def settle(self) -> None:
        """Returns when all that is due by now rings and what rang too long is silent."""
        async with self._lock:
            await self._ring_due()
            await self._hush_old()

    def entries(self, kind: str | None = None) -> Sequence[Entry]:
        """All that run, pause or ring, soonest first."""
        now = self._clock.now()
        chosen = [entry for entry in self._live.values() if kind in (None, entry.kind)]
        return sorted(chosen, key=lambda entry: (entry.left_s(now), entry.created_at, entry.id))

    async def execute(self, command: Command) -> Outcome:
        """Data: `entry_id` and `due_at`; of DismissRinging `entry_ids`. A command come again changes nothing."""
        async with self._lock:
            try:
                return await self._execute(command)
            except BadInput as error:
                return Outcome.failed("bad_value", str(error))
            except Refused as error:
                return Outcome.failed("refused", str(error))

    async def _execute(self, command: Command) -> Outcome:
        match command:
            case StartTimer() | SetAlarm():
                return await self._create(command)
            case CancelEntry() | RestoreEntry() | PauseTimer() | ResumeTimer() | ExtendTimer():
                return await self._change(command)
            case DismissRinging():
                return await self._dismiss(command.device_id)
        return Outcome.failed("unsupported", f"The schedule does not know {command.name}.")

    async def _create(self, command: Creating) -> Outcome:
        entry_id = self._digest(command.key) or uuid4().hex
        async with self._database.unit() as unit:
            if found := await self._store.find(unit, entry_id):
                return _done(found[0])
            if len(self._live) >= model.ENTRIES_MAX:
                raise Refused(f"There are {model.ENTRIES_MAX} timers, alarms and reminders; cancel one first.")
            entry = self._new(command, entry_id)
            await self._store.add(unit, entry, self._clock.now(), entry_id)
            unit.announce(self._event(entry))
        self._remember([entry])
        return _done(entry)

    def _new(self, command: Creating, entry_id: str) -> Entry:
        now = self._clock.now()
        duration_s, repeat = 0.0, ""
        if isinstance(command, StartTimer):
            duration_s = model.check_duration(command.duration_s)
            due_at = model.later(now, duration_s)
        else:
            due_at, repeat = model.check_due(command.due_at, now), model.check_repeat(command.repeat)
        return Entry(
            id=entry_id,
            home_id=self._home_id,
            device_id=command.device_id,
            kind="timer" if isinstance(command, StartTimer) else command.kind,
            state="running",
            due_at=due_at,
            created_at=now,
            language=command.language,
            label=model.check_label(command.label),
            total_s=duration_s,
            repeat=repeat,
        )

    async def _change(self, command: Changing) -> Outcome:
        key = self._digest(command.key)
        async with self._database.unit() as unit:
            found = await self._store.find(unit, command.entry_id)
            if not found:
                return Outcome.failed("unknown_thing", "There is no such timer, alarm or reminder.")
            if key and found[1] == key:
                return _done(found[0])
            entry = _after(found[0], command, self._clock.now())
            await self._store.change(unit, entry, self._clock.now(), key)
            unit.announce(self._event(entry))
        self._remember([entry])
        return _done(entry)

    async def _dismiss(self, device_id: str) -> Outcome:
        ringing = [entry for entry in self._in("ringing") if device_id in ("", entry.device_id)]
        await self._keep([model.ended(entry, self._clock.now()) for entry in ringing], self._event)
        return Outcome.done(entry_ids=[entry.id for entry in ringing])

    async def _run(self) -> None:
        while True:
            self._changed.clear()
            try:
                await self.settle()
                pause_s = self._pause_s()
            except Exception as error:  # a schedule that dies of one bad write would ring nothing ever after
                log.error("the schedule could not be kept: %s", type(error).__name__)
                pause_s = RETRY_S
            await self._sleep(pause_s)

    async def _ring_due(self) -> None:
        now = self._clock.now()
        due = [model.rung(entry) for entry in self._live.values() if self._is_due(entry)]
        await self._keep(due, lambda entry: self._rang(entry, entry.late_s(now)))

    def _is_due(self, entry: Entry) -> bool:
        if entry.state == "ringing":
            return entry.id not in self._deadlines
        return entry.state == "running" and self._left_s(entry) <= 0

    async def _hush_old(self) -> None:
        old = [entry for entry in self._in("ringing") if self._left_s(entry) <= 0]
        await self._keep([model.ended(entry, self._clock.now()) for entry in old], self._event)

    def _left_s(self, entry: Entry) -> float:
        """Seconds until this running or ringing entry needs us, by the clock that says it first."""
        by_clock = self._deadlines.get(entry.id, float("inf")) - self._clock.monotonic()
        return by_clock if entry.state == "ringing" else min(by_clock, entry.left_s(self._clock.now()))

    def _pause_s(self) -> float:
        waiting = (self._left_s(entry) for entry in self._in("running", "ringing"))
        return max(0.001, min(waiting, default=RECHECK_S))

    async def _sleep(self, seconds: float) -> None:
        """Sleep `seconds`, a minute at most, or until something is changed."""
        waits: list[asyncio.Future[object]] = [
            asyncio.ensure_future(self._clock.sleep(min(seconds, RECHECK_S))),
            asyncio.ensure_future(self._changed.wait()),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _keep(self, entries: Sequence[Entry], event: Callable[[Entry], Event]) -> None:
        """Write all of `entries` and announce each, or none."""
        if not entries:
            return
        async with self._database.unit() as unit:
            for entry in entries:
                await self._store.change(unit, entry, self._clock.now())
                unit.announce(event(entry))
        self._remember(entries)

    def _remember(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._live.pop(entry.id, None)
            self._deadlines.pop(entry.id, None)
            if entry.live:
                self._live[entry.id] = entry
            if entry.state == "ringing":
                self._deadlines[entry.id] = self._clock.monotonic() + model.RING_S
            elif entry.state == "running" and entry.kind == "timer":
                self._deadlines[entry.id] = self._clock.monotonic() + entry.left_s(self._clock.now())
        self._changed.set()

    def _in(self, *states: State) -> list[Entry]:
        return [entry for entry in self._live.values() if entry.state in states]

    def _event(self, entry: Entry) -> EntryChanged:
        return EntryChanged(id=uuid4().hex, at=self._clock.now(), home_id=self._home_id, entry=entry)

    def _rang(self, entry: Entry, late_s: float) -> EntryRang:
        return EntryRang(id=uuid4().hex, at=self._clock.now(), home_id=self._home_id, entry=entry, late_s=late_s)

    def _digest(self, key: str) -> str:
        """The id that `key` stands for in this home; empty for no key."""
        return hashlib.sha256(f"{self._home_id}\0{key}".encode()).hexdigest()[:32] if key else ""


def _after(entry: Entry, command: Changing, now: datetime) -> Entry:
    match command:
        case PauseTimer():
            return model.paused(entry, now)
        case ResumeTimer():
            return model.resumed(entry, now)
        case ExtendTimer():
            return model.extended(entry, command.seconds, now)
        case CancelEntry():
            return model.cancelled(entry)
        case RestoreEntry():
            return model.restored(entry, now)


def undoing(command: Command, outcome: Outcome, before: object = None) -> Sequence[Command]:
    """What takes `command`, done with `outcome`, back. What was silenced stays silent."""
    match command:
        case StartTimer() | SetAlarm():
            return [CancelEntry(entry_id=str(outcome.data["entry_id"]))]
        case CancelEntry():
            return [RestoreEntry(entry_id=command.entry_id)]
        case PauseTimer():
            return [ResumeTimer(entry_id=command.entry_id)]
        case ResumeTimer():
            return [PauseTimer(entry_id=command.entry_id)]
        case ExtendTimer():
            return [ExtendTimer(entry_id=command.entry_id, seconds=-command.seconds)]
    return ()


def _done(entry: Entry) -> Outcome:
    return Outcome.done(entry_id=entry.id, due_at=entry.due_at.isoformat())

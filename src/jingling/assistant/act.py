"""The gate: permission, confirmation, idempotency and the audit trail, for every command of every skill."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jingling.assistant.skillset import LoadedSkill
from jingling.assistant.trail import CommandTrail
from jingling.core.command import Command, Outcome, Risk
from jingling.core.errors import CannotWrite
from jingling.core.turn import Turn

log = logging.getLogger(__name__)
Note = Callable[[Sequence[Command]], None]
MINORS = ("child", "guest")
CLOSE_GRACE_S = 5.0


class NeedsConfirmation(Exception):
    """Raised out of `do` to end the handling: the person is asked, and the turn is handled anew."""

    def __init__(self, command: Command) -> None:
        super().__init__(command.name)
        self.command = command


@dataclass(frozen=True)
class Executor:
    """How one kind of command is carried out, how risky one of them is in truth, and how it is taken back.

    `undo` gets the command, its outcome and what `before` saw ahead of it; no commands: it cannot be taken back.
    """

    run: Callable[[Any], Awaitable[Outcome]]
    risk: Callable[[Any], Risk] = lambda command: Risk.NONE
    before: Callable[[Any], Any] = lambda command: None
    undo: Callable[[Any, Outcome, Any], Sequence[Command]] = lambda command, outcome, before: ()


@dataclass
class TurnGate:
    """`do` for one turn. Keys are the turn's id and a running number, so a turn handled anew repeats nothing.

    `grant` is the skill that acts; None is the assistant itself. `note` is told of what would take back each
    command that was carried out; None while something is taken back.
    """

    gate: "Gate"
    turn: Turn
    confirmed: frozenset[str]
    note: Note | None = None
    grant: LoadedSkill | None = None
    done: list[tuple[Command, Outcome]] = field(default_factory=list)
    waiting: Command | None = None
    count: int = 0

    async def __call__(self, command: Command) -> Outcome:
        if not command.key:
            self.count += 1
            command = command.with_key(f"{self.turn.id}:{self.count}")
        refusal = self._refusal(command)
        if refusal is not None:
            outcome = await self.gate.refuse(command, self.turn, refusal)
        else:
            self._confirm(command)
            outcome = await self.gate.carry_out(command, self.turn, self.note)
        self.done.append((command, outcome))
        return outcome

    def _refusal(self, command: Command) -> Outcome | None:
        if self.grant is not None and not self.grant.manifest.may(command.name):
            return Outcome.failed("refused", f"the skill {self.grant.name!r} was not granted {command.name}")
        if self.turn.home_id != self.gate.home_id:
            return Outcome.failed("refused", "this is another home's hub")
        if self.turn.role in MINORS and self.gate.risk(command) >= Risk.CONFIRM:
            return Outcome.failed("refused", f"a {self.turn.role} may not do this")
        if self.gate.risk(command) >= Risk.AUTH:
            return Outcome.failed("refused", "this needs a proof of who is asking, which is not set up")
        return None

    def _confirm(self, command: Command) -> None:
        if self.gate.risk(command) == Risk.NONE or command.key in self.confirmed:
            return
        self.waiting = command
        raise NeedsConfirmation(command)


class Gate:
    """Owns running commands: a turn that is cancelled leaves its command to finish."""

    def __init__(self, trail: CommandTrail, executors: Mapping[type[Command], Executor], dry_run: bool) -> None:
        self.home_id = trail.home_id
        self.dry_run = dry_run
        self._trail = trail
        self._executors = executors
        self._running: dict[str, asyncio.Task[Outcome]] = {}

    def for_turn(self, turn: Turn, confirmed: frozenset[str] = frozenset(), note: Note | None = None) -> TurnGate:
        return TurnGate(self, turn, confirmed, note)

    def risk(self, command: Command) -> Risk:
        """The higher of what the skill says and what the executor knows."""
        executor = self._executors.get(type(command))
        return max(command.risk, executor.risk(command) if executor else Risk.NONE)

    async def carry_out(self, command: Command, turn: Turn, note: Note | None = None) -> Outcome:
        """Once for each key, ever. The same key with another content is refused."""
        executor = self._executors.get(type(command))
        if executor is None:
            return Outcome.failed("unsupported", f"nothing here carries out {command.name}")
        if self.dry_run:
            return Outcome.done(dry_run=True)
        task = self._running.get(command.key)
        if task is None:
            task = asyncio.create_task(self._execute(command, turn, executor, note), name=command.key)
            self._running[command.key] = task
            task.add_done_callback(lambda _: self._running.pop(command.key, None))
        return await asyncio.shield(task)

    async def _execute(self, command: Command, turn: Turn, executor: Executor, note: Note | None) -> Outcome:
        earlier = await self._trail.begin(command, turn, self.risk(command))
        if earlier is not None:
            return earlier
        try:
            before = executor.before(command)
            outcome = await executor.run(command)
        except Exception as error:
            log.exception("turn %s: %s failed", turn.id, command.name)
            outcome = Outcome.failed("failed", type(error).__name__)
        else:
            if outcome.ok and note is not None:
                note(_undoing(executor, command, outcome, before))
        await self._close(command, turn, outcome)
        return outcome

    async def _close(self, command: Command, turn: Turn, outcome: Outcome) -> None:
        """What is done is done, even when that cannot be written down any more: the next start closes it."""
        try:
            await self._trail.finish(command.key, outcome)
        except CannotWrite as error:
            log.error("turn %s: what came of %s could not be kept: %s", turn.id, command.name, error)

    async def refuse(self, command: Command, turn: Turn, refusal: Outcome) -> Outcome:
        """What was not allowed is written down as well."""
        log.warning("turn %s: %s was refused", turn.id, command.name)
        if not self.dry_run and await self._trail.begin(command, turn, self.risk(command)) is None:
            await self._trail.finish(command.key, refusal)
        return refusal

    async def close(self) -> None:
        """Lets what is running finish; what hangs is cut short, and closed at the next start."""
        if not self._running:
            return
        _, hanging = await asyncio.wait(self._running.values(), timeout=CLOSE_GRACE_S)
        for task in hanging:
            log.warning("command %s was cut short by the stop of the hub", task.get_name())
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)


def _undoing(executor: Executor, command: Command, outcome: Outcome, before: object) -> Sequence[Command]:
    """What takes it back; what cannot be said how to take back was done all the same."""
    try:
        return executor.undo(command, outcome, before)
    except Exception:
        log.exception("how to take back %s is not known", command.name)
        return ()

"""The gate's memory: which command was begun and what came of it, whatever crashes in between."""

import logging

import msgspec

from jingling.assistant import store
from jingling.core.clock import Clock
from jingling.core.command import Command, Outcome, Risk
from jingling.core.errors import BadInput
from jingling.core.turn import Turn
from jingling.storage.base import Database

log = logging.getLogger(__name__)


class CommandTrail:
    def __init__(self, database: Database, clock: Clock, home_id: str) -> None:
        self._database = database
        self._clock = clock
        self.home_id = home_id

    async def begin(self, command: Command, turn: Turn, risk: Risk) -> Outcome | None:
        """Write it down before it is done. Returns what came of it when it was begun before."""
        record = store.CommandRecord.of(
            command,
            home_id=self.home_id,
            turn_id=turn.id,
            device_id=turn.device_id,
            user_id=turn.user_id,
            at=self._clock.now(),
        )
        try:
            async with self._database.unit() as unit:
                earlier = await store.begin(unit, msgspec.structs.replace(record, risk=risk))
        except BadInput as error:
            return Outcome.failed("refused", str(error))
        if earlier is None:
            return None
        return earlier.outcome or Outcome.failed("interrupted", "it was begun before and never finished")

    async def finish(self, key: str, outcome: Outcome) -> None:
        state: store.Final = "done" if outcome.ok else "failed"
        if outcome.problem and outcome.problem.code in ("refused", "interrupted"):
            state = "refused" if outcome.problem.code == "refused" else "interrupted"
        async with self._database.unit() as unit:
            await store.finish(unit, key, state, outcome, self._clock.now())

    async def recover(self) -> int:
        """Called at start: what a crash cut short is closed, never done again. Returns how many."""
        async with self._database.unit() as unit:
            cut_short = await store.unfinished(unit, self.home_id)
            for record in cut_short:
                outcome = Outcome.failed("interrupted", "the hub stopped while it was being done")
                await store.finish(unit, record.key, "interrupted", outcome, self._clock.now())
        for record in cut_short:
            log.warning("turn %s: %s was cut short by a stop of the hub", record.turn_id, record.name)
        return len(cut_short)

"""The things on boards, as the home drives them."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from jingling.core.command import Outcome
from jingling.core.thing import ThingState, Value
from jingling.home.base import Changed, Fired, Values
from jingling.protocols.xiaozhi.calls import CALL_SECONDS, PHOTO_SECONDS, BoardCalls, CallFailed
from jingling.protocols.xiaozhi.tools import PHOTO, STATUS, Call, Toolbox, read_status

log = logging.getLogger(__name__)
QUESTION = "What is this?"
"""Cameras take no picture without one."""


@dataclass
class _Known:
    """A board that has shown its tools; `calls` None: it is not connected now."""

    toolbox: Toolbox
    calls: BoardCalls | None = None
    values: dict[str, dict[str, Value]] = field(default_factory=dict)


class BoardsDriver:
    """Drives the things of all boards. A thing is reachable while its board is connected."""

    def __init__(self) -> None:
        self._boards: dict[str, _Known] = {}
        self._owner: dict[str, str] = {}
        self._changed: Changed | None = None

    def restore(self, values: Values) -> None:
        """Boards remember for themselves."""

    async def start(self, changed: Changed, fired: Fired) -> None:
        self._changed = changed

    async def close(self) -> None:
        self._changed = None

    def toolbox(self, board_id: str) -> Toolbox | None:
        known = self._boards.get(board_id)
        return known.toolbox if known else None

    async def connected(self, board_id: str, toolbox: Toolbox, calls: BoardCalls) -> None:
        """Its things answer from now on."""
        self.described(board_id, toolbox)
        known = self._boards[board_id]
        known.calls = calls
        if STATUS in toolbox.inward:
            await self._refresh(board_id, known)
        for thing in toolbox.things:
            await self._tell(thing.id, known.values.get(thing.id, {}))

    def described(self, board_id: str, toolbox: Toolbox) -> None:
        """Its things as they are called now."""
        known = self._boards.setdefault(board_id, _Known(toolbox))
        known.toolbox = toolbox
        self._owner = {thing_id: owner for thing_id, owner in self._owner.items() if owner != board_id}
        self._owner |= {thing.id: board_id for thing in toolbox.things}

    async def gone(self, board_id: str, calls: BoardCalls) -> None:
        """Its things stay known, and do not answer; a newer connection of it is left alone."""
        known = self._boards.get(board_id)
        if known is None or known.calls is not calls:
            return
        known.calls = None
        for thing in known.toolbox.things:
            await self._tell(thing.id, {})

    def forgotten(self, board_id: str) -> None:
        self._boards.pop(board_id, None)
        self._owner = {thing_id: owner for thing_id, owner in self._owner.items() if owner != board_id}

    def state(self, thing_id: str) -> ThingState:
        known = self._board_of(thing_id)
        if known is None:
            return ThingState(thing_id, reachable=False)
        return ThingState(thing_id, dict(known.values.get(thing_id, {})), reachable=known.calls is not None)

    async def set_property(self, thing_id: str, name: str, value: Value) -> Outcome:
        known = self._board_of(thing_id)
        call = known.toolbox.setter(thing_id, name, value) if known else None
        if known is None or call is None:
            return Outcome.failed("unsupported", f"{thing_id} has no {name} to set.")
        arguments = {call.argument: value} if call.argument else {}
        outcome = await self._use(known, call, arguments)
        if outcome.ok:
            known.values.setdefault(thing_id, {})[name] = value
            await self._tell(thing_id, {name: value})
        return outcome

    async def run_action(self, thing_id: str, action: str, inputs: dict[str, Value]) -> Outcome:
        known = self._board_of(thing_id)
        call = known.toolbox.actions.get((thing_id, action)) if known else None
        if known is None or call is None:
            return Outcome.failed("unsupported", f"{thing_id} cannot do {action}.")
        return await self._use(known, call, inputs)

    async def _use(self, known: _Known, call: Call, arguments: Mapping[str, Value]) -> Outcome:
        if known.calls is None:
            return Outcome.failed("unreachable", "the board is not connected; say its wake word")
        seconds = PHOTO_SECONDS if call.tool == PHOTO else CALL_SECONDS
        asked = {"question": QUESTION} if call.tool == PHOTO else {}
        try:
            answer = await known.calls.call(call.tool, {**asked, **arguments}, seconds)
        except CallFailed as failed:
            return Outcome.failed("failed", str(failed))
        return Outcome.done(answer=answer)

    async def _refresh(self, board_id: str, known: _Known) -> None:
        if known.calls is None:
            return
        try:
            values = read_status(await known.calls.call(STATUS, {}))
        except CallFailed as failed:
            log.info("%s does not tell how it is: %s", board_id, failed)
            return
        itself = next((thing for thing in known.toolbox.things if thing.id == board_id), None)
        told = {name: value for name, value in values.items() if itself and name in itself.properties}
        known.values.setdefault(board_id, {}).update(told)

    async def _tell(self, thing_id: str, values: Mapping[str, Value]) -> None:
        if self._changed is not None:
            await self._changed(thing_id, dict(values))

    def _board_of(self, thing_id: str) -> _Known | None:
        return self._boards.get(self._owner.get(thing_id, ""))

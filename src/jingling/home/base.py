"""What drives things, and what others may read of a home."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from jingling.core.command import Outcome
from jingling.core.thing import Place, Thing, ThingState, Value
from jingling.home.model import Floor

Changed = Callable[[str, dict[str, Value]], Awaitable[None]]
Fired = Callable[[str, str], Awaitable[None]]
Values = Mapping[str, Mapping[str, Value]]
"""Values by thing and property."""


class Driver(Protocol):
    """Brings things of one kind of connection (virtual, MQTT, …) into the home."""

    def restore(self, values: Values) -> None:
        """Before `start`: what was last asked of the things. A driver whose things remember ignores it."""

    async def start(self, changed: Changed, fired: Fired) -> None: ...

    def state(self, thing_id: str) -> ThingState: ...

    async def set_property(self, thing_id: str, name: str, value: Value) -> Outcome: ...

    async def run_action(self, thing_id: str, action: str, inputs: dict[str, Value]) -> Outcome: ...

    async def close(self) -> None: ...


class ValueStore(Protocol):
    """What was last asked of a home's things, kept across restarts."""

    async def load(self, home_id: str) -> dict[str, dict[str, Value]]: ...

    async def save(self, home_id: str, thing_id: str, values: Mapping[str, Value], at: datetime) -> None: ...


class HomeReader(Protocol):
    """A home as skills and screens may read it."""

    @property
    def things(self) -> Sequence[Thing]: ...

    @property
    def places(self) -> Sequence[Place]: ...

    @property
    def floors(self) -> Sequence[Floor]: ...

    def thing(self, thing_id: str) -> Thing | None: ...

    def place(self, place_id: str) -> Place | None: ...

    def state(self, thing_id: str) -> ThingState: ...

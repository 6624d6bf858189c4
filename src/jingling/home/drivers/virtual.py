"""Things that behave without being there: the demo home, dialogs and tests live in them."""

import asyncio
from collections.abc import Iterable, Mapping
from random import Random

from jingling.core.clock import Clock
from jingling.core.command import Outcome
from jingling.core.errors import BadInput
from jingling.core.thing import Thing, ThingState, ThingType, Value
from jingling.home.base import Changed, Fired, Values
from jingling.home.drivers.virtual_coffee import VirtualCoffeeMachine
from jingling.home.drivers.virtual_cover import VirtualCover
from jingling.home.drivers.virtual_room import Rooms, VirtualClimate, VirtualSensor, reading_of
from jingling.home.drivers.virtual_switched import (
    VirtualFan,
    VirtualLight,
    VirtualLock,
    VirtualPlayer,
    VirtualSwitch,
)
from jingling.home.drivers.virtual_thing import VirtualThing
from jingling.home.drivers.virtual_vacuum import VirtualVacuum
from jingling.home.model import Behaviour
from jingling.home.values import check_values

MOVE_S = 1.0
DRIFT_S = 30.0

_CLASSES: dict[ThingType, type[VirtualThing]] = {
    "light": VirtualLight,
    "switch": VirtualSwitch,
    "fan": VirtualFan,
    "climate": VirtualClimate,
    "cover": VirtualCover,
    "lock": VirtualLock,
    "sensor": VirtualSensor,
    "vacuum": VirtualVacuum,
    "coffee_machine": VirtualCoffeeMachine,
    "media_player": VirtualPlayer,
}


class VirtualDriver:
    """The same `seed` and the same commands at the same times give the same home."""

    def __init__(
        self, things: Iterable[Thing], behaviours: Mapping[str, Behaviour], clock: Clock, seed: int = 1
    ) -> None:
        self._clock = clock
        self._things = {
            thing.id: _CLASSES[thing.type](
                thing, behaviours.get(thing.id, Behaviour()).initial, Random(f"{seed}/{thing.id}")
            )
            for thing in things
        }
        self._rooms = Rooms(self._things.values(), seed)
        self._told = {thing_id: dict(thing.values) for thing_id, thing in self._things.items()}
        self._since: dict[str, float] = {}
        self._changed: Changed | None = None
        self._fired: Fired | None = None
        self._drifting: asyncio.Task[None] | None = None
        self._moving: asyncio.Task[None] | None = None

    def restore(self, values: Values) -> None:
        for thing_id, restored in values.items():
            if thing_id in self._things:
                self._things[thing_id].become(restored)
                self._told[thing_id] = dict(self._things[thing_id].values)

    async def start(self, changed: Changed, fired: Fired) -> None:
        self._changed, self._fired = changed, fired
        if self._rooms or any(thing.drifts for thing in self._things.values()):
            self._drifting = asyncio.create_task(self._drift())
        self._keep_moving()

    async def close(self) -> None:
        tasks = [task for task in (self._drifting, self._moving) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def state(self, thing_id: str) -> ThingState:
        thing = self._things.get(thing_id)
        return ThingState(thing_id, dict(thing.values)) if thing else ThingState(thing_id, reachable=False)

    async def set_property(self, thing_id: str, name: str, value: Value) -> Outcome:
        thing = self._things.get(thing_id)
        if thing is None:
            return _unknown(thing_id)
        self._catch_up(thing)
        thing.set(name, value)
        await self._tell(thing)
        self._keep_moving()
        return Outcome.done()

    async def run_action(self, thing_id: str, action: str, inputs: dict[str, Value]) -> Outcome:
        thing = self._things.get(thing_id)
        if thing is None:
            return _unknown(thing_id)
        self._catch_up(thing)
        outcome = thing.act(action, inputs)
        await self._tell(thing)
        self._keep_moving()
        return outcome

    async def pretend(self, thing_id: str, values: Mapping[str, Value]) -> None:
        """Make a thing's values so at once, sensors' too: a window opens, a room is cold. Raises BadInput."""
        thing = self._things.get(thing_id)
        if thing is None:
            raise BadInput(f'There is no virtual thing "{thing_id}".')
        checked = check_values(thing.thing.properties, values, thing_id)
        thing.become(checked)
        temperature = checked.get(reading_of(thing.thing))
        if isinstance(temperature, float):
            self._rooms.warm(thing.thing, temperature)
        self._since[thing_id] = self._clock.monotonic()
        for each in self._things.values():
            await self._tell(each)
        self._keep_moving()

    async def _drift(self) -> None:
        while True:
            await self._clock.sleep(DRIFT_S)
            self._rooms.drift(DRIFT_S)
            for thing in self._things.values():
                if thing.drifts:
                    thing.drift(DRIFT_S)
                await self._tell(thing)

    def _keep_moving(self) -> None:
        """See to it that what moves goes on moving; at rest there is no task at all."""
        started = self._changed is not None
        under_way = self._moving is not None and not self._moving.done()
        if started and not under_way and any(thing.moving for thing in self._things.values()):
            self._moving = asyncio.create_task(self._move())

    async def _move(self) -> None:
        while moving := [thing for thing in self._things.values() if thing.moving]:
            for thing in moving:
                self._since.setdefault(thing.thing.id, self._clock.monotonic())
            await self._clock.sleep(MOVE_S)
            for thing in moving:
                self._catch_up(thing)
                await self._tell(thing)

    def _catch_up(self, thing: VirtualThing) -> None:
        """Bring `thing` to the present moment, so that a command finds it where it is now."""
        now = self._clock.monotonic()
        before = self._since.get(thing.thing.id, now)
        self._since[thing.thing.id] = now
        if thing.moving and now > before:
            thing.advance(now - before)

    async def _tell(self, thing: VirtualThing) -> None:
        """Report the values that changed since the last time, and the events."""
        thing_id, told = thing.thing.id, self._told[thing.thing.id]
        news = {name: value for name, value in thing.values.items() if told.get(name) != value}
        events, thing.fired = thing.fired, []
        told.update(news)
        if news and self._changed:
            await self._changed(thing_id, news)
        for event in events:
            if self._fired:
                await self._fired(thing_id, event)


def _unknown(thing_id: str) -> Outcome:
    return Outcome.failed("unknown_thing", f"There is no virtual thing {thing_id}.")

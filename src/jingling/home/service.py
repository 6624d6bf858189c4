"""The home at work: carries out what is asked of its things and tells what has changed."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from uuid import uuid4

from msgspec import structs

from jingling.bus.base import Bus
from jingling.core.clock import Clock
from jingling.core.command import Command, Outcome, Risk
from jingling.core.errors import BadInput, JinglingError
from jingling.core.thing import Place, Thing, ThingState, Value
from jingling.home.base import Driver, ValueStore
from jingling.home.commands import RunAction, SetProperty
from jingling.home.events import ThingChanged, ThingFired
from jingling.home.kinds import REQUIRED_INPUTS
from jingling.home.model import Floor, Home, risk_of, undoing
from jingling.home.names import NameEntry, names_of
from jingling.home.values import check_value, check_values

log = logging.getLogger(__name__)


class CannotDo(JinglingError):
    """`code` is a Problem's."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class HomeService:
    """A HomeReader that also acts. `drivers` maps each thing's id to what drives it."""

    def __init__(
        self, home: Home, drivers: Mapping[str, Driver], bus: Bus, clock: Clock, store: ValueStore | None = None
    ) -> None:
        self._home = home
        self._drivers = dict(drivers)
        self._bus = bus
        self._clock = clock
        self._store = store
        self._version = 1
        self._names: dict[str, tuple[NameEntry, ...]] = {}

    @property
    def home(self) -> Home:
        return self._home

    @property
    def things(self) -> Sequence[Thing]:
        return self._home.things

    @property
    def places(self) -> Sequence[Place]:
        return self._home.places

    @property
    def floors(self) -> Sequence[Floor]:
        return self._home.floors

    @property
    def version(self) -> int:
        """Grows with each change of the home's things or names."""
        return self._version

    def thing(self, thing_id: str) -> Thing | None:
        return self._home.thing(thing_id)

    def place(self, place_id: str) -> Place | None:
        return self._home.place(place_id)

    def state(self, thing_id: str) -> ThingState:
        driver = self._drivers.get(thing_id)
        return driver.state(thing_id) if driver else ThingState(thing_id, reachable=False)

    def names(self, language: str) -> Sequence[NameEntry]:
        if language not in self._names:
            self._names[language] = names_of(self._home, language)
        return self._names[language]

    def risk(self, command: SetProperty | RunAction) -> Risk:
        """The least risk that `command` has, whatever it says of itself."""
        thing = self.thing(command.thing_id)
        return risk_of(thing, command) if thing else Risk.NONE

    def before(self, command: SetProperty | RunAction) -> dict[str, Value]:
        """What is to be remembered of a thing ahead of `command`, so that it can be taken back."""
        return dict(self.state(command.thing_id).values)

    def undo(
        self, command: SetProperty | RunAction, outcome: Outcome, before: dict[str, Value]
    ) -> Sequence[Command]:
        thing = self.thing(command.thing_id)
        return undoing(thing, command, before, self.state(thing.id).values) if thing else ()

    async def start(self) -> None:
        """Bring the things back to what was last asked of them, then to life."""
        await self._start(_each(self._drivers))

    async def close(self) -> None:
        for driver in _each(self._drivers):
            await driver.close()

    async def replace(self, home: Home, drivers: Mapping[str, Driver]) -> None:
        """Become `home`: drivers that are new are started, those no longer needed are closed."""
        before, after = _each(self._drivers), _each(drivers)
        for driver in before:
            if driver not in after:
                await driver.close()
        self._home, self._drivers = home, dict(drivers)
        self._names.clear()
        self._version += 1
        await self._start(driver for driver in after if driver not in before)

    async def arrive(self, things: Sequence[Thing], driver: Driver) -> None:
        """`things`, driven by `driver`, belong to the home from now on; those of the same ids are replaced, and a
        driver that is new is started. Raises BadInput for an id that another driver's thing has."""
        for thing in things:
            if self._drivers.get(thing.id, driver) is not driver:
                raise BadInput(f"There is a thing {thing.id} in this home already.")
        if all(self.thing(thing.id) == thing for thing in things) and driver in _each(self._drivers):
            return
        after = {thing.id: thing for thing in (*self._home.things, *things)}
        drivers = self._drivers | dict.fromkeys((thing.id for thing in things), driver)
        await self.replace(structs.replace(self._home, things=tuple(after.values())), drivers)

    async def leave(self, thing_ids: Iterable[str]) -> None:
        """Those things are no longer of the home; a driver that has no others is closed."""
        gone = frozenset(thing_ids) & self._drivers.keys()
        if gone:
            things = tuple(thing for thing in self._home.things if thing.id not in gone)
            drivers = {thing_id: driver for thing_id, driver in self._drivers.items() if thing_id not in gone}
            await self.replace(structs.replace(self._home, things=things), drivers)

    async def set_property(self, command: SetProperty) -> Outcome:
        try:
            thing, driver = self._reach(command.thing_id)
            value = _checked_value(thing, command)
            outcome = await driver.set_property(thing.id, command.property, value)
        except Exception as error:
            return _failure(command.thing_id, error)
        if outcome.ok:
            await self._remember(thing, {command.property: value})
        return outcome

    async def run_action(self, command: RunAction) -> Outcome:
        try:
            thing, driver = self._reach(command.thing_id)
            outcome = await driver.run_action(thing.id, command.action, _checked_inputs(thing, command))
        except Exception as error:
            return _failure(command.thing_id, error)
        if outcome.ok:
            await self._remember(thing, {})
        return outcome

    def _reach(self, thing_id: str) -> tuple[Thing, Driver]:
        thing, driver = self.thing(thing_id), self._drivers.get(thing_id)
        if thing is None:
            raise CannotDo("unknown_thing", f"There is no thing {thing_id[:40]}.")
        if driver is None or not driver.state(thing_id).reachable:
            raise CannotDo("unreachable", f"{thing_id} does not answer.")
        return thing, driver

    async def _start(self, drivers: Iterable[Driver]) -> None:
        remembered = await self._remembered()
        for driver in drivers:
            driver.restore(remembered)
            await driver.start(self._tell_change, self._tell_event)

    async def _remembered(self) -> dict[str, dict[str, Value]]:
        """What is kept and still fits the things as they are now."""
        kept = await self._store.load(self._home.id) if self._store else {}
        return {thing.id: _fitting(thing, kept[thing.id]) for thing in self.things if thing.id in kept}

    async def _remember(self, thing: Thing, asked: dict[str, Value]) -> None:
        """Keep what can be set of `thing`; `asked` goes before what it has not reached yet."""
        if self._store is None:
            return
        now = self.state(thing.id).values
        settable = {name: now[name] for name, prop in thing.properties.items() if prop.writable and name in now}
        try:
            await self._store.save(self._home.id, thing.id, settable | asked, self._clock.now())
        except JinglingError as error:
            log.warning("%s was set, but will be forgotten at the next start: %s", thing.id, error)

    async def _tell_change(self, thing_id: str, values: dict[str, Value]) -> None:
        event = ThingChanged(
            id=uuid4().hex,
            at=self._clock.now(),
            home_id=self._home.id,
            thing_id=thing_id,
            values=values,
            reachable=self.state(thing_id).reachable,
        )
        await self._bus.publish(event)

    async def _tell_event(self, thing_id: str, name: str) -> None:
        event = ThingFired(
            id=uuid4().hex, at=self._clock.now(), home_id=self._home.id, thing_id=thing_id, event=name
        )
        await self._bus.publish(event)


def _checked_value(thing: Thing, command: SetProperty) -> Value:
    prop = thing.properties.get(command.property)
    if prop is None or not prop.writable:
        settable = ", ".join(name for name, each in thing.properties.items() if each.writable) or "nothing"
        raise CannotDo("unsupported", f"{thing.id} has no {command.property[:40]} to set, but: {settable}.")
    return check_value(prop, command.value, command.property)


def _checked_inputs(thing: Thing, command: RunAction) -> dict[str, Value]:
    action = thing.actions.get(command.action)
    if action is None:
        known = ", ".join(thing.actions) or "nothing"
        raise CannotDo("unsupported", f"{thing.id} cannot do {command.action[:40]}, but: {known}.")
    given = {name: value for name, value in command.inputs.items() if value not in (None, "")}
    missing = REQUIRED_INPUTS.get((thing.type, command.action), frozenset()) - given.keys()
    if missing:
        raise BadInput(f"{command.action} needs {', '.join(sorted(missing))}.")
    return check_values(action.inputs, given, command.action)


def _fitting(thing: Thing, kept: Mapping[str, Value]) -> dict[str, Value]:
    fitting: dict[str, Value] = {}
    for name, value in kept.items():
        prop = thing.properties.get(name)
        if prop and prop.writable:
            with suppress(BadInput):
                fitting[name] = check_value(prop, value)
    return fitting


def _failure(thing_id: str, error: Exception) -> Outcome:
    if isinstance(error, CannotDo):
        return Outcome.failed(error.code, str(error))
    if isinstance(error, BadInput):
        return Outcome.failed("bad_value", str(error))
    if isinstance(error, JinglingError):
        return Outcome.failed("failed", str(error))
    log.error("the driver of %s failed", thing_id, exc_info=error)
    return Outcome.failed("failed", f"{thing_id} could not do it; the log says why.")


def _each(drivers: Mapping[str, Driver]) -> list[Driver]:
    """Every driver once."""
    return list({id(driver): driver for driver in drivers.values()}.values())

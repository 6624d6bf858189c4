"""What a person wants of a thing, and the command that brings it about."""

from dataclasses import dataclass
from typing import Protocol

from jingling.core.command import Command
from jingling.core.thing import Property, Thing, Value
from jingling.home.commands import RunAction, SetProperty
from jingling.skills.home.states import Values

_SWITCHED_WITH_EVERYTHING = frozenset({"light", "switch", "fan", "climate", "media_player"})


class Wish(Protocol):
    @property
    def wakes(self) -> bool:
        """Whether a thing that is off is to be on afterwards."""

    def fits(self, thing: Thing) -> bool:
        """Whether the thing can do it at all."""

    def command(self, thing: Thing, values: Values) -> Command:
        """For a thing that it fits, given what its properties are now."""


@dataclass(frozen=True)
class Power:
    """On and off in Home Assistant's sense: a cover opens and closes, a lock locks and unlocks."""

    on: bool
    wakes: bool = False

    def fits(self, thing: Thing) -> bool:
        return _writable(thing, _switch_of(thing))

    def command(self, thing: Thing, values: Values) -> Command:
        value: Value = self.on if thing.type != "cover" else 100 * self.on
        return SetProperty(thing_id=thing.id, property=_switch_of(thing), value=value)


@dataclass(frozen=True)
class Everything(Power):
    """What people mean by "everything": not what guards the home, and not the coffee that is brewing."""

    def fits(self, thing: Thing) -> bool:
        return thing.type in _SWITCHED_WITH_EVERYTHING and super().fits(thing)


@dataclass(frozen=True)
class SetTo:
    """A property becomes `value`, or what comes nearest to it."""

    property: str
    value: Value
    wakes: bool = True

    def fits(self, thing: Thing) -> bool:
        return _writable(thing, self.property)

    def command(self, thing: Thing, values: Values) -> Command:
        value = _within(thing.properties[self.property], self.value)
        return SetProperty(thing_id=thing.id, property=self.property, value=value)


@dataclass(frozen=True)
class ChangeBy:
    """A number grows by `step`, within what the thing can do; an unknown one starts from its middle."""

    property: str
    step: float
    wakes: bool = False

    def fits(self, thing: Thing) -> bool:
        return _writable(thing, self.property)

    def command(self, thing: Thing, values: Values) -> Command:
        described = thing.properties[self.property]
        now = values.get(self.property)
        middle = ((described.minimum or 0) + (described.maximum or 100)) / 2
        start = now if isinstance(now, (int, float)) else middle
        return SetProperty(thing_id=thing.id, property=self.property, value=_within(described, start + self.step))


@dataclass(frozen=True)
class Run:
    """An action that the thing has."""

    action: str
    wakes: bool = False

    def fits(self, thing: Thing) -> bool:
        return self.action in thing.actions

    def command(self, thing: Thing, values: Values) -> Command:
        return RunAction(thing_id=thing.id, action=self.action)


def allows(thing: Thing, name: str, number: float) -> bool:
    """Whether `number` lies within what the property can be."""
    return _within(thing.properties[name], number) == number


def adjusting(thing: Thing, name: str, value: Value) -> SetTo | Run | None:
    """The wish behind a touch on the screen: `name` is one of the thing's properties or actions."""
    if _writable(thing, name) and value is not None:
        return SetTo(name, value, wakes=False)
    return Run(name) if name in thing.actions else None


def waking(thing: Thing, wish: Wish, values: Values) -> Command | None:
    """What still switches `thing` on after `wish` was done, given its values by then."""
    if wish.wakes and values.get("power") is False and _writable(thing, "power"):
        return SetProperty(thing_id=thing.id, property="power", value=True)
    return None


def _switch_of(thing: Thing) -> str:
    return {"cover": "position", "lock": "locked"}.get(thing.type, "power")


def _writable(thing: Thing, name: str) -> bool:
    return name in thing.properties and thing.properties[name].writable


def _within(described: Property, value: Value) -> Value:
    if isinstance(value, (bool, str)) or value is None:
        return value
    value = value if described.minimum is None else max(described.minimum, value)
    value = value if described.maximum is None else min(described.maximum, value)
    return round(value) if described.kind == "integer" else float(value)

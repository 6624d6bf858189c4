"""A home as data, and the pure rules of what may be done to it."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from jingling.core.command import Command, Risk
from jingling.core.thing import Place, Thing, Value, proper_name
from jingling.home.commands import RunAction, SetProperty

ENTRANCE_COVERS = frozenset({"garage", "gate", "door"})
UNLOCKING_ACTIONS = frozenset({"open", "unlock", "unlatch"})

_DOMAINS = {"coffee_machine": "switch"}
_BINARY_CLASSES = frozenset({"motion", "door", "window", "smoke", "moisture"})

_SET_LAST = "power"
"""Set after all else, since setting something else may switch a thing on."""


class Floor(Struct, frozen=True):
    """A storey; `names[language]` holds the proper name and then aliases."""

    id: str
    names: dict[str, tuple[str, ...]]

    def name(self, language: str) -> str:
        return proper_name(self.names, language, self.id)


class Behaviour(Struct, frozen=True):
    """How a virtual thing begins."""

    initial: dict[str, Value] = {}


class Home(Struct, frozen=True):
    id: str
    names: dict[str, tuple[str, ...]] = {}
    places: tuple[Place, ...] = ()
    things: tuple[Thing, ...] = ()
    floors: tuple[Floor, ...] = ()

    def thing(self, thing_id: str) -> Thing | None:
        return next((thing for thing in self.things if thing.id == thing_id), None)

    def place(self, place_id: str) -> Place | None:
        return next((place for place in self.places if place.id == place_id), None)


def domain_of(thing: Thing) -> str:
    """The Home Assistant domain that sentences speak of `thing` with; a coffee machine is a switch there."""
    if thing.type == "sensor" and thing.device_class in _BINARY_CLASSES:
        return "binary_sensor"
    return _DOMAINS.get(thing.type, thing.type)


def is_entrance(thing: Thing) -> bool:
    """Whether someone can come in when `thing` is open."""
    return thing.type == "lock" or (thing.type == "cover" and thing.device_class in ENTRANCE_COVERS)


def risk_of(thing: Thing, command: Command) -> Risk:
    """CONFIRM for what opens the home to the street, NONE for all else (locking and closing too)."""
    if not is_entrance(thing):
        return Risk.NONE
    if isinstance(command, SetProperty) and _opens(thing, command):
        return Risk.CONFIRM
    if isinstance(command, RunAction) and command.action in UNLOCKING_ACTIONS:
        return Risk.CONFIRM
    return Risk.NONE


def _opens(thing: Thing, command: SetProperty) -> bool:
    if thing.type == "lock":
        return command.property == "locked" and command.value is not True
    return command.property == "position" and command.value != 0


def undoing(
    thing: Thing, command: SetProperty | RunAction, before: Mapping[str, Value], after: Mapping[str, Value]
) -> Sequence[Command]:
    """The commands that make `thing` as it was, in order; none when nothing can."""
    if isinstance(command, RunAction):
        action = _opposite(thing, command.action, before)
        return action if action is not None else ()
    changed = {command.property} | {name for name in before if before[name] != after.get(name)}
    settable = [name for name in changed if name in thing.properties and thing.properties[name].writable]
    known = sorted(
        (name for name in settable if before.get(name) is not None), key=lambda name: (name == _SET_LAST, name)
    )
    return [SetProperty(thing_id=thing.id, property=name, value=before[name]) for name in known]


def _opposite(thing: Thing, action: str, before: Mapping[str, Value]) -> Sequence[Command] | None:
    """What brings back the state that an action has ended."""
    match thing.type, action, before.get("state"):
        case ("vacuum", "start", "docked" | "returning"):
            return [RunAction(thing_id=thing.id, action="dock")]
        case ("vacuum", "dock", "cleaning"):
            return [RunAction(thing_id=thing.id, action="start")]
        case ("media_player", "play", "paused"):
            return [RunAction(thing_id=thing.id, action="pause")]
        case ("media_player", "pause", "playing"):
            return [RunAction(thing_id=thing.id, action="play")]
        case ("media_player", "play", "off"):
            return [SetProperty(thing_id=thing.id, property="power", value=False)]
        case ("cover", "stop", "opening"):
            return [SetProperty(thing_id=thing.id, property="position", value=100)]
        case ("cover", "stop", "closing"):
            return [SetProperty(thing_id=thing.id, property="position", value=0)]
    return None

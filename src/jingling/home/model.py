"""A home as data, and the pure rules of what may be done to it."""

from msgspec import Struct

from jingling.core.command import Command, Risk
from jingling.core.thing import Place, Thing, Value, proper_name
from jingling.home.commands import RunAction, SetProperty

ENTRANCE_COVERS = frozenset({"garage", "gate", "door"})
UNLOCKING_ACTIONS = frozenset({"open", "unlock", "unlatch"})

_DOMAINS = {"coffee_machine": "switch"}
_BINARY_CLASSES = frozenset({"motion", "door", "window", "smoke", "moisture"})


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

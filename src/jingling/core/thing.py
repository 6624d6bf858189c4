"""Things of a home, in the words of the W3C Web of Things: properties, actions, events."""

from typing import Literal

from msgspec import Struct, field

Value = bool | int | float | str | None

ThingType = Literal[
    "light", "switch", "fan", "climate", "cover", "lock", "sensor", "vacuum", "coffee_machine", "media_player"
]


def proper_name(names: dict[str, tuple[str, ...]], language: str, otherwise: str) -> str:
    """The first name in `language`, or in any language there is."""
    return next((spoken[0] for spoken in (names.get(language), *names.values()) if spoken), otherwise)


class Property(Struct, frozen=True):
    """One readable (and perhaps writable) value of a thing.

    `unit` is as written on a screen ("°C", "%", "lx"); `choices` closes a string's values.
    """

    kind: Literal["boolean", "integer", "number", "string", "color"]
    writable: bool = True
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()


class Action(Struct, frozen=True):
    """Something a thing does when asked; `inputs` are described as properties are."""

    inputs: dict[str, Property] = {}


class Thing(Struct, frozen=True):
    """`names[language]` holds the first, proper name and then aliases.

    `device_class` refines the type in Home Assistant's words (curtain, blind, door, temperature, …).
    """

    id: str
    type: ThingType
    names: dict[str, tuple[str, ...]]
    place_id: str | None = None
    device_class: str = ""
    properties: dict[str, Property] = {}
    actions: dict[str, Action] = {}
    events: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """The proper name in `language`, or in any language it has, or its id."""
        return proper_name(self.names, language, self.id)


class Place(Struct, frozen=True):
    """A room, balcony or other named part of a home."""

    id: str
    names: dict[str, tuple[str, ...]]
    floor: str = ""

    def name(self, language: str) -> str:
        return proper_name(self.names, language, self.id)


class ThingState(Struct, frozen=True):
    """What a thing's properties are now; `reachable` is False when its driver lost it."""

    thing_id: str
    values: dict[str, Value] = field(default_factory=dict)
    reachable: bool = True

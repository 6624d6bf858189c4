"""The words by which a home's things, places and floors are called."""

from collections.abc import Iterable

from msgspec import Struct

from jingling.core.thing import Thing
from jingling.home.model import Home, domain_of


class NameEntry(Struct, frozen=True):
    """`kind` is name (a thing), area (a place) or floor; `value` is the proper name that `text` stands for.

    `context` of a thing holds its Home Assistant `domain`, and `device_class` and `area` where it has them.
    """

    text: str
    value: str
    kind: str
    context: dict[str, str] = {}


def names_of(home: Home, language: str) -> tuple[NameEntry, ...]:
    """All names in `language`; what has none in it goes by the names it has."""
    things = (
        NameEntry(text, thing.name(language), "name", _context(home, thing, language))
        for thing in home.things
        for text in _spoken(thing.names, language)
    )
    areas = (
        NameEntry(text, place.name(language), "area")
        for place in home.places
        for text in _spoken(place.names, language)
    )
    floors = (
        NameEntry(text, floor.name(language), "floor")
        for floor in home.floors
        for text in _spoken(floor.names, language)
    )
    return (*things, *areas, *floors)


def _spoken(names: dict[str, tuple[str, ...]], language: str) -> Iterable[str]:
    return next((spoken for spoken in (names.get(language), *names.values()) if spoken), ())


def _context(home: Home, thing: Thing, language: str) -> dict[str, str]:
    context = {"domain": domain_of(thing)}
    if thing.device_class:
        context["device_class"] = thing.device_class
    place = home.place(thing.place_id) if thing.place_id else None
    if place:
        context["area"] = place.name(language)
    return context

"""Which place of the home a device means by the name of its area. Pure."""

from collections.abc import Iterable

from jingling.core.thing import Place


def place_called(name: str | None, places: Iterable[Place]) -> str | None:
    """The place of this home that a device's area means."""
    wanted = (name or "").strip().casefold()
    for place in places:
        if wanted and wanted in {one.casefold() for names in place.names.values() for one in names}:
            return place.id
    return None

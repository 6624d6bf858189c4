"""What has happened in a home."""

from jingling.core.event import Event
from jingling.core.thing import Value


class ThingChanged(Event, frozen=True, kw_only=True, tag="home.ThingChanged"):
    """`values` are only those that changed."""

    thing_id: str
    values: dict[str, Value]
    reachable: bool = True


class ThingFired(Event, frozen=True, kw_only=True, tag="home.ThingFired"):
    """A thing's own event (`brewed`, `opened`)."""

    thing_id: str
    event: str


class ThingsChanged(Event, frozen=True, kw_only=True, tag="home.ThingsChanged"):
    """Things have arrived in the home, left it, or are called otherwise."""

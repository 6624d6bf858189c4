"""Everything a screen needs, read from the hub."""

from jingling import __version__
from jingling.core.endpoint import EndpointInfo
from jingling.core.thing import Thing
from jingling.core.turn import Language
from jingling.home.base import HomeReader
from jingling.screen.messages import Snapshot, ThingNow
from jingling.server.hub import Hub


def snapshot(hub: Hub, info: EndpointInfo, language: Language) -> Snapshot:
    return Snapshot(
        home_name=dict(hub.home_name),
        language=language,
        device_id=info.id,
        place_id=info.place_id,
        places=tuple(hub.home.places),
        things=tuple(thing_now(hub.home, thing) for thing in hub.home.things),
        suggestions=tuple(hub.suggestions(language)),
        wake_words=tuple(hub.wake_words),
        speech=hub.speech,
        version=__version__,
        now=hub.clock.now().isoformat(),
        missing=tuple(hub.missing(language)),
    )


def thing_now(home: HomeReader, thing: Thing) -> ThingNow:
    state = home.state(thing.id)
    return ThingNow(thing=thing, values=state.values, reachable=state.reachable)

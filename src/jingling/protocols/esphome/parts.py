"""What of an ESPHome device is a thing of the home: its loudspeaker, its lights, its switches. Pure."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from msgspec import Struct

from jingling.core.thing import Property, Thing, ThingType, Value
from jingling.devices.model import Device
from jingling.protocols.shown import shown

PARTS_MAX = 8
POWER = Property("boolean")
PERCENT = Property("integer", unit="%", minimum=0, maximum=100)
CHINESE = {"mute": "静音", "led": "灯", "light": "灯", "ring": "灯"}


class Entity(Struct, frozen=True):
    """As the device lists it. `plain`: neither a setting nor a diagnosis."""

    kind: Literal["media_player", "light", "switch"]
    key: int
    object_id: str
    name: str
    plain: bool = True
    dims: bool = False


class Part(Struct, frozen=True):
    entity: Entity
    thing: Thing


def parts(device: Device, entities: Iterable[Entity]) -> list[Part]:
    """The first loudspeaker, and what people would switch."""
    found, players = [], 0
    for entity in entities:
        players += entity.kind == "media_player"
        if entity.kind == "media_player" and players > 1:
            continue
        if entity.plain or entity.kind == "media_player" or "mute" in entity.object_id:
            found.append(Part(entity, _thing(device, entity)))
    return found[:PARTS_MAX]


def values_of(state: Any) -> dict[str, Value]:
    """Of a state as the device reports it, in our words."""
    match type(state).__name__:
        case "MediaPlayerEntityState":
            return {"volume": _percent(state.volume)}
        case "LightState":
            return {"power": bool(state.state), "brightness": _percent(state.brightness)}
        case "SwitchState":
            return {"power": bool(state.state)}
    return {}


def _thing(device: Device, entity: Entity) -> Thing:
    types: dict[str, ThingType] = {"media_player": "media_player", "light": "light", "switch": "switch"}
    own = re.sub(r"[^a-z0-9]+", "_", entity.object_id.lower()).strip("_") or str(entity.key)
    return Thing(
        id=f"{device.id}-{own}"[:96],
        type=types[entity.kind],
        names=_names(device.name, entity),
        place_id=device.place_id,
        device_class="speaker" if entity.kind == "media_player" else "",
        properties=_properties(entity),
    )


def _properties(entity: Entity) -> dict[str, Property]:
    if entity.kind == "media_player":
        return {"volume": PERCENT}
    return {"power": POWER, "brightness": PERCENT} if entity.dims else {"power": POWER}


def _names(device: str, entity: Entity) -> dict[str, tuple[str, ...]]:
    """A loudspeaker is called as its device; the others after it."""
    if entity.kind == "media_player":
        return {"en": (device,), "zh": (device,)}
    own = shown(entity.name, entity.object_id, entity.kind)
    chinese = next((word for key, word in CHINESE.items() if key in own.lower()), own)
    return {"en": (f"{device} {own}",), "zh": (f"{device}{chinese}",)}


def _percent(share: float) -> int:
    return round(100 * min(1.0, max(0.0, share)))


def things(found: Sequence[Part]) -> list[Thing]:
    return [part.thing for part in found]

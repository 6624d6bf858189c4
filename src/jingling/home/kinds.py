"""What each type and device class of thing has: the words that files, skills and drivers share."""

from typing import get_args

from msgspec import Struct

from jingling.core.thing import Action, Property, ThingType

_POWER = Property("boolean")
_PERCENT = Property("integer", unit="%", minimum=0, maximum=100)
_FLAG = Property("boolean", writable=False)
_TEXT = Property("string")


class Kind(Struct, frozen=True):
    """`features` are properties that a thing of this kind has when its file says so."""

    properties: dict[str, Property] = {}
    features: dict[str, Property] = {}
    actions: dict[str, Action] = {}
    events: tuple[str, ...] = ()


def _reading(kind: str, unit: str, minimum: float, maximum: float) -> Property:
    reading = Property("integer") if kind == "integer" else Property("number")
    return Property(reading.kind, writable=False, unit=unit, minimum=minimum, maximum=maximum)


def _states(*choices: str) -> Property:
    return Property("string", writable=False, choices=choices)


def _climate(lowest: float, highest: float) -> Kind:
    return Kind(
        {
            "power": _POWER,
            "target_temperature": Property("number", unit="°C", minimum=lowest, maximum=highest),
            "current_temperature": _reading("number", "°C", -20, 50),
        }
    )


_LIGHT = Kind(
    {"power": _POWER},
    features={
        "brightness": _PERCENT,
        "color_temperature": Property("integer", unit="K", minimum=2000, maximum=6500),
        "color": Property("color"),
    },
)
_SWITCH = Kind({"power": _POWER})
_FAN = Kind({"power": _POWER, "speed": _PERCENT})
_COVER = Kind(
    {"position": _PERCENT, "state": _states("open", "closed", "opening", "closing")},
    actions={"stop": Action()},
)
_COVER_CLASSES = ("curtain", "blind", "shade", "shutter", "awning", "door", "garage", "gate", "window")
_LOCK = Kind({"locked": Property("boolean")})
_VACUUM = Kind(
    {
        "state": _states("docked", "cleaning", "returning"),
        "battery": _reading("integer", "%", 0, 100),
    },
    actions={"start": Action(), "dock": Action()},
    events=("cleaned",),
)
_COFFEE_MACHINE = Kind(
    {
        "power": _POWER,
        "state": _states("idle", "heating", "brewing", "ready"),
        "progress": _reading("integer", "%", 0, 100),
        "order": Property("string", writable=False),
    },
    actions={
        "brew": Action(
            {
                "size": _TEXT,
                "roast": _TEXT,
                "numberOfShots": _TEXT,
                "coffeeDrink": _TEXT,
                "milkAmount": _TEXT,
                "sugarAmount": _TEXT,
            }
        )
    },
    events=("brewed",),
)
_MEDIA_PLAYER = Kind(
    {"power": _POWER, "volume": _PERCENT, "state": _states("off", "playing", "paused")},
    actions={"play": Action(), "pause": Action()},
)

REQUIRED_INPUTS = {("coffee_machine", "brew"): frozenset({"coffeeDrink"})}
"""Inputs without which an action cannot be done; all others are optional."""

_KINDS: dict[str, dict[str, Kind]] = {
    "light": {"": _LIGHT},
    "switch": {"": _SWITCH, "outlet": _SWITCH},
    "fan": {"": _FAN},
    "climate": {"heater": _climate(5, 30), "air_conditioner": _climate(16, 30)},
    "cover": dict.fromkeys(_COVER_CLASSES, _COVER),
    "lock": {"": _LOCK},
    "sensor": {
        "temperature": Kind({"temperature": _reading("number", "°C", -40, 60)}),
        "humidity": Kind({"humidity": _reading("number", "%", 0, 100)}),
        "illuminance": Kind({"illuminance": _reading("integer", "lx", 0, 100_000)}),
        "motion": Kind({"motion": _FLAG}),
        "door": Kind({"open": _FLAG}),
        "window": Kind({"open": _FLAG}),
        "smoke": Kind({"smoke": _FLAG}),
        "moisture": Kind({"leak": _FLAG}),
    },
    "vacuum": {"": _VACUUM},
    "coffee_machine": {"": _COFFEE_MACHINE},
    "media_player": {"": _MEDIA_PLAYER, "tv": _MEDIA_PLAYER, "speaker": _MEDIA_PLAYER},
}

TYPES: tuple[ThingType, ...] = get_args(ThingType)


def device_classes(thing_type: ThingType) -> tuple[str, ...]:
    """The classes that `thing_type` comes in; the empty one when it needs none."""
    return tuple(_KINDS[thing_type])


def kind_of(thing_type: ThingType, device_class: str) -> Kind:
    """Raises KeyError for a class that `thing_type` does not come in."""
    return _KINDS[thing_type][device_class]

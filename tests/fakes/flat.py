"""A small home that a skill can be tried in without a hub: values are set at once, and things can be lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jingling.core.command import Command, Outcome
from jingling.core.thing import Action, Place, Property, Thing, ThingState, Value
from jingling.home.commands import RunAction, SetProperty
from jingling.home.model import Floor

PERCENT = Property("integer", unit="%", minimum=0, maximum=100)
SEEN = Property("boolean", writable=False)
DEGREES = Property("number", unit="°C", minimum=5, maximum=30)
MEASURED = Property("number", writable=False)
POWER = Property("boolean")
LIGHT = {"power": POWER, "brightness": PERCENT}
FLOORS = (
    Floor("ground", {"en": ("ground floor",), "zh": ("一楼",)}),
    Floor("upper", {"en": ("upper floor",), "zh": ("二楼",)}),
)
PLACES = (
    Place("kitchen", {"en": ("kitchen",), "zh": ("厨房",)}, floor="ground"),
    Place("bedroom", {"en": ("bedroom",), "zh": ("卧室",)}, floor="upper"),
    Place("balcony", {"en": ("balcony",), "zh": ("阳台",)}, floor="upper"),
)


def thing(thing_id: str, kind: Any, english: str, chinese: str, place: str, **more: Any) -> Thing:
    return Thing(thing_id, kind, {"en": (english,), "zh": (chinese,)}, place, **more)


THINGS = (
    thing("kitchen_ceiling", "light", "ceiling light", "吸顶灯", "kitchen", properties=LIGHT),
    thing("bedroom_ceiling", "light", "ceiling light", "吸顶灯", "bedroom", properties=LIGHT),
    thing(
        "lamp",
        "light",
        "reading lamp",
        "阅读灯",
        "bedroom",
        properties={**LIGHT, "color": Property("color")},
    ),
    thing("door", "lock", "front door", "大门", "kitchen", properties={"locked": POWER}),
    thing(
        "blind",
        "cover",
        "roller blind",
        "卷帘",
        "bedroom",
        device_class="blind",
        properties={"position": PERCENT, "state": Property("string", writable=False)},
        actions={"stop": Action()},
    ),
    thing(
        "garage",
        "cover",
        "garage door",
        "车库门",
        "balcony",
        device_class="garage",
        properties={"position": PERCENT},
    ),
    thing("window", "sensor", "window", "窗户", "bedroom", device_class="window", properties={"open": SEEN}),
    thing(
        "heater",
        "climate",
        "heater",
        "暖气",
        "bedroom",
        properties={"power": POWER, "target_temperature": DEGREES, "current_temperature": MEASURED},
    ),
    thing("kettle", "switch", "kettle", "电水壶", "kitchen", properties={"power": POWER}),
)
VALUES: dict[str, dict[str, Value]] = {
    "kitchen_ceiling": {"power": True, "brightness": 80},
    "bedroom_ceiling": {"power": False, "brightness": 50},
    "lamp": {"power": True, "brightness": 40, "color": "#ffffff"},
    "door": {"locked": True},
    "blind": {"position": 0, "state": "closed"},
    "garage": {"position": 0},
    "window": {"open": True},
    "heater": {"power": False, "target_temperature": 20.0, "current_temperature": 18.26},
    "kettle": {"power": False},
}


@dataclass
class Flat:
    """A HomeReader and, called as `do`, the gate of a turn; `lost` things do not answer."""

    values: dict[str, dict[str, Value]] = field(default_factory=lambda: {k: dict(v) for k, v in VALUES.items()})
    lost: set[str] = field(default_factory=set)
    done: list[Command] = field(default_factory=list)
    things: Sequence[Thing] = THINGS
    places: Sequence[Place] = PLACES
    floors: Sequence[Floor] = FLOORS

    def thing(self, thing_id: str) -> Thing | None:
        return next((one for one in self.things if one.id == thing_id), None)

    def place(self, place_id: str) -> Place | None:
        return next((one for one in self.places if one.id == place_id), None)

    def state(self, thing_id: str) -> ThingState:
        return ThingState(thing_id, self.values[thing_id], thing_id not in self.lost)

    async def __call__(self, command: Command) -> Outcome:
        if not isinstance(command, (SetProperty, RunAction)) or command.thing_id in self.lost:
            return Outcome.failed("unreachable")
        self.done.append(command)
        if isinstance(command, SetProperty):
            self.values[command.thing_id][command.property] = command.value
        return Outcome.done()

    def told(self) -> list[tuple[str, str, Value]]:
        """The properties set so far, in order."""
        return [(one.thing_id, one.property, one.value) for one in self.done if isinstance(one, SetProperty)]

    def become(self, values: Mapping[str, Mapping[str, Value]]) -> None:
        for thing_id, changed in values.items():
            self.values[thing_id] |= changed

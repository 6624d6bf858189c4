"""The air of a room, what heats or cools it, and the sensors that drift in it."""

from collections.abc import Iterable, Mapping
from random import Random

from jingling.core.thing import Thing, Value
from jingling.home.drivers.virtual_thing import VirtualThing

HEATING_PER_S = 0.005
"""Degrees a second that a heater or an air conditioner brings about."""
REST_TEMPERATURE = 16.0
COOLING_OUT_S = 6 * 3600.0
"""Seconds in which a room left alone goes about two thirds of the way to REST_TEMPERATURE."""
MOTION_BEGINS = 0.05
MOTION_ENDS = 0.5


class Room:
    """One temperature that everything in the room shares."""

    def __init__(self, temperature: float, random: Random) -> None:
        self.temperature = temperature
        self._random = random

    def drift(self, seconds: float, climates: Iterable["VirtualClimate"]) -> None:
        self.temperature += (REST_TEMPERATURE - self.temperature) * seconds / COOLING_OUT_S
        self.temperature += self._random.uniform(-0.02, 0.02)
        for climate in climates:
            self.temperature += climate.effect(self.temperature, seconds)


class VirtualClimate(VirtualThing):
    """A heater warms up to the target temperature; an air conditioner cools as well."""

    defaults = {"power": False, "target_temperature": 21.0, "current_temperature": 20.0}

    def set(self, name: str, value: Value) -> None:
        super().set(name, value)
        if name == "target_temperature":
            self.values["power"] = True

    def effect(self, temperature: float, seconds: float) -> float:
        """Degrees that it adds to a room of `temperature` within `seconds`."""
        if not self.values["power"]:
            return 0.0
        most = HEATING_PER_S * seconds
        least = -most if self.thing.device_class == "air_conditioner" else 0.0
        return max(least, min(most, float(self.values["target_temperature"] or 0) - temperature))


class VirtualSensor(VirtualThing):
    """Humidity and light wander around their first values; motion comes and goes; the rest stays."""

    defaults = {
        "temperature": 20.0,
        "humidity": 45.0,
        "illuminance": 200,
        "motion": False,
        "open": False,
        "smoke": False,
        "leak": False,
    }
    drifts = True

    _level = 0.0
    _home_level = 0.0

    def become(self, values: Mapping[str, Value]) -> None:
        super().become(values)
        self._level = self._home_level = float(self.values.get("humidity", self.values.get("illuminance")) or 0)

    def drift(self, seconds: float) -> None:
        if "humidity" in self.values:
            self.values["humidity"] = round(self._wander(0.3, 100.0), 1)
        elif "illuminance" in self.values:
            self.values["illuminance"] = round(self._wander(self._home_level * 0.02, 100_000.0))
        elif "motion" in self.values:
            change = self.random.random() < (MOTION_ENDS if self.values["motion"] else MOTION_BEGINS)
            self.values["motion"] = bool(self.values["motion"]) != change

    def _wander(self, step: float, most: float) -> float:
        pull = (self._home_level - self._level) * 0.05
        self._level = max(0.0, min(most, self._level + pull + self.random.uniform(-step, step)))
        return self._level


class Rooms:
    """All rooms of a home; a thing without a place stands in a room of its own."""

    def __init__(self, things: Iterable[VirtualThing], seed: int) -> None:
        self._things: dict[str, list[VirtualThing]] = {}
        for thing in things:
            if reading_of(thing.thing):
                self._things.setdefault(_room_id(thing.thing), []).append(thing)
        self._rooms = {
            room_id: Room(_first_temperature(inside), Random(f"{seed}/{room_id}"))
            for room_id, inside in self._things.items()
        }
        self._show()

    def __len__(self) -> int:
        return len(self._rooms)

    def drift(self, seconds: float) -> None:
        for room_id, room in self._rooms.items():
            room.drift(seconds, (thing for thing in self._things[room_id] if isinstance(thing, VirtualClimate)))
        self._show()

    def warm(self, thing: Thing, temperature: float) -> None:
        """Make the room of `thing` have `temperature` at once."""
        self._rooms[_room_id(thing)].temperature = temperature
        self._show()

    def _show(self) -> None:
        for room_id, room in self._rooms.items():
            for thing in self._things[room_id]:
                thing.values[reading_of(thing.thing)] = round(room.temperature, 1)


def reading_of(thing: Thing) -> str:
    """The property in which `thing` shows the temperature of its room, or ""."""
    return next((name for name in ("current_temperature", "temperature") if name in thing.properties), "")


def _room_id(thing: Thing) -> str:
    return thing.place_id or f"/{thing.id}"


def _first_temperature(inside: list[VirtualThing]) -> float:
    """A sensor knows better than what heats."""
    best = min(inside, key=lambda thing: isinstance(thing, VirtualClimate))
    return float(best.values[reading_of(best.thing)] or 0)

"""A robot that leaves its dock, cleans, comes back and charges."""

from collections.abc import Mapping

from jingling.core.command import Outcome
from jingling.core.thing import Value
from jingling.home.drivers.virtual_thing import VirtualThing

CLEANING_S = 600.0
RETURNING_S = 30.0
DRAIN_PER_S = 0.03
CHARGE_PER_S = 0.05
LOWEST_BATTERY = 10


class VirtualVacuum(VirtualThing):
    defaults = {"state": "docked", "battery": 100}
    drifts = True

    _battery = 100.0
    _left_s = 0.0

    @property
    def moving(self) -> bool:
        return self.values["state"] != "docked"

    def become(self, values: Mapping[str, Value]) -> None:
        super().become(values)
        self._battery = float(self.values["battery"] or 0)
        self._left_s = CLEANING_S if self.values["state"] == "cleaning" else RETURNING_S

    def act(self, action: str, inputs: Mapping[str, Value]) -> Outcome:
        if action == "dock":
            self._go_home()
        elif self._battery < LOWEST_BATTERY:
            return Outcome.failed("failed", f"The battery is at {self.values['battery']} %; let it charge first.")
        elif self.values["state"] != "cleaning":
            self.values["state"], self._left_s = "cleaning", CLEANING_S
        return Outcome.done()

    def advance(self, seconds: float) -> None:
        self._left_s -= seconds
        self._charge(-DRAIN_PER_S * seconds)
        if self.values["state"] == "returning" and self._left_s <= 0:
            self.values["state"] = "docked"
        elif self.values["state"] == "cleaning" and self._left_s <= 0:
            self.fired.append("cleaned")
            self._go_home()
        elif self._battery < LOWEST_BATTERY:
            self._go_home()

    def drift(self, seconds: float) -> None:
        if not self.moving:
            self._charge(CHARGE_PER_S * seconds)

    def _go_home(self) -> None:
        if self.values["state"] == "cleaning":
            self.values["state"], self._left_s = "returning", RETURNING_S

    def _charge(self, percent: float) -> None:
        self._battery = max(0.0, min(100.0, self._battery + percent))
        self.values["battery"] = round(self._battery)

"""Curtains, blinds, awnings and gates that take their time."""

from collections.abc import Mapping

from jingling.core.command import Outcome
from jingling.core.thing import Value
from jingling.home.drivers.virtual_thing import VirtualThing

FULL_WAY_S = 12.0


class VirtualCover(VirtualThing):
    defaults = {"position": 0, "state": "closed"}

    _position = 0.0
    _goal = 0.0

    @property
    def moving(self) -> bool:
        return self._position != self._goal

    def become(self, values: Mapping[str, Value]) -> None:
        super().become(values)
        self._position = self._goal = float(self.values["position"] or 0)
        self._show()

    def set(self, name: str, value: Value) -> None:
        self._goal = float(value or 0)
        self._show()

    def act(self, action: str, inputs: Mapping[str, Value]) -> Outcome:
        self._goal = self._position = float(round(self._position))
        self._show()
        return Outcome.done()

    def advance(self, seconds: float) -> None:
        reach = 100 * seconds / FULL_WAY_S
        way = self._goal - self._position
        arrived = abs(way) <= reach + 0.001
        self._position = self._goal if arrived else self._position + (reach if way > 0 else -reach)
        self._show()

    def _show(self) -> None:
        self.values["position"] = round(self._position)
        if self.moving:
            self.values["state"] = "opening" if self._goal > self._position else "closing"
        else:
            self.values["state"] = "open" if self._position > 0 else "closed"

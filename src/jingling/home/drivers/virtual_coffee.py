"""A coffee machine that heats, brews, holds the cup ready and rests again, one order at a time."""

from collections.abc import Mapping

from jingling.core.command import Outcome
from jingling.core.thing import Value
from jingling.home.drivers.virtual_thing import VirtualThing

HEATING_S = 20.0
BREWING_S = 65.0
READY_S = 600.0
"""How long the full cup is told of before the machine rests."""

_NEXT = {"heating": "brewing", "brewing": "ready", "ready": "idle"}
_LASTS_S = {"heating": HEATING_S, "brewing": BREWING_S, "ready": READY_S}


class VirtualCoffeeMachine(VirtualThing):
    """Heats only when it was off; `progress` runs to 100 from the start of the order to the full cup."""

    defaults = {"power": False, "state": "idle", "progress": 0, "order": ""}

    _left_s = 0.0
    _order_s = BREWING_S

    @property
    def moving(self) -> bool:
        return self.values["state"] != "idle"

    def become(self, values: Mapping[str, Value]) -> None:
        super().become(values)
        if "state" in values:
            self._enter(str(values["state"]))

    def set(self, name: str, value: Value) -> None:
        super().set(name, value)
        if name == "power" and not value:
            self._enter("idle")

    def act(self, action: str, inputs: Mapping[str, Value]) -> Outcome:
        if self.values["state"] in {"heating", "brewing"}:
            return Outcome.failed("busy", f"It is still making: {self.values['order']}. Wait until it is ready.")
        cold = not self.values["power"]
        self.values["power"] = True
        self._order_s = BREWING_S + (HEATING_S if cold else 0)
        self._enter("heating" if cold else "brewing")
        self.values["order"] = described(inputs)
        self.values["progress"] = 0
        return Outcome.done(order=self.values["order"])

    def advance(self, seconds: float) -> None:
        self._left_s -= seconds
        while self.moving and self._left_s <= 0:
            over = self._left_s
            self._enter(_NEXT[str(self.values["state"])])
            self._left_s += over
            if self.values["state"] == "ready":
                self.fired.append("brewed")
        if self.values["state"] in {"heating", "brewing"}:
            self.values["progress"] = round(100 * (1 - self._rest_s() / self._order_s))

    def _enter(self, state: str) -> None:
        self.values["state"] = state
        self._left_s = _LASTS_S.get(state, 0.0)
        if state == "ready":
            self.values["progress"] = 100
        elif state == "idle":
            self.values.update(progress=0, order="")

    def _rest_s(self) -> float:
        return self._left_s + (BREWING_S if self.values["state"] == "heating" else 0)


def described(order: Mapping[str, Value]) -> str:
    """The order as one reads it from a cup: "large dark roast latte with soy milk and sugar"."""
    drink = _joined(" ", order, ("size", "roast", "numberOfShots", "coffeeDrink"))
    extras = _joined(" and ", order, ("milkAmount", "sugarAmount"))
    return f"{drink} with {extras}" if extras else drink


def _joined(between: str, order: Mapping[str, Value], names: tuple[str, ...]) -> str:
    return between.join(str(order[name]) for name in names if order.get(name))

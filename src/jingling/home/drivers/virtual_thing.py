"""What all virtual things share."""

from collections.abc import Mapping
from random import Random

from jingling.core.command import Outcome
from jingling.core.thing import Thing, Value


class VirtualThing:
    """A thing made of nothing but its values.

    While `moving`, `advance` is called about once a second; `drift` is called every half minute of those
    that `drifts`. `fired` gathers the events that the driver then tells.
    """

    defaults: Mapping[str, Value] = {}
    drifts = False

    def __init__(self, thing: Thing, initial: Mapping[str, Value], random: Random) -> None:
        self.thing = thing
        self.random = random
        self.fired: list[str] = []
        self.values: dict[str, Value] = {
            name: value for name, value in self.defaults.items() if name in thing.properties
        }
        self.become(initial)

    @property
    def moving(self) -> bool:
        return False

    def become(self, values: Mapping[str, Value]) -> None:
        """Be as `values` say, at once and whatever was before."""
        self.values.update({name: value for name, value in values.items() if name in self.thing.properties})

    def set(self, name: str, value: Value) -> None:
        self.values[name] = value

    def act(self, action: str, inputs: Mapping[str, Value]) -> Outcome:
        return Outcome.failed("unsupported", f"{self.thing.id} cannot do {action}.")

    def advance(self, seconds: float) -> None:
        """Go on with what is under way."""

    def drift(self, seconds: float) -> None:
        """Change as everything does with time."""

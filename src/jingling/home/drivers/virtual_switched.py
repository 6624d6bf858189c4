"""Virtual things that are as they were set: lights, switches, fans, locks and players."""

from collections.abc import Mapping

from jingling.core.command import Outcome
from jingling.core.thing import Value
from jingling.home.drivers.virtual_thing import VirtualThing


class VirtualSwitch(VirtualThing):
    defaults = {"power": False}


class VirtualLock(VirtualThing):
    defaults = {"locked": True}


class VirtualLight(VirtualThing):
    """Any setting but darkness turns it on; colour and colour temperature replace each other."""

    defaults = {"power": False, "brightness": 100, "color_temperature": 4000, "color": "#ffffff"}

    def set(self, name: str, value: Value) -> None:
        super().set(name, value)
        if name == "power":
            if value and self.values.get("brightness") == 0:
                self.values["brightness"] = 100
            return
        if name == "color_temperature" and "color" in self.values:
            self.values["color"] = "#ffffff"
        self.values["power"] = name != "brightness" or value != 0


class VirtualFan(VirtualThing):
    defaults = {"power": False, "speed": 50}

    def set(self, name: str, value: Value) -> None:
        super().set(name, value)
        if name == "speed":
            self.values["power"] = value != 0
        elif value and self.values["speed"] == 0:
            self.values["speed"] = 50


class VirtualPlayer(VirtualThing):
    """A television plays as soon as it is on; a speaker waits for `play`."""

    defaults = {"power": False, "volume": 30, "state": "off"}

    def become(self, values: Mapping[str, Value]) -> None:
        super().become(values)
        if "power" in values and "state" not in values:
            self._switch(values["power"])

    def set(self, name: str, value: Value) -> None:
        super().set(name, value)
        if name == "power":
            self._switch(value)

    def act(self, action: str, inputs: Mapping[str, Value]) -> Outcome:
        if action == "play":
            self.values.update(power=True, state="playing")
        elif self.values["power"]:
            self.values["state"] = "paused"
        return Outcome.done()

    def _switch(self, power: Value) -> None:
        if not power:
            self.values["state"] = "off"
        elif self.values["state"] == "off":
            self.values["state"] = "playing" if self.thing.device_class == "tv" else "paused"

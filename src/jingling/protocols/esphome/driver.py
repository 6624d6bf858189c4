"""The things on ESPHome voice hardware, as the home drives them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jingling.core.command import Outcome
from jingling.core.thing import ThingState, Value
from jingling.home.base import Changed, Fired, Values
from jingling.protocols.esphome.client import Client
from jingling.protocols.esphome.parts import Part


@dataclass
class _Known:
    """`client` None: its device is not connected now."""

    part: Part
    client: Client | None
    values: dict[str, Value] = field(default_factory=dict)


class EsphomeDriver:
    """Drives the things of all devices. What a device reports is what they are."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._changed: Changed | None = None

    def restore(self, values: Values) -> None:
        """Devices remember for themselves."""

    async def start(self, changed: Changed, fired: Fired) -> None:
        self._changed = changed

    async def close(self) -> None:
        self._changed = None

    def connected(self, parts: Sequence[Part], client: Client) -> None:
        for part in parts:
            values = self._known[part.thing.id].values if part.thing.id in self._known else {}
            self._known[part.thing.id] = _Known(part, client, values)

    async def gone(self, client: Client) -> None:
        """Its things stay known, and do not answer."""
        for thing_id, known in list(self._known.items()):
            if known.client is client:
                known.client = None
                await self._tell(thing_id, {})

    def forgotten(self, thing_ids: Iterable[str]) -> None:
        for thing_id in thing_ids:
            self._known.pop(thing_id, None)

    async def told(self, client: Client, key: int, values: dict[str, Value]) -> None:
        """The device reports how one of its entities is."""
        for thing_id, known in list(self._known.items()):
            fresh = {name: value for name, value in values.items() if name in known.part.thing.properties}
            if known.client is client and known.part.entity.key == key and fresh.items() - known.values.items():
                known.values |= fresh
                await self._tell(thing_id, fresh)

    def state(self, thing_id: str) -> ThingState:
        known = self._known.get(thing_id)
        if known is None:
            return ThingState(thing_id, reachable=False)
        return ThingState(thing_id, dict(known.values), reachable=known.client is not None)

    async def set_property(self, thing_id: str, name: str, value: Value) -> Outcome:
        known = self._known.get(thing_id)
        if known is None or known.client is None:
            return Outcome.failed("unreachable", "the device is not connected")
        known.client.command(known.part.entity, name, value)
        known.values[name] = value
        await self._tell(thing_id, {name: value})
        return Outcome.done()

    async def run_action(self, thing_id: str, action: str, inputs: dict[str, Value]) -> Outcome:
        return Outcome.failed("unsupported", f"{thing_id} cannot do {action}.")

    async def _tell(self, thing_id: str, values: dict[str, Value]) -> None:
        if self._changed is not None:
            await self._changed(thing_id, values)

"""The register of a home's devices."""

import asyncio
import hashlib
import logging
import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from msgspec import structs

from jingling.bus.base import Bus
from jingling.core.clock import Clock
from jingling.core.command import Command, Outcome
from jingling.core.errors import BadInput
from jingling.core.turn import Role
from jingling.devices.commands import AdoptDevice, ForgetDevice
from jingling.devices.events import DeviceChanged, DeviceForgotten
from jingling.devices.model import ID_CHARS_MAX, NAME_CHARS_MAX, WAITING_MAX, Device
from jingling.devices.store import DeviceStore
from jingling.storage.base import Database

log = logging.getLogger(__name__)
SEEN_EVERY = timedelta(hours=1)
"""How often the moment it was last seen is written."""
SAYS_OF_ITSELF = ("kind", "model", "version", "address", "code", "capabilities")


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class DeviceService:
    """A `Devices` that carries out the commands of `devices.commands`. `start` it before it is asked."""

    def __init__(self, database: Database, bus: Bus, clock: Clock, home_id: str) -> None:
        self._database = database
        self._bus = bus
        self._clock = clock
        self._home_id = home_id
        self._store = DeviceStore(home_id)
        self._devices: dict[str, Device] = {}
        self._tokens: dict[str, str] = {}
        self._connected: set[str] = set()
        self._lock = asyncio.Lock()

    async def start(self) -> None:
        async with self._database.unit() as unit:
            for device, hashed in await self._store.all(unit):
                self._devices[device.id] = device
                if hashed:
                    self._tokens[hashed] = device.id

    def get(self, device_id: str) -> Device | None:
        return self._devices.get(device_id)

    def all(self) -> Sequence[Device]:
        return sorted(self._devices.values(), key=lambda one: (one.adopted, one.name.casefold(), one.id))

    async def seen(self, device: Device) -> Device:
        """Raises BadInput for an id or a name that no device has."""
        _check(device.id, device.name)
        async with self._lock:
            now, known = self._clock.now(), self._devices.get(device.id)
            if known is None:
                self._make_room()
                return await self._changed(structs.replace(device, state="new", created_at=now, seen_at=now))
            said = {name: getattr(device, name) for name in SAYS_OF_ITSELF}
            if known.adopted:
                said["code"] = ""
            fresh = structs.replace(known, **said, seen_at=now)
            if structs.replace(fresh, seen_at=known.seen_at) != known:
                return await self._changed(fresh)
            if known.adopted and (known.seen_at is None or now - known.seen_at > SEEN_EVERY):
                await self._keep(fresh)
            self._devices[device.id] = fresh
            return fresh

    async def pair(self, name: str, role: Role) -> tuple[Device, str]:
        """A screen that a code was typed into, with its token."""
        now = self._clock.now()
        device = Device(
            f"browser-{uuid4().hex}", "browser", name, "adopted", role=role, created_at=now, seen_at=now
        )
        async with self._lock:
            await self._changed(device)
        return device, await self.issue_token(device.id)

    async def issue_token(self, device_id: str) -> str:
        async with self._lock:
            device = self._devices.get(device_id)
            if device is None or not device.adopted:
                raise BadInput("Only a device that belongs to this home gets a token; adopt it first.")
            token = secrets.token_urlsafe(32)
            self._void(device_id)
            self._tokens[token_hash(token)] = device_id
            await self._keep(device)
            return token

    async def by_token(self, token: str) -> Device | None:
        found = self._tokens.get(token_hash(token)) if token else None
        return self._devices.get(found) if found else None

    def connected(self, device_id: str) -> None:
        self._connected.add(device_id)

    def gone(self, device_id: str) -> None:
        self._connected.discard(device_id)

    def is_connected(self, device_id: str) -> bool:
        return device_id in self._connected

    async def execute(self, command: Command) -> Outcome:
        """A command come again changes nothing."""
        async with self._lock:
            try:
                match command:
                    case AdoptDevice():
                        return await self._adopt(command)
                    case ForgetDevice():
                        return await self._forget(command)
            except BadInput as error:
                return Outcome.failed("bad_value", str(error))
        return Outcome.failed("unsupported", f"The devices do not know {command.name}.")

    async def _adopt(self, command: AdoptDevice) -> Outcome:
        known = self._devices.get(command.device_id)
        if known is None:
            return Outcome.failed("unknown_thing", "This device has not shown up; switch it on and wait a moment.")
        _check(command.device_id, command.name)
        if command.volume is not None and not 0 <= command.volume <= 100:
            raise BadInput("A volume is from 0 to 100.")
        set_now = {name: getattr(command, name) for name in ("name", "place_id", "language", "role", "volume")}
        await self._changed(structs.replace(known, state="adopted", code="", **set_now))
        return Outcome.done(device_id=known.id)

    async def _forget(self, command: ForgetDevice) -> Outcome:
        if self._devices.pop(command.device_id, None) is None:
            return Outcome.failed("unknown_thing", "There is no such device.")
        self._void(command.device_id)
        async with self._database.unit() as unit:
            await self._store.forget(unit, command.device_id)
        forgotten = DeviceForgotten(
            id=uuid4().hex, at=self._clock.now(), home_id=self._home_id, device_id=command.device_id
        )
        await self._bus.publish(forgotten)
        return Outcome.done(device_id=command.device_id)

    def _void(self, device_id: str) -> None:
        self._tokens = {hashed: owner for hashed, owner in self._tokens.items() if owner != device_id}

    def _make_room(self) -> None:
        waiting = [one for one in self._devices.values() if not one.adopted]
        if len(waiting) >= WAITING_MAX:
            oldest = min(waiting, key=lambda one: one.seen_at or self._clock.now())
            del self._devices[oldest.id]
            log.info("more than %d new devices wait; the one seen longest ago was let go", WAITING_MAX)

    async def _changed(self, device: Device) -> Device:
        """Written before it is told; what is new is only told."""
        if device.adopted:
            await self._keep(device)
        self._devices[device.id] = device
        await self._bus.publish(
            DeviceChanged(id=uuid4().hex, at=self._clock.now(), home_id=self._home_id, device=device)
        )
        return device

    async def _keep(self, device: Device) -> None:
        hashed = next((hashed for hashed, owner in self._tokens.items() if owner == device.id), "")
        async with self._database.unit() as unit:
            await self._store.keep(unit, device, hashed)


def _check(device_id: str, name: str) -> None:
    if not device_id or len(device_id) > ID_CHARS_MAX:
        raise BadInput(f"A device's id has 1 to {ID_CHARS_MAX} characters.")
    if not name.strip() or len(name) > NAME_CHARS_MAX or not name.isprintable():
        raise BadInput(f"A device's name has 1 to {NAME_CHARS_MAX} characters.")

"""Wyoming satellites in the home: those of the settings and those that announce themselves."""

import asyncio
import logging

from jingling.bus.base import Unsubscribe
from jingling.core.errors import BadInput
from jingling.devices.events import DeviceChanged, DeviceForgotten
from jingling.protocols.address import Address, address_of
from jingling.protocols.base import Host
from jingling.protocols.discovery import Discovery, Found
from jingling.protocols.waiting import cancelled
from jingling.protocols.wyoming.link import SatelliteLink, device_id
from jingling.schedule.events import EntryChanged, EntryRang

log = logging.getLogger(__name__)
SERVICE = "_wyoming._tcp.local."
PORT = 10_700
SATELLITES_MAX = 32


class WyomingGateway:
    def __init__(self, host: Host, discovery: Discovery) -> None:
        self._host = host
        self._discovery = discovery
        self._links: dict[str, SatelliteLink] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._subscriptions: list[Unsubscribe] = []

    async def start(self) -> None:
        bus, settings = self._host.bus, self._host.settings.wyoming
        self._subscriptions = [
            bus.subscribe(DeviceChanged, self._changed),
            bus.subscribe(DeviceForgotten, self._forgotten),
            bus.subscribe(EntryChanged, self._entry),
            bus.subscribe(EntryRang, self._entry),
        ]
        for text in settings.satellites:
            self._add_named(text, text)
        for device in self._host.devices.all():
            if device.kind == "wyoming" and device.adopted:
                self._add_named(device.id.removeprefix("wyoming-"), device.address)
        if settings.discover:
            self._discovery.watch(SERVICE, self._found)

    async def close(self) -> None:
        for unsubscribe in self._subscriptions:
            unsubscribe()
        await cancelled(*self._tasks.values())
        self._tasks.clear()
        self._links.clear()

    def _add_named(self, name: str, text: str) -> None:
        """Of the settings, or where an adopted one was last seen: it need not announce itself."""
        try:
            self._add(name, address_of(text, PORT))
        except BadInput as error:
            log.warning("a Wyoming satellite is left out: %s", error)

    async def _found(self, found: Found) -> None:
        if any(link.at(found.address) for link in self._links.values()):
            return
        self._add(found.name, found.address)

    def _add(self, name: str, address: Address) -> None:
        key = device_id(name)
        if key in self._links:
            return self._links[key].look_again(address)
        if len(self._links) >= SATELLITES_MAX:
            return log.warning("more than %d Wyoming satellites: %s is left out", SATELLITES_MAX, address)
        self._links[key] = link = SatelliteLink(self._host, address, name)
        self._tasks[key] = asyncio.create_task(link.run(), name=key)
        return None

    async def _changed(self, event: DeviceChanged) -> None:
        link = self._links.get(event.device.id)
        if link is None:
            return
        if event.device.adopted:
            link.look_again()
        else:
            link.drop()

    async def _forgotten(self, event: DeviceForgotten) -> None:
        if link := self._links.get(event.device_id):
            link.drop()

    async def _entry(self, event: EntryChanged | EntryRang) -> None:
        if link := self._links.get(event.entry.device_id):
            await link.changed(event.entry)

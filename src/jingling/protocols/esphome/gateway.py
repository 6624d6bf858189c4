"""ESPHome voice hardware in the home: that of the settings and what announces itself."""

import asyncio
import logging

from jingling.bus.base import Unsubscribe
from jingling.core.errors import BadInput
from jingling.devices.events import DeviceChanged, DeviceForgotten
from jingling.protocols.address import Address, address_of
from jingling.protocols.base import Host
from jingling.protocols.discovery import Discovery, Found
from jingling.protocols.esphome.link import DeviceLink
from jingling.protocols.waiting import cancelled
from jingling.schedule.events import EntryChanged, EntryRang

log = logging.getLogger(__name__)
SERVICE = "_esphomelib._tcp.local."
PORT = 6_053
LINKS_MAX = 64
LOOKS_AT_ONCE = 4
PASSED_OVER_MAX = 512


class EsphomeGateway:
    def __init__(self, host: Host, discovery: Discovery) -> None:
        self._host = host
        self._discovery = discovery
        self._links: dict[DeviceLink, asyncio.Task[None]] = {}
        self._looks = asyncio.Semaphore(LOOKS_AT_ONCE)
        self._passed_over: set[Address] = set()
        self._subscriptions: list[Unsubscribe] = []

    async def start(self) -> None:
        bus, settings = self._host.bus, self._host.settings.esphome
        self._subscriptions = [
            bus.subscribe(DeviceChanged, self._changed),
            bus.subscribe(DeviceForgotten, self._forgotten),
            bus.subscribe(EntryChanged, self._entry),
            bus.subscribe(EntryRang, self._entry),
        ]
        known = [one.address for one in self._host.devices.all() if one.kind == "esphome" and one.adopted]
        for text in (*settings.hosts, *known):
            try:
                self._add(address_of(text, PORT))
            except BadInput as error:
                log.warning("an ESPHome device is left out: %s", error)
        if settings.discover:
            self._discovery.watch(SERVICE, self._found)

    async def close(self) -> None:
        for unsubscribe in self._subscriptions:
            unsubscribe()
        await cancelled(*self._links.values())
        self._links.clear()

    async def _found(self, found: Found) -> None:
        mac = found.about.get("mac", "").lower()
        for link in self._links:
            if link.at(found.address) or (mac and link.device_id == f"esphome-{mac}"):
                return link.look_again(found.address)
        return self._add(found.address, found)

    def _add(self, address: Address, found: Found | None = None) -> None:
        """One that turned out to be no voice hardware is not asked again."""
        if address in self._passed_over or any(link.at(address) for link in self._links):
            return
        if len(self._links) >= LINKS_MAX:
            log.warning("more than %d ESPHome devices: %s is left out", LINKS_MAX, address)
            return
        link = DeviceLink(self._host, address, self._looks, found)
        self._links[link] = asyncio.create_task(self._run(link, address), name=f"esphome {address}")

    async def _run(self, link: DeviceLink, address: Address) -> None:
        try:
            await link.run()
        except Exception:
            log.exception("the ESPHome device at %s is given up", address)
        if len(self._passed_over) < PASSED_OVER_MAX:
            self._passed_over.add(address)
        self._links.pop(link, None)

    async def _changed(self, event: DeviceChanged) -> None:
        for link in self._of(event.device.id):
            link.changed(event.device)

    async def _forgotten(self, event: DeviceForgotten) -> None:
        for link in self._of(event.device_id):
            link.drop()

    async def _entry(self, event: EntryChanged | EntryRang) -> None:
        for link in self._of(event.entry.device_id):
            link.entry(event.entry)

    def _of(self, device_id: str) -> list[DeviceLink]:
        return [link for link in self._links if link.device_id == device_id]

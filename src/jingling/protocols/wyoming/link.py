"""One satellite: looked at, shown as new, and served for as long as it is adopted. It is the server, we connect."""

import asyncio
import logging
import re
from typing import Any

from jingling.core.errors import BadInput
from jingling.devices.model import ID_CHARS_MAX, Device
from jingling.protocols.address import Address
from jingling.protocols.base import Host
from jingling.protocols.places import place_called
from jingling.protocols.shown import shown
from jingling.protocols.timers import TimerBook
from jingling.protocols.waiting import cancelled, ended, set_within
from jingling.protocols.wyoming.about import Info, info_of
from jingling.protocols.wyoming.codec import Event
from jingling.protocols.wyoming.satellite import SatelliteEndpoint
from jingling.protocols.wyoming.wire import Wire
from jingling.schedule.model import Entry

log = logging.getLogger(__name__)
CONNECT_SECONDS_MAX = 5.0
INFO_SECONDS_MAX = 5.0
RECONNECT_S = 10.0
NOT_A_SATELLITE_S = 3_600.0
PING_S = 2.0
SILENT_S_MAX = 8.0
"""A satellite that answers no ping for so long is gone."""


class SatelliteLink:
    """`run` never ends by itself. `name` is unlike that of any other satellite and stays the same."""

    def __init__(self, host: Host, address: Address, name: str) -> None:
        self.device_id = device_id(name)
        self._host = host
        self._address = address
        self._name = name
        self._endpoint: SatelliteEndpoint | None = None
        self._book = TimerBook(self.device_id)
        self._again = asyncio.Event()
        self._dropped = asyncio.Event()
        self._trouble = ""

    def look_again(self, address: Address | None = None) -> None:
        """It was adopted, or announced itself: no need to wait any longer."""
        self._address = address or self._address
        self._again.set()

    def at(self, address: Address) -> bool:
        return self._address == address

    def drop(self) -> None:
        """It does not belong here any longer."""
        self._dropped.set()

    async def changed(self, entry: Entry) -> None:
        news = self._book.news(entry, self._host.clock.now()) if self._endpoint else None
        if news is not None and self._endpoint is not None:
            await self._endpoint.timer(news)

    async def run(self) -> None:
        while True:
            self._again.clear()
            pause_s = await self._try()
            await set_within(self._host.clock, pause_s, self._again)

    async def _try(self) -> float:
        """How long to wait before the next time."""
        try:
            wire = await self._connect()
        except (OSError, TimeoutError) as error:
            self._tell(f"cannot be reached ({type(error).__name__})")
            return RECONNECT_S
        try:
            return await self._visit(wire)
        except (BadInput, TimeoutError) as error:
            self._tell(f"was left: {error or 'it did not answer in time'}")
            return RECONNECT_S
        finally:
            await wire.close()

    async def _connect(self) -> Wire:
        async with asyncio.timeout(CONNECT_SECONDS_MAX):
            return Wire(*await asyncio.open_connection(self._address.host, self._address.port))

    async def _visit(self, wire: Wire) -> float:
        await wire.send(Event("describe"))
        async with asyncio.timeout(INFO_SECONDS_MAX):
            about = await _info(wire)
        if about is None or about.satellite is None:
            self._tell("is no satellite" if about else "hung up")
            return NOT_A_SATELLITE_S if about else RECONNECT_S
        device = await self._host.devices.seen(self._described(about))
        if not device.adopted:
            return NOT_A_SATELLITE_S
        await self._serve(wire, about)
        return RECONNECT_S

    def _described(self, about: Info) -> Device:
        satellite = about.satellite
        assert satellite is not None
        return Device(
            id=self.device_id,
            kind="wyoming",
            name=shown(satellite.name, self._name, self.device_id),
            model=shown(satellite.description),
            version=shown(satellite.version),
            address=str(self._address),
            place_id=place_called(satellite.area, self._host.home.places),
            capabilities=about.capabilities,
        )

    async def _serve(self, wire: Wire, about: Info) -> None:
        endpoint = SatelliteEndpoint(self._host, self.device_id, about, wire)
        self._dropped.clear()
        self._trouble = ""
        self._host.devices.connected(self.device_id)
        log.info("%s is connected", self.device_id)
        serving = asyncio.ensure_future(_awaited(self._host.serve(endpoint)))
        try:
            await wire.send(Event("run-satellite"))
            await self._tell_timers(endpoint)
            await ended(self._read(wire, endpoint), wire.gone.wait(), self._dropped.wait(), _watched(serving))
        finally:
            self._endpoint = None
            self._host.devices.gone(self.device_id)
            await wire.send(Event("pause-satellite"))
            await endpoint.end()
            await asyncio.wait({serving}, timeout=1.0)
            await cancelled(serving)

    async def _tell_timers(self, endpoint: SatelliteEndpoint) -> None:
        for news in self._book.all(self._host.schedule.entries("timer"), self._host.clock.now()):
            await endpoint.timer(news)
        self._endpoint = endpoint

    async def _read(self, wire: Wire, endpoint: SatelliteEndpoint) -> None:
        """Until the satellite is gone, or silent for too long."""
        alive = asyncio.Event()
        pinging = asyncio.ensure_future(self._ping(wire, alive))
        try:
            while (event := await wire.receive()) is not None:
                alive.set()
                await endpoint.take(event)
        finally:
            await cancelled(pinging)

    async def _ping(self, wire: Wire, alive: asyncio.Event) -> None:
        clock, heard_at = self._host.clock, self._host.clock.monotonic()
        while not wire.gone.is_set():
            await wire.send(Event("ping", {"text": "jingling"}))
            await clock.sleep(PING_S)
            if alive.is_set():
                alive.clear()
                heard_at = clock.monotonic()
            elif clock.monotonic() - heard_at > SILENT_S_MAX:
                self._tell("answers no longer")
                wire.gone.set()

    def _tell(self, trouble: str) -> None:
        """The same trouble is told once."""
        if trouble != self._trouble:
            self._trouble = trouble
            log.warning("the Wyoming satellite at %s %s", self._address, trouble)


async def _awaited(session: Any) -> None:
    try:
        await session
    except Exception:
        log.exception("a Wyoming satellite's session failed")


async def _watched(serving: "asyncio.Future[None]") -> None:
    await asyncio.wait({serving})


async def _info(wire: Wire) -> Info | None:
    while (event := await wire.receive()) is not None:
        if event.type == "info":
            return info_of(event)
        if event.type == "ping":
            await wire.send(Event("pong", {"text": event.data.get("text")}))
    return None


def device_id(name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return f"wyoming-{plain or 'satellite'}"[:ID_CHARS_MAX]

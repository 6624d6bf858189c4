"""One device: looked at, shown as new, and served for as long as it is adopted. It is the server, we connect."""

import asyncio
import logging
import re
from typing import Any

from jingling.core.errors import BadInput, NotReady
from jingling.devices.model import ID_CHARS_MAX, Device
from jingling.protocols.address import Address
from jingling.protocols.base import Host
from jingling.protocols.discovery import Found
from jingling.protocols.esphome.client import ANNOUNCE, API_AUDIO, SPEAKER, TIMERS, About, Client, Unreachable
from jingling.protocols.esphome.endpoint import EsphomeEndpoint
from jingling.protocols.places import place_called
from jingling.protocols.shown import shown
from jingling.protocols.timers import TimerBook, TimerNews
from jingling.protocols.waiting import cancelled, ended, set_within
from jingling.schedule.model import Entry

log = logging.getLogger(__name__)
RECONNECT_S = 5.0
RECONNECT_S_MAX = 60.0
TROUBLED_S = 300.0
"""A wrong key is not tried more often: that may lock the device up."""
NOT_ADOPTED_S = 3_600.0
VOICE_WORDS = ("voice", "assist", "satellite", "s3-box", "s3_box", "speaker", "echo")
OLD = "has firmware that cannot send its sound over this connection: update it in ESPHome"


class DeviceLink:
    """`run` ends by itself only when the device is no voice hardware. `found`: it announced itself."""

    def __init__(self, host: Host, address: Address, looks: asyncio.Semaphore, found: Found | None = None) -> None:
        self.device_id = _id(found.about.get("mac", "")) if found else ""
        self._host = host
        self._address = address
        self._looks = looks
        self._found = found
        self._client: Client | None = None
        self._about: About | None = None
        self._book: TimerBook | None = None
        self._again = asyncio.Event()
        self._dropped = asyncio.Event()
        self._failures = 0
        self._trouble = ""

    def at(self, address: Address) -> bool:
        return self._address == address

    def look_again(self, address: Address | None = None) -> None:
        """It was adopted, or announced itself: no need to wait any longer."""
        self._address = address or self._address
        self._again.set()

    def drop(self) -> None:
        """It does not belong here any longer."""
        self._dropped.set()

    def changed(self, device: Device) -> None:
        """By a person."""
        if self._client is None:
            return self.look_again() if device.adopted else None
        if not device.adopted:
            return self.drop()
        return self._set_volume(device)

    def entry(self, entry: Entry) -> None:
        news = self._book.news(entry, self._host.clock.now()) if self._book else None
        if news is not None:
            self._tell_timer(news)

    async def run(self) -> None:
        while True:
            self._again.clear()
            pause_s = await self._try()
            if pause_s is None:
                return
            await set_within(self._host.clock, pause_s, self._again)

    async def _try(self) -> float | None:
        """How long to wait before the next time; None: there need be none."""
        client = Client(self._address, self._key())
        try:
            async with self._looks:
                about = await client.connect()
            self._failures = 0
            return await self._visit(client, about)
        except (NotReady, BadInput) as problem:
            self._tell(str(problem))
            await self._show_locked()
            return TROUBLED_S
        except Unreachable as problem:
            self._tell(str(problem))
            self._failures += 1
            return min(RECONNECT_S_MAX, RECONNECT_S * 2.0 ** min(self._failures - 1, 10))
        finally:
            await client.close()

    def _key(self) -> str:
        """By the device's name, or by the address it is configured with."""
        keys = self._host.settings.esphome.keys
        names = (
            self._about.name if self._about else "",
            self._found.name if self._found else "",
            self._address.host,
        )
        return next((keys[name] for name in (*names, str(self._address)) if name in keys), "")

    async def _visit(self, client: Client, about: About) -> float | None:
        if not about.talks:
            return None
        self._about = about
        self.device_id = _id(about.mac or about.name)
        if not about.can(API_AUDIO):
            raise NotReady(OLD)
        device = await self._host.devices.seen(self._described(about))
        if not device.adopted:
            return NOT_ADOPTED_S
        await self._serve(client, about)
        return RECONNECT_S

    def _described(self, about: About) -> Device:
        speaks = about.players or about.can(SPEAKER) or about.can(ANNOUNCE)
        return Device(
            id=self.device_id,
            kind="esphome",
            name=shown(about.friendly_name, about.name, self.device_id),
            model=shown(about.model),
            version=shown(about.version),
            address=str(self._address),
            place_id=place_called(about.area, self._host.home.places),
            capabilities=frozenset({"microphone", "speaker"} if speaks else {"microphone"}),
        )

    async def _show_locked(self) -> None:
        """Voice hardware whose key is missing shows up all the same, so that its owner learns of it."""
        about = self._found.about if self._found else {}
        told = " ".join((self._found.name if self._found else "", about.get("project_name", ""))).lower()
        if not self.device_id or not about.get("mac") or not any(word in told for word in VOICE_WORDS):
            return
        name = shown(about.get("friendly_name"), self._found.name if self._found else "", self.device_id)
        model = shown(about.get("project_name"))
        await self._host.devices.seen(
            Device(id=self.device_id, kind="esphome", name=name, model=model, address=str(self._address))
        )

    async def _serve(self, client: Client, about: About) -> None:
        endpoint = EsphomeEndpoint(self._host, self.device_id, about, client)
        self._dropped.clear()
        self._trouble = ""
        await client.choose_wake_words(self._host.settings.speech.wake_words)
        self._client = client
        client.listen(endpoint)
        self._host.devices.connected(self.device_id)
        log.info("%s is connected", self.device_id)
        serving = asyncio.ensure_future(_awaited(self._host.serve(endpoint)))
        try:
            self._begin()
            await ended(client.gone.wait(), self._dropped.wait(), _watched(serving))
        finally:
            self._client = self._book = None
            self._host.devices.gone(self.device_id)
            endpoint.end()
            await asyncio.wait({serving}, timeout=1.0)
            await cancelled(serving)

    def _begin(self) -> None:
        """It learns what it cannot know by itself."""
        if (device := self._host.devices.get(self.device_id)) is not None:
            self._set_volume(device)
        assert self._about is not None
        if self._about.can(TIMERS):
            self._book = TimerBook(self.device_id)
            for news in self._book.all(self._host.schedule.entries("timer"), self._host.clock.now()):
                self._tell_timer(news)

    def _set_volume(self, device: Device) -> None:
        if self._client is not None and self._about is not None and device.volume is not None:
            self._client.set_volume(self._about.players, device.volume)

    def _tell_timer(self, news: TimerNews) -> None:
        """What the hub itself rings there, in words and until somebody stops it anywhere, must not ring twice."""
        assert self._client is not None
        assert self._about is not None
        if news.change == "finished" and self._about.can(ANNOUNCE):
            news = TimerNews("cancelled", news.id, news.name, news.total_s, 0, False)
        self._client.timer(news)

    def _tell(self, trouble: str) -> None:
        """The same trouble is told once."""
        if trouble != self._trouble:
            self._trouble = trouble
            log.warning("the ESPHome device at %s %s", self._address, trouble)


async def _awaited(session: Any) -> None:
    try:
        await session
    except Exception:
        log.exception("an ESPHome device's session failed")


async def _watched(serving: "asyncio.Future[None]") -> None:
    await asyncio.wait({serving})


def _id(own: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "", own.lower())
    return f"esphome-{plain}"[:ID_CHARS_MAX] if plain else ""

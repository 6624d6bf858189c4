"""What changes in the home, on its way to one screen; things at most ten times a second."""

import asyncio
from collections.abc import Awaitable, Callable

from jingling.bus.base import Bus, Unsubscribe
from jingling.core.card import Choice, TextCard
from jingling.core.clock import Clock
from jingling.devices.events import DeviceChanged, DeviceForgotten, PictureTaken
from jingling.home.events import ThingChanged
from jingling.schedule.events import EntryChanged
from jingling.screen.messages import DeviceNews, ShowCard, ThingUpdate, TimerOver

INTERVAL_SECONDS = 0.1


class Following:
    """Merges what changes between two sendings, so that a busy thing costs one message."""

    def __init__(
        self,
        clock: Clock,
        home_id: str,
        send: Callable[[ThingUpdate | TimerOver | DeviceNews | ShowCard], Awaitable[None]],
        waiting: Callable[[], tuple[str, ...]] = tuple,
    ) -> None:
        """`waiting` names the devices that wait to be adopted by this screen."""
        self._clock = clock
        self._home_id = home_id
        self._send = send
        self._waiting = waiting
        self._pending: dict[str, ThingUpdate] = {}
        self._news = asyncio.Event()

    def subscribe(self, bus: Bus) -> Unsubscribe:
        leave = (
            bus.subscribe(ThingChanged, self.changed),
            bus.subscribe(EntryChanged, self.entry_changed),
            bus.subscribe(DeviceChanged, self.devices_changed),
            bus.subscribe(DeviceForgotten, self.devices_changed),
            bus.subscribe(PictureTaken, self.picture_taken),
        )

        def unsubscribe() -> None:
            for each in leave:
                each()

        return unsubscribe

    async def run(self) -> None:
        """Send what was gathered since `subscribe`, and go on until cancelled."""
        while True:
            await self._news.wait()
            await self._flush()
            await self._clock.sleep(INTERVAL_SECONDS)

    async def changed(self, event: ThingChanged) -> None:
        if event.home_id != self._home_id:
            return
        before = self._pending.get(event.thing_id)
        values = event.values if before is None else {**before.values, **event.values}
        self._pending[event.thing_id] = ThingUpdate(event.thing_id, values, event.reachable)
        self._news.set()

    async def entry_changed(self, event: EntryChanged) -> None:
        if event.home_id == self._home_id and not event.entry.live:
            await self._send(TimerOver(event.entry.id))

    async def devices_changed(self, event: DeviceChanged | DeviceForgotten) -> None:
        if event.home_id == self._home_id:
            await self._send(DeviceNews(self._waiting()))

    async def picture_taken(self, event: PictureTaken) -> None:
        if event.home_id == self._home_id:
            shown = Choice(event.name, "", picture=event.picture)
            card = TextCard(event.name, event.question, (shown,))
            await self._send(ShowCard("", f"picture.{event.id}", card))

    async def _flush(self) -> None:
        self._news.clear()
        updates, self._pending = self._pending, {}
        for update in updates.values():
            await self._send(update)

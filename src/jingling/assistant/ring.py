"""What rings is brought to the endpoint that set it, again and again, until somebody silences it."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from jingling.assistant.announcer import once
from jingling.assistant.answer import Answer, Outlet
from jingling.assistant.session import Session, new_turn_id
from jingling.bus.base import Bus
from jingling.core.card import TimerCard
from jingling.core.clock import Clock
from jingling.core.endpoint import Phase
from jingling.core.turn import Language
from jingling.schedule.base import ScheduleReader
from jingling.schedule.events import EntryChanged, EntryRang
from jingling.schedule.model import Entry
from jingling.sdk import phrases
from jingling.sdk.kit import Replies
from jingling.sdk.timers import timer_line
from jingling.speech.earcons import chime

log = logging.getLogger(__name__)
PAUSE_S = 4.0
LATE_S = 30.0
"""From here on a person is told that it rings late."""


@dataclass
class Ringer:
    """`sessions` are those of connected endpoints; when the right one is away, all the others ring."""

    answer: Answer
    replies: Replies
    schedule: ScheduleReader
    clock: Clock
    sessions: dict[str, Session] = field(default_factory=dict)
    _rings: dict[tuple[str, str], asyncio.Task[None]] = field(default_factory=dict)
    _late: dict[str, float] = field(default_factory=dict)
    _sounding: dict[str, str] = field(default_factory=dict)

    def attach(self, bus: Bus) -> None:
        bus.subscribe(EntryRang, self._rang)
        bus.subscribe(EntryChanged, self._changed)

    async def _rang(self, event: EntryRang) -> None:
        self._late[event.entry.id] = event.late_s
        for session in self._where(event.entry):
            self._start(event.entry, session)

    async def _changed(self, event: EntryChanged) -> None:
        if event.entry.state != "ringing":
            self._late.pop(event.entry.id, None)
            await self._stop(key for key in list(self._rings) if key[0] == event.entry.id)

    def arrived(self, session: Session) -> None:
        """An endpoint that comes back finds what rings for it, and what rings for one that is away."""
        self.sessions[session.endpoint.info.id] = session
        for entry in self._ringing():
            if session in self._where(entry):
                self._start(entry, session)

    async def left(self, session: Session) -> None:
        """What rang there alone goes on ringing elsewhere."""
        device_id = session.endpoint.info.id
        if self.sessions.get(device_id) is not session:
            return
        del self.sessions[device_id]
        await self._stop(key for key in list(self._rings) if key[1] == device_id)
        for entry in self._ringing():
            for other in self._where(entry):
                self._start(entry, other)

    def _ringing(self) -> list[Entry]:
        """Those that have rung in this life of the hub; the others are about to, and are told to be late."""
        return [one for one in self.schedule.entries() if one.state == "ringing" and one.id in self._late]

    def _where(self, entry: Entry) -> list[Session]:
        own = self.sessions.get(entry.device_id)
        return [own] if own else list(self.sessions.values())

    async def close(self) -> None:
        await self._stop(list(self._rings))

    def _start(self, entry: Entry, session: Session) -> None:
        key = (entry.id, session.endpoint.info.id)
        if key not in self._rings:
            self._rings[key] = asyncio.create_task(self._ring(entry, session))

    async def _stop(self, keys: Iterable[tuple[str, str]]) -> None:
        tasks = [self._rings.pop(key) for key in keys]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _ring(self, entry: Entry, session: Session) -> None:
        """The words once, then only the chime; silent while a turn is under way."""
        endpoint, words = session.endpoint, self.text(entry)
        shown = new_turn_id()
        await endpoint.show(shown, self.card(entry))
        try:
            while True:
                if not session.busy:
                    await self._sound(entry, session, words)
                    words = ""
                await self.clock.sleep(PAUSE_S)
        finally:
            await self.hush(session)
            await endpoint.stop(shown)

    async def _sound(self, entry: Entry, session: Session, words: str) -> None:
        outlet = Outlet(new_turn_id(), self._language(entry), session.endpoint, waking=True)
        self._sounding[session.endpoint.info.id] = outlet.turn_id
        await session.endpoint.play(outlet.turn_id, once(chime()))
        if words:
            await self.answer.announce(outlet, words)
        await session.endpoint.tell(outlet.turn_id, Phase("idle"))

    def rings_at(self, device_id: str) -> bool:
        """Something rings there just now."""
        return any(place == device_id for _, place in self._rings)

    async def hush(self, session: Session) -> None:
        """Quiet for the moment: somebody speaks. The entry still rings."""
        sounding = self._sounding.pop(session.endpoint.info.id, None)
        if sounding is not None:
            await session.endpoint.stop(sounding)

    @staticmethod
    def _language(entry: Entry) -> Language:
        return "zh" if entry.language == "zh" else "en"

    def text(self, entry: Entry) -> str:
        """What is said when it rings; a late one is said to be late."""
        language = self._language(entry)
        key = f"{entry.kind}_rang_named" if entry.label else f"{entry.kind}_rang"
        time = phrases.clock(entry.due_at, language)
        said = self.replies.text(language, key, label=entry.label, time=time)
        late_s = self._late.get(entry.id, 0.0)
        if late_s < LATE_S:
            return said
        ago = phrases.duration(late_s, language)
        return f"{said} {self.replies.text(language, 'late', ago=ago)}"

    def card(self, entry: Entry) -> TimerCard:
        title = self.replies.text(self._language(entry), f"ring_title_{entry.kind}")
        return TimerCard(title, (timer_line(entry),))

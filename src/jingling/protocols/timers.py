"""What a device that shows timers by itself is told of the schedule. Pure but for what it remembers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from jingling.schedule.model import Entry

Change = Literal["started", "updated", "cancelled", "finished"]


class TimerNews(Struct, frozen=True):
    change: Change
    id: str
    name: str
    total_s: int
    left_s: int
    active: bool


class TimerBook:
    """One device's timers as it knows them. Alarms and reminders are none: they only ring."""

    def __init__(self, device_id: str) -> None:
        self._device_id = device_id
        self._known: set[str] = set()

    def all(self, entries: Sequence[Entry], now: datetime) -> list[TimerNews]:
        """For a device that has just come and knows nothing."""
        self._known.clear()
        return [news for entry in entries if entry.state != "ringing" and (news := self.news(entry, now))]

    def news(self, entry: Entry, now: datetime) -> TimerNews | None:
        """None: this device need not know."""
        if entry.device_id != self._device_id or entry.kind != "timer":
            return None
        change = self._change(entry)
        if change is None:
            return None
        left_s = round(entry.left_s(now)) if change in ("started", "updated") else 0
        return TimerNews(change, entry.id, entry.label, round(entry.total_s), left_s, entry.state == "running")

    def _change(self, entry: Entry) -> Change | None:
        known = entry.id in self._known
        if entry.state in ("running", "paused"):
            self._known.add(entry.id)
            return "updated" if known else "started"
        self._known.discard(entry.id)
        if not known:
            return None
        return "finished" if entry.state == "ringing" else "cancelled"

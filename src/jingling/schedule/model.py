"""A timer, an alarm or a reminder, and the pure rules of when it is due."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

Kind = Literal["timer", "alarm", "reminder"]
State = Literal["running", "paused", "ringing", "done", "cancelled"]


class Entry(Struct, frozen=True, kw_only=True):
    """`device_id` is the endpoint that set it and that it rings on. `remaining_s` is set while paused."""

    id: str
    home_id: str
    device_id: str
    kind: Kind
    state: State
    due_at: datetime
    created_at: datetime
    language: str
    label: str = ""
    total_s: float = 0.0
    remaining_s: float | None = None
    repeat: str = ""

    def left_s(self, now: datetime) -> float:
        """Seconds until it rings, never negative."""
        if self.remaining_s is not None:
            return self.remaining_s
        return max(0.0, (self.due_at - now).total_seconds())

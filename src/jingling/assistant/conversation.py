"""What one endpoint's exchange remembers between turns, and when it forgets."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from jingling.core.turn import Ask, Reply, Turn


@dataclass(frozen=True)
class OpenQuestion:
    """Asked by `turn`. A yes adds `confirms`, the key of the waiting command, to those `confirmed` before."""

    ask: Ask
    turn: Turn
    expires_at: datetime
    question: str
    confirms: str = ""
    confirmed: frozenset[str] = frozenset()
    missed: int = 0


@dataclass
class Conversation:
    seconds_max: float
    memory: dict[str, Any] = field(default_factory=dict)
    question: OpenQuestion | None = None
    last_reply: Reply | None = None
    touched_at: datetime | None = None

    def begin(self, now: datetime) -> None:
        """Called at the start of each turn: what is too old is forgotten."""
        if self.question and now > self.question.expires_at:
            self.question = None
        if self.touched_at and now > self.touched_at + timedelta(seconds=self.seconds_max):
            self.memory.clear()
        self.touched_at = now

    def expiry(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self.seconds_max)

"""What one endpoint's exchange remembers between turns, and when it forgets."""

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from jingling.core.command import Command, Outcome
from jingling.core.turn import Ask, Intent, Reply, Turn

MISSES_MAX = 1
EXCHANGES_MAX = 12


@dataclass(frozen=True)
class Exchange:
    """One turn as it is remembered: words, what they meant, what was done and what was answered.

    `meant` is the intent that was handled; None: it was not understood. `place_id` is where it was said.
    """

    turn_id: str
    at: datetime
    said: str
    meant: Intent | None
    answered: str
    done: tuple[tuple[Command, Outcome], ...] = ()
    place_id: str | None = None


@dataclass(frozen=True)
class OpenQuestion:
    """Asked by `turn`, shown in the turn `shown_in`.

    A yes adds `confirms`, the key of the waiting command, to those `confirmed` before.
    """

    ask: Ask
    turn: Turn
    expires_at: datetime
    question: str
    confirms: str = ""
    confirmed: frozenset[str] = frozenset()
    missed: int = 0
    shown_in: str = ""

    @property
    def given_up(self) -> bool:
        """It was missed before: another miss drops it."""
        return self.missed >= MISSES_MAX

    def is_shown_on(self, card_id: str) -> bool:
        """Whether a card belongs to this question; a card without an id belongs to whatever is open."""
        return not card_id or card_id.partition(".")[0] == self.shown_in


@dataclass
class Conversation:
    seconds_max: float
    memory: dict[str, Any] = field(default_factory=dict)
    question: OpenQuestion | None = None
    last_reply: Reply | None = None
    touched_at: datetime | None = None
    history: deque[Exchange] = field(default_factory=lambda: deque(maxlen=EXCHANGES_MAX))

    def open_question(self, now: datetime) -> OpenQuestion | None:
        """The question that the next words may answer, unless too long ago."""
        return self.question if self.question and now <= self.question.expires_at else None

    def begin(self, now: datetime) -> None:
        """Called at the start of each turn: what is too old is forgotten."""
        self.question = self.open_question(now)
        if self.touched_at and now > self.touched_at + timedelta(seconds=self.seconds_max):
            self.memory.clear()
            self.history.clear()
        self.touched_at = now

    def remember(self, turn_id: str, reply: Reply) -> None:
        """What was answered, for "repeat", and on which turn's card the open question is shown."""
        if self.question is not None and not self.question.shown_in:
            self.question = replace(self.question, shown_in=turn_id)
        if reply.speech and isinstance(reply.speech, str):
            self.last_reply = reply

    def expiry(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self.seconds_max)

"""What one person's exchange with one endpoint remembers between turns, and when it forgets."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from jingling.core.card import Card
from jingling.core.command import Command, Outcome
from jingling.core.turn import Ask, Intent, Reply, Turn
from jingling.language.base import Reading

MISSES_MAX = 1
EXCHANGES_MAX = 12
STEPS_MAX = 12
STEP_S_MAX = 600.0
"""For how long something done can be taken back."""


@dataclass(frozen=True)
class Exchange:
    """One request as it is remembered: words, what they meant, what was done and what was answered.

    `meant` is the intent that was handled; None: it was not understood. `place_id` is where it was said.
    `taken` is the whole sentence that was understood, where what was said only hinted at it. `user_id` is who said
    it, when that is known.
    """

    turn_id: str
    at: datetime
    said: str
    meant: Intent | None
    answered: str
    done: tuple[tuple[Command, Outcome], ...] = ()
    place_id: str | None = None
    taken: str = ""
    card: Card | None = None
    language: str = "en"
    user_id: str | None = None

    @property
    def sentence(self) -> str:
        return self.taken or self.said


@dataclass(frozen=True)
class Step:
    """What takes back what one request did, the last effect first. No commands: nothing can."""

    turn_id: str
    at: datetime
    said: str
    commands: tuple[Command, ...] = ()

    @property
    def breath(self) -> str:
        """The same for all requests that were made in one breath."""
        return self.turn_id.partition(".")[0]


@dataclass(frozen=True)
class OpenQuestion:
    """Asked by `turn`, shown in the turn `shown_in`.

    A yes adds `confirms`, the key of the waiting command, to those `confirmed` before. With `guesses` it is one
    of them that the answer chooses. `rest` is what was said in the same breath and waits for the answer, `said`
    what was asked for.
    """

    ask: Ask
    turn: Turn
    expires_at: datetime
    question: str
    confirms: str = ""
    confirmed: frozenset[str] = frozenset()
    missed: int = 0
    shown_in: str = ""
    card: Card | None = None
    guesses: tuple[Reading, ...] = ()
    rest: tuple[Any, ...] = ()
    said: str = ""

    @property
    def given_up(self) -> bool:
        """It was missed before: another miss drops it."""
        return self.missed >= MISSES_MAX

    def is_shown_on(self, card_id: str) -> bool:
        """Whether a card belongs to this question; a card without an id belongs to whatever is open."""
        return not card_id or card_id.partition(".")[0] == self.shown_in


@dataclass
class Conversation:
    """Of one person (when known) at one endpoint."""

    seconds_max: float
    memory: dict[str, Any] = field(default_factory=dict)
    question: OpenQuestion | None = None
    last_reply: Reply | None = None
    touched_at: datetime | None = None
    place_id: str | None = None
    history: deque[Exchange] = field(default_factory=lambda: deque(maxlen=EXCHANGES_MAX))
    steps: deque[Step] = field(default_factory=lambda: deque(maxlen=STEPS_MAX))

    def open_question(self, now: datetime) -> OpenQuestion | None:
        """The question that the next words may answer, unless too long ago."""
        return self.question if self.question and now <= self.question.expires_at else None

    def begin(self, now: datetime, place_id: str | None = None) -> None:
        """Called at the start of each turn: what is too old, or was said in another place, is forgotten."""
        self.question = self.open_question(now)
        too_old = self.touched_at and now > self.touched_at + timedelta(seconds=self.seconds_max)
        if too_old or place_id != self.place_id:
            self.memory.clear()
            self.history.clear()
        self.touched_at, self.place_id = now, place_id
        while self.steps and now > self.steps[0].at + timedelta(seconds=STEP_S_MAX):
            self.steps.popleft()

    def remember(self, turn_id: str, reply: Reply) -> None:
        """What was answered, for "repeat", and on which turn's card the open question is shown."""
        if self.question is not None and not self.question.shown_in:
            self.question = replace(self.question, shown_in=turn_id)
        if reply.speech and isinstance(reply.speech, str):
            self.last_reply = reply

    def told(self, reply: Reply, text: str) -> None:
        """An answer that was made while it was told, as it was in the end."""
        self.last_reply = reply
        if self.history:
            self.history[-1] = replace(self.history[-1], answered=text)

    def did(self, turn_id: str, said: str, at: datetime, undoing: Sequence[Command]) -> None:
        """A command of a turn was carried out, and `undoing` would take it back."""
        step = Step(turn_id, at, said)
        if self.steps and self.steps[-1].turn_id == turn_id:
            step = self.steps.pop()
        self.steps.append(replace(step, at=at, commands=(*undoing, *step.commands)))

    def expiry(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self.seconds_max)

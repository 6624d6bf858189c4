"""What came of a turn, as the command line and the tests see it, and how long each part of it took."""

import time
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from jingling.assistant.think import Thought
from jingling.core.command import Command, Outcome
from jingling.core.turn import Language, Reply, Utterance

TURNS_KEPT = 50


@dataclass
class Stopwatch:
    """`ms`: milliseconds since the lap before, by name. `after`: milliseconds from `since` (in seconds of
    `time.perf_counter`: the last sample of speech, or the beginning of the turn) to each stage, the first time.
    """

    ms: dict[str, float] = field(default_factory=dict)
    last: float = field(default_factory=time.perf_counter)
    since: float = field(default_factory=time.perf_counter)
    after: dict[str, float] = field(default_factory=dict)

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.ms[name] = round((now - self.last) * 1000, 2)
        self.last = now

    def reach(self, stage: str) -> None:
        """`stage` is over now."""
        self.after.setdefault(stage, round((time.perf_counter() - self.since) * 1000, 1))


@dataclass(frozen=True)
class TurnRecord:
    turn_id: str
    said: Utterance
    thought: Thought
    reply: Reply
    text: str
    done: tuple[tuple[Command, Outcome], ...]
    ms: dict[str, float]

    def as_json(self) -> dict[str, Any]:
        """`utterance`, `intent` or null, `reply`, `commands`, `ms`: one line of `jingling ask --json`."""
        meant = self.thought.meant
        return {
            "utterance": {
                "text": self.said.text,
                "language": self.said.language,
                "confidence": round(self.said.confidence, 3),
            },
            "intent": meant
            and {"name": meant.name, "slots": meant.slots, "confidence": round(meant.confidence, 3)},
            "reply": self.text,
            "asks": self.reply.ask.expect if self.reply.ask else None,
            "card": msgspec.to_builtins(self.reply.card) if self.reply.card else None,
            "commands": [self._command(command, outcome) for command, outcome in self.done],
            "ms": self.ms,
        }

    @staticmethod
    def _command(command: Command, outcome: Outcome) -> dict[str, Any]:
        result = {"name": command.name, "ok": outcome.ok}
        return result if outcome.problem is None else {**result, "problem": outcome.problem.code}


@dataclass
class TurnTrace:
    """How a turn went, without a word of it. `spoken`: it was asked for by voice. `intent` is what was handled.

    The stages, each in milliseconds after the last sample of speech: `ended` (the end of speech was found), `heard`
    (its words were known), `thought`, `acted`, `voiced` (the first sound of the answer was made), `sent`.
    """

    turn_id: str
    at: datetime
    device_id: str
    language: Language
    spoken: bool
    watch: Stopwatch
    intent: str = ""
    outcome: str = "under way"

    def as_json(self) -> dict[str, Any]:
        return {
            "turn_id": self.turn_id,
            "at": self.at.isoformat(timespec="milliseconds"),
            "device_id": self.device_id,
            "language": self.language,
            "spoken": self.spoken,
            "intent": self.intent,
            "outcome": self.outcome,
            "after_ms": dict(self.watch.after),
        }


class TurnLog:
    """The latest turns of a home, in memory only."""

    def __init__(self) -> None:
        self._traces: deque[TurnTrace] = deque(maxlen=TURNS_KEPT)

    def add(self, trace: TurnTrace) -> None:
        self._traces.append(trace)

    def as_json(self) -> list[dict[str, Any]]:
        """The latest first."""
        return [trace.as_json() for trace in reversed(self._traces)]

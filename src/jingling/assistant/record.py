"""What came of a turn, as the command line and the tests see it."""

import time
from dataclasses import dataclass, field
from typing import Any

import msgspec

from jingling.assistant.think import Thought
from jingling.core.command import Command, Outcome
from jingling.core.turn import Reply, Utterance


@dataclass
class Stopwatch:
    """Milliseconds since the lap before, by name."""

    ms: dict[str, float] = field(default_factory=dict)
    last: float = field(default_factory=time.perf_counter)

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.ms[name] = round((now - self.last) * 1000, 2)
        self.last = now


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

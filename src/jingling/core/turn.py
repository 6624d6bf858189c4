"""One exchange: what was said, what was meant, what is answered."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Literal

from msgspec import Struct

from jingling.core.card import Card

Language = Literal["en", "zh"]
Role = Literal["owner", "adult", "child", "guest"]
Slots = dict[str, Any]
ANYWHERE = "anywhere"
"""The slot `area` of what was said where no place is known: a skill asks for it, or takes the whole home."""


class Utterance(Struct, frozen=True):
    """`confidence` in 0…1; typed text has 1. `alternatives` are other hearings, best first."""

    text: str
    language: Language
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()
    speaker_id: str | None = None


class Intent(Struct, frozen=True):
    """`name` is `<skill>.<verb>`, or a Home Assistant intent name (`HassTurnOn`).

    `slots` are plain JSON values: text, numbers, seconds for durations, ISO 8601 for times ("07:30") and dates.
    `source` says who understood: templates, answer, touch, llm.
    """

    name: str
    slots: Slots = {}
    confidence: float = 1.0
    source: str = "templates"


class Ask(Struct, frozen=True):
    """A question that the reply ends with; its answer fills `slot` of `intent`, which is then handled anew.

    `expect` names the group of answer sentences that the grammar narrows to: `yes_no`, or
    `<skill>/<group>` from the `answers:` of that skill's sentences.
    """

    intent: Intent
    slot: str
    expect: str


@dataclass(frozen=True)
class Reply:
    """`speech` may be a stream of text; `spoken` False answers on the screen only."""

    speech: str | AsyncIterator[str] = ""
    card: Card | None = None
    ask: Ask | None = None
    end: bool = True
    spoken: bool = True


@dataclass(frozen=True)
class Turn:
    """What a skill knows. `memory` is the conversation's own, kept between turns and expired with it."""

    id: str
    home_id: str
    device_id: str
    utterance: Utterance
    intent: Intent
    place_id: str | None = None
    user_id: str | None = None
    role: Role = "owner"
    memory: dict[str, Any] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        return self.utterance.language

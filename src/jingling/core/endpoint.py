"""The seam for every device: what it brings and what can be sent to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

from msgspec import Struct

from jingling.core.audio import AudioChunk
from jingling.core.card import Card
from jingling.core.thing import Value
from jingling.core.turn import Language, Role

ListenMode = Literal["wake", "open", "hold"]
"""wake: wait for the wake word, again and again. open: one request, until the speaker falls silent.
hold: one request, until the audio ends."""


@dataclass(frozen=True)
class Listen:
    audio: AsyncIterator[AudioChunk]
    mode: ListenMode = "open"
    language: Language | None = None
    woken: str = ""
    """The wake word that the device heard by itself, just before this sound."""


class Typed(Struct, frozen=True):
    """`request_id` is the sender's own: the same one twice is one turn."""

    text: str
    language: Language | None = None
    request_id: str = ""


class Tapped(Struct, frozen=True):
    """A choice on a card; a ConfirmCard brings "yes" or "no"."""

    choice: str
    card_id: str = ""
    request_id: str = ""


class Adjusted(Struct, frozen=True):
    """A thing set, or an action started (`value` None, `name` an action), by hand on a screen."""

    thing_id: str
    name: str
    value: Value = None
    request_id: str = ""


class Interrupt(Struct, frozen=True):
    """Silence now. The reason `dismiss` means what rings, even while an answer is spoken."""

    reason: str = ""


Input = Listen | Typed | Tapped | Adjusted | Interrupt


class Phase(Struct, frozen=True, tag="phase"):
    """idle: waiting (for the wake word, in wake mode) · listening · thinking · speaking."""

    phase: Literal["idle", "listening", "thinking", "speaking"]


class Heard(Struct, frozen=True, tag="heard"):
    text: str
    language: Language
    final: bool = True


class Answered(Struct, frozen=True, tag="answered"):
    """The reply's text so far; `expects` is True when the next words are taken as its answer.

    `streamed`: it is told while it is made, so more of it may follow.
    """

    text: str
    language: Language
    expects: bool = False
    streamed: bool = False


Progress = Phase | Heard | Answered


@dataclass(frozen=True)
class EndpointInfo:
    """`role` is what whoever uses it may do; a child's or a guest's screen cannot open locks.

    `capabilities` of it: microphone, speaker, screen, camera, and cancels_echo: its microphone may stay open while
    it plays, as it does not hear itself.
    """

    id: str
    home_id: str = "home"
    place_id: str | None = None
    user_id: str | None = None
    language: Language | None = None
    role: Role = "owner"
    capabilities: frozenset[str] = field(default_factory=lambda: frozenset({"microphone", "speaker", "screen"}))


class Endpoint(Protocol):
    """A browser, a file, a board. Drops output that carries the id of a turn that was stopped."""

    @property
    def info(self) -> EndpointInfo: ...

    def inputs(self) -> AsyncIterator[Input]:
        """What the device brings, until it is gone."""

    async def tell(self, turn_id: str, progress: Progress) -> None: ...

    async def show(self, turn_id: str, card: Card) -> None: ...

    async def play(self, turn_id: str, audio: AsyncIterator[AudioChunk]) -> None:
        """Returns when the sound has been handed over and, as far as is known, heard."""

    async def stop(self, turn_id: str) -> None:
        """Silence, and drop what still comes of this turn."""

"""From words to what is meant."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct, field

from jingling.core.grammar import Grammar
from jingling.core.turn import Ask, Intent, Language, Utterance


class Name(Struct, frozen=True):
    """A word for something of the home: `kind` is `name` (a thing), `area` or `floor`.

    `value` is what the slot gets; `context` is matched against a template's `requires_context`
    and `excludes_context` (`domain`, `device_class`, `area`), in Home Assistant's words.
    """

    text: str
    value: str
    kind: str
    context: dict[str, str] = field(default_factory=dict)


class Names(Protocol):
    def names(self, language: Language) -> Sequence[Name]: ...

    @property
    def version(self) -> int:
        """Grows with each change of any name."""


class Context(Struct, frozen=True):
    """Where, when and after what question something was said. `area` is the name of the speaker's place.

    `referents` are names that hold for this utterance only: "it", "there", "the second one", with the
    value and the context of what they stand for.
    """

    now: datetime
    area: str | None = None
    ask: Ask | None = None
    referents: tuple[Name, ...] = ()


class Reading(Struct, frozen=True):
    """One way to understand what was said.

    `text` is the sentence as it was taken, with what was misheard put right. `cost` is 0 when it was said word
    for word; all that had to be guessed adds to it. `template` of `skill`, standing at `where` (file and line),
    tells how it came about; of readings with the same cost, that of the higher `score` comes first.
    """

    intent: Intent
    text: str = ""
    cost: float = 0.0
    free: int = 0
    score: tuple[float, ...] = ()
    skill: str = ""
    template: str = ""
    where: str = ""


class Understanding(Struct, frozen=True):
    """`readings`, best first; none: nothing was near enough.

    `unsure`: the first is a guess, or too close to the second, and is to be asked about before it is acted on.
    """

    readings: tuple[Reading, ...] = ()
    unsure: bool = False

    @property
    def intent(self) -> Intent | None:
        return self.readings[0].intent if self.readings else None

    @property
    def rivals(self) -> tuple[Intent, ...]:
        return tuple(reading.intent for reading in self.readings[1:])


class Example(Struct, frozen=True):
    """A sentence that a person can say now, with names of this home in it."""

    text: str
    intent: str
    skill: str


class Understander(Protocol):
    """Pure and fast: called in the event loop."""

    def understand(self, utterance: Utterance, context: Context) -> Understanding: ...

    def grammars(self, languages: Iterable[Language], context: Context) -> Sequence[Grammar]:
        """What can be said now; with `context.ask` its answers (and "never mind"), then all else as `further`."""

    def examples(self, language: Language) -> Sequence[Example]: ...

    def detect(self, text: str) -> Language:
        """The language that `text` is written in."""

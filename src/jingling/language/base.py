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
    """Where, when and after what question something was said. `area` is the name of the speaker's place."""

    now: datetime
    area: str | None = None
    ask: Ask | None = None


class Understanding(Struct, frozen=True):
    """`intent` None: nothing was near enough. `rivals` are other readings, best first."""

    intent: Intent | None
    rivals: tuple[Intent, ...] = ()


class Example(Struct, frozen=True):
    """A sentence that a person can say now, with names of this home in it."""

    text: str
    intent: str
    skill: str


class Understander(Protocol):
    """Pure and fast: called in the event loop."""

    def understand(self, utterance: Utterance, context: Context) -> Understanding: ...

    def grammars(self, languages: Iterable[Language], context: Context) -> Sequence[Grammar]:
        """What can be said now; narrowed to the answers (and "never mind") when `context.ask` is set."""

    def examples(self, language: Language) -> Sequence[Example]: ...

    def detect(self, text: str) -> Language:
        """The language that `text` is written in."""

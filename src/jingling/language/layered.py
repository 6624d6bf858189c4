"""Templates first, then examples: what no sentence says word for word may still be understood."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance
from jingling.language.base import Context, Example, Reading, Understander, Understanding

LastResort = Callable[[str], bool]
"""Whether an intent counts only when nothing else is understood."""


class Learned(Protocol):
    """What was learned from examples, and the owner's own phrases."""

    def phrase(self, utterance: Utterance, context: Context) -> Understanding: ...

    def understand(self, utterance: Utterance, context: Context) -> Understanding: ...


class LayeredUnderstander:
    """Implements `Understander`."""

    def __init__(self, templates: Understander, learned: Learned, is_last_resort: LastResort) -> None:
        self.templates = templates
        self.learned = learned
        self._is_last_resort = is_last_resort

    def understand(self, utterance: Utterance, context: Context) -> Understanding:
        """The owner's phrases before all; what was learned before what is of the last resort."""
        phrase = self.learned.phrase(utterance, context)
        if phrase.readings and not phrase.unsure:
            return phrase
        found = self.templates.understand(utterance, context)
        if any(not self._is_weak(reading) for reading in found.readings):
            return found
        guess = self.learned.understand(utterance, context)
        return Understanding((*guess.readings, *found.readings), guess.unsure) if guess.readings else found

    def _is_weak(self, reading: Reading) -> bool:
        return self._is_last_resort(reading.intent.name)

    def grammars(self, languages: Iterable[Language], context: Context) -> Sequence[Grammar]:
        return self.templates.grammars(languages, context)

    def examples(self, language: Language) -> Sequence[Example]:
        return self.templates.examples(language)

    def detect(self, text: str) -> Language:
        return self.templates.detect(text)

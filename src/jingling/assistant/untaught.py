"""What takes back what was done to the owner's own phrases."""

from collections.abc import Callable, Sequence

from jingling.core.command import Command, Outcome
from jingling.language.learned.commands import ForgetPhrase, TeachPhrase
from jingling.language.learned.phrases import Phrase, PhraseBook


def meant_before(phrases: PhraseBook) -> Callable[[TeachPhrase | ForgetPhrase], Phrase | None]:
    """What a phrase meant ahead of a command; None: nothing."""
    return lambda command: phrases.find(command.text, command.language) if command.text else None


def untaught(command: TeachPhrase | ForgetPhrase, outcome: Outcome, before: Phrase | None) -> Sequence[Command]:
    """What was taught is forgotten, or means again what it meant; what was forgotten is taught again."""
    if isinstance(command, ForgetPhrase):
        text, means = str(outcome.data["text"]), str(outcome.data["means"])
        return [TeachPhrase(text=text, means=means, language=command.language)]
    if before is not None:
        return [TeachPhrase(text=before.text, means=before.means, language=before.language)]
    return [ForgetPhrase(text=command.text, language=command.language)]

"""What may be asked of the owner's own phrases."""

from jingling.core.command import Command


class TeachPhrase(Command, frozen=True, kw_only=True, tag="phrases.teach"):
    """From now on `text` means what the sentence `means` means."""

    text: str
    means: str
    language: str


class ForgetPhrase(Command, frozen=True, kw_only=True, tag="phrases.forget"):
    """An empty `text` is the phrase that was taught last."""

    language: str
    text: str = ""

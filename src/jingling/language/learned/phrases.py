"""The owner's own phrases: "when I say X, I mean Y"."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct, ValidationError, convert, to_builtins

from jingling.core.command import Outcome
from jingling.core.errors import BadInput
from jingling.core.turn import Language
from jingling.language.learned.commands import ForgetPhrase, TeachPhrase
from jingling.language.text import TEXT_CHARS_MAX, even

PHRASES_MAX = 500


class Phrase(Struct, frozen=True):
    text: str
    means: str
    language: Language


class PhraseBook:
    """Keeps phrases in the YAML file `path`, which the owner may edit; None: only while it runs.

    `version` grows with each change. Raises BadInput for a file that cannot be read.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._phrases: list[Phrase] = _read(path) if path is not None and path.is_file() else []
        self.version = 0
        self.understood: Callable[[Phrase], bool] = lambda phrase: True
        """Whether what a phrase is to mean is understood, in other words than its own."""

    @property
    def phrases(self) -> Sequence[Phrase]:
        return tuple(self._phrases)

    def find(self, text: str, language: str) -> Phrase | None:
        wanted = _same(text)
        return next((one for one in self._phrases if one.language == language and _same(one.text) == wanted), None)

    def teach(self, text: str, means: str, language: Language) -> Phrase:
        """Replaces what `text` meant before. Raises BadInput."""
        phrase = Phrase(" ".join(text.split()), " ".join(means.split()), language)
        for given in (phrase.text, phrase.means):
            if not even(given) or len(given) > TEXT_CHARS_MAX:
                raise BadInput("A phrase and what it means are words, at most as many as one can say at once.")
        if _same(phrase.text) == _same(phrase.means):
            raise BadInput(f"“{phrase.text}” means itself already; say it in other words.")
        if len(self._phrases) >= PHRASES_MAX and self.find(text, language) is None:
            raise BadInput(f"There are {PHRASES_MAX} phrases already; forget one of them first.")
        if not self.understood(phrase):
            raise BadInput(f"“{phrase.means}” is not understood; say what it means in words that are.")
        self._keep([one for one in self._phrases if one != self.find(text, language)] + [phrase])
        return phrase

    def forget(self, text: str, language: str) -> Phrase | None:
        """The phrase that is no more; an empty `text` is the last one of the language. None: there was none."""
        last = next((one for one in reversed(self._phrases) if one.language == language), None)
        phrase = self.find(text, language) if text else last
        if phrase is not None:
            self._keep([one for one in self._phrases if one != phrase])
        return phrase

    async def execute(self, command: TeachPhrase | ForgetPhrase) -> Outcome:
        if isinstance(command, ForgetPhrase):
            gone = self.forget(command.text, command.language)
            return Outcome.done(**to_builtins(gone)) if gone else Outcome.failed("unknown_phrase", "no such phrase")
        try:
            language: Language = "zh" if command.language == "zh" else "en"
            return Outcome.done(**to_builtins(self.teach(command.text, command.means, language)))
        except BadInput as error:
            return Outcome.failed("bad_value", str(error))

    def _keep(self, phrases: list[Phrase]) -> None:
        if self._path is not None:
            _write(self._path, phrases)
        self._phrases = phrases
        self.version += 1


def _same(text: str) -> str:
    return even(text).casefold()


def _read(path: Path) -> list[Phrase]:
    try:
        content: Any = yaml.safe_load(path.read_text("utf-8"))
        return convert(content or [], list[Phrase])
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError, OSError) as error:
        raise BadInput(f"{path}: cannot be read as a list of text, means and language: {error}") from error


def _write(path: Path, phrases: Sequence[Phrase]) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    content = yaml.safe_dump(to_builtins(list(phrases)), allow_unicode=True, sort_keys=False)
    part.write_text(content, "utf-8")
    part.replace(path)

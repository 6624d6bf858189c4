"""The tools that a language model and other programs are offered, in each language."""

import asyncio
from collections.abc import Sequence

from jingling.core.turn import Language
from jingling.language.chat.base import ToolSource
from jingling.language.templates import SkillSentences, load_all
from jingling.language.tools import Toolbox


class Toolboxes:
    """Made from the skills' sentences when first needed; `more` are those of other servers."""

    def __init__(self, files: Sequence[SkillSentences], more: Sequence[ToolSource] = ()) -> None:
        self._files = files
        self._more = tuple(more)
        self._made: dict[Language, Toolbox] = {}

    def of(self, language: Language) -> Sequence[ToolSource]:
        """Our own first: no other server's tool can take the place of one of them."""
        return (self.own(language), *self._more)

    def own(self, language: Language) -> Toolbox:
        if not self._made:
            self._made = self._make()
        return self._made[language]

    async def prepare(self) -> None:
        if not self._made:
            self._made = await asyncio.to_thread(self._make)

    def _make(self) -> dict[Language, Toolbox]:
        banks, _ = load_all(self._files)
        return {language: Toolbox(bank) for language, bank in banks.items()}

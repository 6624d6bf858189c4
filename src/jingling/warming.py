"""What can be said is compiled ahead of the first word, in the languages that are spoken here."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from jingling.core.errors import JinglingError
from jingling.core.grammar import Grammar
from jingling.core.turn import Language
from jingling.speech.base import Recognizer

log = logging.getLogger(__name__)


class Warming:
    """`grammars` gives all that can be said in a language. `recognizer` None: there is nothing to make ready."""

    def __init__(self, recognizer: Recognizer | None, grammars: Callable[[Language], Sequence[Grammar]]) -> None:
        self._recognizer = recognizer
        self._grammars = grammars
        self._languages: set[Language] = set()
        self._running: set[asyncio.Task[None]] = set()

    def spoken(self, language: Language) -> None:
        """Somebody may speak it from now on."""
        if language not in self._languages:
            self._languages.add(language)
            self._begin(language)

    def renamed(self) -> None:
        """Names have come or gone."""
        for language in self._languages:
            self._begin(language)

    async def close(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _begin(self, language: Language) -> None:
        if self._recognizer is None or language not in self._recognizer.languages:
            return
        task = asyncio.create_task(self._prepare(self._recognizer, language), name=f"warming {language}")
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _prepare(self, recognizer: Recognizer, language: Language) -> None:
        try:
            await recognizer.prepare(await asyncio.to_thread(self._grammars, language))
        except JinglingError as error:
            log.warning("the recogniser is not ready for %s: %s", language, error)

"""A word for somebody who has to wait, instead of silence."""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress

from jingling.assistant.answer import Answer, Outlet
from jingling.core.clock import Clock
from jingling.core.endpoint import Endpoint
from jingling.core.turn import Language

PATIENCE_S = 1.0


class OneMoment:
    """Says `words` on the endpoint when nobody has said otherwise for a second."""

    def __init__(self, clock: Clock, answer: Answer, endpoint: Endpoint, words: Callable[[Language], str]) -> None:
        self._clock = clock
        self._answer = answer
        self._endpoint = endpoint
        self._words = words
        self._turn_id = ""
        self._speaking = False
        self._task: asyncio.Task[None] | None = None

    def start(self, language: Language) -> None:
        """Somebody begins to wait."""
        self._turn_id, self._speaking = secrets.token_hex(8), False
        self._task = asyncio.create_task(self._wait(language))

    async def end(self) -> None:
        """The waiting is over: what is being said is said to its end."""
        if self._task is None or self._task.done():
            return
        if self._speaking:
            await asyncio.wait([self._task])
        else:
            await self._cancel()

    async def hush(self) -> None:
        """Silence."""
        if self._task is not None and not self._task.done():
            await self._endpoint.stop(self._turn_id)
            await self._cancel()

    async def _wait(self, language: Language) -> None:
        await self._clock.sleep(PATIENCE_S)
        text = self._words(language)
        if text:
            self._speaking = True
            await self._answer.speak(Outlet(self._turn_id, language, self._endpoint), text)

    async def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

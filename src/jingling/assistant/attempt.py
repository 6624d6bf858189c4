"""One utterance being recognised while it is spoken."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress

from jingling.core.audio import AudioChunk
from jingling.core.errors import JinglingError
from jingling.core.grammar import Grammar
from jingling.core.turn import Utterance
from jingling.speech.base import Partial, Recognition, Recognizer


class Attempt:
    """Works out the words early in a silence that may be the end, and begins anew when it was not."""

    def __init__(self, recognizer: Recognizer, grammars: Sequence[Grammar], for_whom: str) -> None:
        self._recognizer = recognizer
        self._grammars = grammars
        self._for_whom = for_whom
        self._problem: JinglingError | None = None
        self._recognition: Recognition | None = None
        self._early: asyncio.Task[Utterance | None] | None = None
        self._partial: Partial | None = None
        self._begin()

    @property
    def partial(self) -> Partial | None:
        """The latest words, which stay known while they are worked out."""
        if self._recognition is not None and self._early is None:
            self._partial = self._recognition.partial or self._partial
        return self._partial

    @property
    def early(self) -> Utterance | None:
        """What was said unless more is said, once that is worked out."""
        task = self._early
        if task is None or not task.done() or task.cancelled() or task.exception() is not None:
            return None
        return task.result()

    def feed(self, chunk: AudioChunk) -> None:
        """What comes behind the end that is being worked out is silence, and left out."""
        if self._recognition is None or self._early is not None:
            return
        try:
            self._recognition.feed(chunk)
        except JinglingError as error:
            self._problem = error

    def pause(self) -> None:
        """It may be the end."""
        if self._recognition is not None and self._early is None:
            self._early = asyncio.create_task(self._recognition.finish())

    def resume(self, audio: AudioChunk) -> None:
        """It was not: `audio` is all since the start."""
        self.give_up()
        self._early, self._partial = None, None
        self._begin()
        self.feed(audio)

    async def finish(self) -> tuple[Utterance | None, float]:
        """What was said, and the milliseconds that it took from now. Raises JinglingError."""
        begun = time.perf_counter()
        if self._problem is not None:
            self.give_up()
            raise self._problem
        assert self._recognition is not None
        utterance = await (self._early or self._recognition.finish())
        return utterance, (time.perf_counter() - begun) * 1000

    def give_up(self) -> None:
        if self._early is not None:
            self._early.cancel()
            self._early.add_done_callback(_looked_at)
        if self._recognition is not None:
            self._recognition.give_up()

    def _begin(self) -> None:
        try:
            self._recognition = self._recognizer.begin(self._grammars, for_whom=self._for_whom)
        except JinglingError as error:
            self._recognition, self._problem = None, error


def _looked_at(task: asyncio.Task[Utterance | None]) -> None:
    """Nobody wants its outcome."""
    with suppress(asyncio.CancelledError):
        task.exception()

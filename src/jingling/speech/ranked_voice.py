"""Voices in the owner's order of preference, as one.

The first that speaks all the languages of a text says it; one that fails before its first sound gives way.
"""

import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from jingling.core.audio import AudioChunk
from jingling.core.clock import Clock
from jingling.core.errors import BadInput, NotReady
from jingling.core.turn import Language
from jingling.speech.base import PLAIN, Manner, Synthesizer
from jingling.speech.resting import REST_S, Resting
from jingling.speech.spoken import runs

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RankedVoice:
    """`name` as in the settings."""

    name: str
    voice: Synthesizer
    resting: Resting = field(default_factory=Resting)


class RankedSynthesizer:
    """`ranks` best first, at least one."""

    def __init__(self, ranks: Sequence[RankedVoice], clock: Clock) -> None:
        self._ranks = tuple(ranks)
        self._clock = clock
        self.languages: frozenset[Language] = frozenset().union(*(one.voice.languages for one in ranks))

    @property
    def ailing(self) -> dict[str, str]:
        """The names of those whose last try failed, and how it did."""
        return {one.name: one.resting.problem for one in self._ranks if one.resting.failing}

    async def prepare(self) -> None:
        """Loads the preferred one's model ahead of need, if it has one. Raises NotReady."""
        prepare = getattr(self._ranks[0].voice, "prepare", None)
        if prepare is None:
            return
        try:
            await prepare()
        except NotReady as problem:
            self._failed(self._ranks[0], problem)
            raise

    async def speak(self, text: str, language: Language, manner: Manner = PLAIN) -> AsyncIterator[AudioChunk]:
        """Raises NotReady when all have failed, or one did in the middle of a sentence."""
        problem = NotReady("No voice is ready; `jingling doctor` says what is missing.")
        for one in self._able(text, language):
            begun = False
            try:
                async with _closing(one.voice.speak(text, language, manner)) as sound:
                    async for piece in sound:
                        begun = True
                        yield piece
            except BadInput:
                raise
            except Exception as failure:
                self._failed(one, failure)
                problem = failure if isinstance(failure, NotReady) else NotReady(f"The voice {one.name} failed.")
                if begun:
                    raise problem from None
            else:
                one.resting.worked()
                return
        raise problem

    async def close(self) -> None:
        for one in self._ranks:
            await one.voice.close()

    def _able(self, text: str, language: Language) -> list[RankedVoice]:
        """Those that are awake and speak all of it, then those that speak some; whoever rests comes last."""
        needed = {run.language for run in runs(text, language)} or {language}
        now = self._clock.monotonic()

        def place(one: RankedVoice) -> tuple[bool, bool]:
            return not one.resting.awake(now), not needed <= one.voice.languages

        return sorted(self._ranks, key=place)

    def _failed(self, one: RankedVoice, problem: Exception) -> None:
        rests = one.resting.failed(self._clock.monotonic(), str(problem))
        log.warning("voice %s failed%s: %s", one.name, f" and rests {REST_S:g} s" if rests else "", problem)


@asynccontextmanager
async def _closing(sound: AsyncIterator[AudioChunk]) -> AsyncIterator[AsyncIterator[AudioChunk]]:
    """A voice that is no longer listened to stops at once, and not when it is collected."""
    try:
        yield sound
    finally:
        if isinstance(sound, AsyncGenerator):
            await sound.aclose()

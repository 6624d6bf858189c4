"""Recognisers in the owner's order of preference, as one: what fails gives way to the next, with the same sound.

The rule when both kinds are there, those that know the grammars (built in) and those that hear anything (free):

* A free one that stands before the built-in one is asked alone; the built-in one is for when it fails.
* The built-in one first, then a free one: both hear the same sound. The built-in one's words count when it is at
  least CONFIDENT, or when the free one hears nothing or fails; otherwise what the free one wrote.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from jingling.core.audio import AudioChunk
from jingling.core.clock import Clock
from jingling.core.errors import BadInput, NotReady, TooBusy
from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance
from jingling.speech.base import Partial, Recognition, Recognizer
from jingling.speech.resting import REST_S, Resting

log = logging.getLogger(__name__)
CONFIDENT = 0.6


@dataclass(frozen=True)
class Ranked:
    """`free`: it hears anything, not only what the grammars hold. `name` as in the settings."""

    name: str
    recognizer: Recognizer
    free: bool = False
    resting: Resting = field(default_factory=Resting)


class RankedRecognizer:
    """`ranks` best first, at least one. Which of them are asked, and what counts, is told above."""

    def __init__(self, ranks: Sequence[Ranked], clock: Clock) -> None:
        self._ranks = tuple(ranks)
        self._clock = clock
        self.languages: frozenset[Language] = frozenset().union(*(one.recognizer.languages for one in ranks))

    @property
    def ailing(self) -> dict[str, str]:
        """The names of those whose last try failed, and how it did."""
        return {one.name: one.resting.problem for one in self._ranks if one.resting.failing}

    def begin(self, grammars: Sequence[Grammar], *, for_whom: str = "") -> Recognition:
        def begin(one: Recognizer) -> Recognition:
            return one.begin(grammars, for_whom=for_whom)

        return _Ranking(self, self.able(grammars), begin)

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar]) -> Utterance | None:
        recognition = self.begin(grammars)
        recognition.feed(audio)
        return await recognition.finish()

    async def prepare(self, grammars: Sequence[Grammar]) -> None:
        """The first of them, and whoever hears with it; those after it only when it fails. Raises NotReady."""
        problem: NotReady | None = None
        left = self.able(grammars)
        while left:
            wanted, left = together(left)
            done = [await self._prepared(one, grammars) for one in wanted]
            if any(one is None for one in done):
                return
            problem = next(one for one in done if one is not None)
        if problem is not None:
            raise problem

    async def close(self) -> None:
        for one in self._ranks:
            await one.recognizer.close()

    def able(self, grammars: Sequence[Grammar]) -> list[Ranked]:
        """Those that are awake and speak a language of the grammars; all that speak it when none is awake."""
        spoken = {grammar.language for grammar in grammars}
        fitting = [one for one in self._ranks if not spoken or spoken & one.recognizer.languages]
        now = self._now()
        return [one for one in fitting if one.resting.awake(now)] or fitting or list(self._ranks)

    def failed(self, one: Ranked, problem: Exception) -> None:
        rests = one.resting.failed(self._now(), str(problem))
        log.warning("recogniser %s failed%s: %s", one.name, f" and rests {REST_S:g} s" if rests else "", problem)

    async def _prepared(self, one: Ranked, grammars: Sequence[Grammar]) -> NotReady | None:
        try:
            await one.recognizer.prepare(grammars)
        except NotReady as problem:
            self.failed(one, problem)
            return problem
        return None

    def _now(self) -> float:
        return self._clock.monotonic()


def together(ranks: Sequence[Ranked]) -> tuple[list[Ranked], list[Ranked]]:
    """Those that hear the same sound beside each other, and those that are left for when they fail."""
    first, rest = ranks[0], list(ranks[1:])
    second = next((one for one in rest if one.free), None)
    if first.free or second is None:
        return [first], rest
    return [first, second], [one for one in rest if one is not second]


class _Ranking:
    """One utterance: its sound is kept for whoever comes next."""

    def __init__(
        self, ranked: RankedRecognizer, able: Sequence[Ranked], begin: Callable[[Recognizer], Recognition]
    ) -> None:
        self._ranked = ranked
        self._begin = begin
        self._pcm = bytearray()
        asked, self._left = together(able)
        self._asked = [(one, recognition) for one in asked if (recognition := self._begun(one)) is not None]

    @property
    def partial(self) -> Partial | None:
        found = (recognition.partial for _, recognition in self._asked)
        return next((one for one in found if one is not None), None)

    def feed(self, chunk: AudioChunk) -> None:
        if not self._asked:
            self._next()
        for _, recognition in self._asked:
            recognition.feed(chunk)
        self._pcm += chunk.pcm

    async def finish(self) -> Utterance | None:
        problem = NotReady("No recogniser is ready; `jingling doctor` says what is missing.")
        try:
            while self._asked or self._next():
                done = await self._heard()
                if not isinstance(done, NotReady):
                    return done
                problem, self._asked = done, []
        except BaseException:
            self.give_up()
            raise
        raise problem

    def give_up(self) -> None:
        for _, recognition in self._asked:
            recognition.give_up()
        self._asked = []
        self._left = []
        self._pcm.clear()

    async def _heard(self) -> Utterance | NotReady | None:
        """Of those that were asked; the last one's problem when all have failed."""
        (first, recognition), *others = self._asked
        sure = await self._finished(first, recognition)
        if not others:
            return sure
        other, second = others[0]
        if isinstance(sure, Utterance) and sure.confidence >= CONFIDENT:
            second.give_up()
            return sure
        free = await self._finished(other, second)
        if isinstance(free, Utterance):
            return free
        return free if isinstance(sure, NotReady) else sure

    async def _finished(self, one: Ranked, recognition: Recognition) -> Utterance | NotReady | None:
        """BadInput is the sound's fault: it is raised, as nobody else could take it. Too busy is no failure."""
        try:
            found = await recognition.finish()
        except BadInput:
            raise
        except TooBusy as problem:
            return problem
        except Exception as problem:
            self._ranked.failed(one, problem)
            return problem if isinstance(problem, NotReady) else NotReady(f"The recogniser {one.name} failed.")
        one.resting.worked()
        return found

    def _next(self) -> bool:
        """The next one hears all that was said so far; False when nobody is left."""
        while self._left:
            one = self._left.pop(0)
            recognition = self._begun(one)
            if recognition is not None:
                if self._pcm:
                    recognition.feed(AudioChunk(bytes(self._pcm)))
                self._asked = [(one, recognition)]
                return True
        return False

    def _begun(self, one: Ranked) -> Recognition | None:
        """None when it is too busy, which is no failure."""
        try:
            return self._begin(one.recognizer)
        except NotReady as problem:
            log.info("recogniser %s is passed over: %s", one.name, problem)
            return None

"""The owner's own wake phrases, by keyword models of sherpa-onnx: one process for one model and all streams."""

import asyncio
import itertools
import logging
from collections.abc import Sequence

from jingling.core.audio import AudioChunk
from jingling.core.errors import NotReady
from jingling.speech.base import Detection
from jingling.speech.engines.frames import Message
from jingling.speech.engines.sherpa_process import SherpaModel, sherpa_process

log = logging.getLogger(__name__)
WAITING_BYTES_MAX = 2 * 32_000
"""Sound that has waited for more than two seconds is of no use to a wake word."""
FEED_BYTES_MIN = 2_560
"""80 ms: fewer, larger questions."""
REST_S = 60.0


class SherpaKeywords:
    """The model with the phrases that it is to find. `sensitivity` as of the other wake words, 0 to 1."""

    def __init__(self, model: SherpaModel, phrases: Sequence[str], sensitivity: float = 0.5) -> None:
        self.phrases = tuple(phrases)
        more: Message = {"phrases": list(phrases), "threshold": threshold(sensitivity)}
        self._process = sherpa_process(model, waiting_max=64, more=more)
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._rests_until = 0.0

    @property
    def pid(self) -> int | None:
        """The worker's process, while it runs."""
        return self._process.pid

    async def prepare(self) -> tuple[str, ...]:
        """Loads the model; the phrases that it cannot know. Raises NotReady."""
        await self._process.prepare()
        unusable = tuple(self._process.about.get("unusable", ()))
        if unusable:
            log.warning(
                "%d of the wake phrases cannot be said with the model %s", len(unusable), self._process.name
            )
        return unusable

    def detector(self) -> "SherpaWakeDetector":
        """One stream's."""
        return SherpaWakeDetector(self)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._process.close()

    def new_stream(self) -> int:
        return next(self._numbers)

    async def feed(self, stream: int, pcm: bytes) -> list[tuple[str, float]]:
        """The phrases found, with seconds since the stream began. A model that fails rests for a minute."""
        now = asyncio.get_running_loop().time()
        if now < self._rests_until:
            return []
        try:
            answer = await self._process.ask({"do": "feed", "stream": stream, "pcm": pcm})
        except NotReady as problem:
            log.warning("own wake phrases rest for %g s: %s", REST_S, problem)
            self._rests_until = now + REST_S
            return []
        return [(self.phrases[number], at_s) for number, at_s in answer["found"]]

    async def drop(self, stream: int) -> None:
        try:
            await self._process.ask({"do": "drop", "stream": stream}, again=False)
        except NotReady:
            return

    def start(self, detector: "SherpaWakeDetector") -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(detector.send())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


class SherpaWakeDetector:
    """`process` sends the sound on without waiting, and tells what was found in what was sent before."""

    def __init__(self, keywords: SherpaKeywords) -> None:
        self.words = keywords.phrases
        self._keywords = keywords
        self._stream = keywords.new_stream()
        self._waiting = bytearray()
        self._found: list[Detection] = []
        self._task: asyncio.Task[None] | None = None

    def process(self, chunk: AudioChunk) -> Sequence[Detection]:
        self._waiting += chunk.pcm
        del self._waiting[:-WAITING_BYTES_MAX]
        if len(self._waiting) >= FEED_BYTES_MIN and (self._task is None or self._task.done()):
            self._task = self._keywords.start(self)
        found, self._found = self._found, []
        return found

    def reset(self) -> None:
        """What was said so far is forgotten, and what comes of it too."""
        self._waiting.clear()
        self._found = []
        self._stream = self._keywords.new_stream()

    async def send(self) -> None:
        """Until nothing waits; a stream that was reset meanwhile is left."""
        while len(self._waiting) >= FEED_BYTES_MIN:
            stream, pcm = self._stream, bytes(self._waiting)
            self._waiting.clear()
            found = await self._keywords.feed(stream, pcm)
            if stream != self._stream:
                await self._keywords.drop(stream)
            else:
                self._found += [Detection(phrase, at_s) for phrase, at_s in found]


def threshold(sensitivity: float) -> float:
    """The probability to pass: straight lines from 0.7 at sensitivity 0 over 0.25 at 0.5 to 0.05 at 1."""
    s = min(max(sensitivity, 0.0), 1.0)
    return round(0.7 - 0.9 * s if s <= 0.5 else 0.25 - 0.4 * (s - 0.5), 3)


def by_language(phrases: Sequence[str]) -> dict[str, list[str]]:
    """A phrase with a Han character is Mandarin, any other English."""
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        language = "zh" if any("\u3400" <= letter <= "\u9fff" for letter in phrase) else "en"
        found.setdefault(language, []).append(phrase)
    return found

"""Ears that hear what a test says that they hear, word by word, in the seconds of the sound."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from jingling.core.audio import AudioChunk
from jingling.core.errors import JinglingError
from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance
from jingling.speech.base import Detection, Partial

TENTH_BYTES = 3_200
QUIET, SPEECH, WAKE = b"\x00", b"\x01", b"\x02"


def sound(*parts: tuple[bytes, float]) -> list[AudioChunk]:
    """Tenths of a second of quiet, speech or the wake word."""
    return [AudioChunk(kind * TENTH_BYTES) for kind, seconds in parts for _ in range(round(seconds * 10))]


class Microphone:
    """Brings what it is given, and waits for more until it is closed."""

    def __init__(self, *parts: tuple[bytes, float]) -> None:
        self._chunks: asyncio.Queue[AudioChunk | None] = asyncio.Queue()
        self.bring(*parts)

    def bring(self, *parts: tuple[bytes, float]) -> None:
        for chunk in sound(*parts):
            self._chunks.put_nowait(chunk)

    def close(self) -> None:
        self._chunks.put_nowait(None)

    def __aiter__(self) -> "Microphone":
        return self

    async def __anext__(self) -> AudioChunk:
        chunk = await self._chunks.get()
        await asyncio.sleep(0)
        if chunk is None:
            raise StopAsyncIteration
        return chunk


class FakeWake:
    def __init__(self, word: str = "hey_jarvis") -> None:
        self.words = (word,)

    def process(self, chunk: AudioChunk) -> Sequence[Detection]:
        return [Detection(self.words[0], 0.0)] if chunk.pcm[:1] == WAKE else []

    def reset(self) -> None:
        pass


class FakeVoiceActivity:
    def process(self, chunk: AudioChunk) -> float:
        return 1.0 if chunk.pcm[:1] == SPEECH else 0.0

    def reset(self) -> None:
        pass


@dataclass(frozen=True)
class Spoken:
    """From so many seconds of speech on, these are the words."""

    from_s: float
    text: str
    complete: bool = True
    open: bool = True


@dataclass
class FakeRecognition:
    recognizer: "FakeStream"
    for_whom: str
    grammars: Sequence[Grammar]
    seconds: float = 0.0
    spoken_s: float = 0.0
    finished: bool = False
    given_up: bool = False

    @property
    def partial(self) -> Partial | None:
        known = self._known()
        return known and Partial(known.text, "en", self.seconds, known.complete, known.open)

    def feed(self, chunk: AudioChunk) -> None:
        assert not self.finished, "sound behind the end"
        self.seconds += chunk.seconds
        self.spoken_s += chunk.pcm.count(SPEECH) / 32_000

    async def finish(self) -> Utterance | None:
        self.finished = True
        await self.recognizer.gate.wait()
        if self.recognizer.problem is not None:
            raise self.recognizer.problem
        known = self._known()
        return Utterance(known.text, "en", 0.9) if known else None

    def give_up(self) -> None:
        self.given_up = True

    def _known(self) -> Spoken | None:
        words = [one for one in self.recognizer.spoken if one.from_s <= self.spoken_s + 1e-6]
        return words[-1] if words else None


@dataclass
class FakeStream:
    """A recogniser of `spoken`; nothing is worked out while the gate is closed."""

    spoken: Sequence[Spoken] = ()
    problem: JinglingError | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    begun: list[FakeRecognition] = field(default_factory=list)
    languages: frozenset[Language] = frozenset({"en"})

    def __post_init__(self) -> None:
        self.gate.set()

    def begin(self, grammars: Sequence[Grammar], *, for_whom: str = "") -> FakeRecognition:
        self.begun.append(FakeRecognition(self, for_whom, grammars))
        return self.begun[-1]

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar]) -> Utterance | None:
        recognition = self.begin(grammars)
        recognition.feed(audio)
        return await recognition.finish()

    async def prepare(self, grammars: Sequence[Grammar]) -> None:
        pass

    async def close(self) -> None:
        pass

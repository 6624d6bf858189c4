"""From a stream of sound to what was said."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

from jingling.core.audio import AudioChunk
from jingling.core.endpoint import Listen
from jingling.core.errors import JinglingError, NotReady
from jingling.core.grammar import Grammar
from jingling.core.turn import Utterance
from jingling.speech.base import Recognizer, VoiceDetector, WakeDetector
from jingling.speech.endpointing import Endpointer, SpeechEnded, SpeechStarted


@dataclass(frozen=True)
class Woke:
    word: str


@dataclass(frozen=True)
class Started:
    """Somebody began to speak."""


@dataclass(frozen=True)
class Said:
    utterance: Utterance
    ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Nothing:
    """Listening ended without words; `spoke` tells that there was a voice, which was not understood."""

    spoke: bool


@dataclass(frozen=True)
class Failed:
    """Something was said and the recogniser could not take it; listening goes on."""

    problem: str


Hearing = Woke | Started | Said | Nothing | Failed


@dataclass(frozen=True)
class Ears:
    """Makers of one stream's detectors, and the recogniser that all share."""

    recognizer: Recognizer
    wake: Callable[[], WakeDetector]
    voice: Callable[[], VoiceDetector]
    endpointer: Callable[[], Endpointer]
    listen_seconds_max: float


class Hear:
    """`ears` None: this hub cannot hear."""

    def __init__(self, ears: Ears | None) -> None:
        self._ears = ears

    @property
    def ready(self) -> bool:
        return self._ears is not None

    async def listen(
        self, listen: Listen, grammars: Callable[[], Sequence[Grammar]], expects: Callable[[], bool]
    ) -> AsyncIterator[Hearing]:
        """Until the audio ends (hold), one request is heard (open), or for ever (wake). Raises NotReady."""
        if self._ears is None:
            raise NotReady("speech is switched off, or its engines are not installed; see `jingling doctor`")
        stream = _Stream(self._ears, listen.audio, grammars)
        if listen.mode == "hold":
            async for hearing in stream.held():
                yield hearing
        elif listen.mode == "open":
            async for hearing in stream.request():
                yield hearing
        else:
            async for hearing in stream.woken(expects):
                yield hearing


class _Stream:
    def __init__(
        self, ears: Ears, audio: AsyncIterator[AudioChunk], grammars: Callable[[], Sequence[Grammar]]
    ) -> None:
        self._ears = ears
        self._audio = audio
        self._grammars = grammars
        self._ended = False

    async def held(self) -> AsyncIterator[Hearing]:
        """Everything is the request, as far as the limit; what comes after is let go."""
        pcm = bytearray()
        async for chunk in self._audio:
            if _seconds(pcm) < self._ears.listen_seconds_max:
                pcm += chunk.pcm
        yield await self._recognize(bytes(pcm), spoke=True)

    async def request(self) -> AsyncIterator[Hearing]:
        """One request, to the end of speech; Nothing when nobody speaks for as long as patience lasts."""
        voice, ends = self._ears.voice(), self._ears.endpointer()
        async for chunk in self._audio:
            change = ends.feed(chunk, voice.process(chunk))
            if isinstance(change, SpeechStarted):
                yield Started()
            elif isinstance(change, SpeechEnded):
                break
        else:
            self._ended = True
            change = ends.finish()
        if change is None or change.reason == "nothing":
            yield Nothing(spoke=False)
        else:
            yield await self._recognize(change.audio.pcm, spoke=True)

    async def woken(self, expects: Callable[[], bool]) -> AsyncIterator[Hearing]:
        """Again and again: the wake word, then a request; an open question needs no wake word."""
        wake = self._ears.wake()
        async for chunk in self._audio:
            found = wake.process(chunk)
            if found:
                yield Woke(found[-1].word)
            if found or expects():
                async for hearing in self.request():
                    yield hearing
                wake.reset()
            if self._ended:
                return

    async def _recognize(self, pcm: bytes, spoke: bool) -> Hearing:
        begun = time.perf_counter()
        try:
            utterance = await self._ears.recognizer.recognize(AudioChunk(pcm), self._grammars())
        except JinglingError as error:
            return Failed(str(error))
        if utterance is None:
            return Nothing(spoke)
        return Said(utterance, {"hear": round((time.perf_counter() - begun) * 1000, 2)})


def _seconds(pcm: bytearray) -> float:
    return len(pcm) / 32_000

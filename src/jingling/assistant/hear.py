"""From a stream of sound to what was said."""

import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field

from jingling.assistant.attempt import Attempt
from jingling.assistant.stop_word import StopWord
from jingling.core.audio import AudioChunk
from jingling.core.endpoint import Listen
from jingling.core.errors import JinglingError, NotReady, TooBusy
from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance
from jingling.speech.base import Recognizer, VoiceDetector, WakeDetector
from jingling.speech.endpointing import Change, Endpointer, SpeechEnded, SpeechPaused, SpeechResumed, SpeechStarted
from jingling.speech.loudness import Loudness

STEP_BYTES = 640
PARTIAL_EVERY_S = 0.12


@dataclass(frozen=True)
class Woke:
    word: str


@dataclass(frozen=True)
class Started:
    """Somebody began to speak."""


@dataclass(frozen=True)
class Partly:
    """The words so far."""

    text: str
    language: Language


@dataclass(frozen=True)
class Likely:
    """What was said, unless the speaker goes on: to be thought about, not to be acted on."""

    utterance: Utterance


@dataclass(frozen=True)
class Said:
    """`spoken_at`: when the last sample of speech came, in seconds of `time.perf_counter`."""

    utterance: Utterance
    ms: dict[str, float] = field(default_factory=dict)
    spoken_at: float | None = None


@dataclass(frozen=True)
class Nothing:
    """Listening ended without words; `spoke` tells that there was a voice, which was not understood: `sound`."""

    spoke: bool
    sound: AudioChunk | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Failed:
    """Something was said and the recogniser could not take it; listening goes on. `busy`: only now."""

    problem: str
    busy: bool = False


@dataclass(frozen=True)
class Stopped:
    """Somebody said stop while the endpoint was speaking."""


Hearing = Woke | Started | Partly | Likely | Said | Nothing | Failed | Stopped


@dataclass(frozen=True)
class Ears:
    """Makers of one stream's detectors, and the recogniser that all share."""

    recognizer: Recognizer
    wake: Callable[[], WakeDetector]
    voice: Callable[[], VoiceDetector]
    endpointer: Callable[[], Endpointer]
    listen_seconds_max: float


@dataclass(frozen=True)
class Around:
    """What goes on at the endpoint meanwhile.

    `ended` is called when the end of speech was found, and what was said is still to be worked out. `is_own` tells
    whether a wake word is in what the endpoint itself is just saying, `stoppable` whether a bare "stop" is to be
    listened for, `answers` whether this endpoint is the one to answer the wake word, or another one did.
    """

    device_id: str = ""
    ended: Callable[[], None] = lambda: None
    is_own: Callable[[str], bool] = lambda word: False
    stoppable: Callable[[], bool] = lambda: False
    answers: Callable[[], bool] = lambda: True


class Hear:
    """`ears` None: this hub cannot hear."""

    def __init__(self, ears: Ears | None) -> None:
        self._ears = ears

    @property
    def ready(self) -> bool:
        return self._ears is not None

    async def listen(
        self,
        listen: Listen,
        grammars: Callable[[], Sequence[Grammar]],
        expects: Callable[[], bool],
        around: Around | None = None,
    ) -> AsyncIterator[Hearing]:
        """Until the audio ends (hold), one request is heard (open), or for ever (wake). Raises NotReady."""
        if self._ears is None:
            raise NotReady("speech is switched off, or its engines are not installed; see `jingling doctor`")
        stream = _Stream(self._ears, listen.audio, grammars, around or Around())
        if listen.mode == "hold":
            hearings = stream.held()
        elif listen.mode == "open":
            hearings = stream.request()
        else:
            hearings = stream.woken(expects)
        try:
            async for hearing in hearings:
                yield hearing
        finally:
            stream.close()


class _Stream:
    def __init__(
        self,
        ears: Ears,
        audio: AsyncIterator[AudioChunk],
        grammars: Callable[[], Sequence[Grammar]],
        around: Around,
    ) -> None:
        self._ears = ears
        self._audio = audio
        self._grammars = grammars
        self._around = around
        self._attempt: Attempt | None = None
        self._stop: StopWord | None = None
        self._ended = False

    def close(self) -> None:
        """Nobody listens any longer."""
        if self._attempt is not None:
            self._attempt.give_up()
        self._listen_for_stop(False)

    async def held(self) -> AsyncIterator[Hearing]:
        """Everything is the request, as far as the limit; what comes after is let go."""
        attempt, words, heard_s = self._begin(), _Words(), 0.0
        async for chunk in self._audio:
            if heard_s < self._ears.listen_seconds_max:
                heard_s += chunk.seconds
                attempt.feed(chunk)
                for hearing in words.new(attempt, heard_s):
                    yield hearing
        yield await self._finish(attempt, 0.0)

    async def request(self) -> AsyncIterator[Hearing]:
        """One request, to the end of speech; Nothing when nobody speaks for as long as patience lasts."""
        turn = _Request(self._ears, self._begin)
        async for chunk in self._audio:
            for hearing in turn.take(chunk):
                yield hearing
            if turn.ended:
                break
        else:
            self._ended = True
            turn.cut_off()
        attempt, ended = turn.attempt, turn.ended
        if ended is None or ended.reason == "nothing" or attempt is None:
            yield Nothing(spoke=False)
        else:
            yield await self._finish(attempt, ended.silent_s, ended.audio)

    async def woken(self, expects: Callable[[], bool]) -> AsyncIterator[Hearing]:
        """Again and again: the wake word, then a request; an open question needs no wake word."""
        wake = self._ears.wake()
        async for chunk in self._audio:
            found = [one for one in wake.process(chunk) if not self._around.is_own(one.word)]
            if found and not self._around.answers():
                continue
            if found:
                yield Woke(found[-1].word)
            if found or expects():
                self._listen_for_stop(False)
                async for hearing in self.request():
                    yield hearing
                wake.reset()
            elif self._heard_stop(chunk):
                yield Stopped()
            if self._ended:
                return

    def _heard_stop(self, chunk: AudioChunk) -> bool:
        self._listen_for_stop(self._around.stoppable())
        if self._stop is None or not self._stop.heard_in(chunk):
            return False
        self._listen_for_stop(False)
        return True

    def _listen_for_stop(self, wanted: bool) -> None:
        if wanted and self._stop is None:
            self._stop = StopWord(self._ears.recognizer, self._ears.voice(), self._around.device_id)
        elif not wanted and self._stop is not None:
            self._stop.close()
            self._stop = None

    def _begin(self) -> Attempt:
        self._attempt = Attempt(self._ears.recognizer, self._grammars(), self._around.device_id)
        return self._attempt

    async def _finish(self, attempt: Attempt, silent_s: float, sound: AudioChunk | None = None) -> Hearing:
        spoken_at = time.perf_counter() - silent_s
        self._around.ended()
        try:
            utterance, ms = await attempt.finish()
        except JinglingError as error:
            return Failed(str(error), busy=isinstance(error, TooBusy))
        if utterance is None:
            return Nothing(spoke=True, sound=sound)
        return Said(utterance, {"silence": round(silent_s * 1000), "hear": round(ms, 2)}, spoken_at)


class _Words:
    """The words so far, told when they change and not too often."""

    def __init__(self) -> None:
        self._text = ""
        self._at_s = 0.0
        self._likely: Utterance | None = None

    def new(self, attempt: Attempt, at_s: float) -> Iterator[Hearing]:
        partial, likely = attempt.partial, attempt.early
        if partial is not None and partial.text != self._text and at_s >= self._at_s + PARTIAL_EVERY_S:
            self._text, self._at_s = partial.text, at_s
            yield Partly(partial.text, partial.language)
        if likely is not None and likely is not self._likely:
            self._likely = likely
            yield Likely(likely)


class _Request:
    """From the first sound to the end of one utterance."""

    def __init__(self, ears: Ears, begin: Callable[[], Attempt]) -> None:
        self._voice, self._ends, self._loudness = ears.voice(), ears.endpointer(), Loudness()
        self._begin = begin
        self._words = _Words()
        self._heard_s = 0.0
        self.attempt: Attempt | None = None
        self.ended: SpeechEnded | None = None

    def take(self, chunk: AudioChunk) -> Iterator[Hearing]:
        for step in steps(chunk):
            self._heard_s += step.seconds
            if self.attempt is not None:
                self.attempt.feed(step)
            if isinstance(self._heed(self._change(step)), SpeechStarted):
                yield Started()
            if self.ended is not None:
                return
        if self.attempt is not None:
            yield from self._words.new(self.attempt, self._heard_s)

    def cut_off(self) -> None:
        self.ended = self._ends.finish()

    def _change(self, step: AudioChunk) -> Change | None:
        """A voice detector goes on for half a second after a voice, so its loudness tells when that has ended."""
        probability, quiet = self._voice.process(step), self._loudness.process(step)
        known = self.attempt.partial if self.attempt is not None else None
        return self._ends.feed(step, 0.0 if quiet and self._ends.speaking else probability, known)

    def _heed(self, change: Change | None) -> Change | None:
        match change:
            case SpeechStarted(audio=audio):
                self.attempt = self._begin()
                self.attempt.feed(audio)
            case SpeechPaused() if self.attempt is not None:
                self.attempt.pause()
            case SpeechResumed(audio=audio) if self.attempt is not None:
                self.attempt.resume(audio)
            case SpeechEnded():
                self.ended = change
        return change


def steps(chunk: AudioChunk) -> Iterator[AudioChunk]:
    """`chunk` in pieces of 20 ms, as silence is counted in them."""
    for start in range(0, len(chunk.pcm), STEP_BYTES):
        yield AudioChunk(chunk.pcm[start : start + STEP_BYTES], chunk.rate_hz)

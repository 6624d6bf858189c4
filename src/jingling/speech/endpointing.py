"""When somebody begins to speak and when they are done. Pure: time is counted in the sound that is fed."""

from collections import deque
from typing import Literal

from msgspec import Struct

from jingling.core.audio import AudioChunk
from jingling.speech.base import Partial

FRAME_S = 0.03
"""A recogniser looks at whole frames."""
WORDS_FEW, WORDS_MANY = 8, 11


class EndpointingSettings(Struct, frozen=True):
    """How much silence ends an utterance, by what is known of its words so far: nothing (`silence_ms`), a whole
    sentence that nothing can follow (`complete_ms`) or something could (`open_ms`; who has said many words already
    seldom adds to them, so for those it falls to `open_long_ms`), part of a sentence (`unfinished_ms`). After
    `early_ms` of it behind a whole sentence the words are worth working out.

    `speech_ms` begins one, `lead_in_ms` of sound before it are kept. Speech is a probability of `on` and more,
    until it falls below `off`. `seconds_max` bounds an utterance, `patience_seconds` the waiting for one (0: for
    ever).
    """

    silence_ms: int = 700
    complete_ms: int = 200
    open_ms: int = 380
    open_long_ms: int = 230
    unfinished_ms: int = 1000
    early_ms: int = 120
    speech_ms: int = 200
    lead_in_ms: int = 300
    seconds_max: float = 30.0
    patience_seconds: float = 0.0
    on: float = 0.5
    off: float = 0.35

    def wanted_ms(self, partial: Partial | None) -> int:
        """How long a silence has to be behind these words to be the end."""
        if partial is None:
            return self.silence_ms
        if not partial.complete:
            return self.unfinished_ms
        if not partial.open:
            return self.complete_ms
        share = (words(partial.text) - WORDS_FEW) / (WORDS_MANY - WORDS_FEW)
        return round(self.open_ms + (self.open_long_ms - self.open_ms) * min(max(share, 0.0), 1.0))


class SpeechStarted(Struct, frozen=True):
    """`at_s` seconds of sound after the start or the last reset, the lead-in included; `audio` begins there."""

    at_s: float
    audio: AudioChunk


class SpeechPaused(Struct, frozen=True):
    """A silence behind a whole sentence that may turn out to be the end."""


class SpeechResumed(Struct, frozen=True):
    """It was not the end. `audio` is all since the start."""

    audio: AudioChunk


class SpeechEnded(Struct, frozen=True):
    """`audio` is all that was said with its lead-in; empty for the reason `nothing`. Of its end `silent_s` seconds
    are silence."""

    at_s: float
    audio: AudioChunk
    reason: Literal["silence", "too_long", "nothing"]
    silent_s: float = 0.0


Change = SpeechStarted | SpeechPaused | SpeechResumed | SpeechEnded


class Endpointer:
    """Feed each chunk (10 to 100 ms, mono, one rate) with its speech probability; it begins anew after end."""

    def __init__(self, settings: EndpointingSettings | None = None) -> None:
        self._settings = settings or EndpointingSettings()
        self._now_s = 0.0
        self._voiced = False
        self._speaking = False
        self._paused = False
        self._begin()

    @property
    def speaking(self) -> bool:
        return self._speaking

    def reset(self) -> None:
        self._now_s = 0.0
        self._begin()

    def feed(self, chunk: AudioChunk, probability: float, partial: Partial | None = None) -> Change | None:
        """`partial` are the words so far; its time counts from the start of speech."""
        self._now_s += chunk.seconds
        self._kept.append(chunk)
        self._kept_s += chunk.seconds
        self._voiced = probability >= (self._settings.off if self._voiced else self._settings.on)
        return self._while_speaking(chunk, partial) if self._speaking else self._while_waiting(chunk)

    def finish(self) -> SpeechEnded:
        """The sound is over: what was being said, or nothing."""
        return self._end("silence" if self._speaking else "nothing")

    def _begin(self) -> None:
        self._kept: deque[AudioChunk] = deque()
        self._kept_s = 0.0
        self._waited_s = 0.0
        self._voiced_s = 0.0
        self._silent_s = 0.0
        self._voiced = False
        self._speaking = False
        self._paused = False

    def _while_waiting(self, chunk: AudioChunk) -> SpeechStarted | SpeechEnded | None:
        """Short noises wear off: what is not speech takes away from what was."""
        self._voiced_s = max(0.0, self._voiced_s + (chunk.seconds if self._voiced else -chunk.seconds))
        self._waited_s += chunk.seconds
        if _reached(self._voiced_s, self._settings.speech_ms / 1000):
            self._speaking = True
            return SpeechStarted(self._now_s - self._kept_s, self._audio())
        self._forget()
        if 0 < self._settings.patience_seconds <= self._waited_s and not self._voiced:
            return self._end("nothing")
        return None

    def _while_speaking(self, chunk: AudioChunk, partial: Partial | None) -> Change | None:
        self._silent_s = 0.0 if self._voiced else self._silent_s + chunk.seconds
        known = self._fresh(partial)
        if _reached(self._silent_s, self._settings.wanted_ms(known) / 1000):
            return self._end("silence")
        if _reached(self._kept_s, self._settings.seconds_max):
            return self._end("too_long")
        if self._paused and self._voiced:
            self._paused = False
            return SpeechResumed(self._audio())
        complete = known is not None and known.complete
        if not self._paused and complete and _reached(self._silent_s, self._settings.early_ms / 1000):
            self._paused = True
            return SpeechPaused()
        return None

    def _fresh(self, partial: Partial | None) -> Partial | None:
        """Words are only known when all of the voice was looked at."""
        if partial is None or not _reached(partial.at_s + FRAME_S, self._kept_s - self._silent_s):
            return None
        return partial

    def _audio(self) -> AudioChunk:
        return AudioChunk(b"".join(chunk.pcm for chunk in self._kept), self._kept[0].rate_hz)

    def _forget(self) -> None:
        """Keeps the lead-in and twice the time that a beginning takes to be sure of."""
        keep_s = (self._settings.lead_in_ms + 2 * self._settings.speech_ms) / 1000
        while self._kept and self._kept_s - self._kept[0].seconds >= keep_s:
            self._kept_s -= self._kept.popleft().seconds

    def _end(self, reason: Literal["silence", "too_long", "nothing"]) -> SpeechEnded:
        audio = AudioChunk(b"") if reason == "nothing" or not self._kept else self._audio()
        silent_s = self._silent_s
        self._begin()
        return SpeechEnded(self._now_s, audio, reason, silent_s)


def _reached(seconds: float, limit: float) -> bool:
    return seconds >= limit - 1e-6


def words(text: str) -> int:
    """How many; two Chinese characters make one."""
    characters = sum("一" <= char <= "鿿" for char in text)
    spaced = "".join(" " if "一" <= char <= "鿿" else char for char in text)
    return len(spaced.split()) + (characters + 1) // 2

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
    seldom adds to them, so for those it falls to `open_long_ms`), part of a sentence (`unfinished_ms`). Behind a
    whole sentence its words are worked out `early_ms` before that: to go on is then to begin anew with them.

    `speech_ms` begins one. A voice is known late, so up to `before_ms` of sound are kept until then: from
    `lead_in_ms` before it rose out of a silence of `gap_ms`, where that is known. Speech is a probability of `on`
    and more, until it falls below `off`. `seconds_max` bounds an utterance, `patience_seconds` the waiting for one
    (0: for ever).
    """

    silence_ms: int = 700
    complete_ms: int = 200
    open_ms: int = 380
    open_long_ms: int = 230
    unfinished_ms: int = 1000
    early_ms: int = 60
    speech_ms: int = 200
    lead_in_ms: int = 300
    gap_ms: int = 400
    before_ms: int = 1500
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

    def feed(
        self, chunk: AudioChunk, probability: float, partial: Partial | None = None, quiet: bool = False
    ) -> Change | None:
        """`partial` are the words so far; its time counts from the start of speech. `quiet`: as the room is."""
        self._now_s += chunk.seconds
        self._kept.append(chunk)
        self._kept_s += chunk.seconds
        self._quiet.append(quiet)
        self._voiced = probability >= (self._settings.off if self._voiced else self._settings.on)
        return self._while_speaking(chunk, partial) if self._speaking else self._while_waiting(chunk)

    def finish(self) -> SpeechEnded:
        """The sound is over: what was being said, or nothing."""
        return self._end("silence" if self._speaking else "nothing")

    def _begin(self) -> None:
        self._kept: deque[AudioChunk] = deque()
        self._quiet: deque[bool] = deque()
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
            self._rise()
            return SpeechStarted(self._now_s - self._kept_s, self._audio())
        self._forget()
        if 0 < self._settings.patience_seconds <= self._waited_s and not self._voiced:
            return self._end("nothing")
        return None

    def _while_speaking(self, chunk: AudioChunk, partial: Partial | None) -> Change | None:
        heard = self._voiced and not self._quiet[-1]
        self._silent_s = 0.0 if heard else self._silent_s + chunk.seconds
        known = self._fresh(partial)
        wanted_ms = self._settings.wanted_ms(known)
        if _reached(self._silent_s, wanted_ms / 1000):
            return self._end("silence")
        if _reached(self._kept_s, self._settings.seconds_max):
            return self._end("too_long")
        if self._paused and heard:
            self._paused = False
            return SpeechResumed(self._audio())
        complete = known is not None and known.complete
        if not self._paused and complete and self._silent_s and self._soon(wanted_ms):
            self._paused = True
            return SpeechPaused()
        return None

    def _soon(self, wanted_ms: int) -> bool:
        return _reached(self._silent_s, (wanted_ms - self._settings.early_ms) / 1000)

    def _fresh(self, partial: Partial | None) -> Partial | None:
        """Words are only known when all of the voice was looked at."""
        if partial is None or not _reached(partial.at_s + FRAME_S, self._kept_s - self._silent_s):
            return None
        return partial

    def _audio(self) -> AudioChunk:
        return AudioChunk(b"".join(chunk.pcm for chunk in self._kept), self._kept[0].rate_hz)

    def _forget(self) -> None:
        while self._kept and _reached(self._kept_s - self._kept[0].seconds, self._settings.before_ms / 1000):
            self._drop_first()

    def _drop_first(self) -> None:
        self._kept_s -= self._kept.popleft().seconds
        self._quiet.popleft()

    def _rise(self) -> None:
        """Lets go of what was before the silence that the voice rose out of, and of most of that."""
        quiet_s = after_s = 0.0
        for chunk, quiet in zip(reversed(self._kept), reversed(self._quiet), strict=True):
            after_s += chunk.seconds
            quiet_s = quiet_s + chunk.seconds if quiet else 0.0
            if _reached(quiet_s, self._settings.gap_ms / 1000):
                break
        else:
            return
        keep_s = after_s - quiet_s + self._settings.lead_in_ms / 1000
        while self._kept_s - self._kept[0].seconds >= keep_s:
            self._drop_first()

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

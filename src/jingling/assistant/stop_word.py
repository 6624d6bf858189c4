"""A bare "stop" in a voice that is speaking meanwhile."""

import hashlib
from collections.abc import Sequence

from jingling.assistant.attempt import Attempt
from jingling.core.audio import AudioChunk
from jingling.core.grammar import Arc, Grammar
from jingling.core.turn import Language
from jingling.speech.base import Recognizer, VoiceDetector
from jingling.speech.endpointing import (
    Endpointer,
    EndpointingSettings,
    SpeechEnded,
    SpeechPaused,
    SpeechResumed,
    SpeechStarted,
)
from jingling.speech.loudness import Loudness

WORDS: dict[Language, Sequence[str]] = {
    "en": ("stop", "stop it", "stop please", "please stop", "be quiet"),
    "zh": ("停", "停 下", "停 止", "别 说 了", "安 静"),
}
SURE = 0.6
SECONDS_MAX = 2.0
ENDPOINTING = EndpointingSettings(
    silence_ms=300, complete_ms=80, open_ms=80, open_long_ms=80, unfinished_ms=300, early_ms=40, speech_ms=100,
    seconds_max=SECONDS_MAX,
)  # fmt: skip


def grammar(language: Language) -> Grammar:
    """Just the ways to say stop."""
    arcs: list[Arc] = []
    states = 2
    for sentence in WORDS[language]:
        words = sentence.split()
        ways = [0, *range(states, states + len(words) - 1), 1]
        states += len(words) - 1
        arcs += [Arc(source, target, word) for source, target, word in zip(ways, ways[1:], words, strict=False)]
    digest = hashlib.sha256(repr(WORDS[language]).encode()).hexdigest()
    return Grammar(language, tuple(arcs), 0, 1, states, digest, frozenset(arc.word for arc in arcs))


GRAMMARS = tuple(grammar(language) for language in WORDS)


class StopWord:
    """One stream's listener, as long as something is to be stopped. Never waits: the answer is looked up later."""

    def __init__(self, recognizer: Recognizer, voice: VoiceDetector, device_id: str) -> None:
        self._recognizer = recognizer
        self._voice = voice
        self._device_id = device_id
        self._loudness = Loudness()
        self._ends = Endpointer(ENDPOINTING)
        self._attempt: Attempt | None = None

    def heard_in(self, chunk: AudioChunk) -> bool:
        """Whether it is known by the end of `chunk` that stop was said."""
        probability, quiet = self._voice.process(chunk), self._loudness.process(chunk)
        known = self._attempt.partial if self._attempt is not None else None
        change = self._ends.feed(chunk, 0.0 if quiet and self._ends.speaking else probability, known)
        match change:
            case SpeechStarted(audio=audio):
                self.close()
                self._attempt = Attempt(self._recognizer, GRAMMARS, self._device_id)
                self._attempt.feed(audio)
            case SpeechResumed(audio=audio) if self._attempt is not None:
                self._attempt.resume(audio)
            case SpeechPaused() | SpeechEnded() if self._attempt is not None:
                self._attempt.feed(chunk)
                self._attempt.pause()
            case _ if self._attempt is not None:
                self._attempt.feed(chunk)
        said = self._attempt.early if self._attempt is not None else None
        return said is not None and said.confidence >= SURE

    def close(self) -> None:
        if self._attempt is not None:
            self._attempt.give_up()
            self._attempt = None

"""The small interfaces of ears and voice. Engines live in `engines/`, one file each."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from msgspec import Struct

from jingling.core.audio import AudioChunk
from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance


class Detection(Struct, frozen=True):
    """A wake word, `at_s` seconds after the start of the stream (its end in the sound)."""

    word: str
    at_s: float


class WakeDetector(Protocol):
    """One stream's listener for wake words. Cheap: called in the event loop."""

    words: tuple[str, ...]

    def process(self, chunk: AudioChunk) -> Sequence[Detection]:
        """Takes 16 kHz mono chunks of any length."""

    def reset(self) -> None: ...


class VoiceDetector(Protocol):
    """One stream's voice activity."""

    def process(self, chunk: AudioChunk) -> float:
        """The probability 0…1 that the latest 10 ms in `chunk` hold speech; 16 kHz mono."""

    def reset(self) -> None: ...


class Partial(Struct, frozen=True):
    """The words so far, while somebody speaks; `at_s` seconds of the sound were looked at.

    `complete`: they are a whole sentence of the grammars. `open`: some sentence of them goes on after these words.
    Where an engine cannot tell, `complete` is False and `open` True.
    """

    text: str
    language: Language
    at_s: float
    complete: bool = False
    open: bool = True


class Recognition(Protocol):
    """One utterance, heard while it is spoken: fed, then finished or given up."""

    @property
    def partial(self) -> Partial | None:
        """The latest; None while nothing is known, or for an engine that hears only whole utterances."""

    def feed(self, chunk: AudioChunk) -> None:
        """Takes 16 kHz mono sound without waiting. Raises BadInput for other sound, or too much of it."""

    async def finish(self) -> Utterance | None:
        """What was said; None when nothing in the grammars was. Raises NotReady."""

    def give_up(self) -> None:
        """Nobody wants it any longer; harmless after `finish`."""


class Recognizer(Protocol):
    """Hears utterances by `grammars`; the work is done off the event loop."""

    languages: frozenset[Language]

    def begin(self, grammars: Sequence[Grammar], *, for_whom: str = "") -> Recognition:
        """A new utterance; any number may be under way, and all of one device `for_whom` wait in one line.

        Raises NotReady when too many are; its `finish` raises TooBusy when it is turned away.
        """

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar]) -> Utterance | None:
        """A whole utterance at once, otherwise as `begin`, `feed`, `finish`."""

    async def prepare(self, grammars: Sequence[Grammar]) -> None:
        """Compile `grammars` ahead of need."""

    async def close(self) -> None: ...


class Manner(Struct, frozen=True):
    """How something is said: `rate` and `volume` as shares of the owner's own, `quiet` as at night."""

    rate: float = 1.0
    volume: float = 1.0
    quiet: bool = False


PLAIN = Manner()


class Synthesizer(Protocol):
    """Text to sound, streamed; runs in a process of its own."""

    languages: frozenset[Language]

    def speak(self, text: str, language: Language, manner: Manner = PLAIN) -> AsyncIterator[AudioChunk]:
        """Chunks of at most about 100 ms. Cancelling the iteration stops the synthesis. Raises NotReady."""

    async def close(self) -> None: ...


class SpeakerKnower(Protocol):
    """Tells people apart by their voices. Never enough for money or doors."""

    async def embed(self, audio: AudioChunk) -> tuple[float, ...]:
        """A unit vector of the voice in 16 kHz mono sound. Raises BadInput for too little speech, NotReady."""

    async def close(self) -> None: ...

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


class Recognizer(Protocol):
    """Turns one utterance into text by decoding `grammars`; runs off the event loop."""

    languages: frozenset[Language]

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar]) -> Utterance | None:
        """None when nothing in the grammars was said. 16 kHz mono. Raises NotReady."""

    async def prepare(self, grammars: Sequence[Grammar]) -> None:
        """Compile `grammars` ahead of need."""

    async def close(self) -> None: ...


class Synthesizer(Protocol):
    """Text to sound, streamed; runs in a process of its own."""

    languages: frozenset[Language]

    def speak(self, text: str, language: Language) -> AsyncIterator[AudioChunk]:
        """Chunks of at most about 100 ms. Cancelling the iteration stops the synthesis. Raises NotReady."""

    async def close(self) -> None: ...

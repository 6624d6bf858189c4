"""Ears that hear no words and no wake word, for what goes on beside them."""

from collections.abc import Sequence

from jingling.assistant.hear import Ears
from jingling.core.audio import AudioChunk
from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance
from jingling.speech.base import Detection, Recognition
from jingling.speech.endpointing import Endpointer, EndpointingSettings
from jingling.speech.whole import WholeUtterance

SPEECH = b"\x01"


class NoWake:
    words: tuple[str, ...] = ("jingling",)

    def process(self, chunk: AudioChunk) -> Sequence[Detection]:
        return ()

    def reset(self) -> None:
        pass


class Voice:
    """Speech is sound that begins with SPEECH."""

    def process(self, chunk: AudioChunk) -> float:
        return 1.0 if chunk.pcm[:1] == SPEECH else 0.0

    def reset(self) -> None:
        pass


class NoWords:
    languages: frozenset[Language] = frozenset({"en"})

    def begin(self, grammars: Sequence[Grammar], *, for_whom: str = "") -> Recognition:
        return WholeUtterance(self._nothing, 30.0)

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar]) -> Utterance | None:
        return None

    async def prepare(self, grammars: Sequence[Grammar]) -> None:
        pass

    async def close(self) -> None:
        pass

    async def _nothing(self, audio: AudioChunk) -> Utterance | None:
        return None


def wordless_ears() -> Ears:
    settings = EndpointingSettings(patience_seconds=6.0, silence_ms=300)
    return Ears(NoWords(), NoWake, Voice, lambda: Endpointer(settings), 30.0)

"""Any Wyoming service as a voice: `wyoming://host:port`, or with `?voice=NAME`."""

from collections.abc import AsyncIterator

import numpy as np
from wyoming.audio import AudioChunk as WireChunk
from wyoming.audio import AudioStop
from wyoming.tts import Synthesize, SynthesizeVoice

from jingling.core.audio import AudioChunk
from jingling.core.errors import NotReady
from jingling.core.turn import Language
from jingling.speech.base import PLAIN, Manner
from jingling.speech.engines import worker_voice
from jingling.speech.engines.wyoming_client import WyomingAddress, connected

FIRST_S = 15.0
NEXT_S = 10.0
SECONDS_MAX = 300.0
PIECE_S = 0.08
RATES_HZ = range(8_000, 48_001)


class WyomingSynthesizer:
    """`volume` 0 to 100. The service sets the pace itself: the protocol has no rate."""

    def __init__(self, where: WyomingAddress, volume: int = 80) -> None:
        self.languages: frozenset[Language] = where.languages
        self._where = where
        self._volume = volume

    async def prepare(self) -> None:
        """Raises NotReady when it cannot be reached."""
        async with connected(self._where):
            return

    async def speak(self, text: str, language: Language, manner: Manner = PLAIN) -> AsyncIterator[AudioChunk]:
        """Chunks of at most 80 ms, as they come."""
        spoken = worker_voice.said(text, language)
        if not spoken:
            return
        named = SynthesizeVoice(name=self._where.voice) if self._where.voice else None
        gain = worker_voice.gain(self._volume, manner)
        async with connected(self._where) as client:
            await client.send(Synthesize(text=spoken, voice=named or SynthesizeVoice(language=language)).event())
            left, patience = SECONDS_MAX, FIRST_S
            while not AudioStop.is_type((event := await client.next(patience)).type):
                if not WireChunk.is_type(event.type):
                    continue
                patience = NEXT_S
                chunk = self._checked(WireChunk.from_event(event))
                left -= chunk.seconds
                if left < 0:
                    raise NotReady(f"{self._where.name} does not stop speaking.")
                for piece in _pieces(chunk, gain):
                    yield piece

    async def close(self) -> None:
        """There is nothing open between two texts."""

    def _checked(self, chunk: WireChunk) -> AudioChunk:
        if chunk.width != 2 or chunk.channels != 1 or chunk.rate not in RATES_HZ:
            raise NotReady(f"{self._where.name} speaks in a form that is not known here: 16 bit mono is needed.")
        return AudioChunk(chunk.audio[: len(chunk.audio) // 2 * 2], chunk.rate)


def _pieces(chunk: AudioChunk, gain: float) -> list[AudioChunk]:
    samples = np.frombuffer(chunk.pcm, "<i2").astype(np.float32) * gain
    pcm = samples.clip(-32_768, 32_767).astype("<i2").tobytes()
    step = int(PIECE_S * chunk.rate_hz) * 2
    return [AudioChunk(pcm[start : start + step], chunk.rate_hz) for start in range(0, len(pcm), step)]

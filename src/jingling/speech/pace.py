"""How far sound that is sent runs ahead of sound that is heard: pure rules."""

from collections.abc import AsyncGenerator, AsyncIterator

import numpy as np

from jingling.core.audio import AudioChunk

PIECE_SECONDS = 0.1


class Pace:
    """Times in monotonic seconds. Sound is heard from the moment it is sent, one piece after the other."""

    def __init__(self, ahead_s: float) -> None:
        self._ahead_s = ahead_s
        self._heard_at = 0.0

    def sent(self, seconds: float, now: float) -> None:
        self._heard_at = max(self._heard_at, now) + seconds

    def wait_s(self, now: float) -> float:
        """How long to wait before more may be sent."""
        return max(0.0, self._heard_at - now - self._ahead_s)

    def left_s(self, now: float) -> float:
        """How long until all is heard."""
        return max(0.0, self._heard_at - now)


async def pieces(audio: AsyncIterator[AudioChunk]) -> AsyncGenerator[AudioChunk, None]:
    """The same sound as mono pieces of at most `PIECE_SECONDS`; closes `audio` when it is left early."""
    try:
        async for chunk in audio:
            pcm = _mono(chunk)
            step = 2 * max(1, int(chunk.rate_hz * PIECE_SECONDS))
            for start in range(0, len(pcm), step):
                yield AudioChunk(pcm[start : start + step], chunk.rate_hz)
    finally:
        if isinstance(audio, AsyncGenerator):
            await audio.aclose()


def _mono(chunk: AudioChunk) -> bytes:
    whole = chunk.pcm[: chunk.frames * 2 * chunk.channels]
    if chunk.channels == 1:
        return whole
    mixed = np.frombuffer(whole, "<i2").reshape(-1, chunk.channels).mean(axis=1)
    return bytes(mixed.astype("<i2").tobytes())

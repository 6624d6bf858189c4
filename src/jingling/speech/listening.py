"""Microphone sound on its way from a socket to whoever listens."""

import asyncio
from collections import deque

from jingling.core.audio import AudioChunk

KEPT_SECONDS = 5.0


class Listening:
    """An iterator of chunks that never holds up its source: when nobody takes them, the oldest are dropped.

    It ends by `end`, or by itself after `seconds_max` of sound.
    """

    def __init__(self, seconds_max: float | None = None, kept_s: float = KEPT_SECONDS) -> None:
        self.dropped_chunks = 0
        self._seconds_max = seconds_max
        self._kept_s = kept_s
        self._waiting: deque[AudioChunk] = deque()
        self._waiting_s = 0.0
        self._brought_s = 0.0
        self._ended = False
        self._news = asyncio.Event()

    @property
    def ended(self) -> bool:
        return self._ended

    def put(self, pcm: bytes) -> None:
        """16 kHz mono, 16 bit."""
        if self._ended:
            return
        chunk = AudioChunk(pcm)
        self._waiting.append(chunk)
        self._waiting_s += chunk.seconds
        self._brought_s += chunk.seconds
        while self._waiting_s > self._kept_s and len(self._waiting) > 1:
            self._waiting_s -= self._waiting.popleft().seconds
            self.dropped_chunks += 1
        self._news.set()
        if self._seconds_max is not None and self._brought_s >= self._seconds_max:
            self.end()

    def end(self) -> None:
        self._ended = True
        self._news.set()

    def __aiter__(self) -> "Listening":
        return self

    async def __anext__(self) -> AudioChunk:
        while not self._waiting:
            if self._ended:
                raise StopAsyncIteration
            self._news.clear()
            await self._news.wait()
        chunk = self._waiting.popleft()
        self._waiting_s -= chunk.seconds
        return chunk

"""A board's microphone on its way to whoever listens."""

import asyncio
from collections import deque

from jingling.core.audio import AudioChunk

KEPT_SECONDS = 5.0


class BoardSound:
    """An iterator of chunks that never holds up its source: when nobody takes them, the oldest are dropped.

    It ends by `end`, or by itself after `seconds_max` of sound.
    """

    def __init__(self, seconds_max: float) -> None:
        self.dropped_chunks = 0
        self.seconds = 0.0
        self._seconds_max = seconds_max
        self._waiting: deque[AudioChunk] = deque()
        self._waiting_s = 0.0
        self._ended = False
        self._news = asyncio.Event()

    def put(self, chunk: AudioChunk) -> None:
        if self._ended:
            return
        self.seconds += chunk.seconds
        self._waiting.append(chunk)
        self._waiting_s += chunk.seconds
        while self._waiting_s > KEPT_SECONDS and len(self._waiting) > 1:
            self._waiting_s -= self._waiting.popleft().seconds
            self.dropped_chunks += 1
        self._news.set()
        if self.seconds >= self._seconds_max:
            self.end()

    def end(self) -> None:
        self._ended = True
        self._news.set()

    def __aiter__(self) -> "BoardSound":
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

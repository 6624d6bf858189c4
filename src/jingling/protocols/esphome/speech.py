"""How the answer of one turn reaches the device's loudspeaker: fetched by it, or streamed to it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Protocol

from jingling.core.audio import AudioChunk
from jingling.core.clock import Clock
from jingling.protocols.esphome.client import Client
from jingling.protocols.esphome.run import Step
from jingling.protocols.sounds import Sound
from jingling.protocols.waiting import set_within
from jingling.speech.pace import Pace, pieces
from jingling.speech.stream_resampler import StreamResampler

log = logging.getLogger(__name__)
FETCH_SECONDS_MAX = 8.0
LATE_SECONDS_MAX = 5.0
"""A device may take so long to say that it has played what it was given."""
STREAM_RATE_HZ = 16_000
STREAM_BYTES = 1_024
AHEAD_S = 0.3
"""Boards buffer half a second."""


class Speech(Protocol):
    """One or more sounds, one after the other; `over` set is silence at once."""

    over: asyncio.Event

    async def say(self, audio: AsyncIterator[AudioChunk]) -> None: ...

    async def finish(self) -> None:
        """Nothing more comes; returns when it was heard, as far as is known."""

    def break_off(self) -> None: ...


class FetchedSpeech:
    """`over` is also set when the device says that it has played it."""

    def __init__(self, clock: Clock, sound: Sound) -> None:
        self.over = asyncio.Event()
        self._clock = clock
        self._sound = sound

    async def say(self, audio: AsyncIterator[AudioChunk]) -> None:
        async with aclosing(pieces(audio)) as sound:
            async for piece in sound:
                if self.over.is_set():
                    return
                await self._sound.write(piece)
        self._sound.next_sound()

    async def finish(self) -> None:
        self._sound.end()
        begun = self._clock.monotonic()
        if not self.over.is_set() and not await set_within(self._clock, FETCH_SECONDS_MAX, self._sound.fetched):
            log.warning("a device did not fetch its speech: can it reach this hub's address?")
            return self._sound.break_off()
        spent_s = self._clock.monotonic() - begun
        await set_within(self._clock, self._sound.seconds - spent_s + LATE_SECONDS_MAX, self.over)
        return None

    def break_off(self) -> None:
        self.over.set()
        self._sound.break_off()


class StreamedSpeech:
    """16 kHz mono over the connection itself, for devices without a media player."""

    def __init__(self, clock: Clock, client: Client) -> None:
        self.over = asyncio.Event()
        self._clock = clock
        self._client = client
        self._pace = Pace(AHEAD_S)

    async def say(self, audio: AsyncIterator[AudioChunk]) -> None:
        resampler: StreamResampler | None = None
        async with aclosing(pieces(audio)) as sound:
            async for piece in sound:
                resampler = resampler or StreamResampler(piece.rate_hz, STREAM_RATE_HZ)
                if not await self._send(resampler.feed(piece)):
                    return
        if resampler is not None:
            await self._send(resampler.finish())

    async def _send(self, chunk: AudioChunk) -> bool:
        for start in range(0, len(chunk.pcm), STREAM_BYTES):
            piece = AudioChunk(chunk.pcm[start : start + STREAM_BYTES], STREAM_RATE_HZ)
            if await set_within(self._clock, self._pace.wait_s(self._clock.monotonic()), self.over):
                return False
            self._client.send_sound(piece.pcm)
            self._pace.sent(piece.seconds, self._clock.monotonic())
        return True

    async def finish(self) -> None:
        self._client.tell([(Step.TTS_STREAM_END, {})])
        await set_within(self._clock, self._pace.left_s(self._clock.monotonic()), self.over)

    def break_off(self) -> None:
        if not self.over.is_set():
            self.over.set()
            self._client.tell([(Step.TTS_STREAM_END, {})])

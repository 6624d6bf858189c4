"""A Wyoming satellite on the `wyoming` package's own server: it notes what it is sent."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from wyoming.audio import AudioChunk, AudioFormat, AudioStop
from wyoming.event import Event
from wyoming.info import Attribution, Describe, Info, MicProgram, Satellite, SndProgram
from wyoming.ping import Ping, Pong
from wyoming.server import AsyncEventHandler, AsyncTcpServer

NAMED: dict[str, Any] = {"attribution": Attribution("Nobody", ""), "installed": True, "version": "1.4"}


def info(area: str | None = "kitchen", speaker_hz: int = 16_000) -> Info:
    return Info(
        mic=[MicProgram("mic", description=None, mic_format=AudioFormat(16_000, 2, 1), **NAMED)],
        snd=[SndProgram("snd", description=None, snd_format=AudioFormat(speaker_hz, 2, 1), **NAMED)],
        satellite=Satellite("Kitchen Pi", description="a box", area=area, **NAMED),
    )


class FakeSatellite:
    """`told` are all events from the hub but pings; what was played counts in `played_s` seconds."""

    def __init__(self, about: Info, plays: bool = True) -> None:
        self.about = about
        self.plays = plays
        self.answers_pings = True
        self.told: list[Event] = []
        self.played_s = 0.0
        self.visits = 0
        self.port = 0
        self._wire: AsyncEventHandler | None = None

    @property
    def types(self) -> list[str]:
        return [event.type for event in self.told if event.type != "audio-chunk"]

    def last(self, kind: str) -> dict[str, Any]:
        return next(event.data for event in reversed(self.told) if event.type == kind)

    async def say(self, *events: Event) -> None:
        assert self._wire is not None
        for event in events:
            await self._wire.write_event(event)

    async def speak(self, seconds: float, rate_hz: int = 16_000, stop: bool = False) -> None:
        """Silence is as good as speech for what listens here."""
        chunk = AudioChunk(rate_hz, 2, 1, bytes(2 * 1_024))
        for _ in range(int(seconds * rate_hz / 1_024)):
            await self.say(chunk.event())
        if stop:
            await self.say(AudioStop().event())

    async def take(self, wire: AsyncEventHandler, event: Event) -> bool:
        if Describe.is_type(event.type):
            self._wire = wire
            self.visits += 1
            await wire.write_event(self.about.event())
        elif Ping.is_type(event.type):
            if self.answers_pings:
                await wire.write_event(Pong(text=Ping.from_event(event).text).event())
        else:
            self.told.append(event)
            await self._play(wire, event)
        return True

    async def _play(self, wire: AsyncEventHandler, event: Event) -> None:
        if AudioChunk.is_type(event.type):
            self.played_s += AudioChunk.from_event(event).seconds
        elif AudioStop.is_type(event.type) and self.plays:
            await wire.write_event(Event("played"))

    async def hang_up(self) -> None:
        assert self._wire is not None
        await self._wire.stop()


class _Handler(AsyncEventHandler):
    def __init__(self, satellite: FakeSatellite, *streams: Any) -> None:
        super().__init__(*streams)
        self._satellite = satellite

    async def handle_event(self, event: Event) -> bool:
        return await self._satellite.take(self, event)


@asynccontextmanager
async def satellite(about: Info | None = None, plays: bool = True) -> AsyncIterator[FakeSatellite]:
    """One that listens on a free port of loopback."""
    fake = FakeSatellite(about or info(), plays)
    server = AsyncTcpServer("127.0.0.1", 0)
    await server.start(lambda *streams: _Handler(fake, *streams))
    sockets: Sequence[Any] = server._server.sockets  # type: ignore[union-attr]
    fake.port = sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        await server.stop()
        await asyncio.sleep(0)

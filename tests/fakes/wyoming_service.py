"""A Wyoming service of the package's own server, that hears, speaks and wakes as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from wyoming.asr import Transcribe, Transcript, TranscriptChunk
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event
from wyoming.server import AsyncEventHandler, AsyncTcpServer
from wyoming.tts import Synthesize
from wyoming.wake import Detect, Detection


@dataclass
class Service:
    """`says` is the transcript (None: the connection is closed instead), `so_far` what is told before it."""

    says: str | None = "turn on the lamp"
    language: str | None = None
    so_far: tuple[str, ...] = ()
    complains: str = ""
    sound: bytes = b""
    width: int = 2
    endless: bool = False
    wakes_after: int = 3
    asked: list[Event] = field(default_factory=list)
    heard: bytearray = field(default_factory=bytearray)
    connections: int = 0
    port: int = 0

    @property
    def name(self) -> str:
        return f"wyoming://127.0.0.1:{self.port}"


@asynccontextmanager
async def wyoming_service() -> AsyncIterator[Service]:
    service = Service()
    server = AsyncTcpServer("127.0.0.1", 0)
    await server.start(partial(_Handler, service))
    assert server._server is not None
    service.port = server._server.sockets[0].getsockname()[1]
    try:
        yield service
    finally:
        await server.stop()


class _Handler(AsyncEventHandler):
    def __init__(self, service: Service, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__(reader, writer)
        self.service = service
        self.chunks = 0
        self.waking = False
        service.connections += 1

    async def handle_event(self, event: Event) -> bool:
        service = self.service
        if Transcribe.is_type(event.type) or Synthesize.is_type(event.type) or Detect.is_type(event.type):
            service.asked.append(event)
            self.waking = Detect.is_type(event.type)
        if service.complains:
            await self.write_event(Error(service.complains).event())
            return False
        if AudioChunk.is_type(event.type):
            return await self._chunk(event)
        if AudioStop.is_type(event.type):
            if service.says is not None:
                await self.write_event(Transcript(service.says, language=service.language).event())
            return False
        if Synthesize.is_type(event.type):
            await self._speak()
        return True

    async def _chunk(self, event: Event) -> bool:
        self.service.heard += event.payload or b""
        self.chunks += 1
        if self.waking and self.chunks == self.service.wakes_after:
            await self.write_event(Detection(name="ok_nabu").event())
        if self.chunks == 1:
            for text in self.service.so_far:
                await self.write_event(TranscriptChunk(text).event())
        return True

    async def _speak(self) -> None:
        form = {"rate": 22_050, "width": self.service.width, "channels": 1}
        await self.write_event(AudioStart(**form).event())
        sound = self.service.sound
        while True:
            for start in range(0, len(sound), 4_096):
                await self.write_event(AudioChunk(**form, audio=sound[start : start + 4_096]).event())
            if not self.service.endless:
                break
        await self.write_event(AudioStop().event())

"""A hub small enough to see through, for the gateway of xiaozhi boards, and the hub's end of a board's socket."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import numpy as np

from fakes.memory_database import MemoryDatabase
from fakes.xiaozhi_board import BoardTools
from jingling.bus.local import LocalBus
from jingling.core.audio import AudioChunk
from jingling.core.clock import VirtualClock
from jingling.core.endpoint import Endpoint, Input
from jingling.core.grammar import Grammar
from jingling.core.thing import Place
from jingling.core.turn import Language
from jingling.devices.commands import AdoptDevice
from jingling.devices.service import DeviceService
from jingling.home.model import Home
from jingling.home.service import HomeService
from jingling.protocols.xiaozhi.frames import Version, pack
from jingling.protocols.xiaozhi.gateway import XiaozhiGateway
from jingling.settings import LimitSettings, Settings, XiaozhiSettings
from jingling.speech.base import Recognizer, Synthesizer, WakeDetector

KITCHEN = Place("kitchen", {"en": ("Kitchen",), "zh": ("厨房",)})
HEADERS = {"device-id": "AA:BB:CC:DD:EE:01", "client-id": "client-1", "host": "192.168.1.5:8765"}


class FakeHost:
    """`served` are the endpoints that it runs, `brought` what they brought; `place` its only room."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings(limits=LimitSettings(garbage_frames_max=5))
        self.clock = VirtualClock()
        self.bus = LocalBus()
        self.database = MemoryDatabase()
        self.home_id = "home"
        self.home = HomeService(Home("home", places=(KITCHEN,)), {}, self.bus, self.clock)
        self.devices = DeviceService(self.database, self.bus, self.clock, "home")
        self.recognizer: Recognizer | None = None
        self.voice: Synthesizer | None = None
        self.wake: WakeDetector | None = None
        self.served: list[Endpoint] = []
        self.serving = 0
        self.brought: list[Input] = []

    async def serve(self, endpoint: Endpoint) -> None:
        self.served.append(endpoint)
        self.serving += 1
        try:
            async for item in endpoint.inputs():
                self.brought.append(item)
        finally:
            self.serving -= 1

    def grammars(self, language: Language | None) -> Sequence[Grammar]:
        return ()

    async def ask(self, text: str, language: Language | None, caller: Any) -> dict[str, Any]:
        return {"reply": text}


class BoardWire:
    """`put` is what the board sends, `sent` what it got and when. With `tools`, calls are answered."""

    def __init__(self, clock: VirtualClock) -> None:
        self.sent: list[tuple[float, str | bytes]] = []
        self.closed: int | None = None
        self.tools: BoardTools | None = None
        self._clock = clock
        self._coming: asyncio.Queue[str | bytes | None] = asyncio.Queue()

    def put(self, frame: str | bytes | dict[str, Any] | None) -> None:
        self._coming.put_nowait(msgspec.json.encode(frame).decode() if isinstance(frame, dict) else frame)

    async def receive(self) -> str | bytes | None:
        return await self._coming.get()

    async def send(self, frame: str | bytes) -> None:
        self.sent.append((self._clock.monotonic(), frame))
        message = msgspec.json.decode(frame) if self.tools and isinstance(frame, str) else {}
        if self.tools and message.get("type") == "mcp":
            self.put({"type": "mcp", "payload": self.tools.answer(message["payload"])})

    async def close(self, code: int, reason: str) -> None:
        self.closed = code

    def messages(self, kind: str | None = None) -> list[dict[str, Any]]:
        texts = [msgspec.json.decode(frame) for _, frame in self.sent if isinstance(frame, str)]
        return [text for text in texts if kind in (None, text["type"])]

    def states(self) -> list[str]:
        """Of tts, in order."""
        return [message["state"] for message in self.messages("tts")]

    def sound_at(self) -> list[float]:
        return [at for at, frame in self.sent if isinstance(frame, bytes)]


def hello(version: int = 1, **features: Any) -> dict[str, Any]:
    params = {"format": "opus", "sample_rate": 16000, "channels": 1, "frame_duration": 60}
    return {"type": "hello", "version": version, "features": features, "audio_params": params}


def listen(state: str, **more: Any) -> dict[str, Any]:
    return {"type": "listen", "state": state, **more}


async def settle(rounds: int = 60) -> None:
    for _ in range(rounds):
        await asyncio.sleep(0)


def tone(seconds: float, rate_hz: int = 16_000) -> AudioChunk:
    wave = 8_000 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate_hz)) / rate_hz)
    return AudioChunk(wave.astype("<i2").tobytes(), rate_hz)


async def sound(seconds: float, rate_hz: int = 22_050) -> AsyncIterator[AudioChunk]:
    for _ in range(round(seconds * 10)):
        yield tone(0.1, rate_hz)


def framed(version: Version, packet: bytes) -> bytes:
    return pack(version, packet)


@asynccontextmanager
async def hosted(boards_max: int = 64, address: str = "") -> AsyncIterator[tuple[FakeHost, XiaozhiGateway]]:
    xiaozhi = XiaozhiSettings(boards_max=boards_max, address=address)
    host = FakeHost(Settings(limits=LimitSettings(garbage_frames_max=5), xiaozhi=xiaozhi))
    await host.devices.start()
    gateway = XiaozhiGateway(host)
    await gateway.start()
    try:
        yield host, gateway
    finally:
        await gateway.close()
        await host.home.close()
        await host.bus.close()
        await host.database.close()


async def adopted(
    host: FakeHost, gateway: XiaozhiGateway, headers: dict[str, str] | None = None, **fields: Any
) -> dict[str, str]:
    """The headers that a board which has been adopted connects with."""
    said = {**HEADERS, **(headers or {})}
    answer = await gateway.configure(said, b"", "http", "192.168.1.9")
    device = next(one for one in host.devices.all() if not one.adopted)
    chosen = {"name": "kitchen board", "place_id": "kitchen", **fields}
    assert (await host.devices.execute(AdoptDevice(device_id=device.id, **chosen))).ok
    return {**said, "authorization": f"Bearer {answer['websocket']['token']}"}


@asynccontextmanager
async def connected(
    host: FakeHost,
    gateway: XiaozhiGateway,
    headers: dict[str, str],
    greeting: dict[str, Any] | None = None,
    tools: BoardTools | None = None,
) -> AsyncIterator[BoardWire]:
    """A connection after its hello."""
    wire = BoardWire(host.clock)
    wire.tools = tools
    device = await gateway.admit(headers)
    running = asyncio.ensure_future(gateway.converse(wire, device, headers, "http"))
    wire.put(greeting or hello(mcp=tools is not None))
    await settle()
    try:
        yield wire
    finally:
        wire.put(None)
        await asyncio.wait_for(running, 5)

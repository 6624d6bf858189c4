"""A hub, a wire and a home small enough to see through."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, cast

import httpx
import msgspec
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import StaticPool
from starlette.applications import Starlette

from jingling.assistant.act import Executor, Gate
from jingling.assistant.record import TurnLog
from jingling.assistant.store import commands
from jingling.assistant.trail import CommandTrail
from jingling.bus.base import E, Handler, Unsubscribe
from jingling.bus.local import LocalBus
from jingling.core.audio import AudioChunk
from jingling.core.card import TextCard
from jingling.core.clock import Clock, SystemClock, VirtualClock
from jingling.core.endpoint import Answered, Endpoint, EndpointInfo, Heard, Input, Interrupt, Listen, Phase, Typed
from jingling.core.errors import BadInput
from jingling.core.thing import Action, Place, Property, Thing, ThingState
from jingling.devices.commands import AdoptDevice, ForgetDevice
from jingling.devices.service import DeviceService
from jingling.devices.store import home_devices
from jingling.gateways import Gateways
from jingling.language.learned.commands import ForgetPhrase, TeachPhrase
from jingling.language.learned.phrases import PhraseBook
from jingling.outside import Outside
from jingling.protocols.mcp.servers import OutsideServers
from jingling.protocols.sounds import Sounds
from jingling.screen.messages import Suggestion
from jingling.server.http import create_server, serve
from jingling.server.store import household, sessions
from jingling.settings import LimitSettings, ServerSettings, Settings
from jingling.storage.engine import SqlDatabase

LAMP = Thing(
    id="lamp",
    type="light",
    names={"en": ("Lamp",), "zh": ("灯",)},
    place_id="kitchen",
    properties={"on": Property("boolean")},
    actions={"blink": Action()},
)
KITCHEN = Place(id="kitchen", names={"en": ("Kitchen",), "zh": ("厨房",)})
SECRET_SPEECH = "Marlene's birthday cake"


class FakeHome:
    def __init__(self) -> None:
        self.things = [LAMP]
        self.places = [KITCHEN]
        self.values = {"on": False}

    def thing(self, thing_id: str) -> Thing | None:
        return LAMP if thing_id == "lamp" else None

    def place(self, place_id: str) -> Place | None:
        return KITCHEN if place_id == "kitchen" else None

    def state(self, thing_id: str) -> ThingState:
        return ThingState(thing_id, dict(self.values))


class CountingBus(LocalBus):
    """Knows how many follow it."""

    followers = 0

    def subscribe(self, kind: type[E], handler: Handler[E]) -> Unsubscribe:
        unsubscribe = super().subscribe(kind, handler)
        self.followers += 1

        def leave() -> None:
            self.followers -= 1
            unsubscribe()

        return leave


class FakeHub:
    """Answers typed text with itself, counts the bytes of a listening, and plays a second of sound."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.home = FakeHome()
        self.bus = CountingBus()
        self._engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
        self.database = SqlDatabase(self._engine, self.bus, clock, (), "memory")
        self.home_id = "home"
        self.home_name = {"en": "Our flat", "zh": "我们家"}
        self.wake_words = ("alexa",)
        self.speech = True
        self.seen: list[Input] = []
        self.serving = 0
        self.asked: list[tuple[str, str | None, str]] = []
        self.ask_gate: asyncio.Event | None = None
        self.fail_with: Exception | None = None
        self.done: frozenset[str] = frozenset()
        self.phrases = PhraseBook(None)
        self.gateways = Gateways()
        self.turn_log = TurnLog()
        self.outside = Outside(cast("Any", None), cast("Any", None), OutsideServers(settings.mcp, clock))
        executor = Executor(self.phrases.execute)
        trail = CommandTrail(self.database, clock, self.home_id)
        self.sounds = Sounds(clock, settings.server.lan)
        self.devices = DeviceService(self.database, self.bus, clock, self.home_id)
        adopting = Executor(self.devices.execute)
        executors = {TeachPhrase: executor, ForgetPhrase: executor, AdoptDevice: adopting, ForgetDevice: adopting}
        self.gate = Gate(trail, executors, dry_run=False)

    async def open(self) -> None:
        async with self._engine.begin() as connection:
            for table in (household, sessions, home_devices, commands):
                await connection.run_sync(table.create)

    def suggestions(self, language: str) -> list[Suggestion]:
        return [Suggestion("开灯" if language == "zh" else "turn on the lamp", "home")]

    def missing(self, language: str) -> list[str]:
        return []

    def undoable(self, endpoint: Endpoint) -> frozenset[str]:
        return self.done

    async def serve(self, endpoint: Endpoint) -> None:
        self.serving += 1
        try:
            async for item in endpoint.inputs():
                self.seen.append(item)
                if self.fail_with:
                    raise self.fail_with
                await self._answer(endpoint, item)
        finally:
            self.serving -= 1

    async def _answer(self, endpoint: Endpoint, item: Input) -> None:
        turn = f"t{len(self.seen)}"
        if isinstance(item, Typed):
            language = item.language or "en"
            await endpoint.tell(turn, Phase("thinking"))
            await endpoint.tell(turn, Answered(item.text, language))
            await endpoint.show(turn, TextCard(item.text))
        elif isinstance(item, Listen):
            size = 0
            async for chunk in item.audio:
                size += len(chunk.pcm)
            await endpoint.tell(turn, Heard(str(size), "en"))
            await endpoint.play(turn, sound(1.0))
        elif isinstance(item, Interrupt):
            await endpoint.stop("t1")

    async def ask(self, text: str, language: str | None, caller: EndpointInfo) -> dict[str, Any]:
        self.asked.append((text, language, caller.id))
        if self.fail_with:
            raise self.fail_with
        if self.ask_gate:
            await self.ask_gate.wait()
        return {"utterance": {"text": text}, "reply": "ok"}

    async def decode(self, path: Path) -> AudioChunk:
        data = path.read_bytes()
        if not data.startswith(b"RIFF"):
            raise BadInput("this is no sound file: send wav, flac or mp3")
        return AudioChunk(data[4:])

    async def hear(self, audio: AudioChunk, language: str | None, caller: EndpointInfo) -> dict[str, Any]:
        return {"bytes": len(audio.pcm), "language": language}


class FakeWire:
    """The other end of a socket; `put` is what the browser sends, `sent` what it got."""

    def __init__(self) -> None:
        self.sent: list[str | bytes] = []
        self.closed: int | None = None
        self._coming: asyncio.Queue[str | bytes | None] = asyncio.Queue()

    def put(self, frame: str | bytes | dict[str, Any] | None) -> None:
        self._coming.put_nowait(msgspec.json.encode(frame).decode() if isinstance(frame, dict) else frame)

    async def receive(self) -> str | bytes | None:
        return await self._coming.get()

    async def send(self, frame: str | bytes) -> None:
        self.sent.append(frame)

    async def close(self, code: int, reason: str) -> None:
        self.closed = code
        self.put(None)

    def messages(self, kind: str | None = None) -> list[dict[str, Any]]:
        texts = [msgspec.json.decode(frame) for frame in self.sent if isinstance(frame, str)]
        return [text for text in texts if kind in (None, text["type"])]

    def codes(self) -> list[str]:
        return [message["code"] for message in self.messages("trouble")]

    def sound_seconds(self, rate_hz: int = 16_000) -> float:
        return sum(len(frame) - 4 for frame in self.sent if isinstance(frame, bytes)) / 2 / rate_hz


HELLO = {"type": "hello", "device_id": "screen-0001", "language": "en", "place_id": "kitchen"}


async def sound(seconds: float, rate_hz: int = 16_000) -> AsyncIterator[AudioChunk]:
    for _ in range(round(seconds * 5)):
        yield AudioChunk(bytes(2 * (rate_hz // 5)), rate_hz)


async def settle(rounds: int = 60) -> None:
    for _ in range(rounds):
        await asyncio.sleep(0)


def make_settings(lan: bool = False, limits: LimitSettings | None = None, **server: Any) -> Settings:
    return Settings(server=ServerSettings(lan=lan, port=0, **server), limits=limits or LimitSettings())


@asynccontextmanager
async def opened(settings: Settings, clock: Clock | None = None) -> AsyncIterator[FakeHub]:
    hub = FakeHub(settings, clock or VirtualClock())
    await hub.open()
    try:
        yield hub
    finally:
        await hub.database.close()


def browser(app: Starlette, client: str = "127.0.0.1", host: str = "127.0.0.1:8765") -> httpx.AsyncClient:
    """A browser at address `client` that has the page of `host` open."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(client, 50_000))
    return httpx.AsyncClient(transport=transport, base_url=f"http://{host}", headers={"Origin": f"http://{host}"})


@asynccontextmanager
async def listening(settings: Settings) -> AsyncIterator[tuple[FakeHub, int]]:
    """The hub on a real socket; its port."""
    async with opened(settings, SystemClock()) as hub:
        port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        running = asyncio.ensure_future(serve(create_server(hub), settings, port.set_result))
        try:
            yield hub, await port
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

"""A hub for protocols to bring devices to: it notes what they bring, and a test says what it answers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import numpy as np
from msgspec import structs

from jingling.bus.local import LocalBus
from jingling.core.audio import AudioChunk
from jingling.core.clock import Clock, SystemClock
from jingling.core.endpoint import Endpoint, EndpointInfo, Input
from jingling.core.errors import NotReady
from jingling.core.grammar import Grammar
from jingling.core.thing import Place, Thing, ThingState
from jingling.core.turn import Intent, Language, Utterance
from jingling.devices.events import DeviceChanged, DeviceForgotten
from jingling.devices.model import Device
from jingling.home.model import Floor
from jingling.protocols.sounds import Sounds
from jingling.schedule.model import Entry
from jingling.settings import Settings
from jingling.speech.base import PLAIN, Detection, Manner


def tone(seconds: float, rate_hz: int = 22_050) -> AudioChunk:
    at = np.arange(int(seconds * rate_hz)) / rate_hz
    return AudioChunk((np.sin(2 * np.pi * 440 * at) * 9_000).astype("<i2").tobytes(), rate_hz)


class KnownDevices:
    """The register, in memory."""

    def __init__(self, bus: LocalBus, clock: Clock) -> None:
        self._bus = bus
        self._clock = clock
        self.kept: dict[str, Device] = {}
        self.online: set[str] = set()
        self.news = asyncio.Event()

    def get(self, device_id: str) -> Device | None:
        return self.kept.get(device_id)

    def all(self) -> Sequence[Device]:
        return list(self.kept.values())

    async def seen(self, device: Device) -> Device:
        known = self.kept.get(device.id)
        if known is not None:
            kept = {
                name: getattr(known, name) for name in ("name", "place_id", "language", "role", "volume", "state")
            }
            device = structs.replace(device, **kept)
        self.kept[device.id] = device
        self.news.set()
        if device != known:
            await self._tell(device)
        return device

    async def adopt(self, device_id: str, **changes: Any) -> None:
        self.kept[device_id] = device = structs.replace(self.kept[device_id], state="adopted", **changes)
        await self._tell(device)

    async def forget(self, device_id: str) -> None:
        del self.kept[device_id]
        event = DeviceForgotten(id=uuid4().hex, at=self._clock.now(), home_id="home", device_id=device_id)
        await self._bus.publish(event)

    async def issue_token(self, device_id: str) -> str:
        return f"token-of-{device_id}"

    async def by_token(self, token: str) -> Device | None:
        return self.get(token.removeprefix("token-of-"))

    def connected(self, device_id: str) -> None:
        self.online.add(device_id)

    def gone(self, device_id: str) -> None:
        self.online.discard(device_id)

    def is_connected(self, device_id: str) -> bool:
        return device_id in self.online

    async def _tell(self, device: Device) -> None:
        await self._bus.publish(DeviceChanged(id=uuid4().hex, at=self._clock.now(), home_id="home", device=device))


class OneRoom:
    things: Sequence[Thing] = ()
    places: Sequence[Place] = (Place("kitchen", {"en": ("Kitchen",), "zh": ("厨房",)}),)
    floors: Sequence[Floor] = ()

    def thing(self, thing_id: str) -> Thing | None:
        return None

    def place(self, place_id: str) -> Place | None:
        return next((place for place in self.places if place.id == place_id), None)

    def state(self, thing_id: str) -> ThingState:
        raise KeyError(thing_id)


@dataclass
class Timers:
    kept: list[Entry] = field(default_factory=list)

    def entries(self, kind: str | None = None) -> Sequence[Entry]:
        return [entry for entry in self.kept if kind in (None, entry.kind)]


class ToneVoice:
    """A tenth of a second for each character; `fails` and `languages` are for a test to set."""

    languages: frozenset[Language] = frozenset({"en", "zh"})
    fails = False

    def __init__(self) -> None:
        self.said: list[tuple[str, Language]] = []

    async def speak(self, text: str, language: Language, manner: Manner = PLAIN) -> AsyncIterator[AudioChunk]:
        if self.fails:
            raise NotReady("the voice is gone")
        self.said.append((text, language))
        for _ in text:
            yield tone(0.1)

    async def close(self) -> None:
        pass


@dataclass
class OneSentence:
    """A recogniser that always hears the same."""

    text: str | None = "turn on the lights"
    languages: frozenset[Language] = frozenset({"en"})
    fed: list[AudioChunk] = field(default_factory=list)
    under_way: int = 0
    begun_max: int = 64

    def begin(self, grammars: Sequence[Grammar], *, for_whom: str = "") -> "OneSentence":
        if self.under_way >= self.begun_max:
            raise NotReady("too many at once")
        self.under_way += 1
        return self

    partial = None

    def feed(self, chunk: AudioChunk) -> None:
        self.fed.append(chunk)

    async def finish(self) -> Utterance | None:
        self.under_way -= 1
        return Utterance(self.text, "en") if self.text else None

    def give_up(self) -> None:
        self.under_way -= 1

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar]) -> Utterance | None:
        return Utterance(self.text, "en") if self.text else None

    async def prepare(self, grammars: Sequence[Grammar]) -> None:
        pass

    async def close(self) -> None:
        pass


class LoudWake:
    """Wakes at the first loud sound."""

    words = ("alexa",)

    def __init__(self) -> None:
        self.heard_s = 0.0

    def process(self, chunk: AudioChunk) -> Sequence[Detection]:
        self.heard_s += chunk.seconds
        loud = np.abs(np.frombuffer(chunk.pcm, "<i2")).max(initial=0) > 4_000
        return [Detection("alexa", self.heard_s)] if loud else []

    def reset(self) -> None:
        pass


Answering = Callable[[Endpoint, Input], Awaitable[None]]


class VoiceHost:
    """`brought` are the inputs of all devices; `answering` is run for each, beside the next."""

    home_id = "home"

    def __init__(self, settings: Settings | None = None, clock: Clock | None = None) -> None:
        self.settings = settings or Settings()
        self.clock: Clock = clock or SystemClock()
        self.bus = LocalBus()
        self.home = OneRoom()
        self.devices = KnownDevices(self.bus, self.clock)
        self.schedule = Timers()
        self.sounds = Sounds(self.clock, lan=False)
        self.recognizer: Any = OneSentence()
        self.voice: Any = ToneVoice()
        self.wake: Any = LoudWake
        self.meant: Intent | None = Intent("HassTurnOn", {"domain": "light"})
        self.reply: dict[str, Any] = {"reply": "Done.", "intent": {"name": "HassTurnOn"}}
        self.asked: list[tuple[str, Language | None, EndpointInfo]] = []
        self.brought: asyncio.Queue[Input] = asyncio.Queue()
        self.endpoints: list[Endpoint] = []
        self.answering: Answering | None = None
        self.ended = 0

    def grammars(self, language: Language | None) -> Sequence[Grammar]:
        return ()

    def understand(self, text: str, language: Language | None) -> Intent | None:
        return self.meant

    async def ask(self, text: str, language: Language | None, caller: EndpointInfo) -> dict[str, Any]:
        self.asked.append((text, language, caller))
        return self.reply

    async def serve(self, endpoint: Endpoint) -> None:
        self.endpoints.append(endpoint)
        answers: list[asyncio.Task[None]] = []
        try:
            async for given in endpoint.inputs():
                self.brought.put_nowait(given)
                if self.answering is not None:
                    answers.append(asyncio.ensure_future(_run(self.answering(endpoint, given))))
        finally:
            for task in answers:
                task.cancel()
            await asyncio.gather(*answers, return_exceptions=True)
            self.ended += 1


async def _run(answer: Awaitable[None]) -> None:
    await answer


async def once(chunk: AudioChunk) -> AsyncIterator[AudioChunk]:
    yield chunk


async def eventually(holds: Callable[[], Any], within_s: float = 3.0) -> Any:
    """Waits until `holds()` is true; fails when it never is."""
    async with asyncio.timeout(within_s):
        while not (value := holds()):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    return value

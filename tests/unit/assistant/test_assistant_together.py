"""Announcements and calls between the devices of one home, on a whole hub with a clock in hand."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fakes.desk import FakeEndpoint
from fakes.ears import SPEECH, wordless_ears
from jingling.app import App, build
from jingling.core.audio import AudioChunk
from jingling.core.card import ConfirmCard, TextCard
from jingling.core.clock import VirtualClock
from jingling.core.endpoint import EndpointInfo, Interrupt, Listen, ListenMode, Tapped, Typed
from jingling.engines import Engines
from jingling.settings import Settings

SOUND = AudioChunk(b"\5\0" * 320)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compiled")


class Device(FakeEndpoint):
    """A device in a room; `heard` is the sound that was played on it."""

    def __init__(self, device_id: str, place_id: str) -> None:
        super().__init__(device_id)
        self.info = EndpointInfo(device_id, place_id=place_id, language="en")
        self.heard: list[bytes] = []

    async def play(self, turn_id: str, audio: AsyncIterator[AudioChunk]) -> None:
        self.played.append(turn_id)
        async for chunk in audio:
            self.heard.append(chunk.pcm)

    def texts(self) -> list[str]:
        return [answer.text for answer in self.answers]


@dataclass
class Rooms:
    app: App
    clock: VirtualClock
    devices: dict[str, Device] = field(default_factory=dict)

    def __getitem__(self, room: str) -> Device:
        return self.devices[room]

    async def until(self, happened: Callable[[], bool]) -> None:
        """Lets the hub work and its clock go on until it has happened."""
        async with asyncio.timeout(10):
            while not happened():
                await self.clock.advance(0.05)
                await self.app.database.settle()

    async def say(self, room: str, text: str) -> None:
        device = self.devices[room]
        said = len(device.answers)
        device.bring(Typed(text, "en"))
        await self.until(lambda: len(device.answers) > said)

    async def tap(self, room: str, choice: str, card_id: str = "") -> None:
        """On the question that is shown there; what comes of it takes the card away."""
        device = self.devices[room]
        stopped = len(device.stopped)
        device.bring(Tapped(choice, card_id))
        await self.until(lambda: len(device.stopped) > stopped)
        await self.clock.advance(0.1)

    async def speak(self, room: str, mode: ListenMode, *sounds: AudioChunk) -> None:
        async def microphone() -> AsyncIterator[AudioChunk]:
            for sound in sounds:
                yield sound

        self.devices[room].bring(Listen(microphone(), mode, "en"))
        await self.clock.advance(0.5)


@asynccontextmanager
async def rooms(compiled: Path, *names: str) -> AsyncIterator[Rooms]:
    clock = VirtualClock()
    settings = Settings(learn=False)
    engines = Engines(ears=wordless_ears())
    async with build(settings, clock=clock, database=":memory:", engines=engines, cache=compiled) as app:
        home = Rooms(app, clock)
        serving = []
        for name in names:
            home.devices[name] = Device(f"device-{name}", name)
            serving.append(asyncio.create_task(app.serve(home[name])))
        await clock.advance(0.1)
        yield home
        for device in home.devices.values():
            device.bring(None)
        await clock.advance(1)
        await asyncio.gather(*serving)


async def test_everyone_else_hears_an_announcement(compiled: Path) -> None:
    async with rooms(compiled, "kitchen", "bedroom", "study") as home:
        await home.say("kitchen", "tell everyone dinner is ready")
        assert home["kitchen"].texts() == ["I've told everyone."]
        for room in ("bedroom", "study"):
            await home.until(lambda room=room: home[room].texts() == ["dinner is ready"])  # type: ignore[misc]
            assert home[room].cards[-1][1] == TextCard("Announcement from the kitchen", "dinner is ready")
            assert home[room].heard, "a mark sounds first"


async def test_an_announcement_for_a_room_is_heard_there_alone(compiled: Path) -> None:
    async with rooms(compiled, "kitchen", "bedroom", "study") as home:
        await home.say("kitchen", "tell the bedroom it's time to go")
        await home.until(lambda: home["bedroom"].texts() == ["it's time to go"])
        assert home["study"].texts() == []


async def test_what_is_spoken_is_passed_on_as_it_was_said(compiled: Path) -> None:
    """The recogniser knows no such words: it is the sound that is announced."""
    async with rooms(compiled, "kitchen", "bedroom") as home:
        await home.say("kitchen", "make an announcement")
        spoken = [AudioChunk(SPEECH * 3_200)] * 10
        silence = [AudioChunk(bytes(3_200))] * 12
        await home.speak("kitchen", "open", *spoken, *silence)
        await home.until(lambda: home["kitchen"].texts()[-1] == "I've told everyone.")
        await home.until(lambda: any(SPEECH * 3_200 in heard for heard in home["bedroom"].heard))


async def test_a_call_rings_and_the_answer_joins_the_two(compiled: Path) -> None:
    async with rooms(compiled, "kitchen", "bedroom") as home:
        await home.say("kitchen", "call the bedroom")
        await home.until(lambda: bool(home["bedroom"].cards))
        turn_id, card = home["bedroom"].cards[-1]
        assert isinstance(card, ConfirmCard) and "kitchen is calling" in card.question
        home["bedroom"].heard.clear()
        await home.tap("bedroom", "yes", f"{turn_id}.confirm")
        await home.speak("kitchen", "hold", SOUND)
        await home.speak("bedroom", "open", AudioChunk(b"\7\0" * 320))
        assert SOUND.pcm in home["bedroom"].heard
        assert b"\7\0" * 320 in home["kitchen"].heard
        assert SOUND.pcm not in home["kitchen"].heard


async def test_hanging_up_ends_the_call_for_both(compiled: Path) -> None:
    async with rooms(compiled, "kitchen", "bedroom") as home:
        await home.say("kitchen", "call the bedroom")
        await home.tap("bedroom", "yes")
        await home.say("bedroom", "hang up")
        assert home["bedroom"].texts()[-1] == "The call is over."
        home["bedroom"].heard.clear()
        await home.speak("kitchen", "hold", SOUND)
        assert home["bedroom"].heard == []
        await home.say("kitchen", "hang up")
        assert home["kitchen"].texts()[-1] == "There is no call to end."


async def test_a_call_can_be_declined(compiled: Path) -> None:
    async with rooms(compiled, "kitchen", "bedroom") as home:
        await home.say("kitchen", "call the bedroom")
        await home.tap("bedroom", "no")
        await home.say("kitchen", "hang up")
        assert home["kitchen"].texts()[-1] == "There is no call to end."


async def test_a_call_that_nobody_takes_ends_by_itself(compiled: Path) -> None:
    async with rooms(compiled, "kitchen", "bedroom") as home:
        await home.say("kitchen", "call the bedroom")
        rung = len(home["bedroom"].played)
        await home.until(lambda: home["kitchen"].texts()[-1] == "Nobody answered.")
        assert len(home["bedroom"].played) > rung
        assert home["bedroom"].stopped, "the question is taken away"


async def test_a_device_that_is_gone_ends_its_call(compiled: Path) -> None:
    async with rooms(compiled, "kitchen", "bedroom") as home:
        await home.say("kitchen", "call the bedroom")
        await home.tap("bedroom", "yes")
        home["bedroom"].bring(None)
        await home.clock.advance(0.1)
        await home.say("kitchen", "hang up")
        assert home["kitchen"].texts()[-1] == "There is no call to end."


async def test_who_talks_already_is_busy(compiled: Path) -> None:
    async with rooms(compiled, "kitchen", "bedroom", "study") as home:
        await home.say("kitchen", "call the bedroom")
        await home.say("study", "call the bedroom")
        assert "a call already" in home["study"].texts()[-1]


async def test_silence_stops_no_call_but_the_answer(compiled: Path) -> None:
    async with rooms(compiled, "kitchen", "bedroom") as home:
        await home.say("kitchen", "call the bedroom")
        await home.tap("bedroom", "yes")
        home["kitchen"].bring(Interrupt())
        await home.clock.advance(1)
        await home.speak("kitchen", "hold", SOUND)
        assert SOUND.pcm in home["bedroom"].heard

"""A real hub and devices that speak to it over the network: one with ESPHome's API, Wyoming both ways."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from aioesphomeapi import api_pb2 as pb
from wyoming.asr import Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.event import Event
from wyoming.handle import Handled
from wyoming.intent import Intent, Recognize
from wyoming.pipeline import PipelineStage, RunPipeline
from wyoming.tts import Synthesize
from wyoming.wake import Detect

from fakes.esphome_device import FakeDevice, device
from fakes.running_hub import RunningHub, environment
from fakes.sound_files import spoken
from fakes.voice_host import eventually
from fakes.wyoming_satellite import FakeSatellite, satellite
from jingling.server.http import bind
from jingling.settings import ServerSettings

SAID = "turn on the bedroom light"
WITHIN_S = 20.0


@dataclass
class Home:
    hub: RunningHub
    box: FakeDevice
    pi: FakeSatellite
    services: int

    async def devices(self) -> dict[str, Any]:
        _, answer = await asyncio.to_thread(self.hub.get, "/api/devices")
        return {one["kind"]: one for one in answer["devices"]}

    async def adopt(self, kind: str) -> None:
        """As a tap on the screen does, once it has shown up."""
        async with asyncio.timeout(WITHIN_S):
            while kind not in (shown := await self.devices()):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
            path = f"/api/devices/{shown[kind]['id']}"
            status, answer = await asyncio.to_thread(self.hub.request, "PUT", path, {"name": f"my {kind}"})
            assert status == 200, answer
            while not (await self.devices())[kind]["connected"]:  # noqa: ASYNC110
                await asyncio.sleep(0.05)


@asynccontextmanager
async def home(folder: Path) -> AsyncIterator[Home]:
    async with AsyncExitStack() as stack:
        box = await stack.enter_async_context(device(FakeDevice(audio_format="wav")))
        pi = await stack.enter_async_context(satellite())
        with bind(ServerSettings(port=0)) as free:
            services = free.getsockname()[1]
        env = environment(
            JINGLING_ESPHOME__HOSTS=f"127.0.0.1:{box.port}",
            JINGLING_WYOMING__SATELLITES=f"127.0.0.1:{pi.port}",
            JINGLING_WYOMING__SERVE_PORT=str(services),
        )
        hub = RunningHub(folder, env=env)
        await asyncio.to_thread(hub.start)
        try:
            yield Home(hub, box, pi, services)
        finally:
            await asyncio.to_thread(hub.stop)


async def pcm(text: str) -> bytes:
    """A second of quiet before and after: who looks for speech must first know what silence is."""
    quiet = np.zeros(16_000, np.float32)
    samples = np.concatenate([quiet, await spoken(text), quiet])
    return bytes((samples * 32_767).astype("<i2").tobytes())


async def test_devices_are_adopted_heard_and_spoken_on(tmp_path: Path) -> None:
    async with home(tmp_path) as house:
        await house.adopt("esphome")
        await asks_the_box(house)
        await house.adopt("wyoming")
        await asks_the_satellite(house)
        await sets_a_timer(house)
        await uses_the_services(house)
        assert "Traceback" not in house.hub.said()


async def asks_the_box(house: Home) -> None:
    box = house.box
    box.wake()
    sound = await pcm(SAID)
    for start in range(0, len(sound), 1_024):
        box.send(pb.VoiceAssistantAudio(data=sound[start : start + 1_024]))
    await eventually(lambda: box.files.contents, WITHIN_S)
    assert box.data("STT_END")["text"] == SAID
    assert "bedroom" in box.data("TTS_START")["text"].lower()
    assert box.steps[-2:] == ["TTS_END", "RUN_END"]
    assert len(box.files.contents[0]) > 20_000


async def asks_the_satellite(house: Home) -> None:
    pi = house.pi
    await pi.say(RunPipeline(PipelineStage.ASR, PipelineStage.TTS).event())
    sound = await pcm("turn off the bedroom light")
    for start in range(0, len(sound), 2_048):
        await pi.say(AudioChunk(16_000, 2, 1, sound[start : start + 2_048]).event())
    await eventually(lambda: "audio-stop" in pi.types, WITHIN_S)
    assert pi.last("transcript")["text"] == "turn off the bedroom light"
    assert "bedroom" in pi.last("synthesize")["text"].lower()
    assert pi.played_s > 0.5


async def sets_a_timer(house: Home) -> None:
    """It runs out on the box: its display is cleared, and the hub rings there until it is stopped."""
    box, device_id = house.box, (await house.devices())["esphome"]["id"]
    await asyncio.to_thread(house.hub.ask, "set a timer for one second", device_id)
    await eventually(lambda: len(box.of(pb.VoiceAssistantTimerEventResponse)) == 2, WITHIN_S)
    assert [one.event_type for one in box.of(pb.VoiceAssistantTimerEventResponse)] == [0, 2]
    await eventually(lambda: box.of(pb.VoiceAssistantAnnounceRequest), WITHIN_S)
    await asyncio.to_thread(house.hub.ask, "stop", device_id)


async def uses_the_services(house: Home) -> None:
    async with AsyncTcpClient("127.0.0.1", house.services, read_timeout=WITHIN_S) as client:
        heard = await exchange(client, "transcript", *sound_events(await pcm(SAID)))
        assert Transcript.from_event(heard).text == SAID
        assert await exchange(client, "transcript-stop")
        assert (await exchange(client, "audio-start", Synthesize("Good evening.").event())).data["rate"]
        await exchange(client, "audio-stop")
        meant = Intent.from_event(await exchange(client, "intent", Recognize(SAID).event()))
        assert meant.name == "HassTurnOn"
        done = Handled.from_event(await exchange(client, "handled", Transcript(SAID).event()))
        assert "bedroom" in (done.text or "").lower()
        nothing = await exchange(client, "not-detected", Detect().event(), *sound_events(bytes(32_000)))
        assert nothing.type == "not-detected"


def sound_events(sound: bytes) -> list[Event]:
    chunks = [AudioChunk(16_000, 2, 1, sound[at : at + 4_096]).event() for at in range(0, len(sound), 4_096)]
    return [AudioStart(16_000, 2, 1).event(), *chunks, AudioStop().event()]


async def exchange(client: AsyncTcpClient, kind: str, *events: Event) -> Event:
    """Send `events`; the next event of `kind` that comes."""
    for event in events:
        await client.write_event(event)
    while (event_ := await client.read_event()) is not None:
        assert event_.type != "error", event_.data
        if event_.type == kind:
            return event_
    raise AssertionError(f"no {kind} came")


def test_a_hub_without_devices_does_not_load_what_they_need(hub: RunningHub) -> None:
    maps = Path(f"/proc/{hub.process.pid}/maps")
    assert not maps.is_file() or not {"aioesphomeapi", "zeroconf"} & set(maps.read_text().split("/"))

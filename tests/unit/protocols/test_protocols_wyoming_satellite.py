"""The gateway against a satellite that runs on the `wyoming` package's own server."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from wyoming.event import Event
from wyoming.info import Attribution, Info, SndProgram
from wyoming.pipeline import PipelineStage, RunPipeline
from wyoming.wake import Detection

from fakes.voice_host import VoiceHost, eventually, once, tone
from fakes.wyoming_satellite import FakeSatellite, info, satellite
from jingling.core.endpoint import Answered, Endpoint, Heard, Input, Listen, Phase
from jingling.protocols.discovery import Discovery
from jingling.protocols.wyoming import link as links
from jingling.protocols.wyoming.gateway import WyomingGateway
from jingling.schedule.events import EntryChanged
from jingling.schedule.model import Entry
from jingling.settings import Settings, WyomingSettings

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def asr(**more: object) -> Event:
    return RunPipeline(PipelineStage.ASR, PipelineStage.TTS, **more).event()  # type: ignore[arg-type]


@asynccontextmanager
async def gateway(fake: FakeSatellite, adopt: bool = True) -> AsyncIterator[VoiceHost]:
    host = VoiceHost(Settings(wyoming=WyomingSettings(satellites=(f"127.0.0.1:{fake.port}",))))
    running = WyomingGateway(host, Discovery(lan=False))
    await running.start()
    try:
        await eventually(host.devices.all)
        if adopt:
            await host.devices.adopt(device_id(fake))
            await eventually(lambda: "run-satellite" in fake.types)
        yield host
    finally:
        await running.close()


def device_id(fake: FakeSatellite) -> str:
    return f"wyoming-127-0-0-1-{fake.port}"


async def answer(endpoint: Endpoint, given: Input) -> None:
    """As a session does: hears a little, then answers."""
    if not isinstance(given, Listen):
        return
    await endpoint.tell("", Phase("listening"))
    async for _ in given.audio:
        break
    await endpoint.tell("", Heard("turn on the lights", "en"))
    await endpoint.tell("t1", Phase("thinking"))
    await endpoint.tell("t1", Answered("Done.", "en"))
    await endpoint.tell("t1", Phase("speaking"))
    await endpoint.play("t1", once(tone(0.5)))
    await endpoint.tell("t1", Phase("idle"))


async def nobody_speaks(endpoint: Endpoint, given: Input) -> None:
    await endpoint.tell("", Phase("idle"))


async def test_a_satellite_is_shown_and_left_alone_until_it_is_adopted() -> None:
    async with satellite() as fake, gateway(fake, adopt=False) as host:
        shown = host.devices.all()[0]
        assert (shown.kind, shown.name, shown.state, shown.place_id) == ("wyoming", "Kitchen Pi", "new", "kitchen")
        assert shown.capabilities == {"microphone", "speaker"}
        assert shown.address == f"127.0.0.1:{fake.port}"
        assert fake.types == []
        assert not host.devices.online


async def test_a_request_is_heard_and_answered() -> None:
    async with satellite() as fake, gateway(fake) as host:
        host.answering = answer
        await fake.say(asr())
        await fake.speak(0.2)
        await eventually(lambda: "audio-stop" in fake.types)
        given = host.brought.get_nowait()
        assert isinstance(given, Listen)
        assert given.mode == "open"
        wanted = ["run-satellite", "transcribe", "voice-started", "voice-stopped", "transcript", "synthesize"]
        assert fake.types == [*wanted, "audio-start", "audio-stop"]
        assert fake.last("transcript")["text"] == "turn on the lights"
        assert fake.last("audio-start") == {"rate": 16_000, "width": 2, "channels": 1}
        assert fake.played_s == pytest.approx(0.5, abs=0.01)


async def test_the_microphone_of_any_rate_is_heard_at_ours() -> None:
    async with satellite() as fake, gateway(fake) as host:
        await fake.say(asr())
        await fake.speak(0.5, rate_hz=48_000, stop=True)
        given = await host.brought.get()
        assert isinstance(given, Listen)
        heard = [chunk async for chunk in given.audio]
        assert {chunk.rate_hz for chunk in heard} == {16_000}
        assert sum(chunk.seconds for chunk in heard) == pytest.approx(0.5, abs=0.05)


async def test_a_wake_word_is_waited_for_on_the_hub_and_the_stream_goes_on() -> None:
    async with satellite() as fake, gateway(fake) as host:
        host.answering = answer
        await fake.say(RunPipeline(PipelineStage.WAKE, PipelineStage.TTS, restart_on_end=True).event())
        await fake.speak(0.2)
        await eventually(lambda: "audio-stop" in fake.types)
        given = host.brought.get_nowait()
        assert isinstance(given, Listen)
        assert given.mode == "wake"
        assert fake.types[1:4] == ["detect", "detection", "voice-stopped"]
        assert not given.audio.ended  # type: ignore[attr-defined]
        assert host.brought.empty()


async def test_sound_after_the_satellites_own_wake_word_needs_no_pipeline() -> None:
    async with satellite() as fake, gateway(fake) as host:
        await fake.speak(0.1)
        await fake.say(Detection(name="alexa").event())
        await fake.speak(0.2)
        given = await asyncio.wait_for(host.brought.get(), 2)
        assert isinstance(given, Listen)
        assert "transcribe" in fake.types
        assert host.brought.empty()


async def test_an_always_on_satellite_hears_one_request_after_the_other() -> None:
    async with satellite() as fake, gateway(fake) as host:
        host.answering = answer
        await fake.say(asr(restart_on_end=True))
        await fake.speak(0.2)
        await eventually(lambda: fake.types.count("transcribe") == 2)
        await fake.speak(0.2)
        await eventually(lambda: fake.types.count("transcript") == 2)


async def test_a_pipeline_that_fails_at_once_is_not_started_again() -> None:
    async with satellite() as fake, gateway(fake) as host:
        host.answering = nobody_speaks
        await fake.say(asr(restart_on_end=True))
        await eventually(lambda: "error" in fake.types)
        await asyncio.sleep(0.05)
        assert fake.types.count("transcribe") == 1
        assert host.brought.qsize() == 1


async def test_a_hub_without_ears_says_so() -> None:
    async with satellite() as fake, gateway(fake) as host:
        host.recognizer = None
        await fake.say(asr(restart_on_end=True))
        await eventually(lambda: "error" in fake.types)
        assert fake.last("error")["code"] == "no-recognizer"
        assert host.brought.empty()


async def test_an_announcement_is_spoken() -> None:
    async with satellite(info(speaker_hz=48_000)) as fake, gateway(fake) as host:
        await fake.say(RunPipeline(PipelineStage.TTS, PipelineStage.TTS, announce_text="hello").event())
        await eventually(lambda: "audio-stop" in fake.types)
        assert host.voice.said == [("hello", "en")]
        assert fake.last("audio-start")["rate"] == 48_000
        assert fake.played_s == pytest.approx(0.5, abs=0.01)


async def test_a_stopped_answer_ends_within_the_limit_and_nothing_of_it_follows() -> None:
    async with satellite(plays=False) as fake, gateway(fake) as host:
        await eventually(lambda: host.endpoints)
        endpoint = host.endpoints[0]
        playing = asyncio.create_task(endpoint.play("t1", once(tone(20.0))))
        await eventually(lambda: fake.played_s > 0)
        await endpoint.stop("t1")
        begun = time.monotonic()
        await playing
        await eventually(lambda: "audio-stop" in fake.types)
        assert time.monotonic() - begun < 0.15
        assert fake.played_s < 0.6
        before = fake.played_s
        await endpoint.play("t1", once(tone(1.0)))
        await endpoint.tell("t1", Answered("old", "en"))
        assert fake.played_s == before
        assert "synthesize" not in fake.types


async def test_its_own_wake_word_silences_it_at_once() -> None:
    async with satellite(plays=False) as fake, gateway(fake) as host:
        await eventually(lambda: host.endpoints)
        playing = asyncio.create_task(host.endpoints[0].play("t1", once(tone(20.0))))
        await eventually(lambda: fake.played_s > 0)
        await fake.say(Detection(name="alexa").event())
        await asyncio.wait_for(playing, 1)


async def test_playing_lasts_until_it_was_heard() -> None:
    async with satellite(plays=False) as fake, gateway(fake) as host:
        await eventually(lambda: host.endpoints)
        begun = time.monotonic()
        playing = asyncio.create_task(host.endpoints[0].play("t1", once(tone(0.6))))
        await eventually(lambda: "audio-stop" in fake.types)
        assert not playing.done()
        await fake.say(Event("played"))
        await playing
        assert 0.2 < time.monotonic() - begun < 1.0


def entry(state: str, device: str) -> Entry:
    due = NOW + timedelta(seconds=60)
    return Entry(
        id="t1", home_id="home", device_id=device, kind="timer", state=state, due_at=due, created_at=NOW,  # type: ignore[arg-type]
        language="en", label="tea", total_s=60.0,
    )  # fmt: skip


async def test_timers_are_told() -> None:
    async with satellite() as fake, gateway(fake) as host:
        for state in ("running", "paused", "cancelled"):
            changed = EntryChanged(id=uuid4().hex, at=NOW, home_id="home", entry=entry(state, device_id(fake)))
            await host.bus.publish(changed)
        await eventually(lambda: "timer-cancelled" in fake.types)
        assert fake.types[1:] == ["timer-started", "timer-updated", "timer-cancelled"]
        assert fake.last("timer-started") == {"id": "t1", "total_seconds": 60, "name": "tea"}
        assert fake.last("timer-updated")["is_active"] is False


async def test_a_satellite_that_comes_back_learns_its_timers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "RECONNECT_S", 0.05)
    async with satellite() as fake, gateway(fake) as host:
        host.schedule.kept.append(entry("running", device_id(fake)))
        await fake.hang_up()
        await eventually(lambda: fake.visits >= 3)
        await eventually(lambda: "timer-started" in fake.types)
        assert host.ended == 1
        assert host.devices.online == {device_id(fake)}


async def test_a_satellite_that_answers_no_ping_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "PING_S", 0.05)
    monkeypatch.setattr(links, "SILENT_S_MAX", 0.2)
    async with satellite() as fake, gateway(fake) as host:
        await asyncio.sleep(0.3)
        assert host.devices.online
        fake.answers_pings = False
        await eventually(lambda: not host.devices.online)


async def test_a_forgotten_satellite_is_left_and_paused() -> None:
    async with satellite() as fake, gateway(fake) as host:
        await host.devices.forget(device_id(fake))
        await eventually(lambda: "pause-satellite" in fake.types)
        await eventually(lambda: host.ended == 1)
        assert not host.devices.online


async def test_what_is_no_satellite_is_not_shown() -> None:
    speaker = SndProgram("snd", Attribution("", ""), True, None, None, info().snd[0].snd_format)
    async with satellite(Info(snd=[speaker])) as fake:
        host = VoiceHost(Settings(wyoming=WyomingSettings(satellites=(f"127.0.0.1:{fake.port}",))))
        running = WyomingGateway(host, Discovery(lan=False))
        await running.start()
        await eventually(lambda: fake.visits)
        await asyncio.sleep(0.05)
        await running.close()
        assert not host.devices.all()


async def test_garbage_ends_the_visit_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "RECONNECT_S", 0.05)
    async with satellite() as fake, gateway(fake) as host:
        await fake.say(Event("run-pipeline", {"start_stage": "loud"}))
        await eventually(lambda: fake.visits >= 3)
        await eventually(lambda: host.devices.online)


async def test_a_satellite_that_is_away_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "RECONNECT_S", 0.05)
    async with satellite() as fake:
        port = fake.port
    host = VoiceHost(Settings(wyoming=WyomingSettings(satellites=("nonsense:0:0", f"127.0.0.1:{port}"))))
    running = WyomingGateway(host, Discovery(lan=False))
    await running.start()
    await asyncio.sleep(0.2)
    await running.close()
    assert not host.devices.all()

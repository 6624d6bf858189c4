"""The gateway, with `aioesphomeapi` as its client, against a simulated device."""

import asyncio
import io
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import soundfile
from aioesphomeapi import api_pb2 as pb

from fakes.esphome_device import PLAYER, WITH_SPEAKER, FakeDevice, device, new_key
from fakes.sound_server import serving
from fakes.voice_host import VoiceHost, eventually, once, tone
from jingling.core.card import TimerCard, TimerLine
from jingling.core.endpoint import Answered, Endpoint, Heard, Input, Interrupt, Listen, Phase
from jingling.protocols.address import Address
from jingling.protocols.discovery import Discovery, Found
from jingling.protocols.esphome import link as links
from jingling.protocols.esphome.gateway import EsphomeGateway
from jingling.schedule.events import EntryChanged, EntryRang
from jingling.schedule.model import Entry
from jingling.settings import EsphomeSettings, Settings

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ID = "esphome-aabbcc001122"
ANSWERED = [
    "RUN_START", "STT_START", "STT_VAD_START", "STT_VAD_END", "STT_END", "INTENT_START", "INTENT_END", "TTS_START",
]  # fmt: skip


@asynccontextmanager
async def gateway(fake: FakeDevice, adopt: bool = True, **settings: object) -> AsyncIterator[VoiceHost]:
    hosts = (f"127.0.0.1:{fake.port}",)
    host = VoiceHost(Settings(esphome=EsphomeSettings(hosts=hosts, **settings)))  # type: ignore[arg-type]
    running = EsphomeGateway(host, Discovery(lan=False))
    async with serving(host.sounds):
        await running.start()
        try:
            if adopt:
                await eventually(host.devices.all)
                await host.devices.adopt(ID)
                await eventually(lambda: host.endpoints)
                await eventually(lambda: fake.of(pb.SubscribeVoiceAssistantRequest))
            yield host
        finally:
            await running.close()


class Answerer:
    """Answers as a session does: hears a little, then speaks."""

    def __init__(self, seconds: float = 0.4, expects: bool = False, sentences: int = 1) -> None:
        self.seconds = seconds
        self.expects = expects
        self.sentences = sentences
        self.turns = 0
        self.done = asyncio.Event()

    async def __call__(self, endpoint: Endpoint, given: Input) -> None:
        if not isinstance(given, Listen):
            return
        self.turns += 1
        turn = f"turn-{self.turns}"
        async for _ in given.audio:
            break
        await endpoint.tell("", Phase("listening"))
        await endpoint.tell("", Heard("turn on the lights", "en"))
        await endpoint.tell(turn, Phase("thinking"))
        streamed, expects = self.sentences > 1, self.expects and self.turns == 1
        for number in range(self.sentences):
            await endpoint.tell(turn, Answered("Done. " * (number + 1), "en", expects, streamed))
            await endpoint.tell(turn, Phase("speaking"))
            await endpoint.play(turn, once(tone(self.seconds)))
        await endpoint.tell(turn, Phase("idle"))
        self.done.set()


def seconds_of(content: bytes) -> float:
    """Of a WAV whose head does not know its length."""
    samples, rate_hz = soundfile.read(io.BytesIO(content))
    return float(len(samples) / rate_hz)


async def test_a_device_is_shown_and_left_alone_until_it_is_adopted() -> None:
    async with device() as fake, gateway(fake, adopt=False) as host:
        await eventually(host.devices.all)
        shown = host.devices.all()[0]
        assert (shown.id, shown.kind, shown.name, shown.state) == (ID, "esphome", "Kitchen Voice", "new")
        assert (shown.model, shown.version, shown.place_id) == ("Nobody.Voice Box", "26.11", "kitchen")
        assert shown.capabilities == {"microphone", "speaker"}
        await eventually(lambda: not fake.connected)
        assert not fake.of(pb.SubscribeVoiceAssistantRequest)


@pytest.mark.parametrize("key", ["", new_key()], ids=["plain", "noise"])
async def test_a_request_is_heard_and_its_answer_fetched(key: str) -> None:
    keys = {"127.0.0.1": key} if key else {}
    async with device(FakeDevice(key=key, audio_format="wav")) as fake, gateway(fake, keys=keys) as host:
        host.answering = answer = Answerer()
        fake.wake()
        await eventually(lambda: "STT_START" in fake.steps)
        fake.speak(0.1)
        await asyncio.wait_for(answer.done.wait(), 3)
        given = host.brought.get_nowait()
        assert isinstance(given, Listen)
        assert given.mode == "open"
        assert fake.steps == [*ANSWERED, "TTS_END", "RUN_END"]
        assert fake.data("STT_END") == {"text": "turn on the lights"}
        assert fake.data("INTENT_END")["continue_conversation"] == "0"
        assert fake.data("TTS_END")["url"] == fake.files.urls[0]
        assert seconds_of(fake.files.contents[0]) == pytest.approx(0.4, abs=0.01)
        assert host.devices.online == {ID}


async def test_the_file_is_of_the_kind_that_the_media_player_takes() -> None:
    async with device() as fake, gateway(fake) as host:
        host.answering = answer = Answerer()
        fake.wake()
        fake.speak(0.1)
        await asyncio.wait_for(answer.done.wait(), 3)
        assert fake.files.urls[0].endswith(".flac")
        assert fake.files.contents[0].startswith(b"fLaC")


async def test_an_answer_of_several_sentences_is_one_file() -> None:
    async with device(FakeDevice(audio_format="wav")) as fake, gateway(fake) as host:
        host.answering = answer = Answerer(sentences=3)
        fake.wake()
        fake.speak(0.1)
        await asyncio.wait_for(answer.done.wait(), 3)
        assert [seconds_of(one) for one in fake.files.contents] == [pytest.approx(1.2, abs=0.02)]
        assert fake.steps.count("RUN_END") == 1


async def test_the_answer_is_streamed_where_there_is_no_media_player() -> None:
    async with device(FakeDevice(WITH_SPEAKER)) as fake, gateway(fake) as host:
        host.answering = answer = Answerer(seconds=0.6)
        fake.wake()
        fake.speak(0.1)
        begun = time.monotonic()
        await asyncio.wait_for(answer.done.wait(), 3)
        assert fake.steps == [*ANSWERED, "TTS_STREAM_START", "TTS_END", "RUN_END", "TTS_STREAM_END"]
        assert len(fake.sound) / 32_000 == pytest.approx(0.6, abs=0.01)
        assert time.monotonic() - begun > 0.5
        assert fake.data("TTS_END")["url"]


async def test_a_question_is_answered_without_the_wake_word() -> None:
    async with device() as fake, gateway(fake) as host:
        host.answering = answer = Answerer(expects=True)
        fake.wake()
        fake.speak(0.1)
        await eventually(lambda: fake.steps.count("RUN_START") == 2)
        fake.speak(0.1)
        await eventually(lambda: fake.steps.count("RUN_END") == 2)
        assert answer.turns == 2
        assert fake.data("INTENT_END")["continue_conversation"] == "0"


async def test_nothing_said_ends_the_run_with_an_error() -> None:
    async def nobody(endpoint: Endpoint, given: Input) -> None:
        await endpoint.tell("", Phase("idle"))

    async with device() as fake, gateway(fake) as host:
        host.answering = nobody
        fake.wake()
        await eventually(lambda: "RUN_END" in fake.steps)
        assert fake.data("ERROR")["code"] == "stt-no-text-recognized"


async def test_a_hub_without_ears_says_so() -> None:
    async with device() as fake, gateway(fake) as host:
        host.recognizer = None
        fake.wake()
        await eventually(lambda: "RUN_END" in fake.steps)
        assert fake.data("ERROR")["code"] == "no-recognizer"
        assert host.brought.empty()


async def test_the_hub_waits_for_the_wake_word_where_the_device_does_not() -> None:
    async with device() as fake, gateway(fake) as host:
        fake.wake(flags=2)
        given = await asyncio.wait_for(host.brought.get(), 2)
        assert isinstance(given, Listen)
        assert given.mode == "wake"
        for _ in range(2):
            await host.endpoints[0].tell("", Phase("listening"))
        await eventually(lambda: "STT_VAD_START" in fake.steps)
        assert fake.steps == ["RUN_START", "WAKE_WORD_START", "WAKE_WORD_END", "STT_START", "STT_VAD_START"]


async def test_a_request_that_is_cut_off_by_the_device_is_dropped() -> None:
    async with device() as fake, gateway(fake) as host:
        fake.wake()
        await asyncio.wait_for(host.brought.get(), 2)
        fake.abort()
        empty = await asyncio.wait_for(host.brought.get(), 2)
        assert isinstance(empty, Listen)
        assert [chunk async for chunk in empty.audio] == []
        await eventually(lambda: "RUN_END" in fake.steps)


async def test_the_end_of_its_sound_ends_the_listening() -> None:
    async with device() as fake, gateway(fake) as host:
        fake.wake()
        fake.speak(0.1)
        given = await asyncio.wait_for(host.brought.get(), 2)
        assert isinstance(given, Listen)
        fake.finish_speaking()
        heard = [chunk async for chunk in given.audio]
        assert sum(chunk.seconds for chunk in heard) == pytest.approx(0.1, abs=0.01)


async def test_its_wake_word_silences_the_answer_and_nothing_of_it_follows() -> None:
    async with device(FakeDevice(WITH_SPEAKER)) as fake, gateway(fake) as host:
        host.answering = Answerer(seconds=20.0)
        fake.wake()
        fake.speak(0.1)
        await eventually(lambda: fake.sound)
        host.answering = None
        begun = time.monotonic()
        fake.wake()
        await eventually(lambda: fake.steps.count("RUN_START") == 2)
        before = len(fake.sound)
        assert time.monotonic() - begun < 0.15
        await host.endpoints[0].play("turn-1", once(tone(1.0)))
        await asyncio.sleep(0.1)
        assert len(fake.sound) == before
        assert fake.steps.count("TTS_STREAM_END") == 1


async def test_a_stopped_answer_is_stopped_on_the_device() -> None:
    async with device() as fake, gateway(fake) as host:
        fake.plays_s = 30.0
        host.answering = Answerer(seconds=20.0)
        fake.wake()
        fake.speak(0.1)
        await eventually(lambda: fake.files.contents)
        begun = time.monotonic()
        await host.endpoints[0].stop("turn-1")
        await eventually(lambda: fake.of(pb.MediaPlayerCommandRequest))
        assert time.monotonic() - begun < 0.15
        stop = fake.of(pb.MediaPlayerCommandRequest)[0]
        assert (stop.key, stop.command, stop.announcement) == (PLAYER, pb.MEDIA_PLAYER_COMMAND_STOP, True)


async def test_what_nobody_asked_for_is_announced_and_waited_for() -> None:
    async with device(FakeDevice(audio_format="wav")) as fake, gateway(fake) as host:
        fake.plays_s = 0.2
        endpoint = host.endpoints[0]
        await endpoint.tell("news", Answered("Dinner is ready.", "en"))
        begun = time.monotonic()
        await asyncio.wait_for(endpoint.play("news", once(tone(0.3))), 3)
        assert time.monotonic() - begun > 0.2
        asked = fake.of(pb.VoiceAssistantAnnounceRequest)[0]
        assert (asked.text, asked.start_conversation) == ("Dinner is ready.", False)
        assert seconds_of(fake.files.contents[0]) == pytest.approx(0.3, abs=0.01)
        assert fake.steps == []


async def test_an_announcement_that_is_given_up_is_stopped_on_the_device() -> None:
    async with device() as fake, gateway(fake) as host:
        fake.plays_s = 30.0
        playing = asyncio.create_task(host.endpoints[0].play("ring", once(tone(20.0))))
        await eventually(lambda: fake.files.contents)
        playing.cancel()
        await eventually(lambda: fake.of(pb.MediaPlayerCommandRequest))
        assert fake.of(pb.MediaPlayerCommandRequest)[0].command == pb.MEDIA_PLAYER_COMMAND_STOP


async def test_an_announcement_that_asks_is_answered() -> None:
    async with device() as fake, gateway(fake) as host:
        endpoint = host.endpoints[0]
        await endpoint.tell("news", Answered("Shall I?", "en", expects=True))
        await asyncio.wait_for(endpoint.play("news", once(tone(0.1))), 3)
        await eventually(lambda: "RUN_START" in fake.steps)


async def test_an_announcement_waits_for_the_end_of_a_request() -> None:
    async with device() as fake, gateway(fake) as host:
        fake.wake()
        await eventually(lambda: fake.steps)
        playing = asyncio.create_task(host.endpoints[0].play("news", once(tone(0.1))))
        await asyncio.sleep(0.05)
        assert not fake.of(pb.VoiceAssistantAnnounceRequest)
        await host.endpoints[0].tell("", Phase("idle"))
        await asyncio.wait_for(playing, 3)
        assert fake.of(pb.VoiceAssistantAnnounceRequest)


def ringing() -> TimerCard:
    return TimerCard("Timer", (TimerLine("t1", "timer", "tea", "", "ringing"),))


async def test_what_rings_and_is_stopped_on_the_device_is_dismissed() -> None:
    async with device() as fake, gateway(fake) as host:
        endpoint = host.endpoints[0]
        await endpoint.show("ring", ringing())
        fake.plays_s = 0.4
        await endpoint.play("one", once(tone(0.4)))
        assert host.brought.empty()
        fake.plays_s = 0.05
        await endpoint.play("two", once(tone(0.4)))
        assert await asyncio.wait_for(host.brought.get(), 2) == Interrupt("dismiss")


async def test_a_device_that_cannot_play_our_sound_dismisses_nothing() -> None:
    async with device() as fake, gateway(fake) as host:
        endpoint = host.endpoints[0]
        await endpoint.show("ring", ringing())
        fake.plays_s = 0.0
        for turn in ("one", "two"):
            await endpoint.play(turn, once(tone(0.4)))
        assert host.brought.empty()


def timer(state: str) -> Entry:
    due = NOW + timedelta(seconds=60)
    return Entry(
        id="t1", home_id="home", device_id=ID, kind="timer", state=state, due_at=due, created_at=NOW,  # type: ignore[arg-type]
        language="en", label="tea", total_s=60.0,
    )  # fmt: skip


async def rings(host: VoiceHost) -> None:
    for state in ("running", "paused"):
        await host.bus.publish(EntryChanged(id=uuid4().hex, at=NOW, home_id="home", entry=timer(state)))
    await host.bus.publish(EntryRang(id=uuid4().hex, at=NOW, home_id="home", entry=timer("ringing")))


@pytest.mark.parametrize(("features", "end"), [(WITH_SPEAKER, 3), (1 | 4 | 8 | 16, 2)])
async def test_timers_are_told_and_finish_there_unless_the_hub_rings_them(features: int, end: int) -> None:
    async with device(FakeDevice(features)) as fake, gateway(fake) as host:
        await rings(host)
        await eventually(lambda: len(fake.of(pb.VoiceAssistantTimerEventResponse)) == 3)
        told = fake.of(pb.VoiceAssistantTimerEventResponse)
        assert [one.event_type for one in told] == [0, 1, end]
        assert (told[0].timer_id, told[0].name, told[0].total_seconds) == ("t1", "tea", 60)
        assert told[1].is_active is False


async def test_a_device_that_comes_back_learns_its_timers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "RECONNECT_S", 0.05)
    async with device() as fake, gateway(fake) as host:
        host.schedule.kept.append(timer("running"))
        fake.hang_up()
        await eventually(lambda: fake.of(pb.VoiceAssistantTimerEventResponse))
        assert host.ended == 1
        assert host.devices.online == {ID}


async def test_its_own_wake_word_is_one_of_the_settings() -> None:
    async with device() as fake:
        fake.active_wake_words = ["stop"]
        async with gateway(fake):
            await eventually(lambda: fake.active_wake_words == ["hey_jarvis"])


async def test_a_wake_word_that_was_chosen_stays() -> None:
    async with device() as fake:
        fake.active_wake_words = ["hey_mycroft"]
        async with gateway(fake):
            assert fake.active_wake_words == ["hey_mycroft"]


async def test_its_volume_follows_the_register() -> None:
    async with device() as fake, gateway(fake) as host:
        await host.devices.adopt(ID, volume=35)
        await eventually(lambda: fake.of(pb.MediaPlayerCommandRequest))
        assert fake.of(pb.MediaPlayerCommandRequest)[0].volume == pytest.approx(0.35)


async def test_what_is_no_voice_hardware_is_asked_once() -> None:
    async with device(FakeDevice(features=0)) as fake, gateway(fake, adopt=False) as host:
        await eventually(lambda: fake.connections == 1)
        await asyncio.sleep(0.1)
        assert fake.connections == 1
        assert not host.devices.all()


async def test_old_firmware_is_told_apart(caplog: pytest.LogCaptureFixture) -> None:
    async with device(FakeDevice(features=1 | 2)) as fake, gateway(fake, adopt=False) as host:
        await eventually(lambda: "update it" in caplog.text)
        assert not host.devices.all()


@pytest.mark.parametrize(
    ("has", "given", "told"),
    [(new_key(), "", "put its key"), (new_key(), new_key(), "copy it anew"), ("", new_key(), "take its key out")],
    ids=["missing", "wrong", "needless"],
)
async def test_a_missing_or_wrong_key_is_told(
    has: str, given: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    keys = {"127.0.0.1": given} if given else {}
    async with device(FakeDevice(key=has)) as fake, gateway(fake, adopt=False, keys=keys) as host:
        await eventually(lambda: told in caplog.text)
        assert not host.devices.all()
        assert not given or given not in caplog.text


async def test_locked_voice_hardware_shows_up_all_the_same() -> None:
    async with device(FakeDevice(key=new_key())) as fake:
        host = VoiceHost(Settings(esphome=EsphomeSettings()))
        running = EsphomeGateway(host, Discovery(lan=False))
        about = {"mac": "aabbcc001122", "friendly_name": "Voice PE", "project_name": "Somebody.Voice"}
        await running._found(Found("kitchen-voice", Address("127.0.0.1", fake.port), about))
        await running._found(Found("plug", Address("127.0.0.1", 9), {"mac": "aabbcc001133"}))
        await eventually(host.devices.all)
        await running.close()
        assert [(one.id, one.name, one.capabilities) for one in host.devices.all()] == [
            (ID, "Voice PE", frozenset())
        ]


async def test_a_forgotten_device_is_left() -> None:
    async with device() as fake, gateway(fake) as host:
        await host.devices.forget(ID)
        await eventually(lambda: host.ended == 1)
        assert not host.devices.online


async def test_many_reconnections_leave_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "RECONNECT_S", 0.0)
    async with device() as fake, gateway(fake) as host:
        await eventually(lambda: len(asyncio.all_tasks()))
        tasks = len(asyncio.all_tasks())
        for number in range(30):
            fake.hang_up()
            await eventually(lambda: len(host.endpoints) == number + 2)  # noqa: B023
        await eventually(lambda: host.ended == 30)
        await eventually(lambda: len(asyncio.all_tasks()) <= tasks + 2)


async def test_a_device_elsewhere_that_cannot_fetch_is_silent_and_says_why(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with device() as fake, gateway(fake) as host:
        host.sounds.port = 0
        await asyncio.wait_for(host.endpoints[0].play("news", once(tone(0.1))), 2)
        assert "server is not running" in caplog.text

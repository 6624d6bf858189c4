"""Talking with a simulated ESPHome device: heard, answered, interrupted, announced to."""

import asyncio
import time

import pytest
from aioesphomeapi import api_pb2 as pb

from fakes.esphome_device import PLAYER, WITH_SPEAKER, FakeDevice, device, new_key
from fakes.esphome_home import ID, Answerer, gateway, seconds_of
from fakes.voice_host import eventually, once, tone
from jingling.core.card import TimerCard, TimerLine
from jingling.core.endpoint import Answered, Endpoint, Input, Interrupt, Listen, Phase

ANSWERED = [
    "RUN_START", "STT_START", "STT_VAD_START", "STT_VAD_END", "STT_END", "INTENT_START", "INTENT_END", "TTS_START",
]  # fmt: skip


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


async def test_a_device_elsewhere_that_cannot_fetch_is_silent_and_says_why(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with device() as fake, gateway(fake) as host:
        host.sounds.port = 0
        await asyncio.wait_for(host.endpoints[0].play("news", once(tone(0.1))), 2)
        assert "server is not running" in caplog.text

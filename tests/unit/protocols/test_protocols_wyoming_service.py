"""Our services, used by the `wyoming` package's own client."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.event import Event
from wyoming.handle import Handled, NotHandled
from wyoming.info import Describe, Info
from wyoming.intent import Intent, NotRecognized, Recognize
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeVoice
from wyoming.wake import Detect, Detection, NotDetected

from fakes.voice_host import OneSentence, VoiceHost, eventually, tone
from jingling.protocols.wyoming import server as servers
from jingling.protocols.wyoming.server import WyomingServer


@asynccontextmanager
async def using(host: VoiceHost | None = None) -> AsyncIterator[tuple[AsyncTcpClient, VoiceHost]]:
    host = host or VoiceHost()
    server = WyomingServer(host, port=0)
    await server.start()
    try:
        async with AsyncTcpClient("127.0.0.1", server.port, read_timeout=2.0) as client:
            yield client, host
    finally:
        await server.close()


async def until(client: AsyncTcpClient, kind: str) -> list[Event]:
    """What comes, up to the first of `kind`."""
    events = []
    while not events or events[-1].type != kind:
        event = await client.read_event()
        assert event is not None
        events.append(event)
    return events


async def send_sound(client: AsyncTcpClient, seconds: float, loud: bool = False, rate_hz: int = 16_000) -> None:
    pcm = tone(seconds, rate_hz).pcm if loud else bytes(2 * int(seconds * rate_hz))
    await client.write_event(AudioStart(rate_hz, 2, 1).event())
    for start in range(0, len(pcm), 2_048):
        await client.write_event(AudioChunk(rate_hz, 2, 1, pcm[start : start + 2_048]).event())
    await client.write_event(AudioStop().event())


def played_s(events: list[Event]) -> float:
    return sum(AudioChunk.from_event(one).seconds for one in events if AudioChunk.is_type(one.type))


async def test_it_says_what_it_offers() -> None:
    async with using() as (client, _):
        await client.write_event(Describe().event())
        offered = Info.from_event((await until(client, "info"))[-1])
        assert [one.models[0].languages for one in offered.asr] == [["en"]]
        assert offered.asr[0].supports_transcript_streaming
        assert [one.voices[0].languages for one in offered.tts] == [["en", "zh"]]
        assert offered.tts[0].supports_synthesize_streaming
        assert [model.name for model in offered.wake[0].models][:1] == ["alexa"]
        assert offered.wake[0].models[1].phrase == "hey jarvis"
        assert offered.intent[0].models[0].languages == ["en", "zh"]
        assert offered.handle[0].supports_home_control


async def test_what_this_hub_lacks_is_not_offered() -> None:
    host = VoiceHost()
    host.recognizer = host.voice = host.wake = None
    async with using(host) as (client, _):
        await client.write_event(Describe().event())
        offered = Info.from_event((await until(client, "info"))[-1])
        assert (offered.asr, offered.tts, offered.wake) == ([], [], [])


@pytest.mark.parametrize("rate_hz", [16_000, 44_100])
async def test_speech_becomes_text(rate_hz: int) -> None:
    async with using() as (client, host):
        await client.write_event(Transcribe(language="en-US").event())
        await send_sound(client, 0.5, rate_hz=rate_hz)
        told = await until(client, "transcript-stop")
        assert [one.type for one in told] == [
            "transcript-start", "transcript-chunk", "transcript", "transcript-stop",
        ]  # fmt: skip
        assert Transcript.from_event(told[2]).text == "turn on the lights"
        assert {chunk.rate_hz for chunk in host.recognizer.fed} == {16_000}
        assert sum(chunk.seconds for chunk in host.recognizer.fed) == pytest.approx(0.5, abs=0.02)
        assert host.recognizer.under_way == 0


async def test_what_was_not_understood_is_an_empty_transcript() -> None:
    host = VoiceHost()
    host.recognizer = OneSentence(None)
    async with using(host) as (client, _):
        await send_sound(client, 0.2)
        assert Transcript.from_event((await until(client, "transcript"))[-1]).text == ""


async def test_a_program_that_goes_away_frees_the_recogniser() -> None:
    async with using() as (client, host):
        await client.write_event(AudioStart(16_000, 2, 1).event())
        await eventually(lambda: host.recognizer.under_way == 1)
        await client.disconnect()
        await eventually(lambda: host.recognizer.under_way == 0)


async def test_a_busy_hub_says_so_and_takes_the_next_request() -> None:
    async with using() as (client, host):
        host.recognizer.begun_max = 0
        await send_sound(client, 0.2)
        assert (await until(client, "error"))[-1].data["code"] == "not-ready"
        host.recognizer.begun_max = 1
        await send_sound(client, 0.2)
        await until(client, "transcript")


async def test_text_becomes_speech() -> None:
    async with using() as (client, host):
        await client.write_event(Synthesize("hello", voice=SynthesizeVoice(language="zh-CN")).event())
        told = await until(client, "audio-stop")
        assert told[0].type == "audio-start"
        assert played_s(told) == pytest.approx(0.5, abs=0.01)
        assert host.voice.said == [("hello", "zh")]


async def test_the_language_is_told_by_the_script_where_none_is_asked_for() -> None:
    async with using() as (client, host):
        await client.write_event(Synthesize("你好").event())
        await until(client, "audio-stop")
        assert host.voice.said == [("你好", "zh")]


async def test_a_stream_of_text_is_spoken_sentence_by_sentence() -> None:
    async with using() as (client, host):
        await client.write_event(SynthesizeStart().event())
        for text in ("It is 3.5 deg", "rees. Now ", "it rains! And"):
            await client.write_event(SynthesizeChunk(text).event())
        await eventually(lambda: len(host.voice.said) == 2)
        await client.write_event(Synthesize("It is 3.5 degrees. Now it rains! And").event())
        await client.write_event(SynthesizeStop().event())
        told = await until(client, "synthesize-stopped")
        assert [text for text, _ in host.voice.said] == ["It is 3.5 degrees. ", "Now it rains! ", "And"]
        assert [one.type for one in told].count("audio-stop") == 3


async def test_a_voice_that_fails_is_told() -> None:
    async with using() as (client, host):
        host.voice.fails = True
        await client.write_event(Synthesize("hello").event())
        assert "voice is gone" in (await until(client, "error"))[-1].data["text"]


async def test_wake_words_are_found() -> None:
    async with using() as (client, _):
        await client.write_event(Detect(names=["alexa"]).event())
        await send_sound(client, 0.3)
        assert NotDetected.is_type((await until(client, "not-detected"))[-1].type)
        await send_sound(client, 0.3, loud=True)
        found = Detection.from_event((await until(client, "detection"))[-1])
        assert found.name == "alexa"
        assert found.timestamp is not None
        assert found.timestamp > 0


async def test_other_wake_words_than_those_asked_for_are_passed_over() -> None:
    async with using() as (client, _):
        await client.write_event(Detect(names=["okay_nabu"]).event())
        await send_sound(client, 0.3, loud=True)
        assert len(await until(client, "not-detected")) == 1


async def test_what_was_meant_is_told_and_nothing_is_done() -> None:
    async with using() as (client, host):
        await client.write_event(Recognize("turn on the lights").event())
        meant = Intent.from_event((await until(client, "intent"))[-1])
        assert meant.name == "HassTurnOn"
        assert [(one.name, one.value) for one in meant.entities] == [("domain", "light")]
        host.meant = None
        await client.write_event(Recognize("blah").event())
        assert NotRecognized.from_event((await until(client, "not-recognized"))[-1]).text == "blah"
        assert host.asked == []


async def test_a_request_is_done_and_answered() -> None:
    async with using() as (client, host):
        await client.write_event(Transcript("turn on the lights", language="en").event())
        done = Handled.from_event((await until(client, "handled"))[-1])
        assert done.text == "Done."
        (asked,) = host.asked
        assert asked[:2] == ("turn on the lights", "en")
        assert asked[2].role == "adult"
        host.reply = {"reply": "Pardon?", "intent": None}
        await client.write_event(Transcript("blah").event())
        assert NotHandled.from_event((await until(client, "not-handled"))[-1]).text == "Pardon?"


async def test_a_ping_is_answered() -> None:
    async with using() as (client, _):
        await client.write_event(Ping(text="x").event())
        assert Pong.from_event((await until(client, "pong"))[-1]).text == "x"


@pytest.mark.parametrize(
    "event",
    [
        Event("transcript", {"text": 5}),
        Event("synthesize", {}),
        Event("recognize", {"text": "x" * 2_001}),
        Event("audio-chunk", {"rate": 16_000, "width": 4, "channels": 1}, b"1234"),
        Event("audio-chunk", {"rate": 1, "width": 2, "channels": 1}, b"1234"),
    ],
)
async def test_bad_input_is_told_and_ends_the_visit(event: Event) -> None:
    async with using() as (client, _):
        await client.write_event(event)
        assert (await until(client, "error"))[-1].data["code"] == "bad-event"
        assert await client.read_event() is None


async def test_endless_sound_is_turned_away() -> None:
    async with using() as (client, host):
        await client.write_event(AudioStart(16_000, 2, 1).event())
        second = AudioChunk(16_000, 2, 1, bytes(32_000)).event()
        for _ in range(61):
            await client.write_event(second)
        assert "audio-stop" in (await until(client, "error"))[-1].data["text"]
        await eventually(lambda: host.recognizer.under_way == 0)


async def test_only_so_many_programs_are_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "PROGRAMS_MAX", 1)
    async with using() as (client, _):
        await client.write_event(Ping().event())
        await until(client, "pong")
        port: Any = client.port
        async with AsyncTcpClient("127.0.0.1", port, read_timeout=2.0) as second:
            assert await second.read_event() is None
        await client.write_event(Ping().event())
        await until(client, "pong")


async def test_a_port_that_is_taken_is_told(caplog: pytest.LogCaptureFixture) -> None:
    async with using() as (client, host):
        second = WyomingServer(host, port=client.port)
        await second.start()
        await second.close()
        assert "cannot be used" in caplog.text
    await asyncio.sleep(0)

"""A talk with a board: what it brings, what it is given, and that nothing of an old answer comes after an abort."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from opuslib_next import Encoder

from fakes.xiaozhi_host import (
    BoardWire,
    FakeHost,
    adopted,
    connected,
    framed,
    hello,
    hosted,
    listen,
    settle,
    sound,
    tone,
)
from jingling.core.card import Choice, ListCard, TextCard
from jingling.core.endpoint import Answered, Endpoint, Heard, Interrupt, Listen, Phase, Typed
from jingling.protocols.xiaozhi.endpoint import BoardEndpoint, picture_of
from jingling.protocols.xiaozhi.frames import Version
from jingling.protocols.xiaozhi.limits import IDLE_SECONDS


class Talk:
    """A connected board and the endpoint that the hub sees."""

    def __init__(self, host: FakeHost, wire: BoardWire) -> None:
        self.host, self.wire = host, wire
        endpoint: Endpoint = host.served[-1]
        assert isinstance(endpoint, BoardEndpoint)
        self.endpoint = endpoint

    async def send(self, *frames: object) -> None:
        for frame in frames:
            self.wire.put(frame)  # type: ignore[arg-type]
        await settle()

    async def answer(self, turn_id: str, text: str = "Done.", expects: bool = False) -> None:
        await self.endpoint.tell(turn_id, Phase("thinking"))
        await self.endpoint.tell(turn_id, Answered(text, "en", expects))

    async def over(self, turn_id: str) -> None:
        await self.endpoint.tell(turn_id, Phase("idle"))


@asynccontextmanager
async def talking(version: Version = 1, **features: object) -> AsyncIterator[Talk]:
    async with hosted() as (host, gateway):
        headers = await adopted(host, gateway, language="en")
        async with connected(host, gateway, headers, hello(version, **features)) as wire:
            yield Talk(host, wire)


def packets(seconds: float, frame_ms: int, version: Version) -> list[bytes]:
    encoder, size = Encoder(16_000, 1, "voip"), 16 * frame_ms
    pcm = tone(seconds).pcm
    return [
        framed(version, bytes(encoder.encode(pcm[start : start + 2 * size], size)))
        for start in range(0, len(pcm) - 2 * size + 1, 2 * size)
    ]


@pytest.mark.parametrize("version", [1, 2, 3])
@pytest.mark.parametrize("frame_ms", [20, 60])
async def test_push_to_talk(version: Version, frame_ms: int) -> None:
    async with talking(version) as talk:
        await talk.send(listen("start", mode="manual"), *packets(0.6, frame_ms, version), listen("stop"))
        (given,) = talk.host.brought
        assert isinstance(given, Listen)
        assert (given.mode, given.language) == ("hold", "en")
        heard = [chunk async for chunk in given.audio]
        assert sum(chunk.seconds for chunk in heard) == pytest.approx(0.6)
        assert {chunk.rate_hz for chunk in heard} == {16_000}


async def test_the_hub_finds_the_end_in_auto_mode() -> None:
    async with talking() as talk:
        await talk.send(listen("start", mode="auto"), *packets(0.3, 60, 1))
        (given,) = talk.host.brought
        assert isinstance(given, Listen)
        assert given.mode == "open"


async def test_typed_words_are_shown_and_taken() -> None:
    async with talking() as talk:
        await talk.send(listen("detect", text="what time is it", session_id=""))
        assert talk.host.brought == [Typed("what time is it", "en")]
        assert talk.wire.messages("stt")[0]["text"] == "what time is it"


async def test_an_answer_is_told_in_the_order_that_boards_need() -> None:
    async with talking() as talk:
        await talk.endpoint.tell("", Heard("lights on", "en"))
        await talk.answer("t1")
        await talk.endpoint.tell("t1", Phase("speaking"))
        task = _started(talk.endpoint.play("t1", sound(0.1)))
        await talk.host.clock.advance(1.0)
        assert task.done()
        await talk.over("t1")
        kinds = [(m["type"], m.get("state", m.get("emotion", ""))) for m in talk.wire.messages()]
        assert kinds[1:] == [
            ("stt", ""),
            ("llm", "thinking"),
            ("tts", "start"),
            ("llm", "neutral"),
            ("tts", "sentence_start"),
            ("tts", "stop"),
        ]
        frames = [isinstance(frame, bytes) for _, frame in talk.wire.sent]
        assert frames.index(True) == len(frames) - 3


async def test_of_a_streamed_answer_each_sentence_is_shown_once() -> None:
    async with talking() as talk:
        await talk.endpoint.tell("t1", Phase("thinking"))
        for text in ("One. ", "One. Two. ", "One. Two. Three."):
            await talk.endpoint.tell("t1", Answered(text, "en", streamed=True))
        shown = [m["text"] for m in talk.wire.messages("tts") if m["state"] == "sentence_start"]
        assert shown == ["One.", "Two.", "Three."]


async def test_sound_is_sent_five_packets_ahead_and_then_one_every_60_ms() -> None:
    async with talking() as talk:
        await talk.answer("t1")
        begun = talk.host.clock.monotonic()
        playing = talk.endpoint.play("t1", sound(3.0))
        task = _started(playing)
        await settle()
        assert len(talk.wire.sound_at()) in (5, 6)
        await talk.host.clock.advance(1.2)
        assert 24 <= len(talk.wire.sound_at()) <= 26
        assert not task.done()
        await talk.host.clock.advance(1.9)
        assert task.done()
        assert talk.host.clock.monotonic() - begun >= 3.0
        ahead = [0.06 * (number + 1) - (at - begun) for number, at in enumerate(talk.wire.sound_at())]
        assert max(ahead) < 40 * 0.06


@pytest.mark.parametrize("reason", ["", "wake_word_detected"])
async def test_after_an_abort_nothing_of_the_old_answer_comes(reason: str) -> None:
    async with talking() as talk:
        await talk.send(listen("start", mode="auto"))
        await talk.answer("t1")
        task = _started(talk.endpoint.play("t1", sound(5.0)))
        await talk.host.clock.advance(1.0)
        await talk.send({"type": "abort", "reason": reason})
        before = len(talk.wire.sound_at())
        assert task.done()
        assert talk.wire.states()[-1] == "stop"
        assert talk.host.brought[-1] == Interrupt(reason)
        await talk.endpoint.tell("t1", Answered("more", "en"))
        await talk.endpoint.play("t1", sound(1.0))
        await talk.endpoint.show("t1", TextCard("late"))
        await talk.over("t1")
        await talk.host.clock.advance(2.0)
        assert len(talk.wire.sound_at()) == before
        assert talk.wire.states().count("stop") == 1
        await talk.answer("t2", "New.")
        assert talk.wire.messages("tts")[-1] == {
            "type": "tts", "session_id": talk.endpoint.session_id, "state": "sentence_start", "text": "New.",
        }  # fmt: skip


async def test_a_wake_word_leaves_what_rings_ringing_and_a_key_ends_it() -> None:
    async with talking() as talk:
        for reason, brought in (("wake_word_detected", []), ("", [Interrupt("")])):
            task = _started(talk.endpoint.play(f"ring-{reason}", sound(5.0)))
            await talk.host.clock.advance(0.5)
            await talk.send({"type": "abort", "reason": reason})
            assert task.done()
            assert talk.host.brought == brought


async def test_an_abort_when_nothing_is_said_is_answered() -> None:
    async with talking() as talk:
        await talk.send({"type": "abort"})
        assert talk.host.brought == []
        assert talk.wire.states() == ["stop"]


async def test_in_realtime_the_microphone_stays_open_while_it_speaks() -> None:
    async with talking(aec=True) as talk:
        await talk.send(listen("start", mode="realtime"))
        await talk.endpoint.tell("", Heard("play something", "en"))
        await talk.answer("t1")
        await settle()
        task = _started(talk.endpoint.play("t1", sound(5.0)))
        await settle()
        assert len(talk.wire.sound_at()) in (2, 3)
        await talk.send(*packets(0.3, 20, 1))
        first, second = talk.host.brought
        assert isinstance(first, Listen)
        assert isinstance(second, Listen)
        assert (await anext(aiter(second.audio))).seconds == pytest.approx(0.02)
        await talk.endpoint.stop("t1")
        await settle()
        assert task.done()
        assert talk.wire.states()[-1] == "stop"


async def test_when_nobody_speaks_the_board_goes_to_rest() -> None:
    async with talking() as talk:
        await talk.send(listen("start", mode="auto"))
        await talk.endpoint.tell("", Phase("idle"))
        await settle()
        assert talk.wire.closed == 1000
        assert talk.host.serving == 0


async def test_what_is_not_understood_after_an_answer_gets_no_reply() -> None:
    async with talking() as talk:
        await talk.send(listen("start", mode="auto"))
        await talk.answer("t1")
        await talk.over("t1")
        await talk.send(listen("start", mode="auto"))
        said = len(talk.wire.messages())
        await talk.answer("t2", "Sorry, I did not understand.")
        await settle()
        assert len(talk.wire.messages()) == said
        assert talk.wire.closed == 1000


@pytest.mark.parametrize("expects", [True, False])
async def test_what_is_understood_or_was_asked_for_gets_one(expects: bool) -> None:
    async with talking() as talk:
        await talk.send(listen("start", mode="auto"))
        await talk.answer("t1", expects=expects)
        await talk.over("t1")
        await talk.send(listen("start", mode="auto"))
        if not expects:
            await talk.endpoint.tell("", Heard("lights off", "en"))
        await talk.answer("t2", "Well.")
        assert talk.wire.messages("tts")[-1]["text"] == "Well."


async def test_nobody_uses_it_for_two_minutes() -> None:
    async with talking() as talk:
        await talk.host.clock.advance(IDLE_SECONDS - 15)
        await talk.send({"type": "ping"})
        assert talk.wire.messages("pong")
        await talk.host.clock.advance(IDLE_SECONDS - 15)
        assert talk.wire.closed is None
        await talk.host.clock.advance(30)
        assert talk.wire.closed == 1000


async def test_a_slip_of_the_finger_is_no_request() -> None:
    async with talking() as talk:
        await talk.send(listen("start", mode="manual"), *packets(0.06, 60, 1), listen("stop"))
        assert talk.wire.states() == ["stop"]


def test_the_first_picture_of_a_card_is_shown() -> None:
    lines = (Choice("a", "a"), Choice("b", "b", picture="data:image/png;base64,AA"))
    assert picture_of(ListCard("l", lines)) == "data:image/png;base64,AA"
    assert picture_of(TextCard("t")) == ""


def _started(work: object) -> "asyncio.Task[None]":
    return asyncio.ensure_future(work)  # type: ignore[arg-type]

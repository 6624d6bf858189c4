"""A browser as an endpoint: every message in, every output out, on a clock that the test holds."""

import asyncio
import struct
from collections.abc import AsyncIterator
from typing import Any

import pytest
from server_fakes import HELLO, FakeHub, FakeWire, make_settings, opened, settle, sound
from server_talk import talk

from jingling.core.audio import AudioChunk
from jingling.core.card import ConfirmCard, TextCard
from jingling.core.clock import VirtualClock
from jingling.core.endpoint import Adjusted, Answered, Interrupt, Listen, Phase, Tapped, Typed
from jingling.home.events import ThingChanged
from jingling.screen.messages import Change, Hello, StartListening
from jingling.server.browser import BrowserEndpoint
from jingling.server.sockets import Sockets
from jingling.settings import LimitSettings


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
async def hub(clock: VirtualClock) -> AsyncIterator[FakeHub]:
    async with opened(make_settings(limits=LimitSettings(garbage_frames_max=5)), clock) as hub:
        yield hub


def endpoint(hub: FakeHub, wire: FakeWire) -> BrowserEndpoint:
    return BrowserEndpoint(hub, wire, Hello(device_id="screen-0001", language="en"))


def changed(hub: FakeHub, values: dict[str, Any], home_id: str = "home", thing_id: str = "lamp") -> ThingChanged:
    return ThingChanged(id="e", at=hub.clock.now(), home_id=home_id, thing_id=thing_id, values=values)


async def test_hello_is_answered_with_everything_a_screen_needs(hub: FakeHub) -> None:
    async with talk(hub) as talking:
        [snapshot] = talking.wire.messages("snapshot")
        assert snapshot["device_id"] == "screen-0001"
        assert snapshot["place_id"] == "kitchen"
        assert snapshot["things"][0]["values"] == {"on": False}
        assert snapshot["suggestions"] == [{"text": "turn on the lamp", "skill": "home"}]
        assert snapshot["now"] == hub.clock.now().isoformat()


async def test_change_of_language_sends_everything_anew_and_later_text_is_in_it(hub: FakeHub) -> None:
    async with talk(hub) as talking:
        await talking.say(
            {"type": "change", "language": "zh"}, {"type": "text", "text": "开灯", "request_id": "r1"}
        )
        assert talking.wire.messages("snapshot")[1]["suggestions"][0]["text"] == "开灯"
        assert hub.seen == [Typed("开灯", "zh", "r1")]
        await talking.say({"type": "text", "text": " "})
        assert "没有" in talking.wire.messages("trouble")[0]["text"]


async def test_a_microphone_that_takes_its_echo_away_is_known_from_then_on(hub: FakeHub) -> None:
    wire = FakeWire()
    screen = endpoint(hub, wire)
    assert "cancels_echo" not in screen.info.capabilities
    await screen.take(Change(cancels_echo=True))
    assert screen.info.capabilities == {"microphone", "speaker", "screen", "cancels_echo"}
    await screen.take(Change(cancels_echo=False))
    assert "cancels_echo" not in screen.info.capabilities
    assert wire.messages("snapshot") == []


async def test_touch_arrives_as_it_was_meant(hub: FakeHub) -> None:
    async with talk(hub) as talking:
        await talking.say(
            {"type": "tap", "choice": "yes", "card_id": "c1", "request_id": "r2"},
            {"type": "adjust", "thing_id": "lamp", "name": "on", "value": True, "request_id": "r3"},
            {"type": "adjust", "thing_id": "lamp", "name": "blink"},
            {"type": "stop"},
            {"type": "ping"},
        )
        assert hub.seen == [
            Tapped("yes", "c1", "r2"),
            Adjusted("lamp", "on", True, "r3"),
            Adjusted("lamp", "blink"),
            Interrupt("tap"),
        ]
        assert talking.wire.messages("pong")


async def test_what_a_turn_puts_out_reaches_the_screen(hub: FakeHub) -> None:
    async with talk(hub) as talking:
        await talking.say({"type": "text", "text": "hi 😀"})
        kinds = [message["type"] for message in talking.wire.messages()]
        assert kinds == ["snapshot", "phase", "answer", "card"]
        card = talking.wire.messages("card")[0]
        assert card["card"] == {"type": "text", "title": "hi 😀", "body": "", "choices": []}
        assert card["card_id"]


async def test_a_listening_carries_the_sound_between_its_frames(hub: FakeHub, clock: VirtualClock) -> None:
    async with talk(hub) as talking:
        await talking.say({"type": "listen", "mode": "hold"}, bytes(640), bytes(640), {"type": "listen_end"})
        assert isinstance(hub.seen[0], Listen) and hub.seen[0].mode == "hold"
        assert talking.wire.messages("heard")[0]["text"] == "1280"
        await talking.say(bytes(640))
        assert not talking.wire.codes(), "sound on its way when the listening ended is no trouble"
        await clock.advance(2)


async def test_sound_nobody_takes_is_dropped_oldest_first(hub: FakeHub) -> None:
    wire = FakeWire()
    screen = endpoint(hub, wire)
    await screen.take(_listen("wake"))
    for number in range(60):
        screen.take_sound(bytes([number, 0]) * 1_600)
    listen = await anext(screen.inputs())
    assert isinstance(listen, Listen)
    first = await anext(listen.audio)
    assert first.pcm[0] == 10
    assert screen.dropped_chunks == 10


async def test_a_listening_that_is_held_too_long_ends(hub: FakeHub) -> None:
    screen = endpoint(hub, FakeWire())
    await screen.take(_listen("hold"))
    listen = await anext(screen.inputs())
    assert isinstance(listen, Listen)
    for _ in range(31):
        screen.take_sound(bytes(32_000))
    heard = [chunk async for chunk in listen.audio]
    assert len(heard) == 5


async def test_a_new_listening_replaces_the_one_under_way(hub: FakeHub) -> None:
    screen = endpoint(hub, FakeWire())
    await screen.take(_listen("open"))
    screen.take_sound(b"\1\0")
    await screen.take(_listen("open"))
    screen.take_sound(b"\2\0")
    screen.end()
    sounds = [
        [chunk.pcm async for chunk in item.audio] async for item in screen.inputs() if isinstance(item, Listen)
    ]
    assert sounds == [[b"\1\0"], [b"\2\0"]]


async def test_sound_out_is_framed_by_stream(hub: FakeHub, clock: VirtualClock) -> None:
    wire = FakeWire()
    screen = endpoint(hub, wire)
    await _played(screen, clock, "t1", sound(0.2, 22_050))
    await _played(screen, clock, "t2", sound(0.2))
    starts, ends = wire.messages("audio_start"), wire.messages("audio_end")
    assert [(start["turn_id"], start["rate_hz"]) for start in starts] == [("t1", 22_050), ("t2", 16_000)]
    assert [end["stream"] for end in ends] == [start["stream"] for start in starts]
    frames = [frame for frame in wire.sent if isinstance(frame, bytes)]
    assert struct.unpack("<I", frames[0][:4])[0] == starts[0]["stream"]
    assert max(len(frame) for frame in frames) <= 4 + 4_410


async def test_sound_is_sent_about_a_second_ahead_and_play_returns_when_it_was_heard(
    hub: FakeHub, clock: VirtualClock
) -> None:
    wire = FakeWire()
    playing = asyncio.ensure_future(endpoint(hub, wire).play("t1", sound(10)))
    await settle(400)
    assert 0.9 <= wire.sound_seconds() <= 1.2
    await clock.advance(5, settle_rounds=100)
    assert 5.9 <= wire.sound_seconds() <= 6.2
    await clock.advance(4.8, settle_rounds=100)
    assert wire.sound_seconds() == pytest.approx(10)
    assert not playing.done()
    await clock.advance(0.3)
    assert playing.done()


async def test_stopping_a_turn_silences_it_at_once(hub: FakeHub, clock: VirtualClock) -> None:
    wire = FakeWire()
    screen = endpoint(hub, wire)
    playing = asyncio.ensure_future(screen.play("t1", sound(10)))
    await settle(400)
    await screen.stop("t1")
    await asyncio.wait_for(playing, 1)
    before = len(wire.sent)
    await screen.tell("t1", Answered("late", "en"))
    await screen.show("t1", TextCard("late"))
    await screen.play("t1", sound(1))
    assert len(wire.sent) == before, "nothing of a stopped turn goes out"
    assert wire.messages("stop_turn") == [{"type": "stop_turn", "turn_id": "t1"}]
    await screen.tell("t2", Phase("idle"))
    assert wire.messages("phase")[-1]["turn_id"] == "t2"


async def test_a_cancelled_play_ends_its_stream_and_its_source(hub: FakeHub, clock: VirtualClock) -> None:
    wire, closed = FakeWire(), []

    async def speaking() -> AsyncIterator[AudioChunk]:
        try:
            while True:
                yield AudioChunk(bytes(6_400))
        finally:
            closed.append(True)

    playing = asyncio.ensure_future(endpoint(hub, wire).play("t1", speaking()))
    await settle(400)
    playing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await playing
    assert wire.messages("audio_end") and closed


async def test_stereo_is_mixed_for_the_browser(hub: FakeHub, clock: VirtualClock) -> None:
    async def stereo() -> AsyncIterator[AudioChunk]:
        yield AudioChunk(struct.pack("<4h", 100, 300, -2, -4), channels=2)

    wire = FakeWire()
    await _played(endpoint(hub, wire), clock, "t1", stereo())
    assert [frame[4:] for frame in wire.sent if isinstance(frame, bytes)] == [struct.pack("<2h", 200, -3)]


async def test_a_card_of_the_same_kind_replaces_and_another_does_not(hub: FakeHub) -> None:
    wire = FakeWire()
    screen = endpoint(hub, wire)
    for card in (TextCard("a"), TextCard("b"), ConfirmCard("sure?", "yes", "no")):
        await screen.show("t1", card)
    first, second, third = (message["card_id"] for message in wire.messages("card"))
    assert first == second != third


async def test_changes_of_things_are_merged_ten_times_a_second(hub: FakeHub, clock: VirtualClock) -> None:
    async with talk(hub) as talking:
        for level in range(100):
            await hub.bus.publish(changed(hub, {"brightness": level}))
            await hub.bus.publish(changed(hub, {"on": True}))
            await settle(5)
            await clock.advance(0.01, settle_rounds=5)
        await clock.advance(0.2)
        updates = talking.wire.messages("thing")
        assert 8 <= len(updates) <= 13
        assert updates[-1]["values"]["brightness"] == 99
        await hub.bus.publish(changed(hub, {"on": False}, home_id="neighbours"))
        await clock.advance(0.2)
        assert talking.wire.messages("thing") == updates


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("garbage", "bad_frame"),
        ("", "bad_frame"),
        ("[" * 50_000, "bad_frame"),
        ('{"type":"tap","choice":"y","x":' + "[" * 30_000, "bad_frame"),
        ('{"type":"launch_missiles"}', "bad_frame"),
        ('{"type":"text"}', "bad_frame"),
        ('{"type":"text","text":5}', "bad_frame"),
        ('{"type":"text","text":"\\ud800"}', "bad_frame"),
        ('{"type":"listen","mode":"always"}', "bad_frame"),
        ('{"type":"text","text":"hi","request_id":"' + "r" * 200 + '"}', "bad_frame"),
        (b"\x00" * 640, "not_listening"),
        ('{"type":"text","text":"' + "x" * 100_000 + '"}', "frame_too_large"),
        ('{"type":"text","text":"' + "x" * 2_001 + '"}', "too_long"),
        ('{"type":"text","text":"\\u0000rm"}', "bad_text"),
        ('{"type":"text","text":"\\u202e😀"}', None),
        ('{"type":"adjust","thing_id":"dragon","name":"on"}', "unknown_thing"),
        ('{"type":"adjust","thing_id":"lamp","name":"explode"}', "unknown_property"),
        ('{"type":"change","place_id":"moon"}', "unknown_place"),
        ('{"type":"hello","device_id":"screen-0001","language":"en"}', "bad_frame"),
    ],
)
async def test_a_bad_message_is_trouble_and_no_more(hub: FakeHub, frame: str | bytes, code: str | None) -> None:
    async with talk(hub) as talking:
        await talking.say(frame)
        assert talking.wire.codes() == ([code] if code else [])
        await talking.say({"type": "text", "text": "still here?"})
        assert talking.wire.messages("answer")[-1]["text"] == "still here?"


async def test_odd_sound_is_trouble(hub: FakeHub, clock: VirtualClock) -> None:
    async with talk(hub) as talking:
        await talking.say({"type": "listen", "mode": "wake"}, b"abc", bytes(70_000))
        assert talking.wire.codes() == ["bad_frame", "frame_too_large"]


async def test_much_garbage_closes_the_socket(hub: FakeHub) -> None:
    async with talk(hub) as talking:
        await talking.say(*["garbage"] * 5)
        assert talking.wire.codes()[-1] == "too_much_garbage"
        assert talking.wire.closed == 1008
    assert hub.serving == 0


async def test_a_flood_of_messages_is_slowed_and_then_closed(hub: FakeHub) -> None:
    async with talk(hub) as talking:
        await talking.say(*[{"type": "ping"}] * 130)
        assert "too_fast" in talking.wire.codes()
        assert talking.wire.closed == 1008


async def test_inputs_the_hub_does_not_take_are_turned_away(hub: FakeHub) -> None:
    async with talk(hub) as talking:
        await talking.say({"type": "listen", "mode": "wake"}, *[{"type": "text", "text": "hi"}] * 40)
        assert set(talking.wire.codes()) == {"busy"}
        assert talking.wire.closed is None


async def test_without_hello_nothing_begins(hub: FakeHub, clock: VirtualClock) -> None:
    async with talk(hub, greet=False) as talking:
        await talking.say({"type": "text", "text": "hi"}, b"1234", "garbage")
        assert talking.wire.codes() == ["hello_first", "hello_first", "bad_frame"]
        await clock.advance(11)
        assert talking.wire.closed == 1008
        assert not hub.seen


@pytest.mark.parametrize(
    "device_id", ["", "short", "../../../etc/passwd", "x" * 65, "screen 0001", "屏幕屏幕屏幕屏幕"]
)
async def test_a_strange_device_id_is_turned_away(hub: FakeHub, device_id: str) -> None:
    async with talk(hub, greet=False) as talking:
        await talking.say({**HELLO, "device_id": device_id})
        assert talking.wire.codes() == ["bad_device_id"]


async def test_a_forgotten_place_does_not_keep_a_screen_out(hub: FakeHub) -> None:
    async with talk(hub, greet=False) as talking:
        await talking.say({**HELLO, "place_id": "torn down"})
        assert talking.wire.messages("snapshot")[0]["place_id"] is None


async def test_the_newer_connection_of_a_device_takes_over(hub: FakeHub) -> None:
    sockets = Sockets(8)
    async with talk(hub, sockets) as older, talk(hub, sockets) as newer, talk(hub, sockets) as newest:
        for left in (older, newer):
            assert left.wire.codes() == ["taken_over"]
            assert left.wire.closed == 4001
        assert hub.serving == 1
        await newest.say({"type": "text", "text": "mine"})
        assert newest.wire.messages("answer")


async def test_who_signed_out_is_sent_away(hub: FakeHub, clock: VirtualClock) -> None:
    async with talk(hub) as talking:
        await clock.advance(25)
        assert talking.wire.closed is None
        talking.allowed = False
        await clock.advance(25)
        assert talking.wire.codes() == ["sign_in"]
        assert talking.wire.closed == 4401


async def test_a_session_that_fails_closes_its_socket_only(hub: FakeHub) -> None:
    async with talk(hub) as talking:
        hub.fail_with = RuntimeError("boom")
        await talking.say({"type": "text", "text": "hi"})
        assert talking.wire.closed == 1011
        hub.fail_with = None
    async with talk(hub) as again:
        await again.say({"type": "text", "text": "hi"})
        assert again.wire.messages("answer")


async def test_a_lost_connection_leaves_nothing_running(hub: FakeHub) -> None:
    before = asyncio.all_tasks()
    for _ in range(50):
        async with talk(hub) as talking:
            await talking.say({"type": "listen", "mode": "wake"}, bytes(640))
    assert hub.serving == 0
    assert asyncio.all_tasks() == before


def _listen(mode: Any) -> StartListening:
    return StartListening(mode)


async def _played(
    screen: BrowserEndpoint, clock: VirtualClock, turn_id: str, audio: AsyncIterator[AudioChunk]
) -> None:
    playing = asyncio.ensure_future(screen.play(turn_id, audio))
    await settle(200)
    await clock.advance(5)
    assert playing.done()
    playing.result()

"""Sockets that send anything but messages."""

import asyncio
import json
import socket
import struct

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from fakes.running_hub import RunningHub, Screen
from jingling.screen.messages import AnswerText, EndListening, Ping, Pong, Snapshot, StartListening, Trouble

GARBAGE = {
    "no json": "hello?",
    "another type": json.dumps({"type": "shutdown"}),
    "no type": json.dumps({"text": "turn on the light"}),
    "a list": "[1, 2, 3]",
    "wrong field": json.dumps({"type": "text", "text": 7}),
    "deep": "[" * 20_000,
    "second hello": json.dumps({"type": "hello", "device_id": "another-device", "language": "en"}),
    "unknown thing": json.dumps({"type": "adjust", "thing_id": "sun", "name": "power", "value": False}),
    "unknown property": json.dumps({"type": "adjust", "thing_id": "floor_lamp", "name": "soul", "value": 1}),
    "long id": json.dumps({"type": "text", "text": "hi", "request_id": "x" * 500}),
}


async def still_works(screen: Screen) -> None:
    await screen.send(Ping())
    await screen.next(Pong)
    await screen.say("what time is it")
    assert (await screen.next(AnswerText)).text


@pytest.mark.parametrize("frame", GARBAGE.values(), ids=GARBAGE.keys())
async def test_garbage_is_complained_about_and_the_screen_goes_on(hub: RunningHub, frame: str) -> None:
    async with hub.screen("garbage-screen") as screen:
        await screen.next(Snapshot)
        await screen.socket.send(frame)
        trouble = await screen.next(Trouble)
        assert trouble.text and trouble.code != "failed"
        await still_works(screen)


async def test_a_frame_that_is_too_large_is_named_with_the_limit(hub: RunningHub) -> None:
    async with hub.screen("large-screen") as screen:
        await screen.next(Snapshot)
        await screen.socket.send(json.dumps({"type": "text", "text": "x" * 100_000}))
        trouble = await screen.next(Trouble)
        assert trouble.code == "frame_too_large" and "65536" in trouble.text
        await still_works(screen)


async def test_a_frame_of_megabytes_ends_the_connection_and_nothing_else(hub: RunningHub) -> None:
    async with hub.screen("huge-screen") as screen:
        await screen.next(Snapshot)
        with pytest.raises(ConnectionClosed) as closed:
            await screen.socket.send(bytes(3_000_000))
            await screen.until(lambda _: False)
        assert closed.value.rcvd is not None and closed.value.rcvd.code == 1009


async def test_endless_garbage_ends_the_connection(hub: RunningHub) -> None:
    async with hub.screen("endless-screen") as screen:
        await screen.next(Snapshot)
        with pytest.raises(ConnectionClosed):
            for _ in range(40):
                await screen.socket.send("garbage")
            await screen.until(lambda _: False)
        assert screen.heard[-1].text.startswith("Too many messages")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "first", ["what?", b"\x00" * 640, json.dumps({"type": "ping"})], ids=["text", "sound", "ping"]
)
async def test_who_does_not_say_hello_is_told_to(hub: RunningHub, first: str | bytes) -> None:
    async with connect(f"ws://127.0.0.1:{hub.port}/ws", origin=hub.url) as bare:  # type: ignore[arg-type]
        await bare.send(first)
        assert json.loads(await bare.recv())["type"] == "trouble"


async def test_a_device_id_of_another_shape_is_refused(hub: RunningHub) -> None:
    async with hub.screen("../../etc/passwd") as screen:
        trouble = await screen.next(Trouble)
        assert trouble.code == "bad_device_id" and "8 to 64" in trouble.text


async def test_sound_without_listening_and_half_samples_are_named(hub: RunningHub) -> None:
    async with hub.screen("noisy-screen") as screen:
        await screen.next(Snapshot)
        await screen.socket.send(bytes(640))
        assert (await screen.next(Trouble)).code == "not_listening"
        await screen.send(StartListening("hold"))
        await screen.socket.send(bytes(641))
        assert "even number of bytes" in (await screen.next(Trouble)).text
        await screen.send(EndListening())
        await still_works(screen)


async def test_another_sites_page_is_turned_away(hub: RunningHub) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await connect(f"ws://127.0.0.1:{hub.port}/ws", origin="http://evil.example")  # type: ignore[arg-type]
    assert refused.value.response.status_code == 403
    assert b"another site" in refused.value.response.body


async def test_bytes_that_are_no_http_are_dropped(hub: RunningHub) -> None:
    def speak_tls() -> bytes:
        with socket.create_connection(("127.0.0.1", hub.port), timeout=10) as raw:
            raw.sendall(b"\x16\x03\x01" + bytes(range(256)) * 8 + b"\r\n\r\n")
            return raw.recv(1_000)

    assert b"400" in await asyncio.to_thread(speak_tls)


async def test_a_reset_connection_in_the_middle_of_an_answer_hurts_nobody(hub: RunningHub) -> None:
    async with hub.screen("falling-screen") as screen:
        await screen.say("what can i say here")
        await screen.next(AnswerText)
        raw = screen.socket.transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        screen.socket.transport.abort()
    async with hub.screen("falling-screen") as screen:
        await screen.next(Snapshot)
        await still_works(screen)

"""The server on a real loopback socket, against those who mean no good and those who come and go."""

import asyncio
import time
from typing import Any

import httpx
import msgspec
import pytest
from server_fakes import HELLO, listening, make_settings
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from jingling.server.head_timeout import PatientProtocol
from jingling.settings import LimitSettings


def dial(port: int, device_id: str = "screen-0001", **options: Any) -> Any:
    return connect(f"ws://127.0.0.1:{port}/ws", proxy=None, **options)


async def told(socket: ClientConnection, kind: str) -> dict[str, Any]:
    """The next message of `kind`."""
    while True:
        frame = await asyncio.wait_for(socket.recv(), 10)
        message = msgspec.json.decode(frame) if isinstance(frame, str) else {"type": "sound"}
        if message["type"] == kind:
            return dict(message)


async def send(socket: ClientConnection, **message: Any) -> None:
    await socket.send(msgspec.json.encode(message).decode())


async def test_a_spoken_request_over_a_real_socket() -> None:
    async with listening(make_settings()) as (_, port), dial(port) as socket:
        await send(socket, **HELLO)
        await told(socket, "snapshot")
        await send(socket, type="listen", mode="hold")
        for _ in range(10):
            await socket.send(bytes(3_200))
        await send(socket, type="listen_end")
        assert (await told(socket, "heard"))["text"] == "32000"
        start = await told(socket, "audio_start")
        await told(socket, "sound")
        assert (await told(socket, "audio_end"))["stream"] == start["stream"]


async def test_answers_carry_no_server_name() -> None:
    async with listening(make_settings()) as (_, port), httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"http://127.0.0.1:{port}/api/health")
        assert answer.status_code == 200
        assert "server" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Host": "evil.example"}],
)
async def test_another_sites_page_gets_no_socket(headers: dict[str, str]) -> None:
    async with listening(make_settings()) as (hub, port):
        if "Host" in headers:
            with pytest.raises(InvalidStatus) as refused:
                async with connect("ws://evil.example/ws", host="127.0.0.1", port=port, proxy=None):
                    pass
        else:
            with pytest.raises(InvalidStatus) as refused:
                async with dial(port, origin=headers["Origin"]):
                    pass
        assert refused.value.response.status_code in (403, 421)
        assert hub.serving == 0


async def test_on_the_lan_a_socket_needs_a_session() -> None:
    async with listening(make_settings(lan=True)) as (_, port):
        with pytest.raises(InvalidStatus) as refused:
            async with dial(port):
                pass
        assert refused.value.response.status_code == 401
        base = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=base, trust_env=False) as client:
            await client.post("/api/password", json={"password": "long enough"})
            cookie = f"jingling_session={client.cookies['jingling_session']}"
        async with dial(port, origin=base, additional_headers={"Cookie": cookie}) as socket:
            await send(socket, **HELLO)
            assert await told(socket, "snapshot")


async def test_a_ten_megabyte_message_ends_its_socket_and_nothing_else() -> None:
    async with listening(make_settings()) as (_, port), dial(port) as good:
        await send(good, **HELLO)
        async with dial(port) as bad:
            with pytest.raises(ConnectionClosed):
                await bad.send("x" * 10_000_000)
                await bad.recv()
        await send(good, type="text", text="still here?")
        assert (await told(good, "answer"))["text"] == "still here?"


async def test_a_hundred_kilobytes_of_text_are_trouble_that_names_the_limit() -> None:
    async with listening(make_settings()) as (_, port), dial(port) as socket:
        await send(socket, **HELLO)
        await send(socket, type="text", text="x" * 100_000)
        trouble = await told(socket, "trouble")
        assert trouble["code"] == "frame_too_large" and "65536" in trouble["text"]


async def test_garbage_bytes_end_in_trouble_and_a_closed_socket() -> None:
    async with listening(make_settings()) as (_, port), dial(port) as socket:
        await send(socket, **HELLO)
        for _ in range(10):
            await socket.send("\x00garbage")
        assert (await told(socket, "trouble"))["code"] == "bad_frame"
        with pytest.raises(ConnectionClosed):
            await told(socket, "never")
        assert socket.close_code == 1008


async def test_one_socket_too_many_is_told_so() -> None:
    settings = make_settings(limits=LimitSettings(sockets_max=1))
    async with listening(settings) as (_, port), dial(port) as first:
        await send(first, **HELLO)
        await told(first, "snapshot")
        async with dial(port) as second:
            assert (await told(second, "trouble"))["code"] == "too_many_sockets"
            with pytest.raises(ConnectionClosed):
                await second.recv()
            assert second.close_code == 1013


async def test_a_request_that_never_comes_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "head_seconds", 0.2)
    whole = b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    async with listening(make_settings()) as (_, port), dial(port) as socket:
        await send(socket, **HELLO)
        for first, then in ((b"", b""), (whole[:30], b""), (whole, b"GET /slow")):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(first)
            if then:
                await asyncio.wait_for(reader.readuntil(b"}}"), 5)
                writer.write(then)
            assert await asyncio.wait_for(reader.read(), 5) == b""
            writer.close()
            await writer.wait_closed()
        await send(socket, type="ping")
        assert await told(socket, "pong"), "a socket that was let in stays"


async def test_a_monstrous_head_is_refused() -> None:
    async with listening(make_settings()) as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 100_000 + b"\r\n\r\n")
        status = await asyncio.wait_for(reader.readline(), 5)
        assert b" 431 " in status or b" 400 " in status
        writer.close()


async def test_two_hundred_reconnects_leave_nothing_behind() -> None:
    async with listening(make_settings()) as (hub, port):
        before = asyncio.all_tasks()
        for number in range(200):
            socket = await dial(port, ping_interval=None)
            await send(socket, **HELLO)
            await told(socket, "snapshot")
            await send(socket, type="listen", mode="wake")
            if number % 2:
                socket.transport.abort()
            else:
                await socket.close()
        late = asyncio.all_tasks() - before
        running = (await asyncio.wait(late, timeout=5))[1] if late else set()
        assert not running
        assert (hub.serving, hub.bus.followers) == (0, 0)


async def test_it_stops_within_two_seconds_though_a_screen_is_talking() -> None:
    async with listening(make_settings()) as (hub, port):
        socket = await dial(port)
        await send(socket, **HELLO)
        await send(socket, type="listen", mode="wake")
        await told(socket, "snapshot")
        begun = time.monotonic()
    assert time.monotonic() - begun < 2
    assert hub.serving == 0
    await socket.close()


async def test_a_screen_whose_greeting_fails_is_closed_and_the_cause_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(make_settings()) as (hub, port):
        monkeypatch.setattr(hub, "suggestions", lambda language: 1 / 0)
        async with dial(port) as socket:
            await send(socket, **HELLO)
            with pytest.raises(ConnectionClosed):
                await told(socket, "snapshot")
            assert socket.close_code == 1011
    assert "ZeroDivisionError at test_server_live.py" in caplog.text


async def test_an_answer_may_take_longer_than_a_head_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "head_seconds", 0.1)
    async with listening(make_settings()) as (hub, port), httpx.AsyncClient(trust_env=False) as client:
        hub.ask_gate = asyncio.Event()
        asking = asyncio.ensure_future(client.post(f"http://127.0.0.1:{port}/api/ask", json={"text": "hi"}))
        for _ in range(2):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            assert await asyncio.wait_for(reader.read(), 5) == b""
            writer.close()
        hub.ask_gate.set()
        assert (await asking).status_code == 200

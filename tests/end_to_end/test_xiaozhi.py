"""A board as the firmware behaves, against a hub in a process of its own: from its first start to a photograph."""

import asyncio
import http.client
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from screen_speech import silence, synthesised
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from fakes.running_hub import RunningHub
from fakes.xiaozhi_board import Board, BoardTools, Talk
from jingling.protocols.xiaozhi.frames import Version
from jingling.screen.messages import ShowCard

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 400


@pytest.fixture(scope="module")
def board(hub: RunningHub) -> Iterator[Board]:
    """An adopted one."""
    one = Board(hub.url)
    status, answer = one.ask_settings()
    assert (status, one.activate()) == (200, 202)
    assert len(answer["activation"]["code"]) == 6
    device_id = waiting(hub, answer["activation"]["code"])["id"]
    wanted = {"name": "kitchen board", "place_id": "kitchen", "language": "en"}
    assert hub.request("PUT", f"/api/devices/{device_id}", wanted)[0] == 200
    assert one.activate({"Payload": {"serial_number": "SN-1", "challenge": "x", "hmac": "y"}}) == 200
    yield one
    assert hub.request("DELETE", f"/api/devices/{device_id}")[0] == 200


def waiting(hub: RunningHub, code: str) -> dict[str, Any]:
    devices = hub.get("/api/devices")[1]["devices"]
    found: dict[str, Any] = next(one for one in devices if one["code"] == code)
    return found


async def things(hub: RunningHub) -> dict[str, dict[str, Any]]:
    listed = (await asyncio.to_thread(hub.get, "/api/things"))[1]["things"]
    return {one["thing"]["id"]: one for one in listed if one["thing"]["id"].startswith("xiaozhi-")}


async def equipped(hub: RunningHub, talk: Talk) -> dict[str, dict[str, Any]]:
    """Its things, once it has shown its tools."""
    await talk.until(lambda one: one.tools.called)
    async with asyncio.timeout(10):
        while not (found := await things(hub)):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return found


@pytest.mark.parametrize("version", [1, 2, 3])
async def test_typed_words_are_answered_aloud(hub: RunningHub, board: Board, version: Version) -> None:
    board.version = version
    async with board.talk() as talk:
        await talk.write("what time is it")
        await talk.until(lambda one: one.stopped())
        assert talk.texts("stt") == ["what time is it"]
        assert talk.texts("tts", "sentence_start")[0].startswith("It's")
        samples = np.frombuffer(talk.played(), "<i2").astype(float)
        assert len(samples) > 24_000
        assert np.abs(samples).max() > 1_000


@pytest.mark.parametrize("frame_ms", [20, 60])
async def test_spoken_words_are_answered_aloud(hub: RunningHub, board: Board, frame_ms: int) -> None:
    """The board streams on until the hub has heard the end, as boards do."""
    request = silence(0.5).pcm + synthesised("turn on the floor lamp").pcm + silence(3.0).pcm
    board.version, board.frame_ms = 1, frame_ms
    async with board.talk() as talk:
        talk.relisten = False
        await talk.listen("auto")
        speaking = asyncio.create_task(talk.speak(request))
        await talk.until(lambda one: one.stopped())
        speaking.cancel()
        assert "floor lamp" in talk.texts("stt")[0]
        assert "lamp" in talk.texts("tts", "sentence_start")[0]
        assert talk.sound


async def test_its_things_answer_to_their_names(hub: RunningHub, board: Board) -> None:
    board.version, board.frame_ms = 3, 60
    async with board.talk() as talk:
        found = await equipped(hub, talk)
        board_id = min(found)
        assert found[board_id]["reachable"]
        assert found[board_id]["values"]["volume"] == 60
        for said in ("turn up the volume of the kitchen board", "turn on the kitchen board lamp"):
            answer = await asyncio.to_thread(hub.ask, said)
            assert [command["ok"] for command in answer["commands"]] == [True], answer
        assert talk.tools.called[1:] == [
            ("self.audio_speaker.set_volume", {"volume": 70}),
            ("self.lamp.turn_on", {}),
        ]
    async with asyncio.timeout(10):
        while (await things(hub))[board_id]["reachable"]:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    answer = await asyncio.to_thread(hub.ask, "turn up the volume of the kitchen board")
    assert [command["ok"] for command in answer["commands"]] == [False]


async def test_after_an_abort_the_old_answer_is_over(hub: RunningHub, board: Board) -> None:
    async with board.talk() as talk:
        talk.relisten = False
        await talk.write("what can I say")
        await talk.until(lambda one: len(one.sound) > 8)
        await talk.send({"type": "abort"})
        await talk.until(lambda one: one.stopped())
        before = len(talk.sound)
        await asyncio.sleep(0.5)
        assert len(talk.sound) == before
        await talk.write("what time is it")
        await talk.until(lambda one: one.stopped() == 2)
        assert talk.texts("tts", "sentence_start")[-1].startswith("It's")


async def test_when_nobody_speaks_it_is_hung_up(hub: RunningHub, board: Board) -> None:
    async with board.talk() as talk:
        await talk.listen("auto")
        speaking = asyncio.create_task(talk.speak(silence(20.0).pcm, pace=0.1))
        await talk.hung_up()
        speaking.cancel()


async def test_a_photograph_is_shown_and_answered(hub: RunningHub, board: Board) -> None:
    async with hub.screen() as screen, board.talk() as talk:
        talk.tools.on_photo = lambda tools, question: photograph(board, tools, question)
        board_id = min(await equipped(hub, talk))
        command = {"type": "adjust", "thing_id": board_id, "name": "camera.take_photo", "value": None}
        await screen.socket.send(json.dumps(command))
        card = await screen.until(lambda one: isinstance(one, ShowCard) and one.card_id.startswith("picture."))
        assert isinstance(card, ShowCard)
        picture = card.card.choices[0].picture  # type: ignore[union-attr]
        assert await asyncio.to_thread(fetched, hub, picture) == JPEG
        assert talk.tools.called[-1][0] == "self.camera.take_photo"


def photograph(board: Board, tools: BoardTools, question: str) -> Any:
    """As firmware uploads it: chunked, the question before the picture."""
    host = tools.vision["url"].split("/")[2]
    said = f'--X\r\nContent-Disposition: form-data; name="question"\r\n\r\n{question}\r\n'.encode()
    head = b'--X\r\nContent-Disposition: form-data; name="file"; filename="camera.jpg"\r\n'
    parts = [said, head + b"Content-Type: image/jpeg\r\n\r\n", JPEG[:50_000], JPEG[50_000:], b"\r\n--X--\r\n"]
    connection = http.client.HTTPConnection(host, timeout=10)
    headers = {**board.headers, "Authorization": f"Bearer {tools.vision['token']}"}
    headers |= {"Content-Type": "multipart/form-data; boundary=X", "Transfer-Encoding": "chunked"}
    connection.request("POST", "/xiaozhi/vision/explain", iter(parts), headers, encode_chunked=True)
    response = connection.getresponse()
    answer = json.load(response)
    connection.close()
    assert response.status == 200, answer
    assert "cannot see" in answer["response"]
    return answer


def fetched(hub: RunningHub, path: str) -> bytes:
    connection = http.client.HTTPConnection(hub.url.removeprefix("http://"), timeout=10)
    connection.request("GET", path)
    content = connection.getresponse().read()
    connection.close()
    return content


@pytest.mark.parametrize("header", ["Authorization", "Client-Id", "Device-Id"])
async def test_whoever_is_not_that_board_is_turned_away(hub: RunningHub, board: Board, header: str) -> None:
    headers = {**board.headers, header: "Bearer 00:00:00:00:00:99"}
    with pytest.raises(InvalidStatus) as refused:
        await connect(board.websocket, additional_headers=headers, proxy=None)
    assert refused.value.response.status_code == 403


async def test_clients_that_can_only_write_an_address(hub: RunningHub, board: Board) -> None:
    told = "&".join(f"{name.lower()}={value.replace(' ', '%20')}" for name, value in board.headers.items())
    async with connect(f"{board.websocket}?{told}", proxy=None) as socket:
        await socket.send('{"type":"hello","version":1,"transport":"websocket"}')
        assert json.loads(await asyncio.wait_for(socket.recv(), 10))["transport"] == "websocket"


async def test_reconnecting_again_and_again(hub: RunningHub, board: Board) -> None:
    board.version = 1
    for number in range(60):
        async with board.talk() as talk:
            if number % 20 == 0:
                await talk.write("what time is it")
                await talk.until(lambda one: one.sound)
    async with board.talk() as talk:
        await talk.write("what time is it")
        await talk.until(lambda one: one.stopped())


def test_a_person_who_opens_the_address_reads_what_it_is(hub: RunningHub) -> None:
    connection = http.client.HTTPConnection(hub.url.removeprefix("http://"), timeout=10)
    connection.request("GET", "/xiaozhi/ota/")
    response = connection.getresponse()
    assert response.status == 200
    assert b"OTA address" in response.read()
    connection.close()


@pytest.mark.parametrize("body", [b"[", b"x" * 70_000])
def test_bad_requests_for_settings(hub: RunningHub, body: bytes) -> None:
    status, answer = hub.post("/xiaozhi/ota/", body, Device_Id="aa:bb:cc:dd:ee:09")
    assert status in (400, 413)
    assert answer["text"]

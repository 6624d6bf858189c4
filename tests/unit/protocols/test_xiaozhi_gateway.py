"""Boards that come, bring their things, misbehave, and go; and that nothing of them is left behind."""

import asyncio
from typing import Any

import pytest

from fakes.xiaozhi_board import TOOLS, BoardTools, tool
from fakes.xiaozhi_host import BoardWire, FakeHost, adopted, connected, hello, hosted, listen, settle
from jingling.core.card import Choice, ListCard
from jingling.core.errors import Refused
from jingling.devices.commands import AdoptDevice, ForgetDevice
from jingling.devices.events import PictureTaken
from jingling.home.commands import RunAction, SetProperty
from jingling.protocols.xiaozhi.calls import CALL_SECONDS
from jingling.protocols.xiaozhi.limits import HELLO_SECONDS, MESSAGES_AT_ONCE
from jingling.protocols.xiaozhi.pictures import Picture
from jingling.protocols.xiaozhi.upload import Upload

JPEG = b"\xff\xd8\xff\xe0 a picture"
PNG = "data:image/png;base64,iVBORw0KGgo="


def ids(host: FakeHost) -> list[str]:
    return [thing.id for thing in host.home.things]


async def test_its_things_arrive_with_it_and_do_not_answer_when_it_is_gone() -> None:
    async with hosted() as (host, gateway):
        headers, tools = await adopted(host, gateway), BoardTools()
        async with connected(host, gateway, headers, tools=tools):
            board_id, lamp_id = ids(host)
            assert host.devices.is_connected(board_id)
            state = host.home.state(board_id)
            assert (state.reachable, state.values) == (True, {"volume": 60, "brightness": 75, "theme": "light"})
            outcome = await host.home.set_property(SetProperty(thing_id=board_id, property="volume", value=30))
            assert outcome.ok
            assert (await host.home.set_property(SetProperty(thing_id=lamp_id, property="power", value=True))).ok
            action = RunAction(thing_id=board_id, action="chassis.go_forward", inputs={"steps": 3})
            assert (await host.home.run_action(action)).ok
            assert tools.called[1:] == [
                ("self.audio_speaker.set_volume", {"volume": 30}),
                ("self.lamp.turn_on", {}),
                ("self.chassis.go_forward", {"steps": 3}),
            ]
            version = host.home.version
        assert not host.devices.is_connected(board_id)
        assert not host.home.state(board_id).reachable
        gone = await host.home.set_property(SetProperty(thing_id=board_id, property="volume", value=50))
        assert gone.problem is not None
        assert gone.problem.code == "unreachable"
        async with connected(host, gateway, headers, tools=tools):
            assert host.home.state(board_id).reachable
        assert host.home.version == version


async def test_what_a_tool_does_not_take_is_turned_away() -> None:
    async with hosted() as (host, gateway):
        headers, tools = await adopted(host, gateway), BoardTools()
        async with connected(host, gateway, headers, tools=tools):
            board_id = ids(host)[0]
            loud = await host.home.set_property(SetProperty(thing_id=board_id, property="volume", value=300))
            wild = RunAction(thing_id=board_id, action="chassis.go_forward", inputs={"steps": "many"})
            for outcome in (loud, await host.home.run_action(wild)):
                assert outcome.problem is not None
                assert outcome.problem.code == "bad_value"
            assert [name for name, _ in tools.called] == ["self.get_device_status"]


async def test_a_board_that_does_not_answer_fails_the_command_in_time() -> None:
    async with hosted() as (host, gateway):
        headers, tools = await adopted(host, gateway), BoardTools()
        async with connected(host, gateway, headers, tools=tools) as wire:
            wire.tools = None
            command = SetProperty(thing_id=ids(host)[0], property="volume", value=50)
            work = asyncio.ensure_future(host.home.set_property(command))
            await host.clock.advance(CALL_SECONDS + 1)
            problem = (await work).problem
            assert problem is not None
            assert "did not answer" in problem.detail


async def test_its_owner_renames_moves_and_quiets_it() -> None:
    async with hosted() as (host, gateway):
        headers, tools = await adopted(host, gateway), BoardTools()
        async with connected(host, gateway, headers, tools=tools):
            board_id = ids(host)[0]
            change = AdoptDevice(device_id=board_id, name="desk board", place_id=None, volume=25)
            assert (await host.devices.execute(change)).ok
            await settle()
            await host.bus.settle()
            board, lamp = host.home.things
            assert (board.names["en"], board.place_id) == (("desk board",), None)
            assert lamp.names["en"] == ("desk board lamp",)
            assert tools.called[-1] == ("self.audio_speaker.set_volume", {"volume": 25})
        tools.called.clear()
        async with connected(host, gateway, headers, tools=tools):
            assert ("self.audio_speaker.set_volume", {"volume": 25}) in tools.called


async def test_a_forgotten_board_leaves_with_its_things() -> None:
    async with hosted() as (host, gateway):
        headers = await adopted(host, gateway)
        async with connected(host, gateway, headers, tools=BoardTools()) as wire:
            assert (await host.devices.execute(ForgetDevice(device_id=ids(host)[0]))).ok
            await host.bus.settle()
            await settle()
            assert ids(host) == []
            assert wire.closed == 1000


async def test_tools_that_a_board_no_longer_has_are_gone() -> None:
    async with hosted() as (host, gateway):
        headers = await adopted(host, gateway)
        async with connected(host, gateway, headers, tools=BoardTools()):
            assert len(ids(host)) == 2
        async with connected(host, gateway, headers, tools=BoardTools(TOOLS[:1])):
            assert len(ids(host)) == 1


async def test_a_board_with_a_broken_server_of_tools_can_still_talk() -> None:
    class Broken(BoardTools):
        def answer(self, payload: dict[str, Any]) -> dict[str, Any]:
            return {"jsonrpc": "2.0", "id": payload["id"], "error": {"message": "no"}}

    async with hosted() as (host, gateway):
        headers = await adopted(host, gateway)
        async with connected(host, gateway, headers, tools=Broken()) as wire:
            wire.put(listen("detect", text="hello there"))
            await settle()
            assert len(host.brought) == 1
            assert ids(host) == []


async def test_pages_that_never_end_are_left() -> None:
    class Endless(BoardTools):
        asked = 0

        def answer(self, payload: dict[str, Any]) -> dict[str, Any]:
            self.asked += 1
            result = {"tools": [tool(f"t{self.asked}")], "nextCursor": f"t{self.asked + 1}"}
            return {"jsonrpc": "2.0", "id": payload["id"], "result": result}

    async with hosted() as (host, gateway):
        headers, tools = await adopted(host, gateway), Endless()
        async with connected(host, gateway, headers, tools=tools):
            await settle(400)
            assert tools.asked < 100
            assert len(ids(host)) == 1


async def test_a_picture_on_a_card_goes_to_its_screen_once() -> None:
    async with hosted() as (host, gateway):
        headers, tools = await adopted(host, gateway), BoardTools()
        async with connected(host, gateway, headers, tools=tools):
            card = ListCard("Apples", (Choice("Red", "red", picture=PNG),))
            await host.served[-1].show("t1", card)
            name, arguments = tools.called[-1]
            assert name == "self.screen.preview_image"
            address = arguments["url"]
            assert address.startswith("http://192.168.1.5:8765/xiaozhi/picture/")
            key = address.rpartition("/")[2]
            assert gateway.fetch(key) == Picture(b"\x89PNG\r\n\x1a\n", "image/png")
            assert gateway.fetch(key) is None
            tools.called.clear()
            await host.served[-1].show("t1", ListCard("Far", (Choice("a", "a", picture="http://elsewhere/x.png"),)))
            assert tools.called == []


async def test_its_camera_is_answered_and_the_picture_shown() -> None:
    async with hosted() as (host, gateway):
        taken: list[PictureTaken] = []

        async def keep(event: PictureTaken) -> None:
            taken.append(event)

        host.bus.subscribe(PictureTaken, keep)
        headers, tools = await adopted(host, gateway), BoardTools()
        upload = Upload("what is this", Picture(JPEG, "image/jpeg"))
        async with connected(host, gateway, headers, tools=tools):
            assert tools.vision["url"] == "http://192.168.1.5:8765/xiaozhi/vision/explain"
            known = {**headers, "authorization": f"Bearer {tools.vision['token']}"}
            answer = await gateway.looked(known, upload)
            assert (answer["success"], answer["action"]) == (False, "RESPONSE")
            assert "cannot see" in answer["response"]
            await host.bus.settle()
            assert gateway.fetch(taken[0].picture.rpartition("/")[2]) == upload.picture
            with pytest.raises(Refused):
                await gateway.looked({**headers, "authorization": "Bearer guess"}, upload)
        with pytest.raises(Refused):
            await gateway.looked(known, upload)


async def test_five_hundred_reconnects_leave_nothing_behind() -> None:
    async with hosted() as (host, gateway):
        headers, tools = await adopted(host, gateway), BoardTools(TOOLS[:2])
        await host.bus.settle()
        tasks = len(asyncio.all_tasks())
        for number in range(500):
            wire = BoardWire(host.clock)
            wire.tools = tools if number % 50 == 0 else None
            running = asyncio.ensure_future(gateway.converse(wire, await gateway.admit(headers), headers, "http"))
            wire.put(hello(mcp=number % 50 == 0))
            wire.put(listen("start", mode="auto"))
            await settle(10 if number % 3 else 40)
            wire.put(None)
            await running
            host.served.clear()
        await settle()
        assert len(asyncio.all_tasks()) == tasks
        assert host.serving == 0
        assert gateway._connections == {}
        assert gateway._open == 0
        assert not host.devices.is_connected(ids(host)[0])


async def test_a_newer_connection_takes_the_place_of_the_older() -> None:
    async with hosted() as (host, gateway):
        headers, tools = await adopted(host, gateway), BoardTools()
        async with (
            connected(host, gateway, headers, tools=tools) as old,
            connected(host, gateway, headers, tools=tools) as new,
        ):
            assert old.closed == 1000
            assert new.closed is None
            assert host.serving == 1
            assert host.home.state(ids(host)[0]).reachable
            assert host.devices.is_connected(ids(host)[0])


@pytest.mark.parametrize("frame", ["no json", b"", '{"type":"hello"}', {"type": "listen", "state": "dance"}])
async def test_a_little_garbage_is_forgiven_and_much_is_not(frame: Any) -> None:
    async with hosted() as (host, gateway):
        headers = await adopted(host, gateway)
        async with connected(host, gateway, headers) as wire:
            for _ in range(5):
                wire.put(frame)
            await settle()
            assert wire.closed is None
            wire.put(frame)
            await settle()
            assert wire.closed == 1008
            assert host.serving == 0


async def test_garbage_for_opus_is_garbage() -> None:
    async with hosted() as (host, gateway):
        headers = await adopted(host, gateway)
        async with connected(host, gateway, headers) as wire:
            wire.put(listen("start", mode="auto"))
            for _ in range(6):
                wire.put(b"\xff" * 500)
            await settle()
            assert wire.closed == 1008


async def test_a_flood_is_dropped() -> None:
    async with hosted() as (host, gateway):
        headers = await adopted(host, gateway)
        async with connected(host, gateway, headers) as wire:
            for _ in range(10 * MESSAGES_AT_ONCE):
                wire.put({"type": "ping"})
            await settle(2_000)
            assert len(wire.messages("pong")) <= MESSAGES_AT_ONCE
            assert wire.closed is None


async def test_silence_for_ever_is_let_go() -> None:
    async with hosted() as (host, gateway):
        headers = await adopted(host, gateway)
        async with connected(host, gateway, headers) as wire:
            wire.put(listen("start", mode="auto"))
            for _ in range(14):
                for _ in range(160):
                    wire.put(b"\x08\xff\xfe")
                await settle(400)
                await host.clock.advance(10)
            assert wire.closed == 1000
            assert host.serving == 0


async def test_whoever_says_no_hello_is_hung_up_on() -> None:
    async with hosted() as (host, gateway):
        headers = await adopted(host, gateway)
        wire = BoardWire(host.clock)
        running = asyncio.ensure_future(gateway.converse(wire, await gateway.admit(headers), headers, "http"))
        await host.clock.advance(HELLO_SECONDS + 1)
        await running
        assert wire.closed == 1008
        assert host.serving == 0


async def test_closing_the_gateway_ends_every_talk() -> None:
    async with hosted() as (host, gateway):
        headers = await adopted(host, gateway)
        async with connected(host, gateway, headers) as wire:
            await gateway.close()
            assert wire.closed == 1000
            assert host.serving == 0

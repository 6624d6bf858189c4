"""The hub as an MCP server: what another program may read and do, and what it never gets."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from mcp import Client

from fakes.scripted_model import TalkingHome, talking_home
from jingling.assistant.petition import ASK_PAUSE_S
from jingling.core.card import Card, ConfirmCard
from jingling.core.endpoint import EndpointInfo, Input, Progress, Typed
from jingling.core.turn import Role
from jingling.protocols.mcp.server import make_server


class Screen:
    """A connected screen; `cards` are what it shows."""

    def __init__(self, device_id: str = "hall", role: Role = "adult") -> None:
        self.info = EndpointInfo(device_id, place_id="kitchen", language="en", role=role)
        self.cards: list[Card] = []
        self.given: asyncio.Queue[Input] = asyncio.Queue()

    async def inputs(self) -> AsyncIterator[Input]:
        while True:
            yield await self.given.get()

    async def tell(self, turn_id: str, progress: Progress) -> None:
        pass

    async def show(self, turn_id: str, card: Card) -> None:
        self.cards.append(card)

    async def play(self, turn_id: str, audio: Any) -> None:
        pass

    async def stop(self, turn_id: str) -> None:
        pass


@asynccontextmanager
async def visited(*screens: Screen, role: Role = "owner") -> AsyncIterator[tuple[Client, TalkingHome]]:
    async with talking_home(["no"]) as home:
        await home.app.virtual.pretend("front_door", {"locked": True})
        serving = [asyncio.create_task(home.app.serve(screen)) for screen in screens]
        await settle()
        server = await make_server(home.app.house, EndpointInfo("program", role=role))
        async with Client(server) as client:
            yield client, home
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)


async def settle() -> None:
    for _ in range(200):
        await asyncio.sleep(0)


async def told(client: Client, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    return str(result.content[0].text)  # type: ignore[union-attr]


def locked(home: TalkingHome) -> bool:
    return home.value("front_door", "locked") is True


@pytest.mark.parametrize("what", ["things", "areas", "timers"])
async def test_all_can_be_read_as_a_resource_and_by_a_tool(what: str) -> None:
    async with visited() as (client, home):
        await home.say("set a timer for ten minutes")
        resource = await client.read_resource(f"jingling://home/{what}")
        by_tool = json.loads(await told(client, f"read-{what}"))
        assert json.loads(resource.contents[0].text) == by_tool and by_tool  # type: ignore[union-attr]


async def test_what_is_harmless_is_done_and_written_down() -> None:
    async with visited() as (client, home):
        assert await told(client, "HassTurnOn", name="kettle") == "The kettle is on."
        assert home.value("kettle", "power") is True


async def test_a_door_is_asked_about_at_a_grown_ups_screen_and_opened_by_a_yes_there() -> None:
    child, adult = Screen("nursery", "child"), Screen("hall", "adult")
    async with visited(child, adult) as (client, home):
        assert "who is being asked now: Unlock the front door?" in await told(client, "home-unlock")
        await settle()
        assert locked(home) and child.cards == []
        assert [type(card) for card in adult.cards] == [ConfirmCard]
        child.given.put_nowait(Typed("yes"))
        await settle()
        assert locked(home)
        adult.given.put_nowait(Typed("yes"))
        async with asyncio.timeout(10):
            while locked(home):  # noqa: ASYNC110
                await asyncio.sleep(0.01)


async def test_a_no_at_the_screen_leaves_it_shut() -> None:
    screen = Screen()
    async with visited(screen) as (client, home):
        await told(client, "home-unlock")
        screen.given.put_nowait(Typed("no"))
        await settle()
        assert locked(home)


async def test_a_program_that_asks_again_and_again_is_asked_about_once_in_a_while() -> None:
    first, second = Screen("hall"), Screen("bedroom")
    async with visited(first, second) as (client, home):
        for _ in range(5):
            await told(client, "home-unlock")
        await settle()
        assert len(first.cards) + len(second.cards) == 1
        await home.clock.advance(ASK_PAUSE_S)
        assert "who is being asked" in await told(client, "home-unlock")
        assert locked(home)


async def test_without_a_grown_ups_screen_nobody_is_asked() -> None:
    async with visited(Screen("nursery", "child")) as (client, home):
        assert "nobody can be asked now" in await told(client, "home-unlock")
        assert locked(home)


@pytest.mark.parametrize("role", ["child", "guest"])
async def test_a_childs_or_guests_program_gets_no_more_than_they_do(role: Role) -> None:
    screen = Screen()
    async with visited(screen, role=role) as (client, home):
        assert (await told(client, "home-unlock")).startswith("Not done.")
        await settle()
        assert locked(home) and screen.cards == []


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("core-answer", {"answer": True}),
        ("home-unlock", {"confirmed": True}),
        ("home-unlock", {"role": "owner"}),
        ("mcp-callTool", {"server": "x"}),
        ("read-../../etc", {}),
        ("read-act", {}),
        ("", {}),
    ],
)
async def test_no_call_goes_round_the_gate(tool: str, arguments: dict[str, Any]) -> None:
    async with visited(Screen()) as (client, home):
        result = await client.call_tool(tool, arguments)
        assert result.is_error and locked(home)

"""The Model Context Protocol both ways, against the official SDK in processes of their own."""

import asyncio
import json
import socket
import sys
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from fakes import mcp_server
from fakes.running_hub import RunningHub, environment
from jingling.core.clock import SystemClock
from jingling.protocols.mcp.commands import CallTool
from jingling.protocols.mcp.servers import OutsideServers
from jingling.screen.messages import AnswerText, ShowCard
from jingling.settings import McpServerSettings, McpSettings

SERVER = (sys.executable, mcp_server.__file__)
CONNECT_S = 30.0
PASSWORD = "correct horse battery"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
        return port


@asynccontextmanager
async def servers(settings: McpServerSettings, **limits: float) -> AsyncIterator[OutsideServers]:
    chosen = McpSettings(servers={"calendar": settings}, **{"connect_seconds_max": CONNECT_S, **limits})  # type: ignore[arg-type]
    made = OutsideServers(chosen, SystemClock())
    made.start()
    try:
        yield made
    finally:
        await made.close()


async def until_ready(made: OutsideServers) -> None:
    async with asyncio.timeout(CONNECT_S):
        while made.all["calendar"].state != "ready":  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def use_all(made: OutsideServers) -> None:
    await until_ready(made)
    assert set(made.all["calendar"].status.tools) == {"add_event", "list_events", "sleep_long", "talk", "fail"}
    added = await made.execute(CallTool(server="calendar", tool="add_event", arguments={"title": "dentist"}))
    assert added.ok and added.data["text"] == "added dentist for 30 minutes"
    much = await made.execute(CallTool(server="calendar", tool="talk"))
    assert much.ok and len(much.data["text"]) == 4000
    failed = await made.execute(CallTool(server="calendar", tool="fail"))
    assert not failed.ok
    wrong = await made.execute(CallTool(server="calendar", tool="add_event", arguments={"title": []}))
    assert not wrong.ok


async def test_a_server_that_is_a_command_is_used() -> None:
    async with servers(McpServerSettings(command=(*SERVER, "stdio"))) as made:
        await use_all(made)


async def test_a_server_at_an_address_is_used_and_found_again_after_it_was_gone() -> None:
    port = free_port()

    async def start() -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(*SERVER, str(port), stderr=asyncio.subprocess.DEVNULL)

    process = await start()
    try:
        async with servers(McpServerSettings(url=f"http://127.0.0.1:{port}/mcp")) as made:
            await use_all(made)
            process.kill()
            await process.wait()
            gone = await made.execute(CallTool(server="calendar", tool="add_event", arguments={"title": "x"}))
            assert not gone.ok
            process = await start()
            await asyncio.sleep(0.2)
            await use_all(made)
    finally:
        process.kill()
        await process.wait()


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ((*SERVER, "stdio", "exit"), ""),
        ((*SERVER, "stdio", "hang"), "it does not answer"),
        ((*SERVER, "stdio", "garbage"), ""),
        (("/no/such/command",), "its command is not installed"),
        ((), ""),
    ],
)
async def test_a_broken_server_holds_up_nothing(command: tuple[str, ...], problem: str) -> None:
    async with servers(McpServerSettings(command=command), connect_seconds_max=2.0) as made:
        begun = time.perf_counter()
        outcome = await made.execute(CallTool(server="calendar", tool="add_event"))
        assert not outcome.ok and time.perf_counter() - begun < 1
        async with asyncio.timeout(CONNECT_S):
            while made.all["calendar"].state != "away":  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert problem in made.all["calendar"].problem != ""


async def test_a_slow_tool_is_given_up() -> None:
    async with servers(McpServerSettings(command=(*SERVER, "stdio")), call_seconds_max=0.5) as made:
        await until_ready(made)
        begun = time.perf_counter()
        assert not (await made.execute(CallTool(server="calendar", tool="sleep_long"))).ok
        assert time.perf_counter() - begun < 2


async def visit(client: Client) -> None:
    """What any caller may do: read all, act on what is harmless, open nothing."""
    names = {tool.name for tool in (await client.list_tools()).tools}
    assert {"read-things", "HassTurnOn", "home-unlock", "timers-setAlarm"} <= names
    assert not [name for name in names if name.startswith("core")]
    assert {str(one.uri) for one in (await client.list_resources()).resources} == {
        f"jingling://home/{what}" for what in ("things", "areas", "timers")
    }
    assert (await called(client, "HassTurnOn", name="kettle"))[0].startswith("The kettle is on")
    assert (await value(client, "kettle"))["power"] is True
    wrong, is_error = await called(client, "HassTurnOn", confirmed=True)
    assert is_error and "no argument confirmed" in wrong
    assert (await called(client, "core-answer", answer=True))[1]
    assert (await called(client, "read-secrets"))[1]


async def called(client: Client, tool: str, **arguments: Any) -> tuple[str, bool]:
    result = await client.call_tool(tool, arguments)
    return result.content[0].text, result.is_error  # type: ignore[union-attr]


async def value(client: Client, thing_id: str) -> dict[str, Any]:
    read = await client.read_resource("jingling://home/things")
    things = json.loads(read.contents[0].text)  # type: ignore[union-attr]
    values: dict[str, Any] = next(one["values"] for one in things if one["id"] == thing_id)
    return values


async def test_a_program_over_stdio_uses_a_home_of_its_own(tmp_path: Path) -> None:
    arguments = ["-m", "jingling", "mcp", "--data-dir", str(tmp_path), "--set", f"server.port={free_port()}"]
    command = StdioServerParameters(command=sys.executable, args=arguments, env=environment())
    async with Client(command) as client:
        await visit(client)
        told, _ = await called(client, "home-unlock")
        assert "needs the yes of a person" in told and "nobody can be asked" in told
        assert (await value(client, "front_door"))["locked"] is True


async def test_programs_use_a_running_hub_and_a_person_at_a_screen_is_asked(tmp_path: Path) -> None:
    with RunningHub(tmp_path) as hub:
        arguments = ["-m", "jingling", "mcp", "--url", hub.url]
        command = StdioServerParameters(command=sys.executable, args=arguments, env=environment())
        async with Client(f"{hub.url}/mcp") as direct, Client(command) as client:
            await visit(direct)
            await visit(client)
            async with hub.screen() as screen:
                told, is_error = await called(direct, "home-unlock")
                assert "who is being asked now: Unlock the front door?" in told and not is_error
                shown = await screen.next(ShowCard)
                assert "Another program asks for this. Unlock the front door?" in shown.card.question
                assert (await value(direct, "front_door"))["locked"] is True
                again, _ = await called(client, "home-unlock")
                assert "nobody can be asked" in again
                await screen.say("yes")
                await screen.until(lambda message: isinstance(message, AnswerText) and "unlocked" in message.text)
                assert (await value(direct, "front_door"))["locked"] is False


async def test_a_hub_that_is_open_to_the_lan_lets_in_only_who_is_paired_and_in_their_role(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text(PASSWORD)
    settings = ["--lan", "--set", f"server.password_file={password}"]
    with RunningHub(tmp_path / "hub", settings) as hub:
        assert hub.post("/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/list"})[0] == 401
        token = tmp_path / "token"
        token.write_text(paired(hub, "child"))
        command = StdioServerParameters(
            command=sys.executable,
            args=["-m", "jingling", "mcp", "--url", hub.url, "--token-file", str(token)],
            env=environment(),
        )
        async with Client(command) as client:
            assert (await called(client, "HassTurnOn", name="kettle"))[0].startswith("The kettle is on")
            told, is_error = await called(client, "home-unlock")
            assert is_error and told.startswith("Not done.")
            assert (await value(client, "front_door"))["locked"] is True


def paired(hub: RunningHub, role: str) -> str:
    """The token of a device that an adult has let in as `role`."""
    body = json.dumps({"password": PASSWORD}).encode()
    request = urllib.request.Request(f"{hub.url}/api/sign-in", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        cookie = response.headers["Set-Cookie"].partition(";")[0]
    code = hub.post("/api/pair-code", {"role": role}, Cookie=cookie)[1]["code"]
    token: str = hub.post("/api/pair", {"code": code, "name": role, "cookie": False})[1]["token"]
    return token

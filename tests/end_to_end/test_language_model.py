"""A hub with a language model: a small server on loopback, and all that goes wrong with it."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fakes.chat_server import Answer, ChatServer, say, use
from fakes.mcp_server import __file__ as mcp_server
from fakes.running_hub import RunningHub, environment, jingling
from jingling.app import Engines, build
from jingling.core.endpoint import EndpointInfo
from jingling.screen.messages import AnswerText, Stop
from jingling.settings import LanguageModelSettings, Settings

KEY = "sk-nobody-may-see-this"
PLAIN = "Sorry, I don't know how to do that yet. Ask me what you can say."


@asynccontextmanager
async def hub_with(server: ChatServer, folder: Path, *more: str) -> AsyncIterator[RunningHub]:
    async with server.running():
        arguments = ["--set", f"llm.base_url={server.url}", "--set", "speech.enabled=false", *more]
        hub = RunningHub(folder, arguments, env=environment(JINGLING_LLM__API_KEY=KEY, JINGLING_LOG_LEVEL="debug"))
        await asyncio.to_thread(hub.start)
        await warm(hub, server)
        try:
            yield hub
        finally:
            await asyncio.to_thread(hub.stop)


async def warm(hub: RunningHub, server: ChatServer) -> None:
    """The first answer, by which time all is loaded."""
    wanted, server.answers = server.answers, [say("Hello.")]
    async with asyncio.timeout(60):
        while (await ask(hub, "who on earth are you"))["reply"] != "Hello.":  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    server.answers = wanted
    server.requests.clear()


async def ask(hub: RunningHub, text: str) -> dict[str, Any]:
    return await asyncio.to_thread(hub.ask, text)


async def test_an_owner_with_a_model_has_a_conversation_and_a_door_that_stays_shut(tmp_path: Path) -> None:
    server = ChatServer(
        [use("home-unlock"), Answer(calls=[("HassTurnOn", '{"name": "kettle"}')]), say("The water is warming up.")]
    )
    async with hub_with(server, tmp_path) as hub:
        assert (await ask(hub, "let the plumber in"))["reply"] == "Unlock the front door?"
        assert (await ask(hub, "no"))["commands"] == []
        said = await ask(hub, "i fancy some tea")
        assert (said["reply"], said["commands"]) == (
            "The water is warming up.",
            [{"name": "home.setProperty", "ok": True}],
        )
        assert server.keys[-1] == f"Bearer {KEY}"
        roles = [one["role"] for one in server.requests[-1]["messages"]]
        assert roles[-3:] == ["user", "assistant", "tool"]
        seen = json.dumps(server.requests[-1], ensure_ascii=False)
        assert "let the plumber in" in seen and "kettle" in seen
        logged = hub.said()
        assert KEY not in logged and "plumber" not in logged and "fancy" not in logged


FAULTS = [
    Answer(fault="hang"),
    Answer(["Well"], fault="stall"),
    Answer(["Well"], fault="cut"),
    Answer(fault="garbage"),
    Answer(fault="refusal"),
    Answer(fault="not_http"),
    Answer(fault="flood"),
    Answer(fault="json"),
    Answer(status=401),
    Answer(status=429),
    Answer(status=500),
    use("no-such-tool"),
    Answer(calls=[("HassTurnOn", "{not json")]),
]


async def test_a_model_that_fails_leaves_the_plain_answer_within_two_seconds() -> None:
    server = ChatServer([])
    async with server.running():
        settings = Settings(llm=LanguageModelSettings(base_url=server.url))
        async with build(settings, database=":memory:", engines=Engines()) as app:
            await app.outside.prepare()
            for answer in FAULTS:
                assert app.outside.converse is not None
                app.outside.converse.breaker.worked()
                server.answers = [answer]
                said = await app.ask("what is the meaning of it all", "en", EndpointInfo("screen"))
                assert (said["reply"], said["commands"]) == (PLAIN, []), answer
                assert said["ms"]["act"] < 2000, (answer, said["ms"])


async def test_a_server_that_vanishes_costs_one_wait_and_is_found_again(tmp_path: Path) -> None:
    server = ChatServer([say("Hello.")])
    async with hub_with(server, tmp_path, "--set", "llm.first_token_seconds=0.5") as hub:
        server.answers = [Answer(fault="hang")]
        assert (await ask(hub, "what now"))["ms"]["act"] > 400
        for _ in range(3):
            said = await ask(hub, "what now")
            assert said["reply"] == PLAIN and said["ms"]["act"] < 200
        assert len(server.requests) == 1


async def test_the_first_sentence_is_on_the_screen_before_the_last_and_stop_hangs_up(tmp_path: Path) -> None:
    server = ChatServer([say("This comes first. " + "And more of it. " * 200, pause_s=0.02)])
    async with hub_with(server, tmp_path) as hub, hub.screen() as screen:
        begun = time.perf_counter()
        await screen.say("tell me a very long story")
        first = await screen.next(AnswerText)
        assert first.text == "This comes first."
        assert time.perf_counter() - begun < 10, "the whole story takes sixteen seconds"
        second = await screen.next(AnswerText)
        assert second.text == "This comes first. And more of it."
        await screen.send(Stop())
        async with asyncio.timeout(10):
            while not server.hung_up:  # noqa: ASYNC110
                await asyncio.sleep(0.02)


async def test_the_doctor_tells_what_answers_and_what_does_not(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    async with ChatServer([say("Hello.")]).running() as server:
        settings.write_text(
            f'''
[llm]
base_url = "{server.url}"
model = "small"
api_key = "{KEY}"

[mcp]
connect_seconds_max = 20

[mcp.servers.calendar]
command = ["{sys.executable}", "{mcp_server}", "stdio"]
allow = ["add_event", "list_events"]
headers = {{ Authorization = "{KEY}" }}

[mcp.servers.gone]
url = "http://127.0.0.1:9/mcp"
'''
        )
        told = await asyncio.to_thread(jingling, "doctor", "--json", "--config", settings, "--data-dir", tmp_path)
    checks = {check["name"]: check for check in json.loads(told.stdout)["checks"]}
    assert checks["language model"]["detail"] == "answers, with the model small"
    assert checks["mcp server calendar"]["detail"] == "2 tools: add_event, list_events; 3 not allowed or not usable"
    assert checks["mcp server gone"]["ok"] is False and checks["mcp server gone"]["advice"]
    assert KEY not in told.stdout + told.stderr

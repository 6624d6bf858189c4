"""The owner's phrases over HTTP, and how the model and the servers of tools are."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from server_fakes import FakeHub, browser, make_settings, opened

from jingling.assistant.converse import Converse
from jingling.core.clock import VirtualClock
from jingling.language.chat.base import ChatFailed
from jingling.protocols.mcp.servers import OutsideServers
from jingling.server.auth import Access, Identity
from jingling.server.http import create_server
from jingling.settings import LanguageModelSettings, McpServerSettings, McpSettings

MOVIES = {"text": "movie time", "means": "turn off the lamp", "language": "en"}
SECRET = "sk-nobody-may-see-this"


@pytest.fixture
async def hub() -> AsyncIterator[FakeHub]:
    async with opened(make_settings(), VirtualClock()) as hub:
        yield hub


@pytest.fixture
async def client(hub: FakeHub, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(create_server(hub, tmp_path)) as client:
        yield client


async def test_a_phrase_is_taught_shown_and_forgotten(hub: FakeHub, client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/phrases")).json() == {"phrases": []}
    taught = await client.post("/api/phrases", json={"text": " movie  time", "means": "turn off the lamp"})
    assert taught.json() == {"phrases": [MOVIES]}
    assert hub.phrases.find("Movie time", "en") is not None
    gone = await client.request("DELETE", "/api/phrases", json={"text": "movie time", "language": "en"})
    assert gone.json() == {"phrases": []}


async def test_a_phrase_has_the_language_of_what_it_means(client: httpx.AsyncClient) -> None:
    taught = await client.post("/api/phrases", json={"text": "OK", "means": "关灯"})
    assert taught.json()["phrases"][0]["language"] == "zh"


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"text": "movie time", "means": "flibber the gronk"}, "phrase_not_understood"),
        ({"text": "movie time", "means": "Movie  time"}, "bad_phrase"),
        ({"text": " ", "means": "turn off the lamp"}, "empty_text"),
        ({"text": "movie\u0000time", "means": "turn off the lamp"}, "bad_text"),
        ({"text": "x" * 5000, "means": "turn off the lamp"}, "too_long"),
        ({"text": "movie time"}, "bad_request"),
    ],
)
async def test_what_cannot_be_a_phrase_is_said_plainly(
    hub: FakeHub, client: httpx.AsyncClient, wanted: dict[str, str], code: str
) -> None:
    hub.phrases.understood = lambda phrase: "gronk" not in phrase.means
    answer = await client.post("/api/phrases", json=wanted)
    assert (answer.status_code // 100, answer.json()["code"]) == (4, code)
    assert answer.json()["text"]
    assert not hub.phrases.phrases


async def test_a_phrase_that_is_not_there_cannot_be_forgotten(client: httpx.AsyncClient) -> None:
    answer = await client.request("DELETE", "/api/phrases", json={"text": "movie time", "language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_phrase")


@pytest.mark.parametrize("role", ["child", "guest"])
async def test_a_childs_screen_neither_sees_nor_changes_them(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, role: Any
) -> None:
    async def identify(self: Access, credentials: object) -> Identity:
        return Identity("device", "tablet", role)

    monkeypatch.setattr(Access, "must_identify", identify)
    answers = [
        await client.get("/api/phrases"),
        await client.post("/api/phrases", json={"text": "movie time", "means": "turn off the lamp"}),
        await client.request("DELETE", "/api/phrases", json={"text": "movie time", "language": "en"}),
        await client.get("/api/outside"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4


class Model:
    """Answers, or fails as it is told."""

    def __init__(self, failed: ChatFailed | None = None) -> None:
        self.failed = failed

    async def check(self) -> str:
        if self.failed:
            raise self.failed
        return "answers"


def converse(model: Model) -> Converse:
    nothing: Any = None
    llm = LanguageModelSettings(base_url="http://localhost:1/v1", model="small", api_key=SECRET)
    return Converse(cast("Any", model), llm, nothing, nothing, nothing, nothing, VirtualClock())


async def test_a_hub_without_a_model_says_so_in_the_readers_language(client: httpx.AsyncClient) -> None:
    answer = (await client.get("/api/outside", headers={"Accept-Language": "zh-CN"})).json()
    assert answer["model"] == {"state": "none", "text": "没有设置语言模型，一切都在本机理解和回答。"}
    assert answer["servers"] == []


async def test_the_model_and_the_servers_are_told_without_secrets(hub: FakeHub, client: httpx.AsyncClient) -> None:
    settings = McpSettings(servers={"calendar": McpServerSettings(command=("calendar", SECRET))})
    servers = OutsideServers(settings, hub.clock)
    hub.outside = replace(hub.outside, converse=converse(Model()), servers=servers)
    answer = await client.get("/api/outside")
    assert answer.json() == {
        "model": {"state": "ready", "text": "The language model small answers."},
        "servers": [{"state": "connecting", "text": "calendar is being connected."}],
    }
    assert SECRET not in answer.text


@pytest.mark.parametrize(("failure", "word"), [("unreachable", "local"), ("unauthorized", "llm.api_key")])
async def test_a_model_that_is_away_is_told(
    hub: FakeHub, client: httpx.AsyncClient, failure: Any, word: str
) -> None:
    hub.outside = replace(hub.outside, converse=converse(Model(ChatFailed(failure, SECRET))))
    answer = await client.get("/api/outside")
    assert answer.json()["model"]["state"] == "away" and word in answer.json()["model"]["text"]
    assert SECRET not in answer.text

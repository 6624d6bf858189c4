"""How the language model and the servers of tools are, in plain sentences and without a secret."""

import asyncio
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from jingling.assistant.converse import Converse
from jingling.core.turn import Language
from jingling.language.chat.base import ChatFailed
from jingling.protocols.mcp.base import Status
from jingling.server.answer import Answer, language_of
from jingling.server.hub import Hub

CHECK_S = 4.0
SENTENCES: dict[str, dict[Language, str]] = {
    "model_none": {
        "en": "No language model is set up. Everything is understood and answered on this hub.",
        "zh": "没有设置语言模型，一切都在本机理解和回答。",
    },
    "model_ready": {"en": "The language model {name} answers.", "zh": "语言模型 {name} 可以使用。"},
    "model_away": {
        "en": "The language model {name} does not answer. Until it does, answers are local.",
        "zh": "语言模型 {name} 没有回应，暂时由本机回答。",
    },
    "model_unauthorized": {
        "en": "The language model {name} does not accept the key. Correct llm.api_key in the settings.",
        "zh": "语言模型 {name} 不接受密钥，请在设置里改正 llm.api_key。",
    },
    "ready": {"en": "{name} is connected: {count} tools.", "zh": "{name} 已连接，有 {count} 个工具。"},
    "connecting": {"en": "{name} is being connected.", "zh": "正在连接 {name}。"},
    "away": {"en": "{name} is away. It is tried again by itself.", "zh": "{name} 没有连上，会自动重试。"},
}


class Part(Struct, frozen=True):
    """One of what is plugged in from outside. `state` none: the owner has not set it up."""

    state: Literal["none", "ready", "connecting", "away"]
    text: str


def router(hub: Hub) -> list[BaseRoute]:

    async def outside(request: Request) -> Answer:
        language = language_of(request.headers)
        converse, servers = hub.outside.converse, hub.outside.servers.all.values()
        return Answer(
            {
                "model": await _model(converse, language),
                "servers": list(_servers([one.status for one in servers], language)),
            }
        )

    return [Route("/api/outside", outside, methods=["GET"])]


async def _model(converse: Converse | None, language: Language) -> Part:
    """Asks it now, and waits for a few seconds at most."""
    if converse is None:
        return Part("none", SENTENCES["model_none"][language])
    name = converse.settings.model
    try:
        async with asyncio.timeout(CHECK_S):
            await converse.model.check()
    except ChatFailed as failed:
        key = "model_unauthorized" if failed.failure == "unauthorized" else "model_away"
        return Part("away", SENTENCES[key][language].format(name=name))
    except TimeoutError:
        return Part("away", SENTENCES["model_away"][language].format(name=name))
    return Part("ready", SENTENCES["model_ready"][language].format(name=name))


def _servers(statuses: list[Status], language: Language) -> Iterator[Part]:
    for one in statuses:
        text = SENTENCES[one.state][language].format(name=one.name, count=len(one.tools))
        yield Part(one.state, text)

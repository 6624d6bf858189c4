"""The hub as an MCP server, by the official SDK: read freely, act through the gate."""

import asyncio
from collections.abc import Mapping, Sequence
from importlib import import_module
from json import dumps
from typing import Any, Protocol

from jingling import __version__
from jingling.core.endpoint import EndpointInfo
from jingling.core.errors import BadInput
from jingling.language.chat.base import Tool
from jingling.protocols.mcp.connection import PACKAGE

READERS = {
    "things": "All things of the home, with their rooms and how they are now.",
    "areas": "The rooms of the home.",
    "timers": "Timers, alarms and reminders to come.",
}
READ = "read-"
SCHEME = "jingling://home/"
NOTHING = {"type": "object", "properties": {}, "additionalProperties": False}
INSTRUCTIONS = """A household's smart speaker. Reading is free. What opens or unlocks is not done by a call: the
answer is then that a person in the home has to say yes, and only such a person can. Do not call again for it."""
TOLD = {
    "asked": "Not done. It needs the yes of a person in the home, who is being asked now: ",
    "needs_a_person": "Not done. It needs the yes of a person in the home, and nobody can be asked now: ",
    "needs_more": "Not done. More is needed: ",
    "not_done": "Not done. ",
    "done": "",
}


class House(Protocol):
    """What another program may see of the home and ask of it; everything is plain JSON."""

    def things(self) -> list[dict[str, Any]]: ...

    def areas(self) -> list[dict[str, Any]]: ...

    def timers(self) -> list[dict[str, Any]]: ...

    async def tools(self) -> Sequence[Tool]: ...

    async def act(self, tool: str, arguments: Mapping[str, Any], caller: EndpointInfo) -> dict[str, Any]:
        """`state` (as in TOLD) and `text`. Raises BadInput."""


async def make_server(house: House, caller: EndpointInfo) -> Any:
    """The SDK's server for one caller, with the caller's role."""
    await asyncio.to_thread(import_module, PACKAGE)
    types, sdk = import_module("mcp_types"), import_module("mcp.server.lowlevel")

    async def list_tools(context: Any, parameters: Any) -> Any:
        return types.ListToolsResult(tools=[*_reading(types), *_acting(types, await house.tools())])

    async def call_tool(context: Any, parameters: Any) -> Any:
        return await _called(types, house, caller, parameters.name, parameters.arguments or {})

    async def list_resources(context: Any, parameters: Any) -> Any:
        return types.ListResourcesResult(resources=list(_resources(types)))

    async def read_resource(context: Any, parameters: Any) -> Any:
        uri = str(parameters.uri)
        text = dumps(read(house, uri.removeprefix(SCHEME)), ensure_ascii=False)
        content = types.TextResourceContents(uri=uri, mime_type="application/json", text=text)
        return types.ReadResourceResult(contents=[content])

    return sdk.Server(
        "jingling",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_read_resource=read_resource,
    )


def read(house: House, what: str) -> Any:
    """Raises BadInput."""
    if what not in READERS:
        raise BadInput(f"There is no {what[:64]!r} to read; there are {', '.join(READERS)}.")
    return getattr(house, what)()


async def _called(types: Any, house: House, caller: EndpointInfo, name: str, arguments: Mapping[str, Any]) -> Any:
    try:
        if name.startswith(READ):
            return _result(types, dumps(read(house, name.removeprefix(READ)), ensure_ascii=False))
        made = await house.act(name, arguments, caller)
    except BadInput as problem:
        return _result(types, str(problem), failed=True)
    text = TOLD[made["state"]] + str(made["text"])
    return _result(types, text, failed=made["state"] == "not_done", structured=made)


def _result(types: Any, text: str, failed: bool = False, structured: Any = None) -> Any:
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=text)], is_error=failed, structured_content=structured
    )


def _reading(types: Any) -> list[Any]:
    harmless = types.ToolAnnotations(read_only_hint=True)
    return [
        types.Tool(name=READ + name, description=text, input_schema=NOTHING, annotations=harmless)
        for name, text in READERS.items()
    ]


def _acting(types: Any, tools: Sequence[Tool]) -> list[Any]:
    return [types.Tool(name=one.name, description=one.description, input_schema=one.parameters) for one in tools]


def _resources(types: Any) -> list[Any]:
    return [
        types.Resource(name=name, uri=SCHEME + name, description=text, mime_type="application/json")
        for name, text in READERS.items()
    ]

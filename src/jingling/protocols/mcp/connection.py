"""The official SDK's client, imported when the first server is to be reached."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from json import dumps
from typing import Any

from jingling.protocols.mcp.base import (
    DESCRIPTION_CHARS_MAX,
    RESULT_CHARS_MAX,
    SCHEMA_CHARS_MAX,
    TOOLS_MAX,
    Connection,
    OutsideFailed,
    OutsideResult,
    OutsideTool,
)
from jingling.settings import McpServerSettings

PACKAGE = "mcp"
_TALKATIVE = ("mcp", "client", "httpx2", "httpcore2")
"""Loggers of the SDK; it logs what servers send."""


@asynccontextmanager
async def connected(settings: McpServerSettings, call_seconds_max: float) -> AsyncIterator[Connection]:
    """Raises OutsideFailed when it cannot be; must be entered and left by the same task."""
    sdk = await asyncio.to_thread(import_module, PACKAGE)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    async with (
        _transport(sdk, settings) as transport,
        sdk.Client(transport, read_timeout_seconds=call_seconds_max, cache=None) as client,
    ):
        yield SdkConnection(client)


@asynccontextmanager
async def _transport(sdk: Any, settings: McpServerSettings) -> AsyncIterator[Any]:
    if settings.url:
        http = import_module("httpx2")
        headers, timeout = dict(settings.headers), http.Timeout(10.0, read=None)
        async with http.AsyncClient(headers=headers, timeout=timeout, trust_env=False) as client:
            yield import_module("mcp.client.streamable_http").streamable_http_client(
                settings.url, http_client=client
            )
        return
    command, *arguments = settings.command or ("",)
    with open(os.devnull, "w") as nowhere:  # noqa: ASYNC230, PTH123
        parameters = sdk.StdioServerParameters(command=command, args=arguments, env=dict(settings.env) or None)
        yield sdk.stdio_client(parameters, errlog=nowhere)


class SdkConnection:
    """Implements `Connection`."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def tools(self) -> list[OutsideTool]:
        listed = await _answered(self._client.list_tools())
        return [_tool(tool) for tool in listed.tools[:TOOLS_MAX]]

    async def call(self, tool: str, arguments: Mapping[str, Any]) -> OutsideResult:
        result = await _answered(self._client.call_tool(tool, dict(arguments)))
        return OutsideResult(not result.is_error, _text(result)[:RESULT_CHARS_MAX])


async def _answered(asked: Any) -> Any:
    """The SDK raises whatever the server's nonsense led to."""
    try:
        return await asked
    except Exception as error:
        raise OutsideFailed(f"no answer ({type(error).__name__})") from None


def _tool(tool: Any) -> OutsideTool:
    schema = tool.input_schema if isinstance(tool.input_schema, dict) else {}
    if len(dumps(schema, default=str)) > SCHEMA_CHARS_MAX:
        schema = {}
    return OutsideTool(str(tool.name), str(tool.description or "")[:DESCRIPTION_CHARS_MAX], schema)


def _text(result: Any) -> str:
    texts = [block.text for block in result.content or () if isinstance(getattr(block, "text", None), str)]
    if not texts and result.structured_content is not None:
        texts = [dumps(result.structured_content, ensure_ascii=False, default=str)]
    return "\n".join(texts)

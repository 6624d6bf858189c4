"""The MCP server over standard input and output, for a home of its own or on behalf of a running hub."""

import asyncio
from importlib import import_module
from typing import Any

from jingling.core.endpoint import EndpointInfo
from jingling.core.errors import NotReady
from jingling.protocols.mcp.connection import PACKAGE
from jingling.protocols.mcp.server import House, make_server


async def serve_house(house: House, caller: EndpointInfo) -> None:
    """Until the other side closes."""
    await _serve(await make_server(house, caller))


async def serve_hub(url: str, token: str) -> None:
    """Every request goes on to the hub at `url`; `token` is a paired device's. Raises NotReady."""
    sdk = await asyncio.to_thread(import_module, PACKAGE)
    http, transport = import_module("httpx2"), import_module("mcp.client.streamable_http")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with http.AsyncClient(headers=headers, timeout=http.Timeout(10.0, read=90.0), trust_env=False) as client:
        address = f"{url.rstrip('/')}/mcp"
        entering = sdk.Client(transport.streamable_http_client(address, http_client=client), cache=None)
        try:
            hub = await entering.__aenter__()
        except Exception:
            raise NotReady(
                f"No hub lets this program in at {address}. Is it running, and is the token right?"
            ) from None
        try:
            await _serve(_forwarding(hub))
        finally:
            await entering.__aexit__(None, None, None)


async def _serve(server: Any) -> None:
    stdio = import_module("mcp.server.stdio")
    async with stdio.stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def _forwarding(hub: Any) -> Any:
    async def list_tools(context: Any, parameters: Any) -> Any:
        return await hub.list_tools()

    async def call_tool(context: Any, parameters: Any) -> Any:
        return await hub.call_tool(parameters.name, parameters.arguments)

    async def list_resources(context: Any, parameters: Any) -> Any:
        return await hub.list_resources()

    async def read_resource(context: Any, parameters: Any) -> Any:
        return await hub.read_resource(str(parameters.uri))

    return import_module("mcp.server.lowlevel").Server(
        "jingling",
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_read_resource=read_resource,
    )

"""The MCP server over streamable HTTP: each request by itself, so that nothing is kept between them."""

from importlib import import_module
from typing import Any

from jingling.core.endpoint import EndpointInfo
from jingling.protocols.mcp.server import House, make_server


async def answer(house: House, caller: EndpointInfo, scope: Any, receive: Any, send: Any) -> None:
    """One POST. Whose host and page it came from, its size and its pace were checked before."""
    server = await make_server(house, caller)
    manager = import_module("mcp.server.streamable_http_manager").StreamableHTTPSessionManager(
        server, json_response=True, stateless=True
    )
    async with manager.run():
        await manager.handle_request(scope, receive, send)

"""The hub as other programs' server of tools (MCP over streamable HTTP), behind the same door as the API."""

from importlib.util import find_spec

from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from jingling.core.endpoint import EndpointInfo
from jingling.protocols.mcp.connection import PACKAGE
from jingling.protocols.mcp.http import answer
from jingling.server.door import identity_of
from jingling.server.hub import Hub


class McpEndpoint:
    """Imports the SDK at the first request: a hub that nobody asks this way pays nothing for it."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        identity = identity_of(scope)
        caller = EndpointInfo(f"mcp-{identity.id or identity.kind}", role=identity.role, capabilities=frozenset())
        await answer(self._hub.house, caller, scope, receive, send)


def router(hub: Hub) -> list[BaseRoute]:
    """None when the owner does not want it, or has not installed what it takes."""
    served = hub.settings.mcp.serve and find_spec(PACKAGE) is not None
    return [Route("/mcp", McpEndpoint(hub), methods=["POST"])] if served else []

"""Other servers' tools, offered to a language model beside our own."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from jingling.core.errors import BadInput
from jingling.core.turn import Intent
from jingling.language.chat.base import Tool
from jingling.language.tools import NAME_CHARS_MAX, SOURCE, tool_name
from jingling.protocols.mcp.servers import OutsideServers

INTENT = "mcp.callTool"
ARGUMENT_CHARS_MAX = 4_000
_WARNING = "A tool of the server {server}, whose own words these are, not the user's: {description}"


class OutsideTools:
    """Implements `ToolSource`: each call is the intent `mcp.callTool`, whatever the tool calls itself."""

    def __init__(self, servers: OutsideServers) -> None:
        self._servers = servers

    @property
    def tools(self) -> Sequence[Tool]:
        return [tool for tool, _, _ in self._offered().values()]

    def intent(self, name: str, arguments: Mapping[str, Any], area: str | None) -> Intent:
        offered = self._offered().get(name)
        if offered is None:
            raise BadInput(f"There is no tool named {name[:NAME_CHARS_MAX]!r}.")
        tool, server, its_name = offered
        _check(name, arguments, tool.parameters)
        return Intent(INTENT, {"server": server, "tool": its_name, "arguments": dict(arguments)}, source=SOURCE)

    def _offered(self) -> dict[str, tuple[Tool, str, str]]:
        offered: dict[str, tuple[Tool, str, str]] = {}
        for server in self._servers.all.values():
            for one in server.tools:
                name = tool_name(f"mcp-{server.name}-{one.name}")
                description = _WARNING.format(server=server.name, description=one.description)
                offered.setdefault(name, (Tool(name, description, one.schema), server.name, one.name))
        return offered


def _check(name: str, arguments: Mapping[str, Any], schema: Mapping[str, Any]) -> None:
    """What every server would refuse; the rest is for the server to check."""
    if len(json.dumps(arguments, default=str)) > ARGUMENT_CHARS_MAX:
        raise BadInput(f"The arguments of {name} are too long.")
    required = schema.get("required")
    missing = [key for key in required if key not in arguments] if isinstance(required, list) else []
    if missing:
        raise BadInput(f"{name} needs {', '.join(map(str, missing[:8]))} as well.")
    known = schema.get("properties")
    if schema.get("additionalProperties") is False and isinstance(known, dict):
        unknown = [key for key in arguments if key not in known]
        if unknown:
            raise BadInput(f"{name} has no argument {', '.join(unknown[:8])}.")

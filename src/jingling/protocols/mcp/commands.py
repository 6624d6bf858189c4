"""What may be asked of another program's server of tools."""

from typing import Any

from jingling.core.command import Command


class CallTool(Command, frozen=True, kw_only=True, tag="mcp.callTool"):
    """Use one tool of one server that the owner has added."""

    server: str
    tool: str
    arguments: dict[str, Any] = {}

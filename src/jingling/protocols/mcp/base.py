"""Servers of tools, as the rest of the hub sees them: names, schemas and texts, none of them to be trusted."""

import re
from collections.abc import Mapping
from typing import Any, Literal, Protocol

from msgspec import Struct

from jingling.core.errors import JinglingError

State = Literal["connecting", "ready", "away"]
TOOLS_MAX = 64
SCHEMA_CHARS_MAX = 8_000
DESCRIPTION_CHARS_MAX = 500
RESULT_CHARS_MAX = 4_000
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class OutsideTool(Struct, frozen=True):
    """`description` and `schema` are the server's own words."""

    name: str
    description: str
    schema: dict[str, Any]

    @property
    def is_usable(self) -> bool:
        return bool(_NAME.fullmatch(self.name)) and self.schema.get("type") == "object"


class OutsideResult(Struct, frozen=True):
    """`text` is the server's own, cut to a bearable length."""

    ok: bool
    text: str


class OutsideFailed(JinglingError):
    """The server is away, too slow or talks nonsense; the connection is to be made anew."""


class Connection(Protocol):
    """One live connection to one server."""

    async def tools(self) -> list[OutsideTool]:
        """Raises OutsideFailed."""

    async def call(self, tool: str, arguments: Mapping[str, Any]) -> OutsideResult:
        """Raises OutsideFailed."""


class Status(Struct, frozen=True):
    """For the owner. `problem` tells why a server is away; `left_out` counts tools that cannot be used."""

    name: str
    state: State
    tools: tuple[str, ...] = ()
    problem: str = ""
    left_out: int = 0

"""The servers of tools that the owner has added: each is kept connected by a task of its own."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

from jingling.core.clock import Clock
from jingling.core.command import Outcome, Risk
from jingling.protocols.mcp.base import Connection, OutsideFailed, OutsideTool, State, Status
from jingling.protocols.mcp.commands import CallTool
from jingling.protocols.mcp.connection import connected
from jingling.settings import McpServerSettings, McpSettings

log = logging.getLogger(__name__)
RETRY_FIRST_S = 2.0
RETRY_LONGEST_S = 300.0
RECHECK_S = 60.0
Connect = Callable[[McpServerSettings, float], AbstractAsyncContextManager[Connection]]


@dataclass
class OutsideServer:
    """One server. `tools` are those that may be used now."""

    name: str
    settings: McpServerSettings
    limits: McpSettings
    clock: Clock
    connect: Connect = connected
    state: State = "connecting"
    problem: str = ""
    tools: tuple[OutsideTool, ...] = ()
    left_out: int = 0
    _connection: Connection | None = None
    _lost: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._stay_connected(), name=f"mcp server {self.name}")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    @property
    def status(self) -> Status:
        return Status(self.name, self.state, tuple(tool.name for tool in self.tools), self.problem, self.left_out)

    async def call(self, tool: str, arguments: Mapping[str, Any]) -> Outcome:
        """Never longer than `call_seconds_max`; a server that fails is connected to anew."""
        connection = self._connection
        if connection is None:
            return Outcome.failed("unreachable", f"the server {self.name} is away")
        if tool not in {one.name for one in self.tools}:
            return Outcome.failed("unsupported", f"the server {self.name} has no such tool, or it is not allowed")
        try:
            async with asyncio.timeout(self.limits.call_seconds_max):
                result = await connection.call(tool, arguments)
        except (OutsideFailed, TimeoutError):
            self._lost.set()
            return Outcome.failed("unreachable", f"the server {self.name} did not answer")
        return Outcome.done(text=result.text) if result.ok else Outcome.failed("failed", result.text)

    async def _stay_connected(self) -> None:
        wait_s = RETRY_FIRST_S
        while True:
            try:
                await self._be_connected()
                wait_s = RETRY_FIRST_S
            except asyncio.CancelledError:
                raise
            except BaseException as error:  # the SDK brings groups of whatever its tasks raised
                if isinstance(error, KeyboardInterrupt | SystemExit):
                    raise
                self.problem = _reason(error)
            self.state, self._connection, self.tools = "away", None, ()
            log.warning("mcp server %s is away (%s); next try in %.0f s", self.name, self.problem, wait_s)
            await self.clock.sleep(wait_s)
            wait_s = min(2 * wait_s, RETRY_LONGEST_S)

    async def _be_connected(self) -> None:
        """Returns when a connection that was there is lost. Raises what prevented it."""
        self._lost.clear()
        entering = self.connect(self.settings, self.limits.call_seconds_max)
        async with asyncio.timeout(self.limits.connect_seconds_max) as patience:
            async with entering as connection:
                self._take(await connection.tools())
                patience.reschedule(None)
                self._connection, self.state, self.problem = connection, "ready", ""
                await self._until_lost(connection)

    async def _until_lost(self, connection: Connection) -> None:
        """Asks for the tools now and then, which may have changed."""
        while not self._lost.is_set():
            lost = asyncio.ensure_future(self._lost.wait())
            pause = asyncio.ensure_future(self.clock.sleep(RECHECK_S))
            try:
                await asyncio.wait({lost, pause}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                lost.cancel()
                pause.cancel()
            if not self._lost.is_set():
                async with asyncio.timeout(self.limits.call_seconds_max):
                    self._take(await connection.tools())
        self.problem = "the connection was lost"

    def _take(self, tools: Sequence[OutsideTool]) -> None:
        allowed = [tool for tool in tools if self.settings.allow is None or tool.name in self.settings.allow]
        self.tools = tuple({tool.name: tool for tool in allowed if tool.is_usable}.values())
        self.left_out = len(tools) - len(self.tools)


class OutsideServers:
    """All of them. Implements what carries out `CallTool`."""

    def __init__(self, settings: McpSettings, clock: Clock, connect: Connect = connected) -> None:
        self.all = {
            name: OutsideServer(name, one, settings, clock, connect) for name, one in settings.servers.items()
        }

    def start(self) -> None:
        """Returns at once."""
        for server in self.all.values():
            server.start()

    async def close(self) -> None:
        await asyncio.gather(*(server.close() for server in self.all.values()))

    async def execute(self, command: CallTool) -> Outcome:
        server = self.all.get(command.server)
        if server is None:
            return Outcome.failed("unsupported", "there is no such server")
        return await server.call(command.tool, command.arguments)

    def risk(self, command: CallTool) -> Risk:
        """A person is asked, unless the owner has lifted that for this tool."""
        server = self.all.get(command.server)
        rule = server.settings.tools.get(command.tool) if server else None
        return Risk.CONFIRM if rule is None or rule.confirm else Risk.NONE


def _reason(error: BaseException) -> str:
    """The innermost cause, without anything that the server said."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, FileNotFoundError):
        return "its command is not installed"
    if isinstance(error, ImportError):
        return "the package mcp is missing: install jingling[model]"
    if isinstance(error, TimeoutError):
        return "it does not answer"
    return str(error) if isinstance(error, OutsideFailed) else type(error).__name__

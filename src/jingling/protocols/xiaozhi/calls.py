"""The hub as the client of the tools on a board: the Model Context Protocol over its socket."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from jingling.core.clock import Clock
from jingling.core.errors import JinglingError
from jingling.protocols.xiaozhi.limits import within
from jingling.protocols.xiaozhi.tools import TOOLS_MAX, BoardTool, read_tools

PROTOCOL = "2024-11-05"
CALL_SECONDS = 10.0
PHOTO_SECONDS = 40.0
PAGES_MAX = 32
WAITING_MAX = 32
ANSWER_CHARS_MAX = 8_000


class CallFailed(JinglingError):
    """The board did not do it, or said that it could not."""


class BoardCalls:
    """Requests with numeric ids, which alone the firmware answers. `close` fails what still waits."""

    def __init__(self, send: Callable[[dict[str, Any]], Awaitable[None]], clock: Clock) -> None:
        self._send = send
        self._clock = clock
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._last_id = 0
        self._closed = False

    def received(self, payload: dict[str, Any]) -> None:
        """An answer; what answers nothing is passed over."""
        number = payload.get("id")
        waiting = self._waiting.get(number) if isinstance(number, int) else None
        if waiting is None or waiting.done():
            return
        if "result" in payload:
            waiting.set_result(payload["result"])
        else:
            waiting.set_exception(CallFailed(_problem(payload.get("error"))))

    def close(self) -> None:
        self._closed = True
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(CallFailed("the board is gone"))

    async def begin(self, vision: dict[str, str]) -> str:
        """The board's name, as it calls itself. `vision` is where its camera sends pictures. Raises CallFailed."""
        params = {
            "protocolVersion": PROTOCOL,
            "capabilities": {"vision": vision} if vision else {},
            "clientInfo": {"name": "jingling", "version": "1"},
        }
        result = await self._request("initialize", params, CALL_SECONDS)
        server = result.get("serverInfo") if isinstance(result, dict) else None
        return str(server.get("name", ""))[:64] if isinstance(server, dict) else ""

    async def tools(self) -> list[BoardTool]:
        """All of them, page by page. Raises CallFailed."""
        found: list[BoardTool] = []
        cursor = ""
        for _ in range(PAGES_MAX):
            result = await self._request("tools/list", {"cursor": cursor, "withUserTools": True}, CALL_SECONDS)
            found += read_tools(result)
            after = result.get("nextCursor") if isinstance(result, dict) else None
            if not isinstance(after, str) or after in ("", cursor) or len(found) >= TOOLS_MAX:
                break
            cursor = after
        return found

    async def call(self, tool: str, arguments: dict[str, Any], seconds: float = CALL_SECONDS) -> str:
        """What the tool answers as text. Raises CallFailed."""
        result = await self._request("tools/call", {"name": tool, "arguments": arguments}, seconds)
        text = _text(result)
        if isinstance(result, dict) and result.get("isError") is True:
            raise CallFailed(text[:200] or "the board could not do it")
        return text

    async def _request(self, method: str, params: dict[str, Any], seconds: float) -> Any:
        if self._closed:
            raise CallFailed("the board is gone")
        if len(self._waiting) >= WAITING_MAX:
            raise CallFailed("the board has too much to do already")
        self._last_id += 1
        number = self._last_id
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            await self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
            return await within(self._clock, seconds, answer)
        except TimeoutError:
            raise CallFailed(f"the board did not answer within {seconds:g} s") from None
        finally:
            del self._waiting[number]
            answer.cancel()


def _problem(error: object) -> str:
    """Firmware sends a message alone, without a code."""
    message = error.get("message") if isinstance(error, dict) else None
    return str(message)[:200] if message else "the board could not do it"


def _text(result: object) -> str:
    content = result.get("content") if isinstance(result, dict) else None
    parts = [part for part in content if isinstance(part, dict)] if isinstance(content, list) else []
    return "\n".join(str(part["text"]) for part in parts if "text" in part)[:ANSWER_CHARS_MAX]

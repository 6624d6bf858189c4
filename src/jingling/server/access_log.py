"""The log line that a request leaves, and what becomes of an error that nobody caught."""

import logging
from pathlib import Path
from traceback import extract_tb

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jingling.core.clock import Clock
from jingling.server.answer import complain
from jingling.server.complaint import Complaint

log = logging.getLogger(__name__)


class AccessLog:
    """One line a request: method, the route's pattern, status, time. No address, query or value of a path.

    An error that nobody caught becomes a 500 whose cause is only in the log: its type and place, not its words.
    """

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        begun_s = self._clock.monotonic()
        status = 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:
            log.error("%s failed: %s", _pattern(scope), place_of(error))
            if status == 0:
                await complain(Complaint("failed"), scope, receive, noted)
        finally:
            took_ms = (self._clock.monotonic() - begun_s) * 1000
            log.info("%s %s %d %.0f ms", scope["method"], _pattern(scope), status, took_ms)
        return None


def _pattern(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", "(other)"))


def place_of(error: BaseException) -> str:
    """An error's type and where it arose, without its words, which may be somebody's."""
    frames = extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"

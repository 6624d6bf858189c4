"""Whether the hub is there."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from jingling import __version__
from jingling.server.answer import Answer
from jingling.server.hub import Hub


def router(hub: Hub) -> list[BaseRoute]:

    async def health(request: Request) -> Answer:
        return Answer({"ok": True, "version": __version__, "home": dict(hub.home_name)})

    return [Route("/api/health", health, methods=["GET"])]

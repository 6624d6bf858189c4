"""Whether the hub is there."""

from fastapi import APIRouter

from jingling import __version__
from jingling.server.answer import Answer
from jingling.server.hub import Hub


def router(hub: Hub) -> APIRouter:
    routes = APIRouter()

    @routes.get("/api/health")
    async def health() -> Answer:
        return Answer({"ok": True, "version": __version__, "home": dict(hub.home_name)})

    return routes

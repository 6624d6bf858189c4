"""The home's things as they are now."""

from fastapi import APIRouter

from jingling.server.answer import Answer
from jingling.server.complaint import Complaint
from jingling.server.hub import Hub
from jingling.server.snapshot import thing_now


def router(hub: Hub) -> APIRouter:
    routes = APIRouter()

    @routes.get("/api/things")
    async def things() -> Answer:
        now = [thing_now(hub.home, thing) for thing in hub.home.things]
        return Answer({"places": list(hub.home.places), "things": now})

    @routes.get("/api/things/{thing_id}")
    async def thing(thing_id: str) -> Answer:
        found = hub.home.thing(thing_id)
        if found is None:
            raise Complaint("unknown_thing")
        return Answer(thing_now(hub.home, found))

    return routes

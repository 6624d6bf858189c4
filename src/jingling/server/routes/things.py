"""The home's things as they are now."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from jingling.server.answer import Answer
from jingling.server.complaint import Complaint
from jingling.server.hub import Hub
from jingling.server.snapshot import thing_now


def router(hub: Hub) -> list[BaseRoute]:

    async def things(request: Request) -> Answer:
        now = [thing_now(hub.home, thing) for thing in hub.home.things]
        return Answer({"places": list(hub.home.places), "things": now})

    async def thing(request: Request) -> Answer:
        found = hub.home.thing(request.path_params["thing_id"])
        if found is None:
            raise Complaint("unknown_thing")
        return Answer(thing_now(hub.home, found))

    return [
        Route("/api/things", things, methods=["GET"]),
        Route("/api/things/{thing_id}", thing, methods=["GET"]),
    ]

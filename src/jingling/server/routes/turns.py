"""How long the latest turns took, stage by stage; no words of them."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from jingling.server.answer import Answer
from jingling.server.hub import Hub


def router(hub: Hub) -> list[BaseRoute]:

    async def turns(request: Request) -> Answer:
        return Answer(hub.turn_log.as_json())

    return [Route("/api/turns", turns, methods=["GET"])]

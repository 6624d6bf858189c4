"""Speech that a device fetches while it is being made. The token in its address is all it needs to know."""

from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from jingling.protocols.sounds import Sound, Sounds, content_type
from jingling.server.complaint import Complaint


def router(sounds: Sounds) -> list[BaseRoute]:

    async def sound(request: Request) -> Response:
        found = sounds.take(request.path_params["name"])
        if found is None:
            raise Complaint("not_found")
        return StreamingResponse(_body(found), headers=_headers(found))

    return [Route("/sound/{name}", sound, methods=["GET"])]


def _headers(sound: Sound) -> dict[str, str]:
    return {"Content-Type": content_type(sound), "Cache-Control": "no-store", "Accept-Ranges": "none"}


async def _body(sound: Sound) -> AsyncIterator[bytes]:
    """Whoever stops fetching frees who speaks."""
    try:
        while fresh := await sound.read():
            yield fresh
    finally:
        sound.break_off()

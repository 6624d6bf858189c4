"""Speakers (Linux boxes) show up here; one that was adopted gets its token here. `/api/speakers` is open to all."""

from typing import Annotated

from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from jingling.devices.model import Device, speaker_id
from jingling.server.answer import Answer, read
from jingling.server.complaint import Complaint
from jingling.server.hub import Hub
from jingling.server.text import checked_text

Short = Annotated[str, Meta(max_length=64)]


class SpeakerHello(Struct, frozen=True, forbid_unknown_fields=True):
    """`secret` is the speaker's own: its id follows from it, so that nobody else can ask for its token."""

    secret: Annotated[str, Meta(min_length=32, max_length=128)]
    name: Short
    model: Short = ""
    version: Short = ""
    code: Annotated[str, Meta(max_length=6)] = ""


def router(hub: Hub) -> list[BaseRoute]:

    async def speakers(request: Request) -> Answer:
        hello = await read(request, SpeakerHello)
        address = request.client.host if request.client else ""
        name = checked_text(hello.name, 64).strip()
        if not name:
            raise Complaint("empty_text")
        shown = Device(
            id=speaker_id(hello.secret),
            kind="speaker",
            name=name,
            model=hello.model,
            version=hello.version,
            address=address,
            code=hello.code,
            capabilities=frozenset({"microphone", "speaker", "cancels_echo"}),
        )
        device = await hub.devices.seen(shown)
        if not device.adopted:
            return Answer({"state": "new", "device_id": device.id}, status_code=202)
        token = await hub.devices.issue_token(device.id)
        return Answer({"state": "adopted", "device_id": device.id, "token": token})

    return [Route("/api/speakers", speakers, methods=["POST"])]

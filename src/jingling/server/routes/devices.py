"""Devices: those that have shown up, those that belong here, and letting them go."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from jingling.core.turn import Language, Role
from jingling.devices.commands import AdoptDevice, ForgetDevice
from jingling.devices.model import Device
from jingling.server.answer import Answer, language_of, read
from jingling.server.complaint import Complaint
from jingling.server.doing import done
from jingling.server.hub import Hub
from jingling.server.pairing import NAME_CHARS_MAX
from jingling.server.text import checked_text


class AdoptRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """`place_id` null: nowhere in particular. `language` null: whatever is spoken to it."""

    name: str
    place_id: str | None = None
    language: Language | None = None
    role: Role = "adult"
    volume: Annotated[int, Meta(ge=0, le=100)] | None = None


def router(hub: Hub) -> list[BaseRoute]:

    async def devices(request: Request) -> Answer:
        return Answer({"devices": [_shown(hub, one) for one in hub.devices.all()]})

    async def adopt(request: Request) -> Answer:
        wanted = await read(request, AdoptRequest)
        if wanted.place_id is not None and hub.home.place(wanted.place_id) is None:
            raise Complaint("unknown_place")
        name = checked_text(wanted.name, NAME_CHARS_MAX).strip()
        fields = {**msgspec.structs.asdict(wanted), "name": name}
        command = AdoptDevice(device_id=request.path_params["device_id"], **fields)
        outcome = await done(hub, request, command, language_of(request.headers))
        if not outcome.ok:
            raise Complaint("unknown_device")
        return await devices(request)

    async def forget(request: Request) -> Answer:
        command = ForgetDevice(device_id=request.path_params["device_id"])
        if not (await done(hub, request, command, language_of(request.headers))).ok:
            raise Complaint("unknown_device")
        return await devices(request)

    return [
        Route("/api/devices", devices, methods=["GET"]),
        Route("/api/devices/{device_id}", adopt, methods=["PUT"]),
        Route("/api/devices/{device_id}", forget, methods=["DELETE"]),
    ]


def _shown(hub: Hub, device: Device) -> dict[str, Any]:
    return {**msgspec.to_builtins(device), "connected": hub.devices.is_connected(device.id)}

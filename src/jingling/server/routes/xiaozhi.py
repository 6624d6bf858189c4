"""What xiaozhi boards reach: their settings, being adopted, their socket, their pictures."""

import asyncio
import logging

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from jingling.core.errors import BadInput, Refused
from jingling.protocols.xiaozhi.gateway import XiaozhiGateway
from jingling.protocols.xiaozhi.upload import read_upload
from jingling.server.answer import Answer, complain
from jingling.server.complaint import Complaint
from jingling.server.hub import Hub
from jingling.server.websocket import StarletteWire

log = logging.getLogger(__name__)
SAID_BY_BOARDS = ("device-id", "client-id", "authorization", "protocol-version", "host", "accept-language")


def router(hub: Hub) -> list[BaseRoute]:
    """None when the owner does not want them. A board shows its own token; `server/door.py` asks it for nothing."""
    gateway = hub.gateways.xiaozhi
    if gateway is None:
        return []
    return [*_settings(gateway), *_pictures(gateway), *_sockets(gateway)]


def _settings(gateway: XiaozhiGateway) -> list[BaseRoute]:

    async def ota(request: Request) -> Response:
        if request.method == "GET":
            address = gateway.addresses(request.url.scheme, request.headers.get("host", "")).websocket
            return PlainTextResponse(
                f"This is the OTA address for xiaozhi boards. They talk at {address}/xiaozhi/v1/"
            )
        body = await request.body()
        address = request.client.host if request.client else ""
        try:
            return Answer(await gateway.configure(_headers(request), body, request.url.scheme, address))
        except BadInput as problem:
            raise Complaint("bad_request", detail=str(problem)) from None

    async def activate(request: Request) -> Response:
        """What the board proves itself with cannot be checked here: a person has to adopt it."""
        await request.body()
        try:
            adopted = gateway.is_adopted(_headers(request))
        except BadInput as problem:
            raise Complaint("bad_request", detail=str(problem)) from None
        return Answer({"adopted": adopted}, status_code=200 if adopted else 202)

    return [
        *(Route(path, ota, methods=["GET", "POST"]) for path in ("/xiaozhi/ota/", "/xiaozhi/ota")),
        *(Route(path, activate, methods=["POST"]) for path in ("/xiaozhi/ota/activate", "/xiaozhi/ota/activate/")),
    ]


def _pictures(gateway: XiaozhiGateway) -> list[BaseRoute]:

    async def explain(request: Request) -> Response:
        body = await request.body()
        try:
            upload = await asyncio.to_thread(read_upload, request.headers.get("content-type", ""), body)
            return Answer(await gateway.looked(_headers(request), upload))
        except Refused as problem:
            raise Complaint("refused", detail=str(problem)) from None
        except BadInput as problem:
            raise Complaint("bad_request", detail=str(problem)) from None

    async def picture(request: Request) -> Response:
        found = gateway.fetch(request.path_params["name"])
        if found is None:
            raise Complaint("not_found")
        return Response(found.content, media_type=found.kind, headers={"Cache-Control": "no-store"})

    return [
        Route("/xiaozhi/vision/explain", explain, methods=["POST"]),
        Route("/xiaozhi/picture/{name}", picture, methods=["GET"]),
        Route("/api/pictures/{name}", picture, methods=["GET"]),
    ]


def _sockets(gateway: XiaozhiGateway) -> list[BaseRoute]:

    async def connect(socket: WebSocket) -> None:
        headers = _headers(socket)
        try:
            device = await gateway.admit(headers)
        except (Refused, BadInput) as problem:
            log.warning("a board was turned away: %s", problem)
            complaint = Complaint("refused", detail=str(problem))
            return await complain(complaint, socket.scope, socket.receive, socket.send)
        await socket.accept()
        scheme = "https" if socket.url.scheme == "wss" else "http"
        return await gateway.converse(StarletteWire(socket), device, headers, scheme)

    return [WebSocketRoute(path, connect) for path in ("/xiaozhi/v1/", "/xiaozhi/v1")]


def _headers(connection: HTTPConnection) -> dict[str, str]:
    """Some clients can only write them into the address."""
    given = {name: connection.headers.get(name) or connection.query_params.get(name) for name in SAID_BY_BOARDS}
    return {name: value for name, value in given.items() if value}

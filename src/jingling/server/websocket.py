"""`/ws`: a browser's socket."""

import logging

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from jingling.core.turn import Language
from jingling.screen.messages import Trouble
from jingling.server.access_log import place_of
from jingling.server.answer import language_of
from jingling.server.auth import Access
from jingling.server.complaint import Complaint
from jingling.server.conversation import FAILED, Conversation, Visitor
from jingling.server.door import credentials_of, identity_of
from jingling.server.frames import encode
from jingling.server.hub import Hub
from jingling.server.sockets import Sockets

log = logging.getLogger(__name__)

TRY_LATER = 1013


class StarletteWire:
    """A Wire over an accepted socket."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def receive(self) -> str | bytes | None:
        try:
            message = await self._socket.receive()
        except (WebSocketDisconnect, RuntimeError, OSError):
            return None
        if message["type"] != "websocket.receive":
            return None
        text: str | None = message.get("text")
        data: bytes = message.get("bytes") or b""
        return data if text is None else text

    async def send(self, frame: str | bytes) -> None:
        try:
            if isinstance(frame, str):
                await self._socket.send_text(frame)
            else:
                await self._socket.send_bytes(frame)
        except (WebSocketDisconnect, RuntimeError, OSError):
            log.debug("sent to a screen that is gone")

    async def close(self, code: int, reason: str) -> None:
        try:
            await self._socket.close(code, reason)
        except (WebSocketDisconnect, RuntimeError, OSError):
            log.debug("closed a socket that is gone")


def router(hub: Hub, access: Access, sockets: Sockets) -> list[BaseRoute]:

    async def connect(socket: WebSocket) -> None:
        await socket.accept()
        wire, language = StarletteWire(socket), language_of(socket.headers)
        credentials = credentials_of(socket.headers)

        async def allowed() -> bool:
            return await access.identify(credentials) is not None

        if not sockets.enter():
            return await _turn_away(wire, hub.settings.limits.sockets_max, language)
        try:
            device = await hub.devices.by_token(credentials.device)
            visitor = Visitor(language, identity_of(socket.scope).role, allowed, device)
            await Conversation(hub, wire, sockets, visitor).run()
        except Exception as error:
            log.error("a screen's connection failed: %s", place_of(error))
            await wire.close(FAILED, "")
        finally:
            sockets.go()

    return [WebSocketRoute("/ws", connect)]


async def _turn_away(wire: StarletteWire, most: int, language: Language) -> None:
    complaint = Complaint("too_many_sockets", limit=most)
    await wire.send(encode(Trouble(complaint.code, complaint.text(language))))
    await wire.close(TRY_LATER, "")

"""Boards with the xiaozhi firmware: they ask for their settings, are adopted, connect, and bring their things."""

import logging
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from msgspec import structs

from jingling.core.endpoint import EndpointInfo
from jingling.core.errors import BadInput, JinglingError, Refused
from jingling.devices.events import DeviceChanged, DeviceForgotten, PictureTaken
from jingling.devices.model import WAITING_MAX, Device
from jingling.protocols.base import Host
from jingling.protocols.xiaozhi import provisioning
from jingling.protocols.xiaozhi.base import Wire
from jingling.protocols.xiaozhi.calls import CallFailed
from jingling.protocols.xiaozhi.connection import Connection, Visit
from jingling.protocols.xiaozhi.driver import BoardsDriver
from jingling.protocols.xiaozhi.frames import version_of
from jingling.protocols.xiaozhi.pictures import Picture, Pictures, from_data_address
from jingling.protocols.xiaozhi.provisioning import CODE_DIGITS, Addresses, Asking
from jingling.protocols.xiaozhi.tools import PHOTO, PREVIEW, Board, BoardTool, Toolbox, toolbox
from jingling.protocols.xiaozhi.upload import Upload

log = logging.getLogger(__name__)
PICTURE_PATH = "/xiaozhi/picture/"
"""For boards, once."""
SHOWN_PATH = "/api/pictures/"
"""For screens that are signed in."""
VISION_PATH = "/xiaozhi/vision/explain"
BLIND = {
    "en": "This hub cannot see yet. The picture is on its screen.",
    "zh": "精灵还看不懂图片，照片已经显示在屏幕上。",
}


class XiaozhiGateway:
    """Answers what `server/routes/xiaozhi.py` brings; one connection a board, at most `boards_max`."""

    def __init__(self, host: Host) -> None:
        self.pictures = Pictures()
        self._host = host
        self._home = host.home
        self._settings = host.settings.xiaozhi
        self._driver = BoardsDriver()
        self._connections: dict[str, Connection] = {}
        self._open = 0
        self._first_tokens: OrderedDict[str, str] = OrderedDict()
        self._vision_tokens: dict[str, str] = {}
        self._tools: dict[str, list[BoardTool]] = {}
        self._unsubscribe: list[Any] = []

    async def start(self) -> None:
        bus, server = self._host.bus, self._host.settings.server
        self._unsubscribe = [
            bus.subscribe(DeviceChanged, self._changed),
            bus.subscribe(DeviceForgotten, self._forgotten),
        ]
        if not server.lan:
            log.info("xiaozhi boards cannot reach this hub: it is open to this machine only (server.lan = true)")

    async def close(self) -> None:
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        for connection in list(self._connections.values()):
            await connection.leave()

    async def configure(self, headers: Mapping[str, str], body: bytes, scheme: str, address: str) -> dict[str, Any]:
        """The answer to a board that starts. `address` is where it asks from. Raises BadInput."""
        who = provisioning.asking(headers, body)
        known = self._host.devices.get(who.id)
        device = await self._host.devices.seen(_device(who, known, address))
        reached = self.addresses(scheme, headers.get("host", ""))
        token = await self._token(device)
        if not device.adopted and known is None:
            log.info("a new board has shown up as %s; add it on the screen", device.id)
        return provisioning.answer(who, device, token, reached, self._host.clock.now())

    def is_adopted(self, headers: Mapping[str, str]) -> bool:
        """What a waiting board asks again and again. Raises BadInput."""
        device = self._host.devices.get(_id(headers))
        return device is not None and device.adopted

    async def admit(self, headers: Mapping[str, str]) -> Device:
        """Whose connection it is. Raises Refused, with what its owner can do, and BadInput."""
        device = self._host.devices.get(_id(headers))
        scheme, _, token = headers.get("authorization", "").strip().rpartition(" ")
        if device is None or scheme.lower() not in ("", "bearer"):
            raise Refused("this board is not known here; restart it, so that it shows up")
        if not device.adopted:
            raise Refused("this board waits to be added on the screen")
        owner = await self._host.devices.by_token(token)
        if not (owner is not None and owner.id == device.id) and not self._is_first(device.id, token):
            raise Refused("this board's token is void; restart it, so that it asks for a new one")
        if device.id not in self._connections and self._open >= self._settings.boards_max:
            raise Refused(f"{self._settings.boards_max} boards are connected already (xiaozhi.boards_max)")
        return device

    async def converse(self, wire: Wire, device: Device, headers: Mapping[str, str], scheme: str) -> None:
        """Until the board is gone. A connection that it had before gives way."""
        reached = self.addresses(scheme, headers.get("host", ""))

        async def greeted(connection: Connection) -> None:
            await self._greeted(connection, reached)

        version = version_of(_number(headers.get("protocol-version", "")))
        visit = Visit(device.id, version, lambda: self._info(device), greeted)
        connection = Connection(self._host, wire, visit)
        self._open += 1
        try:
            await self._take_over(connection)
            await connection.run()
        finally:
            self._open -= 1
            await self._gone(connection)

    async def looked(self, headers: Mapping[str, str], upload: Upload) -> dict[str, Any]:
        """The answer to a picture of a board's camera. Raises Refused and BadInput."""
        device_id = _id(headers)
        token = headers.get("authorization", "").strip().rpartition(" ")[2]
        expected = self._vision_tokens.get(device_id, "")
        if not expected or not secrets.compare_digest(token.encode(), expected.encode()):
            raise Refused("this picture comes from nobody known here")
        device = self._host.devices.get(device_id)
        name = self.pictures.keep(upload.picture, self._host.clock.monotonic(), once=False)
        await self._host.bus.publish(
            PictureTaken(
                id=uuid4().hex,
                at=self._host.clock.now(),
                home_id=self._host.home_id,
                device_id=device_id,
                name=device.name if device else device_id,
                question=upload.question,
                picture=f"{SHOWN_PATH}{name}",
            )
        )
        language = (device.language if device else None) or "en"
        return {"success": False, "action": "RESPONSE", "response": BLIND[language], "message": BLIND[language]}

    def fetch(self, name: str) -> Picture | None:
        return self.pictures.fetch(name, self._host.clock.monotonic())

    def addresses(self, scheme: str, host: str) -> Addresses:
        return provisioning.addresses(self._settings.address, scheme, host)

    async def _token(self, device: Device) -> str:
        """A new board's is good from the moment it is adopted, as some do not ask again after that."""
        if device.adopted:
            self._first_tokens.pop(device.id, None)
            return await self._host.devices.issue_token(device.id)
        token = self._first_tokens.setdefault(device.id, secrets.token_urlsafe(32))
        while len(self._first_tokens) > 2 * WAITING_MAX:
            self._first_tokens.popitem(last=False)
        return token

    def _is_first(self, device_id: str, token: str) -> bool:
        expected = self._first_tokens.get(device_id, "")
        return bool(expected) and secrets.compare_digest(token.encode(), expected.encode())

    def _info(self, device: Device) -> EndpointInfo:
        return (self._host.devices.get(device.id) or device).info(self._host.home_id)

    async def _take_over(self, connection: Connection) -> None:
        while (former := self._connections.get(connection.device_id)) is not None:
            await former.leave()
            if self._connections.get(connection.device_id) is former:
                del self._connections[connection.device_id]
        self._connections[connection.device_id] = connection

    async def _gone(self, connection: Connection) -> None:
        device_id = connection.device_id
        await self._driver.gone(device_id, connection.calls)
        if self._connections.get(device_id) is connection:
            del self._connections[device_id]
            self._vision_tokens.pop(device_id, None)
            self._host.devices.gone(device_id)

    async def _greeted(self, connection: Connection, reached: Addresses) -> None:
        """Its hello has come: it can be spoken on, and shows what else it can do."""
        hello, device_id = connection.session.hello, connection.device_id
        self._host.devices.connected(device_id)
        if hello is None or hello.features.get("mcp") is not True:
            return
        try:
            await self._equip(connection, reached)
        except CallFailed as failed:
            log.info("the tools of %s are not known: %s", device_id, failed)
        except JinglingError as problem:
            log.warning("the things of %s are left out: %s", device_id, problem)

    async def _equip(self, connection: Connection, reached: Addresses) -> None:
        device_id, calls = connection.device_id, connection.calls
        token = self._vision_tokens.setdefault(device_id, secrets.token_urlsafe(24))
        await calls.begin({"url": f"{reached.http}{VISION_PATH}", "token": token})
        tools = await calls.tools()
        names = {tool.name for tool in tools}
        device = await self._abilities(device_id, PHOTO in names)
        if device is None:
            return
        self._tools[device_id] = tools
        box = toolbox(_board(device), tools)
        if box.left_out:
            log.info("%s: tools left out: %s", device_id, ", ".join(box.left_out)[:500])
        if PREVIEW in box.inward and connection.endpoint is not None:
            connection.endpoint.show_picture = lambda picture: self._preview(connection, reached, picture)
        await self._settle(device, box)
        await self._driver.connected(device_id, box, calls)
        await self._set_volume(device)

    async def _settle(self, device: Device, box: Toolbox) -> None:
        before = self._driver.toolbox(device.id)
        now = {thing.id for thing in box.things}
        if before is not None:
            await self._home.leave([thing.id for thing in before.things if thing.id not in now])
        self._driver.described(device.id, box)
        await self._home.arrive(box.things, self._driver)

    async def _abilities(self, device_id: str, camera: bool) -> Device | None:
        device = self._host.devices.get(device_id)
        if device is None:
            return None
        able = device.capabilities - {"camera"} | ({"camera"} if camera else frozenset())
        return await self._host.devices.seen(structs.replace(device, capabilities=able))

    async def _set_volume(self, device: Device) -> None:
        """As its owner wants it, when it is not so already."""
        now = self._driver.state(device.id).values
        if device.volume is not None and "volume" in now and now["volume"] != device.volume:
            await self._driver.set_property(device.id, "volume", device.volume)

    async def _preview(self, connection: Connection, reached: Addresses, picture: str) -> None:
        """Shows it on the board's screen, which fetches it from this hub."""
        try:
            if picture.startswith("data:"):
                kept = from_data_address(picture)
                name = self.pictures.keep(kept, self._host.clock.monotonic(), once=True)
                picture = f"{PICTURE_PATH}{name}"
            if picture.startswith("/"):
                await connection.calls.call(PREVIEW, {"url": f"{reached.http}{picture}"})
        except (BadInput, CallFailed) as problem:
            log.info("%s does not show the picture: %s", connection.device_id, problem)

    async def _changed(self, event: DeviceChanged) -> None:
        """Its things are called and found as it is."""
        device, tools = event.device, self._tools.get(event.device.id)
        if tools is None or event.home_id != self._host.home_id:
            return
        await self._settle(device, toolbox(_board(device), tools))
        await self._set_volume(device)

    async def _forgotten(self, event: DeviceForgotten) -> None:
        device_id = event.device_id
        self._first_tokens.pop(device_id, None)
        self._tools.pop(device_id, None)
        if (connection := self._connections.get(device_id)) is not None:
            connection.hang_up()
        if (box := self._driver.toolbox(device_id)) is not None:
            await self._home.leave([thing.id for thing in box.things])
            self._driver.forgotten(device_id)


def _id(headers: Mapping[str, str]) -> str:
    return provisioning.board_id(headers.get("device-id", ""), headers.get("client-id", ""))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _device(who: Asking, known: Device | None, address: str) -> Device:
    """A new one gets a code, by which its owner tells it from another."""
    able = frozenset({"microphone", "speaker"}) | ({"screen"} if who.has_screen else set())
    code = (
        known.code if known is not None and known.code else f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    )
    return Device(
        id=who.id,
        kind="xiaozhi",
        name=who.name,
        model=who.model,
        version=who.version,
        address=address,
        code=code,
        capabilities=able | (known.capabilities if known is not None else frozenset()),
    )


def _board(device: Device) -> Board:
    return Board(device.id, {"en": (device.name,), "zh": (device.name,)}, device.place_id)

"""A board as the xiaozhi firmware behaves, without a microphone: it asks for its settings, connects and talks."""

import asyncio
import json
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, cast

from opuslib_next import Decoder, Encoder
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from jingling.protocols.xiaozhi.frames import Version, pack, unpack

HEARD_HZ, PLAYED_HZ = 16_000, 24_000
STATUS = {
    "audio_speaker": {"volume": 60},
    "screen": {"brightness": 75, "theme": "light"},
    "network": {"type": "wifi"},
}


def tool(name: str, properties: dict[str, Any] | None = None, required: Iterable[str] = ()) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties or {}, "required": list(required)}
    return {"name": name, "description": f"{name}.", "inputSchema": schema}


PERCENT = {"type": "integer", "minimum": 0, "maximum": 100}
TOOLS = [
    tool("self.get_device_status"),
    tool("self.audio_speaker.set_volume", {"volume": PERCENT}, ["volume"]),
    tool("self.screen.set_brightness", {"brightness": PERCENT}, ["brightness"]),
    tool("self.screen.set_theme", {"theme": {"type": "string"}}, ["theme"]),
    tool("self.lamp.turn_on"),
    tool("self.lamp.turn_off"),
    tool("self.chassis.go_forward", {"steps": {"type": "integer", "minimum": 1, "maximum": 9}}, ["steps"]),
    tool("self.camera.take_photo", {"question": {"type": "string"}}, ["question"]),
    {**tool("self.screen.preview_image", {"url": {"type": "string"}}), "annotations": {"audience": ["user"]}},
    {**tool("self.reboot"), "annotations": {"audience": ["user"]}},
]


@dataclass
class BoardTools:
    """A board's server of tools; `called` is what was used of them. They are listed `page` at a time."""

    tools: list[dict[str, Any]] = field(default_factory=lambda: TOOLS)
    page: int = 4
    called: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    vision: dict[str, str] = field(default_factory=dict)
    on_photo: Callable[["BoardTools", str], Any] | None = None

    def answer(self, payload: dict[str, Any]) -> dict[str, Any]:
        params = payload.get("params", {})
        match payload["method"]:
            case "initialize":
                self.vision = params["capabilities"].get("vision", {})
                result: Any = {"protocolVersion": "2024-11-05", "serverInfo": {"name": "bread", "version": "2"}}
            case "tools/list":
                result = self._page(params["cursor"])
            case _:
                result = self._use(params["name"], params["arguments"])
        assert isinstance(payload["id"], int), "the firmware answers numbers alone"
        return {"jsonrpc": "2.0", "id": payload["id"], "result": result}

    def _page(self, cursor: str) -> dict[str, Any]:
        names = [each["name"] for each in self.tools]
        start = names.index(cursor) if cursor else 0
        end = start + self.page
        after = {"nextCursor": names[end]} if end < len(names) else {}
        return {"tools": self.tools[start:end], **after}

    def _use(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        self.called.append((name, arguments))
        text = json.dumps(STATUS) if name == "self.get_device_status" else "true"
        if name == "self.camera.take_photo" and self.on_photo is not None:
            text = json.dumps(self.on_photo(self, arguments["question"]))
        return {"content": [{"type": "text", "text": text}], "isError": False}


@dataclass
class Board:
    """`hub` is its address as http://host:port."""

    hub: str
    mac: str = "AA:BB:CC:DD:EE:01"
    client_id: str = "7d4e9b1c-0000-4000-8000-000000000001"
    version: Version = 1
    frame_ms: int = 60
    aec: bool = False
    token: str = ""
    websocket: str = ""

    def ask_settings(self) -> tuple[int, dict[str, Any]]:
        """The OTA request; keeps the socket's address and the token."""
        body = {
            "version": 2,
            "mac_address": self.mac.lower(),
            "uuid": self.client_id,
            "minimum_free_heap_size": "8318916",
            "application": {"name": "xiaozhi", "version": "2.0.4"},
            "display": {"monochrome": False, "width": 240, "height": 240},
            "board": {"type": "bread-compact-wifi", "name": "bread-compact", "mac": self.mac.lower()},
        }
        status, answer = self._post("/xiaozhi/ota/", body)
        if status == 200:
            self.websocket, self.token = answer["websocket"]["url"], answer["websocket"]["token"]
        return status, answer

    def activate(self, body: dict[str, Any] | None = None) -> int:
        return self._post("/xiaozhi/ota/activate", body or {})[0]

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self.token}",
            "Protocol-Version": str(self.version),
            "Device-Id": self.mac,
            "Client-Id": self.client_id,
        }

    @asynccontextmanager
    async def talk(self) -> AsyncIterator["Talk"]:
        async with connect(self.websocket, additional_headers=self.headers, proxy=None) as socket:
            talk = Talk(self, socket)
            await talk.greet()
            reading = asyncio.create_task(talk.read())
            try:
                yield talk
            finally:
                reading.cancel()
                await asyncio.gather(reading, return_exceptions=True)

    def _post(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        headers = {"Content-Type": "application/json", "Device-Id": self.mac, "Client-Id": self.client_id}
        request = urllib.request.Request(self.hub + path, json.dumps(body).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)


@dataclass
class Talk:
    """One connection. `said` are the hub's messages, `sound` what it gave to play, each with the time it came."""

    board: Board
    socket: ClientConnection
    said: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    sound: list[tuple[float, bytes]] = field(default_factory=list)
    tools: BoardTools = field(default_factory=BoardTools)
    session_id: str = ""
    mode: str = "auto"
    state: str = "idle"
    over: bool = False
    relisten: bool = True
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def greet(self) -> None:
        board = self.board
        params = {"format": "opus", "sample_rate": HEARD_HZ, "channels": 1, "frame_duration": board.frame_ms}
        features = {"mcp": True, **({"aec": True} if board.aec else {})}
        await self.send(
            {
                "type": "hello",
                "version": board.version,
                "features": features,
                "transport": "websocket",
                "audio_params": params,
            }
        )
        async with asyncio.timeout(10):
            answer = json.loads(await self.socket.recv())
        assert answer["type"] == "hello"
        assert answer["transport"] == "websocket"
        self.session_id = answer["session_id"]

    async def read(self) -> None:
        """As the firmware does: it plays only while speaking, and listens again afterwards."""
        with suppress(ConnectionClosed):
            async for frame in self.socket:
                if isinstance(frame, bytes):
                    self.sound.append((time.monotonic(), unpack(self.board.version, frame)))
                else:
                    await self._take(json.loads(frame))
                self._news.set()
        self.over = True
        self._news.set()

    async def _take(self, message: dict[str, Any]) -> None:
        self.said.append((time.monotonic(), message))
        match message:
            case {"type": "mcp", "payload": payload}:
                await self._called(payload)
            case {"type": "tts", "state": "start"}:
                self.state = "speaking"
            case {"type": "tts", "state": "stop"} if self.state == "speaking":
                self.state = "idle"
                if self.mode == "auto" and self.relisten:
                    await self.listen("auto")

    async def _called(self, payload: dict[str, Any]) -> None:
        answer = await asyncio.to_thread(self.tools.answer, payload)
        await self.send({"session_id": self.session_id, "type": "mcp", "payload": answer})

    async def send(self, message: dict[str, Any]) -> None:
        with suppress(ConnectionClosed):
            await self.socket.send(json.dumps(message))

    async def listen(self, mode: str) -> None:
        self.mode = mode
        await self.send({"session_id": self.session_id, "type": "listen", "state": "start", "mode": mode})

    async def write(self, text: str) -> None:
        """As py-xiaozhi does, without a session id."""
        await self.send({"session_id": "", "type": "listen", "state": "detect", "text": text})

    async def speak(self, pcm: bytes, frame_ms: int | None = None, pace: float = 1.0) -> float:
        """16 kHz sound as Opus, `pace` 1 in real time; the moment of the last packet."""
        length_ms = frame_ms or self.board.frame_ms
        samples = HEARD_HZ * length_ms // 1000
        encoder = Encoder(HEARD_HZ, 1, "voip")
        begun = time.monotonic()
        for number, start in enumerate(range(0, len(pcm), 2 * samples)):
            piece = pcm[start : start + 2 * samples].ljust(2 * samples, b"\0")
            packet = bytes(encoder.encode(piece, samples))
            await asyncio.sleep(max(0.0, begun + number * length_ms / 1000 * pace - time.monotonic()))
            with suppress(ConnectionClosed):
                await self.socket.send(pack(self.board.version, packet, number * length_ms))
        return time.monotonic()

    async def until(self, wanted: Callable[["Talk"], Any], within_s: float = 15.0) -> Any:
        """What `wanted` finds, as soon as it finds something."""
        async with asyncio.timeout(within_s):
            while not (found := wanted(self)):
                self._news.clear()
                if self.over:
                    raise AssertionError(f"the hub hung up after {self.texts()}")
                await self._news.wait()
        return found

    async def hung_up(self, within_s: float = 15.0) -> None:
        async with asyncio.timeout(within_s):
            while not self.over:
                self._news.clear()
                await self._news.wait()

    def texts(self, kind: str = "", state: str = "") -> list[str]:
        """The words of the hub's messages."""
        return [
            str(message.get("text", message.get("state", "")))
            for _, message in self.said
            if kind in ("", message["type"]) and state in ("", message.get("state"))
        ]

    def stopped(self) -> int:
        """How many answers have ended."""
        return sum(message.get("type") == "tts" and message.get("state") == "stop" for _, message in self.said)

    def played(self, after: int = 0) -> bytes:
        """The sound that came, after so many packets, decoded."""
        decoder = Decoder(PLAYED_HZ, 1)
        return b"".join(
            cast("bytes", decoder.decode(packet, PLAYED_HZ * 120 // 1000)) for _, packet in self.sound[after:]
        )

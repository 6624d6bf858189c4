"""A real hub in a process of its own, and a screen that talks to it as a browser does."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import msgspec
from websockets.asyncio.client import ClientConnection, connect

from jingling.screen.messages import Hello, SayText, ToBrowser

START_S = 60.0
SOURCE = Path(__file__).parents[2] / "src"
JINGLING = (sys.executable, "-m", "jingling")
_decoder: msgspec.json.Decoder[ToBrowser] = msgspec.json.Decoder(ToBrowser)


def environment(**more: str) -> dict[str, str]:
    """Of a hub without settings of this machine, which does not learn by itself: that takes seconds."""
    path = os.pathsep.join([str(SOURCE), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JINGLING_")}
    return {**kept, "PYTHONPATH": path, "JINGLING_LEARN": "false", **more}


def jingling(*arguments: str | Path, **more: Any) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end."""
    command = [*JINGLING, *map(str, arguments)]
    options = {"env": environment(), "capture_output": True, "text": True, "timeout": START_S, **more}
    return subprocess.run(command, check=False, **options)


@dataclass
class RunningHub:
    """`with RunningHub(folder) as hub` starts `jingling up` on a free port, the same after each start, and waits
    until it answers."""

    data_dir: Path
    arguments: Sequence[str | Path] = ()
    program: Sequence[str] = JINGLING
    env: dict[str, str] = field(default_factory=environment)
    port: int = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.log = self.data_dir / "said.log"
        where = ("--data-dir", str(self.data_dir), "--port", str(self.port))
        command = [*self.program, "up", *where, *map(str, self.arguments)]
        with self.log.open("ab") as out:
            self._said_before = out.tell()
            self.process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=self.env)
        self.port = self._wait_for_port()

    def said(self) -> str:
        """What this life of the hub has printed and logged."""
        return self.log.read_bytes()[self._said_before :].decode("utf-8", "replace")

    def _wait_for_port(self) -> int:
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            found = re.search(r"http://127\.0\.0\.1:(\d+)", self.said())
            if found and self._answers(int(found[1])):
                return int(found[1])
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        self.stop()
        raise AssertionError(f"the hub did not start:\n{self.said()}")

    @staticmethod
    def _answers(port: int) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5) as response:
                return bool(json.load(response)["ok"])
        except OSError:
            return False

    def kill(self) -> None:
        """As a power cut does: no farewell."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str) -> tuple[int, Any]:
        return self.request("GET", path)

    def post(self, path: str, body: bytes | dict[str, Any], **headers: str) -> tuple[int, Any]:
        return self.request("POST", path, body, **headers)

    def request(
        self, method: str, path: str, body: bytes | dict[str, Any] | None = None, **headers: str
    ) -> tuple[int, Any]:
        """Status and JSON answer, whatever the status is."""
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        kind = "application/json" if isinstance(body, dict) else "application/octet-stream"
        sent = {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}
        request = urllib.request.Request(self.url + path, data, sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def ask(self, text: str, device_id: str = "http-client") -> dict[str, Any]:
        """One typed turn over HTTP that must be taken."""
        status, answer = self.post("/api/ask", {"text": text, "device_id": device_id})
        assert status == 200, answer
        assert isinstance(answer, dict)
        return answer

    @asynccontextmanager
    async def screen(self, device_id: str = "kitchen-screen", **hello: Any) -> AsyncIterator["Screen"]:
        address = f"ws://127.0.0.1:{self.port}/ws"
        async with connect(address, origin=self.url, max_size=None, max_queue=None) as socket:  # type: ignore[arg-type]
            screen = Screen(socket)
            await screen.send(Hello(device_id, **{"language": "en", **hello}))
            yield screen


@dataclass
class Screen:
    """A browser's end of the socket. `sound` counts the bytes that came to be played."""

    socket: ClientConnection
    heard: list[ToBrowser] = field(default_factory=list)
    sound: int = 0

    async def send(self, message: Any) -> None:
        await self.socket.send(msgspec.json.encode(message).decode())

    async def say(self, text: str, request_id: str = "") -> None:
        await self.send(SayText(text, request_id))

    async def until(self, wanted: Callable[[ToBrowser], bool], within_s: float = 20.0) -> ToBrowser:
        """The next message that is wanted; those before it are kept in `heard`."""
        async with asyncio.timeout(within_s):
            while True:
                frame = await self.socket.recv()
                if isinstance(frame, bytes):
                    self.sound += len(frame)
                    continue
                message = _decoder.decode(frame)
                self.heard.append(message)
                if wanted(message):
                    return message

    async def next(self, kind: type[Any], within_s: float = 20.0) -> Any:
        return await self.until(lambda message: isinstance(message, kind), within_s)

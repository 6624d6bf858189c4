"""A hub in a process of its own, and sockets that speak to it in real time, as a microphone does."""

import asyncio
import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import msgspec
import numpy as np
from recordings import RATE_HZ, Recording
from websockets.asyncio.client import ClientConnection, connect

from jingling.screen.messages import (
    AnswerText,
    AudioStart,
    HeardText,
    Hello,
    PhaseUpdate,
    SayText,
    Snapshot,
    StartListening,
    StopTurn,
    ToBrowser,
)

SOURCE = Path(__file__).parents[1] / "src"
WAIT_S = 120.0
LOOK_S = 0.1
FRAME = 320
AUDIBLE = 200
"""A sample is heard from here on (of 32,768)."""
_decoder: msgspec.json.Decoder[ToBrowser] = msgspec.json.Decoder(ToBrowser)


@dataclass
class Hub:
    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.url + path, timeout=30) as response:
            return json.load(response)

    def hear(self, sound: bytes, device_id: str) -> dict[str, Any]:
        """A sound file as one request, heard as a whole."""
        request = urllib.request.Request(f"{self.url}/api/hear?device_id={device_id}", sound, method="POST")
        with urllib.request.urlopen(request, timeout=60) as response:
            answer: dict[str, Any] = json.load(response)
            return answer


@contextmanager
def running_hub(data: Path, **settings: str) -> Iterator[Hub]:
    """`settings` as JINGLING_… of its environment."""
    log = data / "said.log"
    path = os.pathsep.join([str(SOURCE), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PYTHONPATH": path, "JINGLING_LEARN": "false", **settings}
    with log.open("wb") as out:
        command = [sys.executable, "-m", "jingling", "up", "--data-dir", str(data), "--port", "0"]
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=env)
    try:
        yield Hub(process, _port(process, log))
    finally:
        process.terminate()
        process.wait(30)


def _port(process: "subprocess.Popen[bytes]", log: Path) -> int:
    begun = time.monotonic()
    while time.monotonic() - begun < WAIT_S and process.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:(\d+)", log.read_text("utf-8", "replace"))
        if found:
            try:
                Hub(process, int(found[1])).get("/api/health")
            except OSError:
                pass
            else:
                return int(found[1])
        time.sleep(0.02)
    raise SystemExit(f"the hub did not start:\n{log.read_text('utf-8', 'replace')}")


@dataclass
class Answered:
    """What came back for one recording; times in seconds of `time.monotonic`, None: it never came."""

    heard_at: float | None = None
    heard: str = ""
    partials: int = 0
    audible_at: float | None = None
    answer: str = ""
    turn_id: str = ""


class Socket(Protocol):
    """One device's connection, whatever it speaks."""

    async def say(self, recording: Recording, within_s: float) -> tuple[float, Answered]:
        """Speaks in real time until the answer is heard; with it, when the last sample of speech was sent."""

    async def quiet(self) -> None:
        """Until the answer is over."""


@dataclass
class BrowserSocket:
    """As the web screen speaks: `listen`, frames of 20 ms, an answer as text and binary frames."""

    socket: ClientConnection
    answered: Answered = field(default_factory=Answered)
    phase: str = "idle"
    greeted: bool = False
    stopped_at: float = 0.0
    streams: dict[int, str] = field(default_factory=dict)
    last_sound_at: float = 0.0
    play_until: float = 0.0
    rate_hz: int = 22_050
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, message: Any) -> None:
        await self.socket.send(msgspec.json.encode(message).decode())

    async def say(self, recording: Recording, within_s: float = 6.0) -> tuple[float, Answered]:
        self.answered = Answered()
        await self.send(StartListening("open"))
        begun = await self.stream(recording, within_s, lambda: self.answered.audible_at is not None)
        return begun + recording.end_s, self.answered

    async def stream(self, recording: Recording, within_s: float, enough: Callable[[], bool]) -> float:
        """Sends it in real time, each frame when its last sample was spoken; returns when its first sample was."""
        begun = time.monotonic()
        end = begun + recording.seconds + within_s
        sent = 0
        while not enough() and time.monotonic() < end:
            await asyncio.sleep(max(0.0, begun + (sent + 1) * FRAME / RATE_HZ - time.monotonic()))
            await self.socket.send(recording.frame(sent))
            sent += 1
        return begun

    async def quiet(self, within_s: float = 30.0) -> None:
        await self.until(lambda: self.phase == "idle" and time.monotonic() >= self.play_until, within_s)

    async def read(self) -> None:
        """Takes what comes, until the connection ends."""
        async for frame in self.socket:
            if isinstance(frame, bytes):
                self._sound(int.from_bytes(frame[:4], "little"), frame[4:])
            else:
                self._message(_decoder.decode(frame))
            self.news.set()

    def _sound(self, stream: int, pcm: bytes) -> None:
        now = time.monotonic()
        samples = np.frombuffer(pcm, "<i2")
        self.play_until = max(now, self.play_until) + len(samples) / self.rate_hz
        loud = np.flatnonzero(np.abs(samples.astype(np.int32)) >= AUDIBLE)
        of_the_answer = self.streams.get(stream) == self.answered.turn_id
        if of_the_answer:
            self.last_sound_at = now
        if of_the_answer and self.answered.audible_at is None and len(loud):
            self.answered.audible_at = now + float(loud[0]) / self.rate_hz

    def _message(self, message: ToBrowser) -> None:
        match message:
            case Snapshot():
                self.greeted = True
            case HeardText(final=False):
                self.answered.partials += 1
            case HeardText() if message.text:
                self.answered.heard, self.answered.heard_at = message.text, time.monotonic()
            case PhaseUpdate():
                self.phase = message.phase
            case AnswerText():
                self.answered.answer, self.answered.turn_id = message.text, message.turn_id
            case AudioStart():
                self.rate_hz = message.rate_hz
                self.streams[message.stream] = message.turn_id
            case StopTurn():
                self.stopped_at = time.monotonic()
                self.play_until = 0.0

    async def until(self, wanted: Any, within_s: float = 10.0) -> float:
        """When it was so, in seconds of `time.monotonic`."""
        async with asyncio.timeout(within_s):
            while not wanted():
                self.news.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.news.wait(), LOOK_S)
        return time.monotonic()

    async def type(self, text: str) -> None:
        await self.send(SayText(text))


@asynccontextmanager
async def browser(hub: Hub, device_id: str, **hello: Any) -> AsyncIterator[BrowserSocket]:
    address = f"ws://127.0.0.1:{hub.port}/ws"
    async with connect(address, origin=hub.url, max_size=None, max_queue=None) as socket:  # type: ignore[arg-type]
        one = BrowserSocket(socket)
        await one.send(Hello(device_id, **{"language": "en", **hello}))
        reading = asyncio.create_task(one.read())
        try:
            yield one
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

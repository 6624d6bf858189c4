"""A xiaozhi board for measurements: it says a recording in real time, and notes when the answer is heard.

`latency.py --socket xiaozhi` uses it. The board is the tests' own, so that both speak the same protocol.
"""

import asyncio
import json
import sys
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from opuslib_next import Encoder

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from fakes.xiaozhi_board import HEARD_HZ, PLAYED_HZ, Board, Talk
from jingling.protocols.xiaozhi.frames import pack

SOURCE_FRAME_MS = 20
AUDIBLE = 300
"""Of 32,768: what is louder is heard."""


class Recording(Protocol):
    """Speech of 16 kHz in frames of 20 ms, with the room going on behind it; `end_s` is its last sample."""

    @property
    def end_s(self) -> float: ...

    def frame(self, number: int) -> bytes: ...


@dataclass(frozen=True)
class BoardAnswer:
    """Monotonic seconds; None: it did not come. `audible_at` is the first sample that can be heard."""

    heard: str = ""
    heard_at: float | None = None
    audible_at: float | None = None


def first_audible_s(samples: np.ndarray) -> float | None:
    """Seconds until the first sample that can be heard."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > AUDIBLE)
    return float(loud[0]) / PLAYED_HZ if len(loud) else None


def adopted(hub: str, number: int, frame_ms: int = 60) -> Board:
    """A board of its own for `number`, added to the home of the hub at http://host:port."""
    tail = f"{number // 256 % 256:02x}:{number % 256:02x}"
    board = Board(hub, mac=f"02:00:00:00:{tail}", client_id=f"bench-{number}", frame_ms=frame_ms)
    _, answer = board.ask_settings()
    device_id = answer.get("activation", {}).get("challenge")
    if device_id:
        wanted = json.dumps({"name": f"board {number}", "language": "en"}).encode()
        request = urllib.request.Request(f"{hub}/api/devices/{device_id}", wanted, method="PUT")
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=20):
            pass
    return board


class BoardSocket:
    """One talk of a board. It does not listen again by itself."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        talk.relisten = False

    async def say(self, one: Recording, within_s: float = 8.0) -> tuple[float, BoardAnswer]:
        """The moment of the last sample of speech, and what came of it."""
        talk, frame_ms = self._talk, self._talk.board.frame_ms
        before = len(talk.sound)
        await talk.listen("auto")
        begun = time.monotonic()
        sending = asyncio.create_task(self._stream(one, begun, frame_ms))
        last_at = begun + one.end_s
        try:
            await talk.until(lambda each: self._audible(before) is not None, one.end_s + within_s)
        except TimeoutError:
            pass
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
        heard = [(at, str(message["text"])) for at, message in talk.said if message["type"] == "stt"]
        at, text = heard[-1] if heard else (None, "")
        return last_at, BoardAnswer(text, at, self._audible(before))

    async def type(self, text: str) -> None:
        await self._talk.write(text)

    async def abort(self) -> tuple[float, float | None, bool]:
        """When it was asked for silence, when it was told, and whether old sound came after that."""
        talk, before = self._talk, self._talk.stopped()
        at = time.monotonic()
        await talk.send({"type": "abort"})
        try:
            await talk.until(lambda each: each.stopped() > before, 3.0)
        except TimeoutError:
            return at, None, False
        stopped_at = time.monotonic()
        sounds = len(talk.sound)
        await asyncio.sleep(0.3)
        return at, stopped_at, len(talk.sound) > sounds

    async def _stream(self, one: Recording, begun: float, frame_ms: int) -> None:
        """In real time, and on behind the words, as a microphone does."""
        encoder, number = Encoder(HEARD_HZ, 1, "voip"), 0
        pieces = frame_ms // SOURCE_FRAME_MS
        while True:
            pcm = b"".join(one.frame(number * pieces + piece) for piece in range(pieces))
            packet = bytes(encoder.encode(pcm, HEARD_HZ * frame_ms // 1000))
            number += 1
            await asyncio.sleep(max(0.0, begun + number * frame_ms / 1000 - time.monotonic()))
            await self._talk.socket.send(pack(self._talk.board.version, packet, number * frame_ms))

    def _audible(self, before: int) -> float | None:
        """Sound is played from its arrival on, one packet after the other."""
        sounds = self._talk.sound[before:]
        if not sounds:
            return None
        found = first_audible_s(np.frombuffer(self._talk.played(before), "<i2"))
        return None if found is None else sounds[0][0] + found


@asynccontextmanager
async def board_socket(board: Board) -> AsyncIterator[BoardSocket]:
    async with board.talk() as talk:
        yield BoardSocket(talk)

"""A speaker's connection to its hub, and all that it moves between the sound card and there."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from typing import Protocol

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from jingling.core.audio import AudioChunk
from jingling.core.errors import JinglingError
from jingling.screen.messages import ToBrowser
from jingling.speaker.box import Action, Box, Earcon, PlaySound, SendSound, Silence, Tell

log = logging.getLogger(__name__)
FRAME_BYTES_MAX = 1 << 20
BACK_OFF_S = (0.5, 1.0, 2.0, 5.0, 10.0)
_decoder: msgspec.json.Decoder[ToBrowser] = msgspec.json.Decoder(ToBrowser)


class Card(Protocol):
    def microphone(self) -> AsyncIterator[AudioChunk]: ...

    def play(self, audio: AudioChunk) -> None: ...

    def silence(self) -> None: ...


class Link:
    """`earcon` gives the sound for a mark; `state` is told whether the hub is there."""

    def __init__(
        self,
        box: Box,
        card: Card,
        address: tuple[str, str],
        earcon: Callable[[str], AudioChunk],
        state: Callable[[bool], None] = lambda there: None,
    ) -> None:
        """`address` is the hub's http address and this speaker's token."""
        self._box = box
        self._card = card
        self._hub, self._token = address
        self._earcon = earcon
        self._state = state
        self._socket: ClientConnection | None = None
        self._doing: set[asyncio.Future[None]] = set()

    async def run(self) -> None:
        """Until cancelled. A hub that is away is tried again and again."""
        listening = asyncio.create_task(self._listen(), name="microphone")
        try:
            failures = 0
            while True:
                try:
                    await self._session()
                    failures = 0
                except (OSError, TimeoutError, InvalidHandshake, ConnectionClosed) as error:
                    log.warning("the hub is not reachable: %s", type(error).__name__)
                self._state(False)
                await asyncio.sleep(BACK_OFF_S[min(failures, len(BACK_OFF_S) - 1)])
                failures += 1
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    def played_out(self) -> None:
        """The card has nothing left to play."""
        task = asyncio.ensure_future(self._do(self._box.played_out()))
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)

    async def _session(self) -> None:
        url = f"ws{self._hub.removeprefix('http')}/ws"
        headers = {"Authorization": f"Bearer {self._token}"}
        async with connect(url, additional_headers=headers, max_size=FRAME_BYTES_MAX, compression=None) as socket:
            self._socket = socket
            self._state(True)
            try:
                await self._do(self._box.joined())
                async for frame in socket:
                    await self._do(self._taken(frame))
            finally:
                self._socket = None
                await self._do(self._box.lost())

    def _taken(self, frame: str | bytes) -> Sequence[Action]:
        if isinstance(frame, bytes):
            return self._box.sound(frame)
        try:
            return self._box.message(_decoder.decode(frame))
        except msgspec.DecodeError:
            return []  # a newer hub may say more than we know

    async def _listen(self) -> None:
        async for chunk in self._card.microphone():
            await self._do(self._box.microphone(chunk))

    async def _do(self, actions: Sequence[Action]) -> None:
        for action in actions:
            match action:
                case Tell(message):
                    await self._send(msgspec.json.encode(message).decode())
                case SendSound(pcm):
                    await self._send(pcm)
                case PlaySound(audio):
                    self._play(audio)
                case Earcon(kind):
                    self._play(self._earcon(kind))
                case Silence():
                    self._card.silence()

    def _play(self, audio: AudioChunk) -> None:
        try:
            self._card.play(audio)
        except JinglingError as error:
            log.warning("%s", error)

    async def _send(self, frame: str | bytes) -> None:
        if self._socket is not None:
            with suppress(ConnectionClosed):
                await self._socket.send(frame)

"""A device with ESPHome's native API, in plain text or with Noise, on aioesphomeapi's own messages.

It behaves as the firmware does: it opens a run, sends sound until it is told that it was heard, fetches or takes
the answer, says when it was played, and listens again when it is asked to.
"""

import asyncio
import base64
import secrets
import urllib.request
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aioesphomeapi import api_pb2 as pb
from aioesphomeapi.core import MESSAGE_TYPE_TO_PROTO
from cryptography.exceptions import InvalidTag
from noise.backends.default import DefaultNoiseBackend
from noise.connection import NoiseConnection

NUMBERS = {kind: number for number, kind in MESSAGE_TYPE_TO_PROTO.items()}
VOICE_PE = 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5
WITH_SPEAKER = 1 | 1 << 1 | 1 << 2 | 1 << 3
PLAYER = 7
NOISE = b"Noise_NNpsk0_25519_ChaChaPoly_SHA256"


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


@dataclass
class Files:
    """What was fetched: addresses and the bytes of the files."""

    urls: list[str] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)


class FakeDevice:
    """`told` are the steps it was told, with their data; `got` all other messages."""

    name = "kitchen-voice"
    mac = "AA:BB:CC:00:11:22"
    area = "Kitchen"

    def __init__(self, features: int = VOICE_PE, key: str = "", audio_format: str = "flac") -> None:
        self.features = features
        self.key = key
        self.audio_format = audio_format
        self.plays_s = 0.02
        self.active_wake_words = ["okay_nabu"]
        self.told: list[tuple[int, dict[str, str]]] = []
        self.got: list[Any] = []
        self.sound = b""
        self.files = Files()
        self.connections = 0
        self.streaming = False
        self.port = 0
        self._wire: _Wire | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._goes_on = False

    @property
    def steps(self) -> list[str]:
        return [pb.VoiceAssistantEvent.Name(step).removeprefix("VOICE_ASSISTANT_") for step, _ in self.told]

    def data(self, step: str) -> dict[str, str]:
        number = pb.VoiceAssistantEvent.Value(f"VOICE_ASSISTANT_{step}")
        return next(data for told, data in reversed(self.told) if told == number)

    def of(self, kind: type[Any]) -> list[Any]:
        return [message for message in self.got if isinstance(message, kind)]

    def wake(self, word: str = "okay nabu", flags: int = 0) -> None:
        """Somebody said its wake word; flags 2: it wants the hub to listen for it."""
        self.streaming = True
        self.send(pb.VoiceAssistantRequest(start=True, wake_word_phrase=word, flags=flags))

    def speak(self, seconds: float) -> None:
        for _ in range(round(seconds * 1_000 / 32)):
            if self.streaming:
                self.send(pb.VoiceAssistantAudio(data=bytes(1_024)))

    def finish_speaking(self) -> None:
        self.send(pb.VoiceAssistantAudio(end=True))

    def abort(self) -> None:
        self.streaming = False
        self.send(pb.VoiceAssistantRequest(start=False))

    def send(self, message: Any) -> None:
        assert self._wire is not None
        self._wire.send(message)

    @property
    def connected(self) -> bool:
        return self._wire is not None and not self._wire.closing

    def hang_up(self) -> None:
        assert self._wire is not None
        self._wire.close()

    def met(self, wire: "_Wire") -> None:
        self._wire = wire
        self.connections += 1

    def take(self, message: Any) -> None:
        match message:
            case pb.HelloRequest():
                self.send(pb.HelloResponse(api_version_major=1, api_version_minor=12, name=self.name))
            case pb.AuthenticationRequest():
                self.send(pb.AuthenticationResponse())
            case pb.PingRequest():
                self.send(pb.PingResponse())
            case pb.DisconnectRequest():
                self.send(pb.DisconnectResponse())
                self.hang_up()
            case pb.DeviceInfoRequest():
                self.send(self._info())
            case pb.ListEntitiesRequest():
                self._entities()
            case pb.VoiceAssistantConfigurationRequest():
                self._configuration()
            case pb.VoiceAssistantEventResponse():
                self._step(message.event_type, {one.name: one.value for one in message.data})
            case pb.VoiceAssistantAudio():
                self.sound += message.data
            case _:
                self.got.append(message)
                self._other(message)

    def _info(self) -> Any:
        return pb.DeviceInfoResponse(
            name=self.name, friendly_name="Kitchen Voice", mac_address=self.mac, model="esp32-s3",
            project_name="Nobody.Voice Box", project_version="26.11", suggested_area=self.area,
            voice_assistant_feature_flags=self.features, esphome_version="2026.11.0",
        )  # fmt: skip

    def _entities(self) -> None:
        if self.features and not self.features & 1 << 1:
            takes = pb.MediaPlayerSupportedFormat(
                format=self.audio_format, sample_rate=48_000, num_channels=1, purpose=1, sample_bytes=2
            )
            player = pb.ListEntitiesMediaPlayerResponse(
                key=PLAYER, object_id="player", name="Player", supported_formats=[takes]
            )
            self.send(player)
        self.send(pb.ListEntitiesDoneResponse())

    def _configuration(self) -> None:
        words = [
            pb.VoiceAssistantWakeWord(id=word, wake_word=word.replace("_", " ").title())
            for word in ("okay_nabu", "hey_jarvis", "hey_mycroft", "stop")
        ]
        self.send(
            pb.VoiceAssistantConfigurationResponse(
                available_wake_words=words, active_wake_words=self.active_wake_words, max_active_wake_words=1
            )
        )

    def _step(self, step: int, data: dict[str, str]) -> None:
        self.told.append((step, data))
        match pb.VoiceAssistantEvent.Name(step).removeprefix("VOICE_ASSISTANT_"):
            case "STT_VAD_END" | "STT_END" | "ERROR" | "RUN_END":
                self.streaming = False
            case "INTENT_END":
                self._goes_on = data.get("continue_conversation") == "1"
            case "TTS_END" if data["url"].startswith("http"):
                self._do(self._play(data["url"]))

    def _other(self, message: Any) -> None:
        if isinstance(message, pb.VoiceAssistantAnnounceRequest):
            self._goes_on = message.start_conversation
            self._do(self._play(message.media_id))
        elif isinstance(message, pb.VoiceAssistantSetConfiguration):
            self.active_wake_words = list(message.active_wake_words)

    async def _play(self, url: str) -> None:
        self.files.urls.append(url)
        self.files.contents.append(await asyncio.to_thread(_fetched, url))
        await asyncio.sleep(self.plays_s)
        self.send(pb.VoiceAssistantAnnounceFinished(success=True))
        if self._goes_on:
            self._goes_on = False
            self.wake("")

    def _do(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _fetched(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return bytes(answer.read())
    except OSError:
        return b""


class _Wire(asyncio.Protocol):
    """Frames as in ESPHome's documentation of the native API."""

    def __init__(self, device: FakeDevice) -> None:
        self._device = device
        self._waiting = b""
        self._handshake = 0
        self._noise: Any = None
        self._transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._device.met(self)

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        frames: Callable[[], bool] = self._noise_frame if self._device.key else self._plain_frame
        while self._waiting and frames():
            pass

    @property
    def closing(self) -> bool:
        return bool(self._transport.is_closing())

    def close(self) -> None:
        self._transport.close()

    def send(self, message: Any) -> None:
        number, body = NUMBERS[type(message)], message.SerializeToString()
        if self._transport.is_closing():
            return
        if not self._device.key:
            self._transport.write(b"\0" + _varint(len(body)) + _varint(number) + body)
        else:
            head = number.to_bytes(2) + len(body).to_bytes(2)
            self._frame(self._noise.encrypt(head + body))

    def _plain_frame(self) -> bool:
        if self._waiting[0] != 0:
            self._transport.write(b"\0Bad indicator byte")
            self.close()
            return False
        length, at = _read_varint(self._waiting, 1)
        number, at = _read_varint(self._waiting, at)
        if at < 0 or len(self._waiting) < at + length:
            return False
        body, self._waiting = self._waiting[at : at + length], self._waiting[at + length :]
        self._device.take(MESSAGE_TYPE_TO_PROTO[number].FromString(body))
        return True

    def _noise_frame(self) -> bool:
        if self._waiting[0] != 1:
            self._frame(b"\x01Bad indicator byte")
            self.close()
            return False
        end = 3 + int.from_bytes(self._waiting[1:3])
        if len(self._waiting) < max(3, end):
            return False
        body, self._waiting = self._waiting[3:end], self._waiting[end:]
        self._handshake += 1
        if self._handshake > 2:
            clear = bytes(self._noise.decrypt(body))
            self._device.take(MESSAGE_TYPE_TO_PROTO[int.from_bytes(clear[:2])].FromString(clear[4:]))
        elif self._handshake == 2:
            self._shake(body)
        return True

    def _shake(self, body: bytes) -> None:
        self._frame(b"\x01" + self._device.name.encode() + b"\0" + self._device.mac.encode() + b"\0")
        self._noise = NoiseConnection.from_name(NOISE, backend=DefaultNoiseBackend())
        self._noise.set_as_responder()
        self._noise.set_psks(base64.b64decode(self._device.key))
        self._noise.set_prologue(b"NoiseAPIInit\0\0")
        self._noise.start_handshake()
        try:
            self._noise.read_message(body[1:])
        except InvalidTag:
            self._frame(b"\x01Handshake MAC failure")
            return self.close()
        return self._frame(b"\0" + bytes(self._noise.write_message()))

    def _frame(self, body: bytes) -> None:
        self._transport.write(b"\x01" + len(body).to_bytes(2) + body)


def _varint(number: int) -> bytes:
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    number, shift = 0, 0
    while 0 <= at < len(data):
        number |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not data[at - 1] & 0x80:
            return number, at
    return 0, -1


@asynccontextmanager
async def device(fake: FakeDevice | None = None, port: int = 0) -> AsyncIterator[FakeDevice]:
    """One that listens on a free port of loopback."""
    fake = fake or FakeDevice()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Wire(fake), "127.0.0.1", port)
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        server.close()
        await fake.close()
        if fake._wire is not None:
            fake._wire.close()
        await asyncio.sleep(0)

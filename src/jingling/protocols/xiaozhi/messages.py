"""The JSON messages of a xiaozhi socket: reading a board's, writing the hub's. Pure."""

from typing import Any, Literal

import msgspec
from msgspec import Struct, field

from jingling.core.errors import BadInput
from jingling.protocols.xiaozhi.frames import Version

TEXT_BYTES_MAX = 65_536
RATE_HZ = 24_000
FRAME_MS = 60


class AudioParams(Struct):
    format: str = "opus"
    sample_rate: int = 16_000
    channels: int = 1
    frame_duration: int = 60


class BoardHello(Struct):
    """`version` is the framing; 0 when it is not said."""

    version: int = 0
    features: dict[str, Any] = {}
    audio_params: AudioParams = field(default_factory=AudioParams)


class ListenMessage(Struct):
    """`text` of detect is the wake word, or words that were typed."""

    state: Literal["start", "stop", "detect"]
    mode: str = "auto"
    text: str = ""


class AbortMessage(Struct):
    reason: str | None = ""


class McpMessage(Struct):
    payload: dict[str, Any]


class PingMessage(Struct):
    pass


class GoodbyeMessage(Struct):
    pass


FromBoard = BoardHello | ListenMessage | AbortMessage | McpMessage | PingMessage | GoodbyeMessage


class _Kind(Struct):
    type: str = ""


_KINDS: dict[str, Any] = {
    "hello": BoardHello,
    "listen": ListenMessage,
    "abort": AbortMessage,
    "mcp": McpMessage,
    "ping": PingMessage,
    "goodbye": GoodbyeMessage,
}


def read(text: str) -> FromBoard | None:
    """None for a kind of message that nothing comes of (`iot` of old firmware). Raises BadInput."""
    if len(text) > TEXT_BYTES_MAX:
        raise BadInput(f"a message has {len(text)} characters; the most is {TEXT_BYTES_MAX}")
    try:
        kind = _KINDS.get(msgspec.json.decode(text, type=_Kind).type)
        message: FromBoard | None = msgspec.json.decode(text, type=kind) if kind else None
    except RecursionError:
        raise BadInput("a message is nested too deeply") from None
    except (msgspec.DecodeError, UnicodeError):
        raise BadInput("a message is not JSON of the xiaozhi protocol") from None
    return message


def _write(kind: str, **fields: Any) -> str:
    return msgspec.json.encode({"type": kind, **fields}).decode()


def hello(session_id: str, version: Version) -> str:
    """`transport` must be there: firmware crashes without it."""
    params = {"format": "opus", "sample_rate": RATE_HZ, "channels": 1, "frame_duration": FRAME_MS}
    return _write("hello", version=version, transport="websocket", session_id=session_id, audio_params=params)


def stt(session_id: str, text: str) -> str:
    return _write("stt", session_id=session_id, text=text)


def emotion(session_id: str, name: str, sign: str) -> str:
    return _write("llm", session_id=session_id, emotion=name, text=sign)


def tts(session_id: str, state: Literal["start", "stop", "sentence_start"], text: str | None = None) -> str:
    spoken = {} if text is None else {"text": text}
    return _write("tts", session_id=session_id, state=state, **spoken)


def mcp(session_id: str, payload: dict[str, Any]) -> str:
    return _write("mcp", session_id=session_id, payload=payload)


def pong(timestamp_ms: int) -> str:
    return _write("pong", timestamp=timestamp_ms)

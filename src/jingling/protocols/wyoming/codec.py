"""The wire of Wyoming (github.com/OHF-Voice/wyoming, `wyoming/event.py`): events to bytes and back. Pure.

An event is one line of JSON with `type`, perhaps `data`, `data_length` and `payload_length`; then that many bytes
of JSON, which are laid over `data`; then that many raw bytes.
"""

from typing import Any

import msgspec
from msgspec import Struct

from jingling.core.errors import BadInput

LINE_BYTES_MAX = 65_536
DATA_BYTES_MAX = 1_048_576
"""A service that lists every voice there is takes some hundred kilobytes."""
PAYLOAD_BYTES_MAX = 1_048_576
VERSION = "1.9.0"


class Event(Struct, frozen=True):
    type: str
    data: dict[str, Any] = {}
    payload: bytes = b""


class _Head(Struct, frozen=True):
    type: str
    data: dict[str, Any] | None = None
    data_length: int | None = None
    payload_length: int | None = None


_head = msgspec.json.Decoder(_Head)
_data = msgspec.json.Decoder(dict[str, Any])


def encode(event: Event) -> bytes:
    """Raises BadInput for data that is no JSON."""
    try:
        data = msgspec.json.encode(event.data) if event.data else b""
    except (TypeError, ValueError) as error:
        raise BadInput(f"an event's data must be plain JSON: {error}") from None
    head: dict[str, Any] = {"type": event.type, "version": VERSION}
    if data:
        head["data_length"] = len(data)
    if event.payload:
        head["payload_length"] = len(event.payload)
    return msgspec.json.encode(head) + b"\n" + data + event.payload


class Decoder:
    """Give it what comes, in pieces of any size. After BadInput the stream cannot be read any further."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._head: _Head | None = None

    def feed(self, received: bytes) -> list[Event]:
        """The events that are whole now. Raises BadInput for what is no Wyoming, or is too large."""
        self._waiting += received
        events = []
        while (event := self._next()) is not None:
            events.append(event)
        return events

    def _next(self) -> Event | None:
        if self._head is None and not self._take_head():
            return None
        assert self._head is not None
        data_bytes, payload_bytes = self._head.data_length or 0, self._head.payload_length or 0
        if len(self._waiting) < data_bytes + payload_bytes:
            return None
        body = bytes(self._waiting[: data_bytes + payload_bytes])
        del self._waiting[: data_bytes + payload_bytes]
        head, self._head = self._head, None
        over = _parsed(_data, body[:data_bytes]) if data_bytes else {}
        return Event(head.type, {**(head.data or {}), **over}, body[data_bytes:])

    def _take_head(self) -> bool:
        end = self._waiting.find(b"\n", 0, LINE_BYTES_MAX + 1)
        if end < 0:
            if len(self._waiting) > LINE_BYTES_MAX:
                raise BadInput(f"an event's line has more than {LINE_BYTES_MAX} bytes; is this Wyoming?")
            return False
        head: _Head = _parsed(_head, bytes(self._waiting[:end]))
        _check("data", head.data_length, DATA_BYTES_MAX)
        _check("payload", head.payload_length, PAYLOAD_BYTES_MAX)
        del self._waiting[: end + 1]
        self._head = head
        return True


def _check(name: str, length: int | None, limit: int) -> None:
    if length is not None and not 0 <= length <= limit:
        raise BadInput(f"an event's {name} has {length} bytes; 0 to {limit} are taken")


def _parsed(decoder: Any, text: bytes) -> Any:
    try:
        return decoder.decode(text)
    except RecursionError:
        raise BadInput("an event's JSON is nested too deeply") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"this is no event of Wyoming: {error}") from None

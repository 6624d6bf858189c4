"""The pipe between the hub and a worker: two 4-byte little-endian lengths, a JSON object, then sound.

Plain JSON, as the workers are to stay small: they load nothing that their engine does not need. The sound is
the object's `pcm`.
"""

import json
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

Message = dict[str, Any]

FRAME_BYTES_MAX = 64 << 20
_LENGTHS = struct.Struct("<II")


def pack(message: Message) -> bytes:
    pcm: bytes = message.get("pcm", b"")
    body = json.dumps({key: value for key, value in message.items() if key != "pcm"}).encode()
    return _LENGTHS.pack(len(body), len(pcm)) + body + pcm


def _unpack(body: bytes, pcm: bytes) -> Message:
    message: Message = json.loads(body)
    return {**message, "pcm": pcm} if pcm else message


def read_frame(stream: BinaryIO) -> Message | None:
    """Blocks for the next message; None when the pipe has closed."""
    header = stream.read(_LENGTHS.size)
    if len(header) < _LENGTHS.size:
        return None
    size, pcm_size = _LENGTHS.unpack(header)
    body, pcm = stream.read(size), stream.read(pcm_size)
    return _unpack(body, pcm) if len(body) == size and len(pcm) == pcm_size else None


def write_frame(stream: BinaryIO, message: Message) -> None:
    stream.write(pack(message))
    stream.flush()


class FrameSplitter:
    """Cuts a stream of bytes, arriving in pieces of any size, into messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> None:
        self._buffer += data

    def take(self) -> Iterator[Message]:
        """Takes the complete messages one by one. Raises ValueError for what is no frame."""
        while len(self._buffer) >= _LENGTHS.size:
            size, pcm_size = _LENGTHS.unpack_from(self._buffer)
            if size + pcm_size > FRAME_BYTES_MAX:
                raise ValueError(f"a worker announced a frame of {size + pcm_size} bytes")
            middle = _LENGTHS.size + size
            end = middle + pcm_size
            if len(self._buffer) < end:
                return
            body, pcm = bytes(self._buffer[_LENGTHS.size : middle]), bytes(self._buffer[middle:end])
            del self._buffer[:end]
            yield _unpack(body, pcm)

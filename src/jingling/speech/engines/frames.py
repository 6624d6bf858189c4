"""The pipe between the hub and a worker process: a 4-byte little-endian length, then one msgpack value."""

import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

FRAME_BYTES_MAX = 64 << 20
_LENGTH = struct.Struct("<I")
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


def pack(value: Any) -> bytes:
    body = _encode(value)
    return _LENGTH.pack(len(body)) + body


def read_frame(stream: BinaryIO) -> Any | None:
    """Blocks for the next value; None when the pipe has closed."""
    header = stream.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(header)
    body = stream.read(length)
    return _decode(body) if len(body) == length else None


def write_frame(stream: BinaryIO, value: Any) -> None:
    stream.write(pack(value))
    stream.flush()


class FrameSplitter:
    """Cuts a stream of bytes, arriving in pieces of any size, into values."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> None:
        self._buffer += data

    def take(self) -> Iterator[Any]:
        """Takes the complete values one by one. Raises ValueError on a length beyond FRAME_BYTES_MAX."""
        while len(self._buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer)
            if length > FRAME_BYTES_MAX:
                raise ValueError(f"a worker announced a frame of {length} bytes")
            end = _LENGTH.size + length
            if len(self._buffer) < end:
                return
            body = bytes(self._buffer[_LENGTH.size : end])
            del self._buffer[:end]
            yield _decode(body)

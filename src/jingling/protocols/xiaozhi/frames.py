"""The three binary framings of sound on a xiaozhi socket, both ways, in network byte order. Pure.

1: a bare Opus packet. 2: u16 version, u16 type, u32 reserved, u32 timestamp (ms), u32 length, packet.
3: u8 type, u8 reserved, u16 length, packet. The type is 0 for sound.
"""

import struct
from typing import Literal

from jingling.core.errors import BadInput

Version = Literal[1, 2, 3]
PACKET_BYTES_MAX = 4_000
"""More than any Opus packet of one channel holds (three frames of 1,275 bytes)."""
SOUND = 0
_HEAD = {2: struct.Struct(">HHIII"), 3: struct.Struct(">BBH")}


def version_of(number: object) -> Version:
    """What is not known is taken as the first."""
    return 3 if number == 3 else 2 if number == 2 else 1


def pack(version: Version, packet: bytes, timestamp_ms: int = 0) -> bytes:
    if version == 2:
        return _HEAD[2].pack(2, SOUND, 0, timestamp_ms & 0xFFFFFFFF, len(packet)) + packet
    if version == 3:
        return _HEAD[3].pack(SOUND, 0, len(packet)) + packet
    return packet


def unpack(version: Version, frame: bytes) -> bytes:
    """The Opus packet in `frame`. Raises BadInput."""
    packet = frame if version == 1 else _payload(version, frame)
    if not packet:
        raise BadInput("a frame of sound is empty")
    if len(packet) > PACKET_BYTES_MAX:
        raise BadInput(f"a packet of sound has {len(packet)} bytes; the most is {PACKET_BYTES_MAX}")
    return packet


def _payload(version: Version, frame: bytes) -> bytes:
    head = _HEAD[version]
    if len(frame) < head.size:
        raise BadInput(f"a frame of version {version} has at least {head.size} bytes, not {len(frame)}")
    fields = head.unpack_from(frame)
    kind, length = (fields[1], fields[4]) if version == 2 else (fields[0], fields[2])
    if kind != SOUND:
        raise BadInput(f"a binary frame of type {kind} is no sound")
    if length != len(frame) - head.size:
        raise BadInput(f"a frame says {length} bytes and has {len(frame) - head.size}")
    return frame[head.size :]

"""The codec of `/ws`: frames as `screen.messages` describes them."""

import struct

import msgspec

from jingling.screen.messages import FromBrowser, ToBrowser
from jingling.server.complaint import Complaint

_decoder: msgspec.json.Decoder[FromBrowser] = msgspec.json.Decoder(FromBrowser)


def decode(frame: str, bytes_max: int) -> FromBrowser:
    """Raises Complaint for what is no message of a browser."""
    data = frame.encode("utf-8", "surrogatepass")
    if len(data) > bytes_max:
        raise Complaint("frame_too_large", length=len(data), limit=bytes_max)
    try:
        return _decoder.decode(data)
    except RecursionError:
        raise Complaint("bad_frame", detail="JSON nested too deeply") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Complaint("bad_frame", detail=str(error)) from None


def encode(message: ToBrowser) -> str:
    return msgspec.json.encode(message).decode()


def sound_frame(stream: int, pcm: bytes) -> bytes:
    """A little-endian u32 stream number, then PCM."""
    return struct.pack("<I", stream & 0xFFFFFFFF) + pcm

"""Where a device is reached."""

import re

from msgspec import Struct

from jingling.core.errors import BadInput

PORTS = range(1, 65_536)


class Address(Struct, frozen=True):
    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def address_of(text: str, port: int | None = None) -> Address:
    """`name`, `name:port`, `[IPv6]:port`; `port` is taken where none is given. Raises BadInput."""
    found = re.fullmatch(r"(?:\[([0-9a-fA-F:.%\w]+)\]|([^:\s/]+)|([0-9a-fA-F:%]+))(?::(\d{1,5}))?", text.strip())
    number = int(found[4]) if found and found[4] else port
    if found is None or number not in PORTS:
        raise BadInput(f"{text[:80]!r} is no address of a device; write it like 192.168.1.20:{port or 10700}")
    assert number is not None
    return Address(found[1] or found[2] or found[3], number)

"""Where a device is reached."""

import re
from ipaddress import ip_address

from msgspec import Struct

from jingling.core.errors import BadInput

PORTS = range(1, 65_536)
_NAMED = re.compile(r"([^:\s/\[\]]+)(?::(\d{1,5}))?")
_BRACKETED = re.compile(r"\[([^\]\s]+)\](?::(\d{1,5}))?")


class Address(Struct, frozen=True):
    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def address_of(text: str, port: int | None = None) -> Address:
    """`name`, `name:port`, an IPv6 address, `[IPv6]:port`; `port` is taken where none is given. Raises BadInput."""
    found = _NAMED.fullmatch(text.strip()) or _BRACKETED.fullmatch(text.strip())
    host, told = (found[1], found[2]) if found else (text.strip(), None)
    number = int(told) if told else port
    named = found is not None and ":" not in host
    if number not in PORTS or not (named or _is_ipv6(host)):
        raise BadInput(f"{text[:80]!r} is no address of a device; write it like 192.168.1.20:{port or 10700}")
    assert number is not None
    return Address(host, number)


def _is_ipv6(text: str) -> bool:
    try:
        return ip_address(text).version == 6
    except ValueError:
        return False

"""The addresses a hub is reached by, and the code that a phone reads them from."""

import io
import socket
from ipaddress import ip_address

import segno

from jingling.server.origin import is_loopback
from jingling.settings import ServerSettings

_ELSEWHERE = ("192.0.2.1", 9)
"""A documentation address: connecting a UDP socket to it picks the outgoing interface and sends nothing."""


def lan_addresses() -> list[str]:
    """This machine's IPv4 addresses on its networks, the one that leads outside first; none without a network."""
    found = [_outgoing_address(), *_named_addresses()]
    return list(dict.fromkeys(address for address in found if address and _is_reachable(address)))


def own_names() -> list[str]:
    """The names other machines of the LAN may call this one by."""
    name = socket.gethostname().lower()
    if not name or is_loopback(name):
        return []
    return list(dict.fromkeys([name, f"{name.partition('.')[0]}.local"]))


def urls(settings: ServerSettings, port: int | None = None) -> list[str]:
    """Where the screen is: on this machine and, once `lan` is open, for others. `port` as it was really bound."""
    number = settings.port if port is None else port
    hosts = ["127.0.0.1", *(lan_addresses() if settings.lan else [])]
    return [f"http://{host}:{number}/" for host in hosts]


def qr_terminal(url: str) -> str:
    """Lines of half blocks, readable on dark and on light terminals."""
    lines = io.StringIO()
    segno.make(url, error="l", micro=False).terminal(out=lines, compact=True, border=2)
    return lines.getvalue()


def qr_svg(url: str) -> str:
    """An `<svg>` element to be put into a page."""
    return str(segno.make(url, error="m", micro=False).svg_inline(scale=4, border=2))


def _outgoing_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def _named_addresses() -> list[str]:
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return []
    return [str(entry[4][0]) for entry in found]


def _is_reachable(address: str) -> bool:
    parsed = ip_address(address)
    return not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified)

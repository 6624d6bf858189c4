"""Whose name a request used (Host) and whose page sent it (Origin): pure rules."""

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

LOOPBACK_NAMES = frozenset({"localhost", "ip6-localhost"})


def host_name(host: str) -> str:
    """The name in a `Host` header, without port and brackets, in lower case; empty when it is malformed."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_loopback(name: str) -> bool:
    if name in LOOPBACK_NAMES:
        return True
    try:
        parsed = ip_address(name.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return bool((mapped or parsed).is_loopback)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def is_own_host(host: str, *, lan: bool, own_address: str, names: Collection[str]) -> bool:
    """Whether `host` names this hub; a foreign name that resolves to it (DNS rebinding) does not.

    `own_address` is the local end of the connection itself.
    """
    name = host_name(host)
    if is_loopback(name):
        return True
    return lan and (name in names or (_is_address(name) and name == own_address.partition("%")[0].lower()))


def is_own_origin(origin: str | None, host: str, *, lan: bool) -> bool:
    """Whether a page of this hub sent the request; programs send no `Origin`.

    A hub that is only on loopback also trusts other loopback ports, where the screen is developed.
    """
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
        name = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in ("http", "https"):
        return False
    if parts.netloc.lower() == host.strip().lower():
        return True
    return not lan and is_loopback(name) and is_loopback(host_name(host))

"""Devices that announce themselves on the local network (mDNS), and this hub announcing itself to them.

One browser serves all protocols. `zeroconf` (LGPL-2.1-or-later, an optional extra) is loaded when it is needed.
"""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from jingling.protocols.address import Address
from jingling.protocols.waiting import cancelled

if TYPE_CHECKING:
    from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

log = logging.getLogger(__name__)
HUB_SERVICE = "_jingling._tcp.local."
LOOK_UP_MS = 3_000
WAITING_MAX = 64
TEXT_CHARS_MAX = 255


class Found(Struct, frozen=True):
    """`name` is the instance's own, without the service; `about` its text records."""

    name: str
    address: Address
    about: dict[str, str] = {}


OnFound = Callable[[Found], Awaitable[None]]


class Discovery:
    """Does nothing unless `lan`: a hub that is only on loopback sends and hears nothing beyond it.

    `interfaces` None: all of this machine's.
    """

    def __init__(self, lan: bool, interfaces: Sequence[str] | None = None) -> None:
        self._lan = lan
        self._interfaces = interfaces
        self._watched: dict[str, OnFound] = {}
        self._announced: tuple[str, int] | None = None
        self._zeroconf: AsyncZeroconf | None = None
        self._browser: AsyncServiceBrowser | None = None
        self._named: asyncio.Queue[tuple[str, str]] = asyncio.Queue(WAITING_MAX)
        self._running: asyncio.Task[None] | None = None

    def watch(self, service: str, found: OnFound) -> None:
        """Call `found` for each instance, and again when it changes. Before `start`."""
        self._watched[service] = found

    def announce(self, name: str, port: int) -> None:
        """Tell speakers where this hub is. Before `start`."""
        self._announced = (name, port)

    async def start(self) -> None:
        """Returns at once."""
        if self._lan and (self._watched or self._announced):
            self._running = asyncio.create_task(self._run(), name="discovery")

    async def close(self) -> None:
        await cancelled(self._running)
        self._running = None
        if self._browser is not None:
            await self._browser.async_cancel()
        if self._zeroconf is not None:
            await self._zeroconf.async_close()
        self._browser = self._zeroconf = None

    async def _run(self) -> None:
        try:
            await self._open()
        except ImportError:
            return log.warning("devices are not found by themselves: install jingling[devices]")
        except OSError as error:
            return log.warning("devices are not found by themselves: %s", error.strerror or error)
        while True:
            await self._look_up(*await self._named.get())

    async def _open(self) -> None:
        library = await asyncio.to_thread(import_module, "zeroconf.asyncio")
        options = {} if self._interfaces is None else {"interfaces": list(self._interfaces)}
        self._zeroconf = library.AsyncZeroconf(**options)
        if self._watched:
            names = list(self._watched)
            self._browser = library.AsyncServiceBrowser(self._zeroconf.zeroconf, names, handlers=[self._changed])
        if self._announced is not None:
            await self._zeroconf.async_register_service(_hub(library.AsyncServiceInfo, *self._announced))

    def _changed(self, zeroconf: Any, service_type: str, name: str, state_change: Any) -> None:
        if state_change.name != "Removed" and not self._named.full():
            self._named.put_nowait((service_type, name))

    async def _look_up(self, service: str, name: str) -> None:
        assert self._zeroconf is not None
        info = await self._zeroconf.async_get_service_info(service, name, timeout=LOOK_UP_MS)
        addresses = info.parsed_scoped_addresses() if info is not None else []
        if info is None or not addresses or not info.port:
            return
        found = Found(
            name.removesuffix(f".{service}")[:TEXT_CHARS_MAX], Address(addresses[0], info.port), _texts(info)
        )
        try:
            await self._watched[service](found)
        except Exception:
            log.exception("a device of %s was found and not taken up", service)


def _texts(info: "AsyncServiceInfo") -> dict[str, str]:
    """Whatever anybody on the network says: cut to size, and nothing that could be a control character."""
    texts = {}
    for key, value in list(info.properties.items())[:WAITING_MAX]:
        text = (value or b"").decode("utf-8", "replace")[:TEXT_CHARS_MAX]
        texts[key.decode("utf-8", "replace")[:TEXT_CHARS_MAX]] = "".join(
            sign for sign in text if sign.isprintable()
        )
    return texts


def _hub(make: Any, name: str, port: int) -> "AsyncServiceInfo":
    host = socket.gethostname().partition(".")[0] or "jingling"
    info: AsyncServiceInfo = make(
        HUB_SERVICE, f"{name}.{HUB_SERVICE}", port=port, server=f"{host}.local.",
        properties={"path": "/", "version": "1"}, parsed_addresses=_own_addresses(),
    )  # fmt: skip
    return info


def _own_addresses() -> list[str]:
    """Those of the networks that lead outside; nothing is sent."""
    found = []
    for family, elsewhere in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((elsewhere, 9))
            except OSError:
                continue
            found.append(str(probe.getsockname()[0]).partition("%")[0])
    return found

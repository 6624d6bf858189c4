"""Discovery over real mDNS, on loopback alone."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from zeroconf import ServiceInfo
from zeroconf.asyncio import AsyncZeroconf

from fakes.voice_host import eventually
from jingling.core.errors import BadInput
from jingling.protocols.address import Address, address_of
from jingling.protocols.discovery import HUB_SERVICE, Discovery, Found

LOOPBACK = ["127.0.0.1"]
SERVICE = "_jingling-test._tcp.local."


@asynccontextmanager
async def announced(name: str, **about: str) -> AsyncIterator[AsyncZeroconf]:
    network = AsyncZeroconf(interfaces=LOOPBACK)
    info = ServiceInfo(
        SERVICE, f"{name}.{SERVICE}", port=6053, parsed_addresses=LOOPBACK, properties=about, server="x.local."
    )
    await network.zeroconf.async_wait_for_start()
    network.zeroconf.registry.async_add(info)
    try:
        yield network
    finally:
        await network.async_close()


async def test_what_announces_itself_is_found_with_what_it_says() -> None:
    found: list[Found] = []

    async def note(one: Found) -> None:
        found.append(one)

    async with announced("kitchen voice", mac="aabbcc001122", odd="a\x1b[31mb"):
        discovery = Discovery(lan=True, interfaces=LOOPBACK)
        discovery.watch(SERVICE, note)
        await discovery.start()
        try:
            await eventually(lambda: found)
        finally:
            await discovery.close()
    about = {"mac": "aabbcc001122", "odd": "a[31mb"}
    assert found == [Found("kitchen voice", Address("127.0.0.1", 6053), about)]


async def test_a_hub_that_is_not_open_hears_and_sends_nothing() -> None:
    discovery = Discovery(lan=False)
    discovery.announce("Jingling", 8765)
    await discovery.start()
    await asyncio.sleep(0)
    assert discovery._running is None
    await discovery.close()


async def test_this_hub_announces_itself() -> None:
    discovery = Discovery(lan=True, interfaces=LOOPBACK)
    discovery.announce("Jingling", 8765)
    await discovery.start()
    try:
        await eventually(lambda: discovery._zeroconf is not None)
        assert discovery._zeroconf is not None
        registry = discovery._zeroconf.zeroconf.registry
        (info,) = await eventually(lambda: registry.async_get_infos_type(HUB_SERVICE))
        assert (info.port, info.name) == (8765, f"Jingling.{HUB_SERVICE}")
    finally:
        await discovery.close()


async def test_without_the_library_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def nobody(found: Found) -> None: ...

    monkeypatch.setitem(sys.modules, "zeroconf.asyncio", None)
    discovery = Discovery(lan=True, interfaces=LOOPBACK)
    discovery.watch(SERVICE, nobody)
    await discovery.start()
    await eventually(lambda: "jingling[devices]" in caplog.text)
    await discovery.close()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("box.local", Address("box.local", 6053)),
        (" 192.168.1.20:99 ", Address("192.168.1.20", 99)),
        ("[fe80::1%eth0]:7", Address("fe80::1%eth0", 7)),
        ("[::1]", Address("::1", 6053)),
        ("fe80::1", Address("fe80::1", 6053)),
    ],
)
def test_addresses_are_read_as_people_write_them(text: str, address: Address) -> None:
    assert address_of(text, 6053) == address
    assert address_of(str(address)) == address


@pytest.mark.parametrize("text", ["", "a:b", "a:0", "a:70000", "http://a/", "a b", ":1"])
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(BadInput, match="192"):
        address_of(text, 6053)

"""Where the hub is, for people and for phones."""

from ipaddress import ip_address
from xml.etree import ElementTree

import pytest

from jingling.core.errors import BadInput, NotReady
from jingling.server.address import lan_addresses, own_names, qr_svg, qr_terminal, urls
from jingling.server.http import bind
from jingling.settings import ServerSettings


def test_shut_it_is_only_here() -> None:
    assert urls(ServerSettings(port=1234)) == ["http://127.0.0.1:1234/"]
    assert urls(ServerSettings(port=0), port=4321) == ["http://127.0.0.1:4321/"]


def test_open_it_is_here_first_and_then_on_the_network() -> None:
    found = urls(ServerSettings(port=1234, lan=True))
    assert found[0] == "http://127.0.0.1:1234/"
    assert found[1:] == [f"http://{address}:1234/" for address in lan_addresses()]
    assert not any(ip_address(address).is_loopback for address in lan_addresses())
    assert "localhost" not in own_names()


def test_a_code_for_the_terminal_and_for_a_page() -> None:
    lines = qr_terminal("http://192.168.1.5:8765/").splitlines()
    assert 10 < len(lines) < 30
    assert ElementTree.fromstring(qr_svg("http://192.168.1.5:8765/")).tag.endswith("svg")
    assert qr_svg("http://a/") != qr_svg("http://b/")


def test_shut_it_does_not_bind_beyond_the_machine() -> None:
    with pytest.raises(BadInput, match=r"server\.lan"):
        bind(ServerSettings(host="0.0.0.0", port=0))
    with bind(ServerSettings(port=0)) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_a_taken_port_is_said() -> None:
    with bind(ServerSettings(port=0)) as first:
        port = first.getsockname()[1]
        with pytest.raises(NotReady, match=f"{port}.*server.port"):
            bind(ServerSettings(port=port))

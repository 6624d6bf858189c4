"""A board asks for its settings, waits to be adopted, and is then let in; nobody else is."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest

from fakes.xiaozhi_host import HEADERS, BoardWire, adopted, hosted
from jingling.core.errors import BadInput, Refused
from jingling.devices.commands import ForgetDevice
from jingling.devices.model import Device
from jingling.protocols.xiaozhi.pictures import KEPT_SECONDS, PICTURES_MAX, Picture, Pictures, picture
from jingling.protocols.xiaozhi.provisioning import Addresses, addresses, answer, asking, board_id
from jingling.protocols.xiaozhi.upload import read_upload

BODY = {
    "mac_address": "aa:bb:cc:dd:ee:01",
    "application": {"name": "xiaozhi", "version": "2.0.4"},
    "display": {"width": 240},
    "board": {"type": "bread-compact-wifi", "name": "bread-compact"},
}
ADDRESSES = Addresses("ws://hub:1", "http://hub:1")
JPEG = b"\xff\xd8\xff\xe0 a picture \r\n--nearly\x00\xff"


def told(device: Device, **headers: str) -> dict[str, Any]:
    who = asking({**HEADERS, **headers}, msgspec.json.encode(BODY))
    now = datetime(2026, 11, 22, 9, tzinfo=timezone(timedelta(hours=8)))
    return answer(who, device, "token", ADDRESSES, now)


def test_a_bound_board_gets_its_socket_and_never_mqtt() -> None:
    said = told(Device("xiaozhi-1", "xiaozhi", "Board", "adopted"))
    assert said["websocket"] == {"url": "ws://hub:1/xiaozhi/v1/", "token": "token", "version": 1}
    assert said["firmware"] == {"version": "2.0.4", "url": ""}
    assert said["server_time"]["timezone_offset"] == 480
    assert not {"mqtt", "activation"} & said.keys()


def test_a_new_board_gets_a_code_and_a_challenge() -> None:
    said = told(Device("xiaozhi-1", "xiaozhi", "Board", code="042042"), **{"accept-language": "zh-CN"})
    assert said["activation"]["code"] == "042042"
    assert "042042" in said["activation"]["message"]
    assert said["activation"]["challenge"]


def test_the_same_board_in_any_spelling() -> None:
    spellings = ("AA:BB:CC:DD:EE:01", "aa:bb:cc:dd:ee:01", "aa-BB-cc-dd-ee-01", "AABBCCDDEE01")
    assert len({board_id(mac, client) for mac in spellings for client in ("Uuid-1", "uuid-1 ")}) == 1


def test_a_board_is_not_known_by_its_address_alone() -> None:
    assert board_id("aa:bb:cc:dd:ee:01", "one") != board_id("aa:bb:cc:dd:ee:01", "another")


def test_what_it_says_of_itself() -> None:
    who = asking(HEADERS, msgspec.json.encode(BODY))
    assert (who.name, who.model, who.version, who.has_screen) == (
        "bread-compact ee01",
        "bread-compact",
        "2.0.4",
        True,
    )
    bare = asking({"client-id": "c"}, b'{"board":{"mac":"02:fc:00:00:00:07"}}')
    assert (bare.name, bare.id.split("-")[1]) == ("xiaozhi 0007", "02fc00000007")


@pytest.mark.parametrize("body", [b"[", b'{"board":3}', b"\xff", b"[" * 30_000])
def test_a_body_that_is_none(body: bytes) -> None:
    with pytest.raises(BadInput):
        asking(HEADERS, body)
    with pytest.raises(BadInput, match="Device-Id"):
        asking({}, b"")


@pytest.mark.parametrize(
    ("setting", "scheme", "host", "websocket", "http"),
    [
        ("", "http", "192.168.1.5:8765", "ws://192.168.1.5:8765", "http://192.168.1.5:8765"),
        ("", "https", "hub.lan", "wss://hub.lan", "https://hub.lan"),
        ("ws://10.0.0.2:8765/", "http", "127.0.0.1", "ws://10.0.0.2:8765", "http://10.0.0.2:8765"),
        ("wss://hub.example", "http", "x", "wss://hub.example", "https://hub.example"),
        ("10.0.0.2:8765", "http", "x", "ws://10.0.0.2:8765", "http://10.0.0.2:8765"),
    ],
)
def test_where_the_board_reaches_us(setting: str, scheme: str, host: str, websocket: str, http: str) -> None:
    assert addresses(setting, scheme, host) == Addresses(websocket, http)


async def test_from_showing_up_to_being_let_in() -> None:
    async with hosted() as (host, gateway):
        first = await gateway.configure(HEADERS, b"", "http", "192.168.1.9")
        (device,) = host.devices.all()
        assert (device.state, device.address, device.code) == ("new", "192.168.1.9", first["activation"]["code"])
        assert len(device.code) == 6
        assert not gateway.is_adopted(HEADERS)
        again = await gateway.configure(HEADERS, b"", "http", "192.168.1.9")
        assert again["activation"]["code"] == device.code
        token = {"authorization": f"Bearer {again['websocket']['token']}"}
        with pytest.raises(Refused, match="waits to be added"):
            await gateway.admit({**HEADERS, **token})
        headers = await adopted(host, gateway)
        assert gateway.is_adopted({**HEADERS, "device-id": "aa-bb-cc-dd-ee-01"})
        assert (await gateway.admit(headers)).name == "kitchen board"


async def test_a_token_of_a_later_start_replaces_the_first() -> None:
    async with hosted() as (host, gateway):
        first = await adopted(host, gateway)
        later = await gateway.configure(HEADERS, b"", "http", "")
        assert "activation" not in later
        assert await gateway.admit({**HEADERS, "authorization": f"bearer {later['websocket']['token']}"})
        with pytest.raises(Refused, match="token is void"):
            await gateway.admit(first)


async def test_who_is_not_let_in() -> None:
    async with hosted() as (host, gateway):
        headers = await adopted(host, gateway)
        for other in (
            {"authorization": ""},
            {"authorization": "Bearer test-token"},
            {"authorization": headers["authorization"].replace("Bearer", "Basic")},
            {"client-id": "a stranger with the same address"},
            {"device-id": "11:22:33:44:55:66"},
        ):
            with pytest.raises(Refused):
                await gateway.admit({**headers, **other})
        with pytest.raises(BadInput):
            await gateway.admit({**headers, "device-id": ""})
        device = await gateway.admit(headers)
        assert (await host.devices.execute(ForgetDevice(device_id=device.id))).ok
        await host.bus.settle()
        with pytest.raises(Refused, match="not known"):
            await gateway.admit(headers)


async def test_another_boards_token_opens_nothing() -> None:
    async with hosted() as (host, gateway):
        mine = await adopted(host, gateway)
        other = await adopted(host, gateway, {"device-id": "aa:bb:cc:dd:ee:02"})
        await gateway.configure(other, b"", "http", "")
        with pytest.raises(Refused):
            await gateway.admit({**other, "authorization": mine["authorization"]})


async def test_there_are_at_most_so_many_boards() -> None:
    async with hosted(boards_max=1) as (host, gateway):
        first = await adopted(host, gateway)
        second = await adopted(host, gateway, {"device-id": "aa:bb:cc:dd:ee:02"})
        wire = BoardWire(host.clock)
        wire.put(None)
        gateway._open = 1
        with pytest.raises(Refused, match="boards_max"):
            await gateway.admit(second)
        gateway._open = 0
        assert await gateway.admit(first)


def form(*parts: bytes) -> bytes:
    return b"".join(b"--B\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--B--\r\n"


QUESTION = 'name="question"\r\n\r\n这是什么？'.encode()
FILE = b'name="file"; filename="camera.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
KIND = "multipart/form-data; boundary=B"


def test_a_picture_with_its_question() -> None:
    upload = read_upload(KIND, form(QUESTION, FILE + JPEG))
    assert (upload.question, upload.picture) == ("这是什么？", Picture(JPEG, "image/jpeg"))


@pytest.mark.parametrize(
    ("kind", "body", "problem"),
    [
        ("application/json", b"{}", "multipart"),
        ("multipart/form-data", form(QUESTION, FILE + JPEG), "no picture"),
        (KIND, form(QUESTION), "no picture"),
        (KIND, b"", "no picture"),
        (KIND, form(FILE + b"GIF89a"), "JPEG or a PNG"),
        (KIND, form(FILE + b"\xff\xd8\xff" + bytes(2_000_001)), "at most"),
    ],
)
def test_what_is_no_picture(kind: str, body: bytes, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        read_upload(kind, body)


def test_pictures_are_kept_for_a_while() -> None:
    kept = Pictures()
    once, often = (kept.keep(picture(JPEG), 0, once=once) for once in (True, False))
    assert kept.fetch(once, 1)
    assert kept.fetch(once, 1) is None
    assert kept.fetch(often, KEPT_SECONDS - 1)
    assert kept.fetch(often, KEPT_SECONDS + 1) is None
    names = [kept.keep(picture(JPEG), 0, once=False) for _ in range(PICTURES_MAX + 1)]
    assert kept.fetch(names[0], 1) is None
    assert kept.fetch("guessed", 1) is None


def test_the_moment_is_the_homes() -> None:
    who = asking(HEADERS, b"")
    said = answer(who, Device("x", "xiaozhi", "B", "adopted"), "t", ADDRESSES, datetime(2026, 1, 1, tzinfo=UTC))
    assert said["server_time"] == {"timestamp": 1_767_225_600_000, "timezone_offset": 0}

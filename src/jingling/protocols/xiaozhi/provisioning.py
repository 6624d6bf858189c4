"""What a board asks when it starts (its "OTA" request), and what it is answered. Pure."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct, field

from jingling.core.errors import BadInput
from jingling.core.turn import Language
from jingling.devices.model import Device

ID_PREFIX = "xiaozhi-"
CODE_DIGITS = 6
VERSION = 1
"""Framing that boards are asked to use: bare packets, which lose nothing over TCP."""
ACTIVATION_MS = 30_000
_SAID_CHARS_MAX = 64
_INVITE = {
    "en": "Add this device on Jingling's screen: {code}",
    "zh": "请在精灵的屏幕上添加这台设备：{code}",
}


class _Application(Struct):
    name: str = ""
    version: str = ""


class _Board(Struct):
    type: str = ""
    name: str = ""
    mac: str = ""


class _Report(Struct):
    mac_address: str = ""
    chip_model_name: str = ""
    application: _Application = field(default_factory=_Application)
    board: _Board = field(default_factory=_Board)
    display: dict[str, Any] | None = None


@dataclass(frozen=True)
class Asking:
    """Who asks. `id` is made of the address and of the random number that the board keeps in its flash, so that
    nobody is taken for a board by its address alone, which everyone on the network can see."""

    id: str
    name: str
    model: str = ""
    version: str = ""
    language: Language = "en"
    has_screen: bool = False


@dataclass(frozen=True)
class Addresses:
    """Where the board reaches this hub, without a slash at the end."""

    websocket: str
    http: str


def board_id(device_id: str, client_id: str) -> str:
    """The same board in any spelling of its address. Raises BadInput."""
    plain = re.sub(r"[^0-9a-z]", "", device_id.lower())
    if not 4 <= len(plain) <= 32:
        raise BadInput("the header Device-Id holds the board's MAC address")
    client = hashlib.sha256(client_id.strip().lower().encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{ID_PREFIX}{plain}-{client}"


def asking(headers: Mapping[str, str], body: bytes) -> Asking:
    """`headers` by lower-case names. Raises BadInput."""
    report = _report(body)
    device_id = headers.get("device-id") or report.mac_address or report.board.mac
    identifier = board_id(device_id, headers.get("client-id", ""))
    model = report.board.name or report.board.type or report.chip_model_name
    return Asking(
        id=identifier,
        name=f"{_said(model) or 'xiaozhi'} {identifier.split('-')[1][-4:]}",
        model=_said(model),
        version=_said(report.application.version),
        language="zh" if headers.get("accept-language", "").lower().startswith("zh") else "en",
        has_screen=report.display is not None,
    )


def answer(
    who: Asking, device: Device, token: str, addresses: Addresses, now: datetime
) -> dict[str, Any]:  # fmt: skip
    """Never with `mqtt`, which a board would prefer; with `activation` until somebody adopts it."""
    offset = now.utcoffset()
    told: dict[str, Any] = {
        "server_time": {
            "timestamp": round(now.timestamp() * 1000),
            "timezone_offset": round(offset.total_seconds() / 60) if offset else 0,
        },
        "firmware": {"version": who.version, "url": ""},
        "websocket": {"url": f"{addresses.websocket}/xiaozhi/v1/", "token": token, "version": VERSION},
    }
    if not device.adopted:
        told["activation"] = {
            "code": device.code,
            "message": _INVITE[who.language].format(code=device.code),
            "challenge": who.id,
            "timeout_ms": ACTIVATION_MS,
        }
    return told


def addresses(setting: str, scheme: str, host: str) -> Addresses:
    """By the owner's setting ("ws://192.168.1.5:8765"), or else as the board itself reached us."""
    base = setting.strip().rstrip("/") or f"{scheme}://{host}"
    rest = base.partition("://")[2] or base
    secure = base.startswith(("wss:", "https:"))
    return Addresses(f"{'wss' if secure else 'ws'}://{rest}", f"{'https' if secure else 'http'}://{rest}")


def _report(body: bytes) -> _Report:
    """What a board says beyond its headers; nothing, when that is not understood."""
    if not body.strip():
        return _Report()
    try:
        return msgspec.json.decode(body, type=_Report)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise BadInput("the body is not the JSON of a board") from None


def _said(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())[: _SAID_CHARS_MAX - 8].strip()

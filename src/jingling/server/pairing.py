"""Pairing a device by a short code that a signed-in screen shows."""

import hmac
import secrets
from dataclasses import dataclass

from jingling.core.clock import Clock
from jingling.core.turn import Role
from jingling.devices.service import DeviceService
from jingling.server.complaint import Complaint

NAME_CHARS_MAX = 64
CODE_SECONDS = 300
TRIES = 5
COOL_DOWN_SECONDS = 300


@dataclass
class OpenCode:
    """`role` is what the device that is paired by it may do."""

    code: str
    expires_at: float
    role: Role
    tries_left: int = TRIES


@dataclass(frozen=True)
class Paired:
    device_id: str
    token: str


class Pairing:
    """At most one code is open; five wrong tries close it and stop all pairing for five minutes."""

    def __init__(self, devices: DeviceService, clock: Clock) -> None:
        self._devices = devices
        self._clock = clock
        self._open: OpenCode | None = None
        self._shut_until = 0.0

    def new_code(self, role: Role = "adult") -> str:
        """Six digits, valid for `CODE_SECONDS`; the code before is void. Raises Complaint in the cool-down."""
        self._check_cool_down()
        code = f"{secrets.randbelow(1_000_000):06d}"
        self._open = OpenCode(code, self._clock.monotonic() + CODE_SECONDS, role)
        return code

    async def redeem(self, code: str, name: str) -> Paired:
        """Pair a device called `name`; the code is used up. Raises Complaint."""
        self._check_cool_down()
        device, token = await self._devices.pair(name, self._spend(code))
        return Paired(device.id, token)

    def _spend(self, code: str) -> Role:
        entry = self._open
        if entry is None or entry.expires_at <= self._clock.monotonic():
            self._open = None
            raise Complaint("wrong_pair_code")
        entry.tries_left -= 1
        right = hmac.compare_digest(code.strip().encode("utf-8", "surrogatepass"), entry.code.encode())
        if right or entry.tries_left == 0:
            self._open = None
        if not right:
            if entry.tries_left == 0:
                self._shut_until = self._clock.monotonic() + COOL_DOWN_SECONDS
            raise Complaint("wrong_pair_code")
        return entry.role

    def _check_cool_down(self) -> None:
        wait = self._shut_until - self._clock.monotonic()
        if wait > 0:
            raise Complaint("wait", retry_after_s=wait, seconds=round(wait + 0.5))

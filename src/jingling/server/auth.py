"""Who may come in: shut by default, a password and sessions once the LAN is open."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from jingling.core.clock import Clock
from jingling.core.errors import NotReady
from jingling.core.turn import Role
from jingling.devices.base import Devices
from jingling.server.attempts import Attempts
from jingling.server.complaint import Complaint
from jingling.server.password import Passwords
from jingling.server.store import AccessStore
from jingling.settings import ServerSettings

SESSION = timedelta(days=30)
SETUP_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True)
class Identity:
    """`local`: whoever uses this machine while the hub is shut to the LAN. `id` names nobody in the clear."""

    kind: Literal["local", "session", "device"]
    id: str = ""
    role: Role = "owner"


@dataclass(frozen=True)
class Credentials:
    """The tokens a request brought; empty when it did not."""

    session: str = ""
    device: str = ""


@dataclass(frozen=True)
class Caller:
    """`at_hub`: on this very machine, by its loopback name."""

    address: str
    at_hub: bool = False


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class Access:
    """`setup_code` sets the first password from another machine; it is shown in the terminal only."""

    def __init__(self, store: AccessStore, devices: Devices, clock: Clock, settings: ServerSettings) -> None:
        self.required = settings.lan
        self.setup_code = _setup_code()
        self._store = store
        self._devices = devices
        self._clock = clock
        self._password_file = settings.password_file
        self._passwords = Passwords()
        self._attempts = Attempts()

    async def open(self) -> None:
        """Take over the password of `server.password_file`. Raises NotReady when it cannot be read."""
        if self.required and self._password_file is not None:
            await self._adopt(_read_password(self._password_file))

    async def first_start(self) -> bool:
        """Whether a password is needed and none is set."""
        return self.required and await self._store.password_hash() is None

    async def identify(self, credentials: Credentials) -> Identity | None:
        """None when signing in is required and the credentials are none of ours, or over."""
        if not self.required:
            return Identity("local")
        if credentials.session:
            hashed = token_hash(credentials.session)
            if await self._store.has_session(hashed, self._clock.now()):
                return Identity("session", hashed[:12])
        if credentials.device:
            device = await self._devices.by_token(credentials.device)
            if device is not None:
                return Identity("device", device.id, device.role)
        return None

    async def must_identify(self, credentials: Credentials) -> Identity:
        """Raises Complaint."""
        identity = await self.identify(credentials)
        if identity is None:
            raise Complaint("first_start" if await self.first_start() else "sign_in")
        return identity

    async def sign_in(self, password: str, caller: Caller) -> str:
        """A new session's token. Raises Complaint."""
        known = await self._store.password_hash()
        if known is None:
            raise Complaint("first_start")
        await self._check(password, known, caller)
        return await self._new_session()

    async def sign_out(self, credentials: Credentials) -> None:
        if credentials.session:
            await self._store.end_session(token_hash(credentials.session))

    async def set_password(self, password: str, caller: Caller, *, current: str = "", setup_code: str = "") -> str:
        """Set the first password, or replace the `current` one, which ends every session.

        The token of a new session. Raises Complaint.
        """
        known = await self._store.password_hash()
        if known is not None:
            await self._check(current, known, caller)
        elif not caller.at_hub:
            self._check_setup_code(setup_code, caller)
        await self._store.keep_password(await self._passwords.hashed(password))
        self.setup_code = _setup_code()
        return await self._new_session()

    async def _check(self, password: str, known: str, caller: Caller) -> None:
        self._begin(caller)
        if not await self._passwords.matches(password, known):
            raise Complaint("wrong_password")
        self._attempts.succeeded(caller.address)

    def _check_setup_code(self, setup_code: str, caller: Caller) -> None:
        self._begin(caller)
        given = setup_code.strip().upper().encode()
        if not hmac.compare_digest(given, self.setup_code.encode()):
            raise Complaint("wrong_setup_code")
        self._attempts.succeeded(caller.address)

    def _begin(self, caller: Caller) -> None:
        wait = self._attempts.begin(caller.address, self._clock.monotonic())
        if wait > 0:
            raise Complaint("wait", retry_after_s=wait, seconds=round(wait + 0.5))

    async def _adopt(self, password: str) -> None:
        known = await self._store.password_hash()
        if known is None or not await self._passwords.matches(password, known):
            await self._store.keep_password(await self._passwords.hashed(password))

    async def _new_session(self) -> str:
        token = secrets.token_urlsafe(32)
        now = self._clock.now()
        await self._store.keep_session(token_hash(token), now, now + SESSION)
        return token


def _setup_code() -> str:
    letters = "".join(secrets.choice(SETUP_LETTERS) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def _read_password(path: Path) -> str:
    try:
        return path.expanduser().read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise NotReady(
            f"cannot read server.password_file {path} ({type(error).__name__}): make it a readable text file"
        ) from None

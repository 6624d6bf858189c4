"""The household's password: argon2id, off the event loop, one at a time."""

import asyncio
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from jingling.server.complaint import Complaint

CHARS_MIN = 8
CHARS_MAX = 256


class Passwords:
    """One computation at a time, for each takes 64 MiB."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=2)
        self._turn = asyncio.Lock()

    async def hashed(self, password: str) -> str:
        """Raises Complaint when the password is too short or too long."""
        if not CHARS_MIN <= len(password) <= CHARS_MAX:
            raise Complaint("weak_password", minimum=CHARS_MIN, maximum=CHARS_MAX)
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, _same_everywhere(password))

    async def matches(self, password: str, password_hash: str) -> bool:
        if len(password) > CHARS_MAX:
            return False
        async with self._turn:
            return await asyncio.to_thread(self._verify, password_hash, _same_everywhere(password))

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False


def _same_everywhere(password: str) -> str:
    """One spelling, however a keyboard composed the characters."""
    return unicodedata.normalize("NFKC", password)

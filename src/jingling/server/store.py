"""The tables of access: the household's password and signed-in sessions. Tokens only as hashes."""

from datetime import datetime

from sqlalchemy import Column, String, Table, delete, insert, select

from jingling.storage.base import Database
from jingling.storage.tables import Moment, metadata

household = Table(
    "household",
    metadata,
    Column("home_id", String(64), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("value", String(1000), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("home_id", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)

PASSWORD = "password_hash"


class AccessStore:
    def __init__(self, database: Database, home_id: str) -> None:
        self._database = database
        self._home_id = home_id

    async def password_hash(self) -> str | None:
        mine = (household.c.home_id == self._home_id) & (household.c.key == PASSWORD)
        async with self._database.unit() as unit:
            rows = await unit.rows(select(household.c.value).where(mine))
        return str(rows[0]["value"]) if rows else None

    async def keep_password(self, password_hash: str) -> None:
        """Replaces the password and ends every session."""
        mine = (household.c.home_id == self._home_id) & (household.c.key == PASSWORD)
        row = {"home_id": self._home_id, "key": PASSWORD, "value": password_hash}
        async with self._database.unit() as unit:
            await unit.execute(delete(household).where(mine))
            await unit.execute(insert(household).values(row))
            await unit.execute(delete(sessions).where(sessions.c.home_id == self._home_id))

    async def keep_session(self, token_hash: str, now: datetime, expires_at: datetime) -> None:
        """Also forgets the sessions that are over."""
        row = {
            "token_hash": token_hash,
            "home_id": self._home_id,
            "created_at": now,
            "expires_at": expires_at,
        }
        async with self._database.unit() as unit:
            await unit.execute(delete(sessions).where(sessions.c.expires_at <= now))
            await unit.execute(insert(sessions).values(row))

    async def has_session(self, token_hash: str, now: datetime) -> bool:
        mine = (sessions.c.token_hash == token_hash) & (sessions.c.home_id == self._home_id)
        query = select(sessions.c.token_hash).where(mine & (sessions.c.expires_at > now))
        async with self._database.unit() as unit:
            return bool(await unit.rows(query))

    async def end_session(self, token_hash: str) -> None:
        async with self._database.unit() as unit:
            await unit.execute(delete(sessions).where(sessions.c.token_hash == token_hash))

"""The tables of access: the household's password, signed-in sessions, paired devices. Tokens only as hashes."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import Column, String, Table, delete, insert, select

from jingling.core.turn import Role
from jingling.storage.base import Database, Row
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

devices = Table(
    "devices",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("home_id", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
)

PASSWORD = "password_hash"


class Device(Struct, frozen=True):
    """`role` is what whoever uses it may do."""

    id: str
    name: str
    role: Role = "adult"


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

    async def keep_device(self, device: Device, token_hash: str, now: datetime) -> None:
        row = {
            "id": device.id,
            "home_id": self._home_id,
            "name": device.name,
            "role": device.role,
            "token_hash": token_hash,
            "created_at": now,
        }
        async with self._database.unit() as unit:
            await unit.execute(insert(devices).values(row))

    async def device_of(self, token_hash: str) -> Device | None:
        mine = (devices.c.token_hash == token_hash) & (devices.c.home_id == self._home_id)
        async with self._database.unit() as unit:
            rows = await unit.rows(select(devices.c.id, devices.c.name, devices.c.role).where(mine))
        return msgspec.convert(dict(rows[0]), Device) if rows else None

    async def devices(self) -> Sequence[Row]:
        columns = (devices.c.id, devices.c.name, devices.c.role, devices.c.created_at)
        query = select(*columns).where(devices.c.home_id == self._home_id).order_by(devices.c.created_at)
        async with self._database.unit() as unit:
            return await unit.rows(query)

    async def forget_device(self, device_id: str) -> bool:
        mine = (devices.c.id == device_id) & (devices.c.home_id == self._home_id)
        async with self._database.unit() as unit:
            return await unit.execute(delete(devices).where(mine)) > 0

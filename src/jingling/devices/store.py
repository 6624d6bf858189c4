"""The table of adopted devices. What is new is not written: it shows up again by itself."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Column, Integer, String, Table, delete, insert, select

from jingling.devices.model import Device
from jingling.storage.base import Row, UnitOfWork
from jingling.storage.tables import Moment, metadata

home_devices = Table(
    "home_devices",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("home_id", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("name", String(64), nullable=False),
    Column("place_id", String(128)),
    Column("language", String(8)),
    Column("role", String(16), nullable=False),
    Column("model", String(128), nullable=False),
    Column("version", String(64), nullable=False),
    Column("address", String(128), nullable=False),
    Column("volume", Integer),
    Column("capabilities", String(200), nullable=False),
    Column("token_hash", String(64), unique=True),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment),
)


class DeviceStore:
    """One home's devices, each with the hash of its token ("" for none)."""

    def __init__(self, home_id: str) -> None:
        self._home_id = home_id

    async def all(self, unit: UnitOfWork) -> Sequence[tuple[Device, str]]:
        rows = await unit.rows(select(home_devices).where(home_devices.c.home_id == self._home_id))
        return [(_device(row), row["token_hash"] or "") for row in rows]

    async def keep(self, unit: UnitOfWork, device: Device, token_hash: str) -> None:
        await self.forget(unit, device.id)
        row = {**_row(device), "home_id": self._home_id, "token_hash": token_hash or None}
        await unit.execute(insert(home_devices).values(row))

    async def forget(self, unit: UnitOfWork, device_id: str) -> None:
        mine = (home_devices.c.id == device_id) & (home_devices.c.home_id == self._home_id)
        await unit.execute(delete(home_devices).where(mine))


def _row(device: Device) -> Row:
    fields = msgspec.structs.asdict(device)
    kept = {name: value for name, value in fields.items() if name not in ("state", "code")}
    return {**kept, "capabilities": " ".join(sorted(device.capabilities))}


def _device(row: Row) -> Device:
    fields = {name: row[name] for name in Device.__struct_fields__ if name in row}
    return Device(**{**fields, "state": "adopted", "capabilities": frozenset(row["capabilities"].split())})

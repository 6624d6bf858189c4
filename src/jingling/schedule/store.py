"""The schedule's table."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Column, Float, String, Table, Text, delete, insert, select, update

from jingling.schedule.model import Entry
from jingling.storage.base import Row, UnitOfWork
from jingling.storage.tables import Moment, metadata

KEEP_ENDED = timedelta(days=7)
"""How long an ended entry is kept, so that its command, come again, is known to be done."""

entries = Table(
    "schedule_entries",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("home_id", String(128), nullable=False, index=True),
    Column("device_id", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    # Text, because the offset and with it the wall time that was asked for must come back.
    Column("due_at", String(40), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("language", String(8), nullable=False),
    Column("label", String(200), nullable=False),
    Column("total_s", Float, nullable=False),
    Column("remaining_s", Float),
    Column("repeat", String(40), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", String(32), nullable=False),
)


class ScheduleStore:
    """One home's entries. `changed_by` is the key of the command that changed a row last, empty for the clock."""

    def __init__(self, home_id: str) -> None:
        self._home_id = home_id

    async def live(self, unit: UnitOfWork) -> Sequence[Entry]:
        """All that have not ended."""
        query = select(entries).where(
            entries.c.home_id == self._home_id, entries.c.state.not_in(["done", "cancelled"])
        )
        return [_entry(row) for row in await unit.rows(query)]

    async def find(self, unit: UnitOfWork, entry_id: str) -> tuple[Entry, str] | None:
        """The entry, ended or not, and the key of the command that changed it last."""
        query = select(entries).where(entries.c.home_id == self._home_id, entries.c.id == entry_id)
        found = await unit.rows(query)
        return (_entry(found[0]), str(found[0]["changed_by"])) if found else None

    async def add(self, unit: UnitOfWork, entry: Entry, at: datetime, key: str) -> None:
        await unit.execute(insert(entries).values(**_values(entry), changed_at=at, changed_by=key))

    async def change(self, unit: UnitOfWork, entry: Entry, at: datetime, key: str = "") -> None:
        await unit.execute(
            update(entries).where(entries.c.id == entry.id).values(**_values(entry), changed_at=at, changed_by=key)
        )

    async def forget_ended(self, unit: UnitOfWork, now: datetime) -> int:
        """Delete what ended more than a week ago; returns how many."""
        return await unit.execute(
            delete(entries).where(
                entries.c.home_id == self._home_id,
                entries.c.state.in_(["done", "cancelled"]),
                entries.c.changed_at < now - KEEP_ENDED,
            )
        )


def _values(entry: Entry) -> Row:
    return {**msgspec.structs.asdict(entry), "due_at": entry.due_at.isoformat()}


def _entry(row: Row) -> Entry:
    fields = {name: row[name] for name in Entry.__struct_fields__}
    return Entry(**{**fields, "due_at": datetime.fromisoformat(row["due_at"])})

"""The audit trail of the gate: each command by its key, and what became of it."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import JSON, Column, Index, Integer, String, Table, insert, select, update

from jingling.core.command import Command, Outcome, Risk
from jingling.core.errors import BadInput
from jingling.storage.base import Row, UnitOfWork
from jingling.storage.tables import Moment, metadata

State = Literal["pending", "done", "failed", "refused", "interrupted"]
Final = Literal["done", "failed", "refused", "interrupted"]

commands = Table(
    "commands",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("home_id", String(64), nullable=False),
    Column("turn_id", String(64), nullable=False),
    Column("device_id", String(128), nullable=False),
    Column("user_id", String(64)),
    Column("name", String(128), nullable=False),
    Column("risk", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("outcome", JSON(none_as_null=True)),
    Column("created_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Index("ix_commands_home_id_created_at", "home_id", "created_at"),
)
_pending = commands.c.state == "pending"
Index("ix_commands_pending", commands.c.home_id, sqlite_where=_pending)


class CommandRecord(Struct, frozen=True, kw_only=True):
    """`body` is the command as JSON; `digest` tells whether the same key came with the same command."""

    key: str
    home_id: str
    turn_id: str
    device_id: str
    name: str
    risk: Risk
    body: dict[str, Any]
    digest: str
    created_at: datetime
    user_id: str | None = None
    state: State = "pending"
    outcome: Outcome | None = None
    finished_at: datetime | None = None

    @classmethod
    def of(
        cls, command: Command, *, home_id: str, turn_id: str, device_id: str, user_id: str | None, at: datetime
    ) -> "CommandRecord":
        body = msgspec.to_builtins(command)
        return cls(
            key=command.key,
            home_id=home_id,
            turn_id=turn_id,
            device_id=device_id,
            user_id=user_id,
            name=command.name,
            risk=command.risk,
            body=body,
            digest=_digest(body, home_id),
            created_at=at,
        )


async def begin(unit: UnitOfWork, record: CommandRecord) -> CommandRecord | None:
    """Write `record` as pending; or return the one that its key has already. Raises BadInput if that differs."""
    existing = await find(unit, record.key)
    if existing is None:
        await unit.execute(insert(commands).values(msgspec.to_builtins(record, builtin_types=(datetime,))))
        return None
    if existing.digest != record.digest:
        raise BadInput(f"The key {record.key!r} was already used for another command. Use a new key.")
    return existing


async def finish(unit: UnitOfWork, key: str, state: Final, outcome: Outcome, at: datetime) -> bool:
    """Close a pending command; False when it is not pending (any more), and then nothing changes."""
    closed = await unit.execute(
        update(commands)
        .where(commands.c.key == key, _pending)
        .values(state=state, outcome=msgspec.to_builtins(outcome), finished_at=at)
    )
    return closed == 1


async def find(unit: UnitOfWork, key: str) -> CommandRecord | None:
    rows = await unit.rows(select(commands).where(commands.c.key == key))
    return _record(rows[0]) if rows else None


async def unfinished(unit: UnitOfWork, home_id: str) -> Sequence[CommandRecord]:
    """Begun and never finished, oldest first: what a crash cut short."""
    pending = select(commands).where(commands.c.home_id == home_id, _pending).order_by(commands.c.created_at)
    return [_record(row) for row in await unit.rows(pending)]


def _record(row: Row) -> CommandRecord:
    return msgspec.convert(dict(row), CommandRecord)


def _digest(body: dict[str, Any], home_id: str) -> str:
    """Over what is asked, not how it was asked back or confirmed."""
    asked = {name: value for name, value in body.items() if name not in ("key", "risk", "read_back")}
    return sha256(msgspec.json.encode([home_id, asked], order="deterministic")).hexdigest()

"""What was last asked of each thing, so that a home wakes up as it was left."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import JSON, Column, String, Table, delete, insert, select

from jingling.core.thing import Value
from jingling.storage.base import Database
from jingling.storage.tables import Moment, metadata

thing_values = Table(
    "thing_values",
    metadata,
    Column("home_id", String(64), primary_key=True),
    Column("thing_id", String(64), primary_key=True),
    Column("property", String(64), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)


class TableValueStore:
    """Keeps one row a property; `at` is when it was asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, home_id: str) -> dict[str, dict[str, Value]]:
        columns = thing_values.c
        query = select(columns.thing_id, columns.property, columns.value).where(columns.home_id == home_id)
        async with self._database.unit() as unit:
            rows = await unit.rows(query)
        values: dict[str, dict[str, Value]] = {}
        for row in rows:
            values.setdefault(row["thing_id"], {})[row["property"]] = row["value"]
        return values

    async def save(self, home_id: str, thing_id: str, values: Mapping[str, Value], at: datetime) -> None:
        columns = thing_values.c
        old = delete(thing_values).where(
            columns.home_id == home_id, columns.thing_id == thing_id, columns.property.in_(values)
        )
        key = {"home_id": home_id, "thing_id": thing_id, "at": at}
        rows = [key | {"property": name, "value": value} for name, value in values.items()]
        async with self._database.unit() as unit:
            await unit.execute(old)
            if rows:
                await unit.execute(insert(thing_values).values(rows))

"""The migrations make exactly the tables that the code uses, and keep what was in them."""

import importlib

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import MetaData, create_engine, select, text

from jingling.devices.store import home_devices
from jingling.server.store import household, sessions


def test_the_migrations_make_the_tables_of_access_and_keep_paired_screens() -> None:
    access, devices = (
        importlib.import_module(f"jingling.storage.migrations.versions.{name}")
        for name in ("0005_access", "0006_devices")
    )
    wanted = MetaData()
    for table in (household, sessions, home_devices):
        table.to_metadata(wanted)
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            access.upgrade()
            row = "('d1', 'home', 'Tablet', 'child', 'hash', '2026-11-22 09:00:00')"
            columns = "(id, home_id, name, role, token_hash, created_at)"
            connection.execute(text(f"INSERT INTO devices {columns} VALUES {row}"))
            devices.upgrade()
        assert compare_metadata(context, wanted) == []
        kept = connection.execute(select(home_devices)).mappings().one()
        assert (kept["id"], kept["kind"], kept["role"], kept["token_hash"]) == ("d1", "browser", "child", "hash")
    engine.dispose()

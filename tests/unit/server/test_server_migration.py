"""The migration makes exactly the tables that the code uses."""

import importlib

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import MetaData, create_engine

from jingling.server.store import devices, household, sessions


def test_the_migration_makes_the_tables_of_access() -> None:
    migration = importlib.import_module("jingling.storage.migrations.versions.0005_access")
    wanted = MetaData()
    for table in (household, sessions, devices):
        table.to_metadata(wanted)
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            migration.upgrade()
        assert compare_metadata(context, wanted) == []
    engine.dispose()

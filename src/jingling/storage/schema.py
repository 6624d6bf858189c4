"""Brings the tables of a database up to this program's."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from jingling.core.errors import BadInput

MIGRATIONS = Path(__file__).with_name("migrations")
_POSTGRES_LOCK = 7_115_464
"""Any number of our own: two processes that start at once migrate one after the other."""


def migrate(connection: Connection, place: str) -> None:
    """All missing migrations in one transaction, which the caller commits. Raises BadInput for a newer schema."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_POSTGRES_LOCK})")
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
    present = set(MigrationContext.configure(connection).get_current_heads())
    if present - known:
        raise BadInput(
            f"{place} was written by a newer Jingling. Install that version, or use another data folder."
        )
    command.upgrade(config, "head")

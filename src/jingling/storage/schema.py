"""Brings the tables of a database up to this program's."""

from pathlib import Path

from sqlalchemy import Connection, String, column, inspect, select, table

from jingling.core.errors import BadInput

MIGRATIONS = Path(__file__).with_name("migrations")
_POSTGRES_LOCK = 7_115_464
"""Any number of our own: two processes that start at once migrate one after the other."""
_present = select(column("version_num", String)).select_from(table("alembic_version"))


def migrate(connection: Connection, place: str) -> None:
    """All missing migrations in one transaction, which the caller commits. Raises BadInput for a newer schema."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_POSTGRES_LOCK})")
    known = revisions()
    present = _present_in(connection)
    if present - set(known):
        raise BadInput(
            f"{place} was written by a newer Jingling. Install that version, or use another data folder."
        )
    if present != {known[-1]}:
        _upgrade(connection)


def revisions() -> list[str]:
    """All that this program knows, oldest first: each is named like its file."""
    return sorted(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _present_in(connection: Connection) -> set[str]:
    if not inspect(connection).has_table("alembic_version"):
        return set()
    return {str(row[0]) for row in connection.execute(_present)}


def _upgrade(connection: Connection) -> None:
    """Alembic is only loaded when there is something to do: it takes a third of a second."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")

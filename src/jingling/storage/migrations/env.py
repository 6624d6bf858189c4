"""Runs the migrations on the connection that `storage.schema` brings."""

from alembic import context

from jingling.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()

"""The audit trail of the gate: every command, by its key."""

import sqlalchemy as sa
from alembic import op

from jingling.storage.tables import Moment

revision = "0002_commands"
down_revision = "0001_outbox"


def upgrade() -> None:
    op.create_table(
        "commands",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("home_id", sa.String(64), nullable=False),
        sa.Column("turn_id", sa.String(64), nullable=False),
        sa.Column("device_id", sa.String(128), nullable=False),
        sa.Column("user_id", sa.String(64)),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("risk", sa.Integer, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("outcome", sa.JSON),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("finished_at", Moment),
        sa.PrimaryKeyConstraint("key", name="pk_commands"),
    )
    op.create_index("ix_commands_home_id_created_at", "commands", ["home_id", "created_at"])
    pending = sa.text("state = 'pending'")
    op.create_index("ix_commands_pending", "commands", ["home_id"], sqlite_where=pending, postgresql_where=pending)

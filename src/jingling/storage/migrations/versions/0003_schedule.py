"""Timers, alarms and reminders."""

import sqlalchemy as sa
from alembic import op

from jingling.storage.tables import Moment

revision = "0003_schedule"
down_revision = "0002_commands"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "schedule_entries",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("home_id", sa.String(128), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("due_at", sa.String(40), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("total_s", sa.Float(), nullable=False),
        sa.Column("remaining_s", sa.Float()),
        sa.Column("repeat", sa.String(40), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("changed_by", sa.String(32), nullable=False),
    )
    op.create_index("ix_schedule_entries_home_id", "schedule_entries", ["home_id"])


def downgrade() -> None:
    op.drop_table("schedule_entries")

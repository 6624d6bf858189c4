"""What was last asked of each thing."""

import sqlalchemy as sa
from alembic import op

revision = "0004_home_values"
down_revision = "0003_schedule"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "thing_values",
        sa.Column("home_id", sa.String(64), nullable=False),
        sa.Column("thing_id", sa.String(64), nullable=False),
        sa.Column("property", sa.String(64), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("home_id", "thing_id", "property", name="pk_thing_values"),
    )


def downgrade() -> None:
    op.drop_table("thing_values")

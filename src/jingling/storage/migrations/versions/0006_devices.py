"""All devices of a home in one table; screens that were paired before stay paired."""

import sqlalchemy as sa
from alembic import op

from jingling.storage.tables import Moment

revision = "0006_devices"
down_revision = "0005_access"


def upgrade() -> None:
    op.create_table(
        "home_devices",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("home_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("place_id", sa.String(128)),
        sa.Column("language", sa.String(8)),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("model", sa.String(128), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("address", sa.String(128), nullable=False),
        sa.Column("volume", sa.Integer),
        sa.Column("capabilities", sa.String(200), nullable=False),
        sa.Column("token_hash", sa.String(64)),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("seen_at", Moment),
        sa.PrimaryKeyConstraint("id", "home_id", name="pk_home_devices"),
        sa.UniqueConstraint("token_hash", name="uq_home_devices_token_hash"),
    )
    op.execute(
        "INSERT INTO home_devices (id, home_id, kind, name, role, model, version, address, capabilities,"
        " token_hash, created_at)"
        " SELECT id, home_id, 'browser', name, role, '', '', '', '', token_hash, created_at FROM devices"
    )
    op.drop_table("devices")

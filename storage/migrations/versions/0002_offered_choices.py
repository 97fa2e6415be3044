"""Choices offered by number"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """What a typed number means in a chat without buttons."""
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("offered", sa.JSON(), nullable=False, server_default="[]"))

"""Indexes for operators"""

from alembic import op
from sqlalchemy import text

revision = "0004"
down_revision = "0003"

TROUBLED = text("(ambiguous OR state IN ('dead', 'unknown'))")
DEAD = text("state = 'dead'")


def upgrade() -> None:
    """What went wrong is found without reading what went well."""
    op.create_index("ix_inbox_dead", "inbox", ["seq"], sqlite_where=DEAD, postgresql_where=DEAD)
    op.create_index("ix_outbox_troubled", "outbox", ["state", "id"], sqlite_where=TROUBLED, postgresql_where=TROUBLED)

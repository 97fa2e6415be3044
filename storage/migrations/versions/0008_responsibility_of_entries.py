"""Which of the three responsibilities an entry is tagged with"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """A nullable column: older entries carry no tag, and older programs leave it empty."""
    op.add_column("entry", sa.Column("responsibility", sqltypes.AutoString(), nullable=True))

"""Units of remedial groups, shortcomings taken out, and who gave an opinion that somebody took down"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Units of remedial groups, shortcomings taken out, and who gave an opinion that somebody took down."""
    op.create_table(
        "remedial_unit",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["remedial_group.id"], name=op.f("fk_remedial_unit_group_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_remedial_unit_unit_id")),
        sa.PrimaryKeyConstraint("group_id", "unit_id", name=op.f("pk_remedial_unit")),
    )
    with op.batch_alter_table("remedial_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remedial_unit_unit_id"), ["unit_id"], unique=False)
    with op.batch_alter_table("remedial_point", schema=None) as batch_op:
        batch_op.add_column(sa.Column("removed_at", sqltypes.UTCDateTime(), nullable=True))
    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("said_by", sa.Text(), nullable=True))

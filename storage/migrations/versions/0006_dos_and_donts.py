"""Do's and don'ts of units"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Do's and don'ts of units."""
    op.create_table(
        "conduct_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("dos", sa.Text(), nullable=False),
        sa.Column("donts", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_conduct_list_unit_id")),
        sa.ForeignKeyConstraint(["written_by"], ["cadre.id"], name=op.f("fk_conduct_list_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conduct_list")),
    )
    with op.batch_alter_table("conduct_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conduct_list_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "conduct_talk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_conduct_talk_unit_id")),
        sa.ForeignKeyConstraint(["written_by"], ["cadre.id"], name=op.f("fk_conduct_talk_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conduct_talk")),
    )
    with op.batch_alter_table("conduct_talk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conduct_talk_unit_id"), ["unit_id"], unique=False)

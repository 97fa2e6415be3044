"""Training models of units"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Training models of units."""
    op.create_table(
        "training_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["cadre.id"], name=op.f("fk_training_model_ended_by")),
        sa.ForeignKeyConstraint(["replaced_by"], ["training_model.id"], name=op.f("fk_training_model_replaced_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_training_model_unit_id")),
        sa.ForeignKeyConstraint(["written_by"], ["cadre.id"], name=op.f("fk_training_model_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_model")),
    )
    with op.batch_alter_table("training_model", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_model_unit_id"), ["unit_id"], unique=False)

"""Remedial plans"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Remedial plans."""
    op.create_table(
        "remedial_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("joint", sa.Text(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("removed_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["removed_by"], ["cadre.id"], name=op.f("fk_remedial_group_removed_by")),
        sa.ForeignKeyConstraint(["supervisor_id"], ["cadre.id"], name=op.f("fk_remedial_group_supervisor_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_remedial_group_unit_id")),
        sa.ForeignKeyConstraint(["written_by"], ["cadre.id"], name=op.f("fk_remedial_group_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedial_group")),
    )
    op.create_table(
        "remedial_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("carried", sa.Boolean(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["before_id"], ["remedial_point.id"], name=op.f("fk_remedial_point_before_id")),
        sa.ForeignKeyConstraint(["group_id"], ["remedial_group.id"], name=op.f("fk_remedial_point_group_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["cadre.id"], name=op.f("fk_remedial_point_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedial_point")),
    )
    op.create_table(
        "remedial_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("period_key", sqltypes.AutoString(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["remedial_group.id"], name=op.f("fk_remedial_note_group_id")),
        sa.ForeignKeyConstraint(["written_by"], ["cadre.id"], name=op.f("fk_remedial_note_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedial_note")),
    )
    for table, column in (
        ("remedial_group", "unit_id"),
        ("remedial_group", "supervisor_id"),
        ("remedial_point", "group_id"),
        ("remedial_note", "group_id"),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)

"""Criticism rounds"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Criticism rounds."""
    op.create_table(
        "criticism_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sqltypes.AutoString(), nullable=False),
        sa.Column("round_id", sqltypes.AutoString(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("committee", sa.Boolean(), nullable=False),
        sa.Column("step", sqltypes.AutoString(), nullable=False),
        sa.Column("opened_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("absorbed", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("photo_channel", sqltypes.AutoString(), nullable=False),
        sa.Column("photo", sqltypes.AutoString(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_criticism_round_file_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["cadre.id"], name=op.f("fk_criticism_round_owner_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_criticism_round_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criticism_round")),
    )
    with op.batch_alter_table("criticism_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_criticism_round_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "criticism_subject",
        sa.Column("criticism_id", sa.Integer(), nullable=False),
        sa.Column("cadre_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["criticism_id"], ["criticism_round.id"], name=op.f("fk_criticism_subject_criticism_id")
        ),
        sa.ForeignKeyConstraint(["cadre_id"], ["cadre.id"], name=op.f("fk_criticism_subject_cadre_id")),
        sa.PrimaryKeyConstraint("criticism_id", "cadre_id", name=op.f("pk_criticism_subject")),
    )
    op.create_table(
        "criticism_due",
        sa.Column("criticism_id", sa.Integer(), nullable=False),
        sa.Column("step", sqltypes.AutoString(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["criticism_id"], ["criticism_round.id"], name=op.f("fk_criticism_due_criticism_id")),
        sa.PrimaryKeyConstraint("criticism_id", "step", name=op.f("pk_criticism_due")),
    )
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("criticism_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("source", sqltypes.AutoString(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("theme", sqltypes.AutoString(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("admitted", sa.Boolean(), nullable=False),
        sa.Column("outcome", sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["cadre.id"], name=op.f("fk_opinion_author_id")),
        sa.ForeignKeyConstraint(["criticism_id"], ["criticism_round.id"], name=op.f("fk_opinion_criticism_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["cadre.id"], name=op.f("fk_opinion_decided_by")),
        sa.ForeignKeyConstraint(["subject_id"], ["cadre.id"], name=op.f("fk_opinion_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
    )
    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinion_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opinion_criticism_id"), ["criticism_id"], unique=False)

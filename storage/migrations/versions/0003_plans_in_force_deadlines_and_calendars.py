"""Plans in force, deadlines and calendars"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Plans in force, deadlines and calendars."""
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cadre_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("plan_id", sqltypes.AutoString(), nullable=False),
        sa.Column("rating", sqltypes.AutoString(), nullable=False),
        sa.Column("body", sqltypes.AutoString(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("rated_by", sa.Integer(), nullable=False),
        sa.Column("rated_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["cadre_id"], ["cadre.id"], name=op.f("fk_assessment_cadre_id")),
        sa.ForeignKeyConstraint(["rated_by"], ["cadre.id"], name=op.f("fk_assessment_rated_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("cadre_id", "year", name=op.f("uq_assessment_cadre_id_year")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_year"), ["year"], unique=False)

    op.create_table(
        "assessment_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cadre_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sqltypes.AutoString(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cadre_id"], ["cadre.id"], name=op.f("fk_assessment_comment_cadre_id")),
        sa.ForeignKeyConstraint(["written_by"], ["cadre.id"], name=op.f("fk_assessment_comment_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_comment")),
        sa.UniqueConstraint("cadre_id", "year", "source", name=op.f("uq_assessment_comment_cadre_id_year_source")),
    )
    op.create_table(
        "calendar_link",
        sa.Column("cadre_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cadre_id"], ["cadre.id"], name=op.f("fk_calendar_link_cadre_id")),
        sa.PrimaryKeyConstraint("cadre_id", name=op.f("pk_calendar_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_link_token_hash")),
    )
    op.create_table(
        "deadline_submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sqltypes.AutoString(), nullable=False),
        sa.Column("deadline_id", sqltypes.AutoString(), nullable=False),
        sa.Column("period_key", sqltypes.AutoString(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "submitted",
                "accepted",
                "returned",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("late_from", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("first_submitted_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("submitted_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("photo_channel", sqltypes.AutoString(), nullable=False),
        sa.Column("photo", sqltypes.AutoString(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("return_reason", sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_deadline_submission_file_id")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["cadre.id"], name=op.f("fk_deadline_submission_reviewed_by")),
        sa.ForeignKeyConstraint(["submitted_by"], ["cadre.id"], name=op.f("fk_deadline_submission_submitted_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_deadline_submission_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_submission")),
        sa.UniqueConstraint(
            "plan_id",
            "deadline_id",
            "period_key",
            "unit_id",
            name=op.f("uq_deadline_submission_plan_id_deadline_id_period_key_unit_id"),
        ),
    )
    with op.batch_alter_table("deadline_submission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_submission_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadline_submission_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cadre_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("registration", "self_review", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "returned",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("begun_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("saved_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cadre_id"], ["cadre.id"], name=op.f("fk_document_cadre_id")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["cadre.id"], name=op.f("fk_document_reviewed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("cadre_id", "kind", "year", name=op.f("uq_document_cadre_id_kind_year")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_year"), ["year"], unique=False)

    op.create_table(
        "plan_activation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sqltypes.AutoString(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("decision_no", sqltypes.AutoString(), nullable=False),
        sa.Column("activated_by", sa.Integer(), nullable=False),
        sa.Column("activated_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_plan_activation_dates_in_order")),
        sa.ForeignKeyConstraint(["activated_by"], ["cadre.id"], name=op.f("fk_plan_activation_activated_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["cadre.id"], name=op.f("fk_plan_activation_ended_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plan_activation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_activation")),
    )
    with op.batch_alter_table("plan_activation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_activation_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "report_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("table_id", sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["cadre.id"], name=op.f("fk_report_snapshot_created_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_report_snapshot_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_snapshot")),
        sa.UniqueConstraint(
            "unit_id", "year", "table_id", "number", name=op.f("uq_report_snapshot_unit_id_year_table_id_number")
        ),
    )
    op.create_table(
        "assessment_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("rating", sqltypes.AutoString(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["cadre.id"], name=op.f("fk_assessment_event_actor_id")),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_event_assessment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_event")),
    )
    with op.batch_alter_table("assessment_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_event_assessment_id"), ["assessment_id"], unique=False)

    op.create_table(
        "deadline_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "submitted",
                "accepted",
                "returned",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["cadre.id"], name=op.f("fk_deadline_event_actor_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["deadline_submission.id"], name=op.f("fk_deadline_event_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_event")),
    )
    with op.batch_alter_table("deadline_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_event_submission_id"), ["submission_id"], unique=False)

    op.create_table(
        "document_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "returned",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["cadre.id"], name=op.f("fk_document_event_actor_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_event_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_event")),
    )
    with op.batch_alter_table("document_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_event_document_id"), ["document_id"], unique=False)

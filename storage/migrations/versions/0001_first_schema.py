"""First schema"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0001"
down_revision = None


def upgrade() -> None:
    """First schema."""
    op.create_table(
        "app_state",
        sa.Column("name", sqltypes.AutoString(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_app_state")),
    )
    op.create_table(
        "cadre",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqltypes.AutoString(), nullable=False),
        sa.Column("full_name", sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cadre")),
    )
    with op.batch_alter_table("cadre", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cadre_code"), ["code"], unique=True)

    op.create_table(
        "conversation",
        sa.Column("channel", sqltypes.AutoString(), nullable=False),
        sa.Column("chat_id", sqltypes.AutoString(), nullable=False),
        sa.Column("flow", sqltypes.AutoString(), nullable=False),
        sa.Column("step", sqltypes.AutoString(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "chat_id", name=op.f("pk_conversation")),
    )
    op.create_table(
        "delivery_attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("outcome", sqltypes.AutoString(), nullable=False),
        sa.Column("detail", sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_attempt")),
    )
    with op.batch_alter_table("delivery_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_attempt_outbox_id"), ["outbox_id"], unique=False)

    op.create_table(
        "gate",
        sa.Column("channel", sqltypes.AutoString(), nullable=False),
        sa.Column("hold_until", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("refilled_at", sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_gate")),
    )
    op.create_table(
        "inbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("channel", sqltypes.AutoString(), nullable=False),
        sa.Column("update_id", sqltypes.AutoString(), nullable=False),
        sa.Column("chat_id", sqltypes.AutoString(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "done", "dead", name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("received_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("done_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("last_error", sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "update_id", name=op.f("uq_inbox_channel_update_id")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_open",
            ["seq"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(
            "ix_inbox_open_lane",
            ["channel", "chat_id", "seq"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "join_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sqltypes.AutoString(), nullable=False),
        sa.Column("chat_id", sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_failure")),
    )
    with op.batch_alter_table("join_failure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_join_failure_chat_id"), ["chat_id"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqltypes.AutoString(), nullable=False),
        sa.Column("mime", sqltypes.AutoString(), nullable=False),
        sa.Column("sha256", sqltypes.AutoString(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("key", name=op.f("uq_stored_file_key")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_code"), ["code"], unique=True)

    op.create_table(
        "web_message",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("chat_id", sqltypes.AutoString(), nullable=False),
        sa.Column("outgoing", sa.Boolean(), nullable=False),
        sa.Column("source_key", sqltypes.AutoString(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_message")),
        sa.UniqueConstraint("source_key", name=op.f("uq_web_message_source_key")),
    )
    with op.batch_alter_table("web_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_message_chat_id"), ["chat_id"], unique=False)

    op.create_table(
        "web_session",
        sa.Column("token_hash", sqltypes.AutoString(), nullable=False),
        sa.Column("chat_id", sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("last_seen_at", sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_web_session")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_web_session_chat_id")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cadre_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("start_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("reason", sqltypes.AutoString(), nullable=False),
        sa.Column("decision_no", sqltypes.AutoString(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("cancelled_at", sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("(cadre_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_absence_cadre_or_unit")),
        sa.CheckConstraint("end_day >= start_day", name=op.f("ck_absence_dates_in_order")),
        sa.ForeignKeyConstraint(["cadre_id"], ["cadre.id"], name=op.f("fk_absence_cadre_id")),
        sa.ForeignKeyConstraint(["created_by"], ["cadre.id"], name=op.f("fk_absence_created_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_absence_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_cadre_id"), ["cadre_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_absence_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sqltypes.AutoString(), nullable=False),
        sa.Column("chat_id", sqltypes.AutoString(), nullable=False),
        sa.Column("cadre_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("last_used_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("unreachable_since", sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["cadre_id"], ["cadre.id"], name=op.f("fk_account_cadre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("channel", "chat_id", name=op.f("uq_account_channel_chat_id")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_cadre_id"), ["cadre_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cadre_id", sa.Integer(), nullable=False),
        sa.Column("channel", sqltypes.AutoString(), nullable=False),
        sa.Column("chat_id", sqltypes.AutoString(), nullable=False),
        sa.Column("text_version", sqltypes.AutoString(), nullable=False),
        sa.Column("agreed_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("withdrawn_at", sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["cadre_id"], ["cadre.id"], name=op.f("fk_consent_cadre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_cadre_id"), ["cadre_id"], unique=False)

    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cadre_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "volunteer_hours",
                "volunteer_activity",
                "branch_meeting",
                "initiative",
                "culture_sport",
                "youth_shirt",
                "summoned_meeting",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=True),
        sa.Column("end_minute", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("title", sqltypes.AutoString(), nullable=False),
        sa.Column("organiser_id", sa.Integer(), nullable=True),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.Column(
            "recognised_by",
            sa.Enum(
                "agency_head",
                "superior_union",
                name="recognised_by",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("recognised_on", sa.Date(), nullable=True),
        sa.Column("on_time", sa.Boolean(), nullable=True),
        sa.Column("note", sqltypes.AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "declared",
                "confirmed",
                "returned",
                "deleted",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("return_reason", sqltypes.AutoString(), nullable=False),
        sa.Column("source", sqltypes.AutoString(), nullable=False),
        sa.Column("inbox_seq", sa.Integer(), nullable=True),
        sa.Column("import_key", sqltypes.AutoString(), nullable=True),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("end_minute IS NULL OR end_minute BETWEEN 1 AND 1440", name=op.f("ck_entry_end_in_day")),
        sa.CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 1440", name=op.f("ck_entry_minutes_plausible")),
        sa.CheckConstraint(
            "start_minute IS NULL OR start_minute BETWEEN 0 AND 1439", name=op.f("ck_entry_start_in_day")
        ),
        sa.ForeignKeyConstraint(["cadre_id"], ["cadre.id"], name=op.f("fk_entry_cadre_id")),
        sa.ForeignKeyConstraint(["organiser_id"], ["unit.id"], name=op.f("fk_entry_organiser_id")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["cadre.id"], name=op.f("fk_entry_reviewed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("import_key", name=op.f("uq_entry_import_key")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index("ix_entry_cadre_id_day", ["cadre_id", "day"], unique=False)
        batch_op.create_index("ix_entry_day_kind", ["day", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_organiser_id"), ["organiser_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_state"), ["state"], unique=False)

    op.create_table(
        "invite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sqltypes.AutoString(), nullable=False),
        sa.Column("cadre_id", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("used_at", sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["cadre_id"], ["cadre.id"], name=op.f("fk_invite_cadre_id")),
        sa.ForeignKeyConstraint(["created_by"], ["cadre.id"], name=op.f("fk_invite_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invite_code_hash")),
    )
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invite_cadre_id"), ["cadre_id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("dedupe_key", sqltypes.AutoString(), nullable=False),
        sa.Column("channel", sqltypes.AutoString(), nullable=False),
        sa.Column("chat_id", sqltypes.AutoString(), nullable=False),
        sa.Column("cadre_id", sa.Integer(), nullable=True),
        sa.Column("kind", sqltypes.AutoString(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "claimed",
                "sending",
                "sent",
                "dead",
                "expired",
                "unknown",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("not_before", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("lease_until", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("worker", sqltypes.AutoString(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ambiguous", sa.Boolean(), nullable=False),
        sa.Column("message_id", sqltypes.AutoString(), nullable=False),
        sa.Column("last_error", sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("sent_at", sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["cadre_id"], ["cadre.id"], name=op.f("fk_outbox_cadre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_dedupe_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_cadre_id"), ["cadre_id"], unique=False)
        batch_op.create_index(
            "ix_outbox_due_notice",
            ["channel", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'pending' AND kind <> 'reply'"),
            postgresql_where=sa.text("state = 'pending' AND kind <> 'reply'"),
        )
        batch_op.create_index(
            "ix_outbox_due_reply",
            ["channel", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'pending' AND kind = 'reply'"),
            postgresql_where=sa.text("state = 'pending' AND kind = 'reply'"),
        )
        batch_op.create_index(
            "ix_outbox_live_lane",
            ["channel", "chat_id", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('pending', 'claimed', 'sending')"),
            postgresql_where=sa.text("state IN ('pending', 'claimed', 'sending')"),
        )

    op.create_table(
        "position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cadre_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "title",
            sa.Enum(
                "secretary",
                "deputy_secretary",
                "standing_member",
                "committee_member",
                "specialist",
                name="title",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("full_time", sa.Boolean(), nullable=False),
        sa.Column("public_sector", sa.Boolean(), nullable=False),
        sa.Column(
            "access_right",
            sa.Enum(
                "none", "follow", "admin", name="access_right", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("start_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=True),
        sa.CheckConstraint("end_day IS NULL OR end_day >= start_day", name=op.f("ck_position_dates_in_order")),
        sa.ForeignKeyConstraint(["cadre_id"], ["cadre.id"], name=op.f("fk_position_cadre_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_position_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
        sa.UniqueConstraint(
            "cadre_id", "unit_id", "title", "start_day", name=op.f("uq_position_cadre_id_unit_id_title_start_day")
        ),
    )
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_position_cadre_id"), ["cadre_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_position_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "preference",
        sa.Column("cadre_id", sa.Integer(), nullable=False),
        sa.Column("earliest_minute", sa.Integer(), nullable=False),
        sa.Column("latest_minute", sa.Integer(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("snoozed_until", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("shirt_reminder", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["cadre_id"], ["cadre.id"], name=op.f("fk_preference_cadre_id")),
        sa.PrimaryKeyConstraint("cadre_id", name=op.f("pk_preference")),
    )
    op.create_table(
        "unit_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sqltypes.AutoString(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "city_union",
                "district_equivalent",
                "district_union",
                "commune_union",
                "grassroots_union",
                "grassroots_branch",
                "branch",
                name="type",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_unit_version_dates_in_order")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_version_parent_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_version_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_version")),
        sa.UniqueConstraint("unit_id", "valid_from", name=op.f("uq_unit_version_unit_id_valid_from")),
    )
    with op.batch_alter_table("unit_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_version_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_version_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "entry_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sqltypes.AutoString(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["cadre.id"], name=op.f("fk_entry_change_actor_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_change_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_change")),
    )
    with op.batch_alter_table("entry_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_change_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("channel", sqltypes.AutoString(), nullable=False),
        sa.Column("remote_id", sqltypes.AutoString(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_evidence_entry_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_evidence_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_file_id"), ["file_id"], unique=False)

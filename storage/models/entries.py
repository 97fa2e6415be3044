"""What cadres log, its evidence and its history."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index
from sqlmodel import Field

from storage.models.base import Row, enum_column, reference
from storage.terms import EntryKind, EntryState, RecognisedBy


class Entry(Row, table=True):
    """One thing a cadre did. ``minutes`` is the duration; the others are minutes of the local day."""

    __table_args__ = (
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 1440", name="minutes_plausible"),
        CheckConstraint("start_minute IS NULL OR start_minute BETWEEN 0 AND 1439", name="start_in_day"),
        CheckConstraint("end_minute IS NULL OR end_minute BETWEEN 1 AND 1440", name="end_in_day"),
        Index("ix_entry_cadre_id_day", "cadre_id", "day"),
        Index("ix_entry_day_kind", "day", "kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cadre_id: int = Field(sa_column=reference("cadre.id", index=False))
    kind: EntryKind = Field(sa_column=enum_column(EntryKind, "kind"))
    day: date
    start_minute: int | None = None
    end_minute: int | None = None
    minutes: int | None = None
    title: str = ""
    organiser_id: int | None = Field(default=None, sa_column=reference("unit.id", nullable=True))
    applied: bool = False
    recognised_by: RecognisedBy | None = Field(
        default=None, sa_column=enum_column(RecognisedBy, "recognised_by", nullable=True)
    )
    recognised_on: date | None = None
    on_time: bool | None = None
    note: str = ""
    responsibility: str | None = None
    state: EntryState = Field(default=EntryState.DECLARED, sa_column=enum_column(EntryState, "state", index=True))
    reviewed_by: int | None = Field(default=None, sa_column=reference("cadre.id", index=False, nullable=True))
    reviewed_at: datetime | None = None
    return_reason: str = ""
    source: str = "chat"
    inbox_seq: int | None = None
    import_key: str | None = Field(default=None, unique=True)
    created_at: datetime


class EntryChange(Row, table=True):
    """The trace of an entry: who did what, when, with the row before and after."""

    __tablename__ = "entry_change"

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(sa_column=reference("entry.id"))
    at: datetime
    actor_id: int | None = Field(default=None, sa_column=reference("cadre.id", index=False, nullable=True))
    action: str
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    after: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))


class StoredFile(Row, table=True):
    """Bytes that belong to somebody: evidence, reports, pictures of the web chat."""

    __tablename__ = "stored_file"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    mime: str
    sha256: str
    content: bytes
    created_at: datetime


class Evidence(Row, table=True):
    """A photo that shows an entry. A platform's file that is not fetched yet is kept by its remote id."""

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(sa_column=reference("entry.id"))
    channel: str
    remote_id: str = ""
    file_id: int | None = Field(default=None, sa_column=reference("stored_file.id", nullable=True))
    created_at: datetime

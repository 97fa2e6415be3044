"""Units, cadres, their dated positions, absences, and what they agreed to."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from storage.models.base import Row, enum_column, reference
from storage.terms import PositionTitle, Right, UnitType


class Unit(Row, table=True):
    """A unit of the Union, known by the code of the roster. What it is called and where it belongs is dated."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, index=True)


class UnitVersion(Row, table=True):
    """Name, type and superior of a unit from ``valid_from`` to ``valid_to`` (inclusive, open when None)."""

    __tablename__ = "unit_version"
    __table_args__ = (
        UniqueConstraint("unit_id", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates_in_order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(sa_column=reference("unit.id"))
    name: str
    type: UnitType = Field(sa_column=enum_column(UnitType, "type"))
    parent_id: int | None = Field(default=None, sa_column=reference("unit.id", nullable=True))
    valid_from: date
    valid_to: date | None = None


class Cadre(Row, table=True):
    """A person, known by the code of the roster."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, index=True)
    full_name: str


class Position(Row, table=True):
    """One position of a cadre in one unit, first to last day (inclusive, open when None)."""

    __table_args__ = (
        UniqueConstraint("cadre_id", "unit_id", "title", "start_day"),
        CheckConstraint("end_day IS NULL OR end_day >= start_day", name="dates_in_order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cadre_id: int = Field(sa_column=reference("cadre.id"))
    unit_id: int = Field(sa_column=reference("unit.id"))
    title: PositionTitle = Field(sa_column=enum_column(PositionTitle, "title"))
    full_time: bool = False
    public_sector: bool = False
    access_right: Right = Field(default=Right.NONE, sa_column=enum_column(Right, "access_right"))
    start_day: date
    end_day: date | None = None


class Absence(Row, table=True):
    """Leave or exemption of one cadre, or of everybody of a unit and below, with its paper."""

    __table_args__ = (
        CheckConstraint("(cadre_id IS NULL) <> (unit_id IS NULL)", name="cadre_or_unit"),
        CheckConstraint("end_day >= start_day", name="dates_in_order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cadre_id: int | None = Field(default=None, sa_column=reference("cadre.id", nullable=True))
    unit_id: int | None = Field(default=None, sa_column=reference("unit.id", nullable=True))
    start_day: date
    end_day: date
    reason: str = ""
    decision_no: str = ""
    created_by: int | None = Field(default=None, sa_column=reference("cadre.id", index=False, nullable=True))
    created_at: datetime
    cancelled_at: datetime | None = None


class Account(Row, table=True):
    """A chat that speaks for a cadre. One chat, one cadre; one cadre, any number of chats."""

    __table_args__ = (UniqueConstraint("channel", "chat_id"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    chat_id: str
    cadre_id: int = Field(sa_column=reference("cadre.id"))
    joined_at: datetime
    last_used_at: datetime
    unreachable_since: datetime | None = None


class Consent(Row, table=True):
    """An explicit agreement to the privacy notice: which text, when, in which chat; and its withdrawal."""

    id: int | None = Field(default=None, primary_key=True)
    cadre_id: int = Field(sa_column=reference("cadre.id"))
    channel: str
    chat_id: str
    text_version: str
    agreed_at: datetime
    withdrawn_at: datetime | None = None


class Invite(Row, table=True):
    """A one-time code for one cadre; only its SHA-256 is kept."""

    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True)
    cadre_id: int = Field(sa_column=reference("cadre.id"))
    created_by: int | None = Field(default=None, sa_column=reference("cadre.id", index=False, nullable=True))
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class JoinFailure(Row, table=True):
    """A wrong code typed in a chat; five within an hour lock the chat."""

    __tablename__ = "join_failure"

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    chat_id: str = Field(index=True)
    at: datetime


class Preference(Row, table=True):
    """When a cadre may be reminded. Minutes are minutes of the local day."""

    cadre_id: int | None = Field(default=None, primary_key=True, foreign_key="cadre.id")
    earliest_minute: int = 6 * 60 + 30
    latest_minute: int = 21 * 60
    paused_until: date | None = None
    snoozed_until: datetime | None = None
    shirt_reminder: bool = False

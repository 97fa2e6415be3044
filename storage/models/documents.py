"""The year's round: the two forms of each cadre, what the committee says of them, and frozen reports."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from storage.models.base import Row, enum_column, reference, text_column
from storage.terms import DocumentKind, Term


class DocumentState(Term):
    """Where a form stands. Submitted and approved ones count as handed in; nobody but its author sees a draft."""

    DRAFT = "draft", "đang viết"
    SUBMITTED = "submitted", "đã nộp, chờ duyệt"
    APPROVED = "approved", "đã duyệt"
    RETURNED = "returned", "được trả lại để bổ sung"


class Document(Row, table=True):
    """A registration or self-review of one cadre for one year; ``content`` is what the cadre wrote (JSON).

    ``submitted_on`` is the local day of handing in, ``due_on`` the last day in time by the plan of that day, if it
    names one. ``version`` grows with every change.
    """

    __table_args__ = (UniqueConstraint("cadre_id", "kind", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    cadre_id: int = Field(sa_column=reference("cadre.id", index=False))
    kind: DocumentKind = Field(sa_column=enum_column(DocumentKind, "kind"))
    year: int = Field(index=True)
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    state: DocumentState = Field(default=DocumentState.DRAFT, sa_column=enum_column(DocumentState, "state"))
    version: int = 0
    begun_at: datetime
    saved_at: datetime
    submitted_on: date | None = None
    due_on: date | None = None
    reviewed_by: int | None = Field(default=None, sa_column=reference("cadre.id", index=False, nullable=True))
    reviewed_at: datetime | None = None
    return_reason: str = Field(default="", sa_column=text_column())

    @property
    def is_handed_in(self) -> bool:
        """Whether it counts: handed in, and not returned."""
        return self.state in {DocumentState.SUBMITTED, DocumentState.APPROVED}

    @property
    def is_late(self) -> bool:
        """Whether it was handed in after the last day that the plan names."""
        return self.submitted_on is not None and self.due_on is not None and self.submitted_on > self.due_on


class DocumentEvent(Row, table=True):
    """The trace of a form: who handed in, reopened, approved or returned it, with what it said then."""

    __tablename__ = "document_event"

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(sa_column=reference("document.id"))
    at: datetime
    actor_id: int = Field(sa_column=reference("cadre.id", index=False))
    state: DocumentState = Field(sa_column=enum_column(DocumentState, "state"))
    content: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    reason: str = Field(default="", sa_column=text_column())


class Assessment(Row, table=True):
    """The committee's rating of one registered cadre for one year, and the one answer of the cadre to it.

    ``rating`` is the id of a level of the scale in ``plan_id``; ``body`` the committee in words ("Ban Chấp hành Chi
    đoàn khóm 3"), ``met_on`` the day of its meeting.
    """

    __table_args__ = (UniqueConstraint("cadre_id", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    cadre_id: int = Field(sa_column=reference("cadre.id", index=False))
    year: int = Field(index=True)
    plan_id: str
    rating: str
    body: str
    met_on: date
    rated_by: int = Field(sa_column=reference("cadre.id", index=False))
    rated_at: datetime
    answer: str = Field(default="", sa_column=text_column())
    answered_at: datetime | None = None


class AssessmentEvent(Row, table=True):
    """The trace of a rating: every level that was ever given, by whom and when."""

    __tablename__ = "assessment_event"

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(sa_column=reference("assessment.id"))
    at: datetime
    actor_id: int = Field(sa_column=reference("cadre.id", index=False))
    rating: str
    met_on: date


class AssessmentComment(Row, table=True):
    """What one source (the id of a plan's list of sources) says of a cadre's year, as the secretary wrote it down."""

    __tablename__ = "assessment_comment"
    __table_args__ = (UniqueConstraint("cadre_id", "year", "source"),)

    id: int | None = Field(default=None, primary_key=True)
    cadre_id: int = Field(sa_column=reference("cadre.id", index=False))
    year: int
    source: str
    words: str = Field(sa_column=text_column())
    written_by: int = Field(sa_column=reference("cadre.id", index=False))
    written_at: datetime


class ReportSnapshot(Row, table=True):
    """A unit's report as it was when frozen; ``number`` counts those of one unit, year and table from 1."""

    __tablename__ = "report_snapshot"
    __table_args__ = (UniqueConstraint("unit_id", "year", "table_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(sa_column=reference("unit.id", index=False))
    year: int
    table_id: str
    number: int
    as_of: date
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    created_by: int = Field(sa_column=reference("cadre.id", index=False))
    created_at: datetime

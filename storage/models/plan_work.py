"""Plans at work: which is active for which unit, what units handed in by which deadline, and calendar links."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from storage.models.base import Row, enum_column, reference, text_column
from storage.terms import Term


class DeadlineState(Term):
    """How a unit stands with a deadline. Without a row nothing has been handed in yet."""

    OPEN = "open", "chưa nộp"
    SUBMITTED = "submitted", "đã nộp, chờ nhận"
    ACCEPTED = "accepted", "đã được nhận"
    RETURNED = "returned", "bị trả lại"


class PlanActivation(Row, table=True):
    """A plan that runs for a unit and everything below it, ``first_day`` to ``last_day`` (both included).

    One that was ended runs to ``ended_on`` (included) only.
    """

    __tablename__ = "plan_activation"
    __table_args__ = (CheckConstraint("last_day >= first_day", name="dates_in_order"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: str
    unit_id: int = Field(sa_column=reference("unit.id"))
    first_day: date
    last_day: date
    decision_no: str = ""
    activated_by: int = Field(sa_column=reference("cadre.id", index=False))
    activated_at: datetime
    ended_by: int | None = Field(default=None, sa_column=reference("cadre.id", index=False, nullable=True))
    ended_on: date | None = None


class DeadlineSubmission(Row, table=True):
    """What a unit handed in by a deadline of a plan in one period. ``late_from`` is the first instant too late."""

    __tablename__ = "deadline_submission"
    __table_args__ = (UniqueConstraint("plan_id", "deadline_id", "period_key", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: str
    deadline_id: str
    period_key: str
    unit_id: int = Field(sa_column=reference("unit.id"))
    state: DeadlineState = Field(
        default=DeadlineState.SUBMITTED, sa_column=enum_column(DeadlineState, "state", index=True)
    )
    late_from: datetime
    first_submitted_at: datetime
    submitted_at: datetime
    submitted_by: int = Field(sa_column=reference("cadre.id", index=False))
    words: str = Field(default="", sa_column=text_column())
    photo_channel: str = ""
    photo: str = ""
    file_id: int | None = Field(default=None, sa_column=reference("stored_file.id", index=False, nullable=True))
    reviewed_by: int | None = Field(default=None, sa_column=reference("cadre.id", index=False, nullable=True))
    reviewed_at: datetime | None = None
    return_reason: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it was first handed in too late."""
        return self.first_submitted_at >= self.late_from


class DeadlineEvent(Row, table=True):
    """The trace of a submission: who handed in, accepted or returned it, when, with which words."""

    __tablename__ = "deadline_event"

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(sa_column=reference("deadline_submission.id"))
    at: datetime
    actor_id: int = Field(sa_column=reference("cadre.id", index=False))
    state: DeadlineState = Field(sa_column=enum_column(DeadlineState, "state"))
    words: str = Field(default="", sa_column=text_column())


class CalendarLink(Row, table=True):
    """The secret of a cadre's calendar address; only its SHA-256 is kept. A new one puts the old out of use."""

    __tablename__ = "calendar_link"

    cadre_id: int | None = Field(default=None, primary_key=True, foreign_key="cadre.id")
    token_hash: str = Field(unique=True)
    created_at: datetime

"""Criticism rounds: the round, the members it is about, the days of its steps, and the opinions."""

from datetime import date, datetime

from sqlmodel import Field

from storage.models.base import Row, reference, text_column


class CriticismRound(Row, table=True):
    """A round that ``owner_id`` leads for a unit (C-14, N-06); ``step`` is the one that waits, "closed" at the end."""

    __tablename__ = "criticism_round"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(sa_column=reference("unit.id"))
    plan_id: str
    round_id: str
    owner_id: int = Field(sa_column=reference("cadre.id", index=False))
    committee: bool
    step: str
    opened_at: datetime
    absorbed: str = Field(default="", sa_column=text_column())
    minutes: str = Field(default="", sa_column=text_column())
    photo_channel: str = ""
    photo: str = ""
    file_id: int | None = Field(default=None, sa_column=reference("stored_file.id", index=False, nullable=True))
    closed_at: datetime | None = None


class CriticismSubject(Row, table=True):
    """A member whom a round is about."""

    __tablename__ = "criticism_subject"

    criticism_id: int = Field(primary_key=True, foreign_key="criticism_round.id")
    cadre_id: int = Field(primary_key=True, foreign_key="cadre.id")


class CriticismDue(Row, table=True):
    """The last day of a step of a round, from the plan or set by its owner."""

    __tablename__ = "criticism_due"

    criticism_id: int = Field(primary_key=True, foreign_key="criticism_round.id")
    step: str = Field(primary_key=True)
    last_day: date


class Opinion(Row, table=True):
    """An opinion on the committee (``subject_id`` None) or a member; who wrote it only its moderator may learn.

    Of a group outside the bot (N-06) ``author_id`` took it down, and ``said_by`` is who gave it, "" when unnamed.

    ``outcome`` is "" while open, else accepted, explained, declined or
    set_aside for abuse, with the reason (N-08, N-13).
    """

    __tablename__ = "opinion"

    id: int | None = Field(default=None, primary_key=True)
    criticism_id: int = Field(sa_column=reference("criticism_round.id"))
    author_id: int = Field(sa_column=reference("cadre.id"))
    source: str
    said_by: str | None = Field(default=None, sa_column=text_column(nullable=True))
    subject_id: int | None = Field(default=None, sa_column=reference("cadre.id", index=False, nullable=True))
    theme: str
    words: str = Field(sa_column=text_column())
    written_at: datetime
    admitted: bool = False
    outcome: str = ""
    reason: str = Field(default="", sa_column=text_column())
    decided_by: int | None = Field(default=None, sa_column=reference("cadre.id", index=False, nullable=True))
    decided_at: datetime | None = None

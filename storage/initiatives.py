"""Initiatives on their way to recognition (C-09, C-22): proposed, applied, recognised by whom, when and by what paper.

Whoever may review an entry follows its way and may write its recognition down, never that of their own.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_
from sqlmodel import Session, col

from storage.access import Actor
from storage.entries import LIVE, Waiting, change_entry, for_review, to_review
from storage.models import Entry
from storage.terms import EntryKind, EntryState, RecognisedBy, Term


class Stage(Term):
    """How far an initiative has come. Only a recognised one counts (C-22)."""

    PROPOSED = "proposed", "Mới đề xuất"
    APPLIED = "applied", "Đã áp dụng"
    RECOGNISED = "recognised", "Đã được công nhận"


@dataclass(frozen=True, slots=True)
class Recognition:
    """Who recognised an initiative, on which day, and the number of the decision ("" when it has none)."""

    by: RecognisedBy
    on: date
    decision: str = ""


def stage_of(entry: Entry) -> Stage:
    """How far ``entry`` has come."""
    if entry.recognised_by is not None:
        return Stage.RECOGNISED
    return Stage.APPLIED if entry.applied else Stage.PROPOSED


def count_initiatives(session: Session, actor: Actor, day: date) -> dict[Stage, int]:
    """How many of the people whom the actor follows are at each stage; the recognised are those of this year."""
    return {stage: _count(session, actor, stage, day) for stage in Stage}


def _count(session: Session, actor: Actor, stage: Stage, day: date) -> int:
    return _how_many(session, to_review(actor, day).where(*_at(stage, day)))


def count_unrecognised(session: Session, actor: Actor, day: date) -> int:
    """How many of the people whom the actor follows wait for recognition."""
    return _how_many(session, to_review(actor, day).where(*_waiting()))


def _how_many(session: Session, entries: Select[*tuple[Any, ...]]) -> int:
    count = entries.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    return int(session.execute(count).scalar_one())


def initiatives_at(
    session: Session, actor: Actor, stage: Stage, day: date, limit: int, skipped: int = 0
) -> list[Waiting]:
    """Those at ``stage`` whom the actor follows, whoever has waited longest first, after ``skipped`` others."""
    query = for_review(actor, day).where(*_at(stage, day)).order_by(col(Entry.day), col(Entry.id))
    return [Waiting(*row) for row in session.execute(query.limit(limit).offset(skipped))]


def to_recognise(session: Session, actor: Actor, entry_id: int, day: date) -> Waiting | None:
    """An initiative that waits for recognition; None when it is not the actor's to follow, or is recognised."""
    query = for_review(actor, day).where(col(Entry.id) == entry_id, *_waiting())
    row = session.execute(query).first()
    return Waiting(*row) if row else None


def recognise(
    session: Session, actor: Actor, entry_id: int, recognition: Recognition, now: datetime, day: date
) -> Entry | None:
    """Write the recognition down, which confirms the entry as well. None when it is not (or no longer) waiting."""
    query = to_review(actor, day).where(col(Entry.id) == entry_id, *_waiting())
    entry = session.execute(query.with_for_update()).scalar_one_or_none()
    if entry is not None:
        values = {
            "recognised_by": recognition.by,
            "recognised_on": recognition.on,
            "note": recognition.decision,
            "state": EntryState.CONFIRMED,
            "reviewed_by": actor.cadre_id,
            "reviewed_at": now,
        }
        change_entry(session, entry, actor.cadre_id, "recognise", now, values)
    return entry


def _waiting() -> tuple[Any, ...]:
    return (*_live(), col(Entry.recognised_by).is_(None))


def _live() -> tuple[Any, ...]:
    # "not in" rather than "in": SQLite would go through the index on the state, a whole city's rows.
    return col(Entry.kind) == EntryKind.INITIATIVE, col(Entry.state).not_in(set(EntryState) - set(LIVE))


def _at(stage: Stage, day: date) -> tuple[ColumnElement[bool], ...]:
    if stage is Stage.RECOGNISED:
        this_year = or_(col(Entry.recognised_on).is_(None), col(Entry.recognised_on) >= date(day.year, 1, 1))
        return (*_live(), col(Entry.recognised_by).is_not(None), this_year)
    return (*_waiting(), col(Entry.applied).is_(stage is Stage.APPLIED))

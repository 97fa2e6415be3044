"""A shorthand to put entries and absences of the cast into the database."""

from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session

from storage.database import Database
from storage.models import Absence, Entry
from storage.terms import EntryKind
from tests.cast import cadre_id, unit_id

LOGGED_AT = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)


def log(db: Database, code: str, kind: EntryKind, day: date, organiser: str = "", **values: Any) -> int:
    """An entry of the cadre ``code``; its id."""

    def work(session: Session) -> int:
        unit = unit_id(session, organiser) if organiser else None
        entry = Entry(
            cadre_id=cadre_id(session, code), kind=kind, day=day, organiser_id=unit, created_at=LOGGED_AT, **values
        )
        session.add(entry)
        session.flush()
        return entry.id or 0

    return db.write_now(work)


def grant_leave(db: Database, code: str, first: date, last: date, decision: str = "12/QĐ") -> None:
    """Leave of the cadre ``code``."""
    db.write_now(
        lambda session: session.add(
            Absence(
                cadre_id=cadre_id(session, code),
                start_day=first,
                end_day=last,
                reason="nghỉ phép",
                decision_no=decision,
                created_at=LOGGED_AT,
            )
        )
    )

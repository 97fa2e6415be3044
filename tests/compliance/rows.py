"""Writes the plain records of a test into a database."""

from datetime import UTC, datetime

from sqlmodel import Session

from storage.compliance.records import PersonRecord, UnitTree
from storage.models import Absence, Cadre, Document, DocumentState, Entry, Position, Unit, UnitVersion
from storage.terms import EntryState

_AT = datetime(2026, 1, 1, tzinfo=UTC)
_STATES = {
    EntryState.DECLARED: DocumentState.SUBMITTED,
    EntryState.CONFIRMED: DocumentState.APPROVED,
    EntryState.RETURNED: DocumentState.RETURNED,
    EntryState.DELETED: DocumentState.DRAFT,
}


def write_units(session: Session, tree: UnitTree) -> dict[str, int]:
    """All units of ``tree``; their ids by code."""
    units = {record.code: Unit(code=record.code) for record in tree.records}
    session.add_all(units.values())
    session.flush()
    ids = {code: unit.id or 0 for code, unit in units.items()}
    session.add_all(
        UnitVersion(
            unit_id=ids[record.code],
            name=record.name,
            type=record.type,
            parent_id=ids[record.parent] if record.parent else None,
            valid_from=record.start,
            valid_to=record.end,
        )
        for record in tree.records
    )
    return ids


def write_person(session: Session, person: PersonRecord, units: dict[str, int]) -> int:
    """``person`` with all that belongs to it, in the units whose ids are given; the cadre's id."""
    cadre = Cadre(code=person.code, full_name=person.name)
    session.add(cadre)
    session.flush()
    cadre_id = cadre.id or 0
    session.add_all(
        Position(
            cadre_id=cadre_id,
            unit_id=units[held.unit],
            title=held.title,
            full_time=held.full_time,
            public_sector=held.public_sector,
            start_day=held.start,
            end_day=held.end,
        )
        for held in person.positions
    )
    session.add_all(
        Entry(
            cadre_id=cadre_id,
            kind=entry.kind,
            day=entry.day,
            start_minute=entry.start,
            end_minute=entry.end,
            minutes=entry.minutes,
            title=entry.title,
            organiser_id=units[entry.organiser] if entry.organiser else None,
            recognised_by=entry.recognised_by,
            recognised_on=entry.recognised_on,
            on_time=entry.on_time,
            state=entry.state,
            created_at=_AT,
        )
        for entry in person.entries
    )
    session.add_all(
        Absence(cadre_id=cadre_id, start_day=leave.start, end_day=leave.end, created_at=_AT)
        for leave in person.absences
    )
    session.add_all(
        Document(
            cadre_id=cadre_id,
            kind=form.kind,
            year=form.day.year,
            state=_STATES[form.state],
            submitted_on=form.day,
            begun_at=_AT,
            saved_at=_AT,
        )
        for form in person.documents
    )
    session.flush()
    return cadre_id

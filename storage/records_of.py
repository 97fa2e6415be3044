"""From the database to the plain records that evaluation reads.

A few grouped queries whatever the number of people, and plain rows rather than mapped objects:
a city's 15,000 cadres are one call.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, String, and_, or_, select, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.access import subtree
from storage.compliance.records import (
    AbsenceRecord,
    DocumentRecord,
    EntryRecord,
    PersonRecord,
    PositionRecord,
    UnitRecord,
    UnitTree,
)
from storage.models import Absence, Cadre, Document, DocumentState, Entry, Position, Unit, UnitVersion
from storage.terms import DocumentKind, EntryState, UnitType

# SQLite takes 32,766 parameters in a statement, PostgreSQL 65,535.
IDS_AT_ONCE = 10_000
_UNIT_TYPES = {kind.value: kind for kind in UnitType}
_COUNTED_AS = {
    DocumentState.SUBMITTED: EntryState.DECLARED,
    DocumentState.APPROVED: EntryState.CONFIRMED,
    DocumentState.RETURNED: EntryState.RETURNED,
}


def load_tree(session: Session) -> UnitTree:
    """All units, every dated version of each; while no row changes, the same tree to all who ask."""
    superior = aliased(Unit)
    query = (
        select(
            col(Unit.code),
            col(UnitVersion.name),
            type_coerce(col(UnitVersion.type), String),
            col(superior.code),
            col(UnitVersion.valid_from),
            col(UnitVersion.valid_to),
        )
        .join(Unit, col(UnitVersion.unit_id) == col(Unit.id))
        .outerjoin(superior, col(UnitVersion.parent_id) == col(superior.id))
        .order_by(col(Unit.id), col(UnitVersion.valid_from))
    )
    return _tree(tuple(map(tuple, session.execute(query))))


@lru_cache(maxsize=2)  # to build it costs many times what it costs to read and compare its rows
def _tree(rows: tuple[tuple[Any, ...], ...]) -> UnitTree:
    return UnitTree(UnitRecord(code, name, _UNIT_TYPES[kind], *rest) for code, name, kind, *rest in rows)


def load_people(
    session: Session, cadre_ids: Iterable[int] | None, first_day: date, last_day: date
) -> list[PersonRecord]:
    """The cadres (all when None) in the order of their codes, with what concerns ``first_day`` to ``last_day``.

    Positions are given whole, since a position's length decides what is due. Entries are those done or
    recognised in those days, the deleted ones left out.
    """
    ids = None if cadre_ids is None else sorted(set(cadre_ids))
    positions, entries = _positions(session, ids), _entries(session, ids, first_day, last_day)
    absences = load_absences(session, ids, first_day, last_day)
    documents = _documents(session, ids, first_day, last_day)
    names = select(col(Cadre.id), col(Cadre.code), col(Cadre.full_name))
    people = [
        PersonRecord(
            code,
            name,
            tuple(positions.get(cadre_id, ())),
            tuple(entries.get(cadre_id, ())),
            absences.get(cadre_id, ()),
            tuple(documents.get(cadre_id, ())),
        )
        for cadre_id, code, name in _rows(session, names, col(Cadre.id), ids)
    ]
    return sorted(people, key=attrgetter("code"))


def load_person(session: Session, cadre_id: int, first_day: date, last_day: date) -> PersonRecord:
    """One cadre, as :func:`load_people`. Raises LookupError when there is no such cadre."""
    people = load_people(session, [cadre_id], first_day, last_day)
    if not people:
        raise LookupError(f"no cadre with id {cadre_id}")
    return people[0]


def load_absences(
    session: Session, cadre_ids: Iterable[int] | None, first_day: date, last_day: date
) -> dict[int, tuple[AbsenceRecord, ...]]:
    """Absences in force (not cancelled) that touch ``first_day`` to ``last_day``, by cadre id.

    An absence of a unit is one of everybody who holds a position in it or below, on the days on which
    they hold it.
    """
    ids = None if cadre_ids is None else sorted(set(cadre_ids))
    in_days = and_(
        col(Absence.cancelled_at).is_(None),
        col(Absence.start_day) <= last_day,
        col(Absence.end_day) >= first_day,
    )
    columns = (
        col(Absence.start_day),
        col(Absence.end_day),
        col(Absence.reason),
        col(Absence.decision_no),
    )
    found: dict[int, list[AbsenceRecord]] = defaultdict(list)
    own = select(col(Absence.cadre_id), *columns).where(col(Absence.cadre_id).is_not(None), in_days)
    for cadre_id, start, end, reason, decision in _rows(session, own, col(Absence.cadre_id), ids):
        found[cadre_id].append(AbsenceRecord(start, end, reason, decision or None))
    of_units = select(col(Absence.unit_id), *columns).where(col(Absence.unit_id).is_not(None), in_days)
    for unit_id, start, end, reason, decision in session.execute(of_units).all():
        for cadre_id, since, until in _held_below(session, ids, unit_id, start, end):
            found[cadre_id].append(AbsenceRecord(since, until, reason, decision or None))
    return {cadre_id: tuple(sorted(set(many), key=_order)) for cadre_id, many in found.items()}


def _order(absence: AbsenceRecord) -> tuple[date, date, str]:
    return absence.start, absence.end, absence.reason


def _held_below(
    session: Session, ids: list[int] | None, unit_id: int, start: date, end: date
) -> Iterator[tuple[int, date, date]]:
    """Who holds a position in the unit or below between ``start`` and ``end``, and on which of these days."""
    overlap = and_(col(Position.start_day) <= end, or_(col(Position.end_day).is_(None), col(Position.end_day) >= start))
    query = select(col(Position.cadre_id), col(Position.start_day), col(Position.end_day)).where(
        col(Position.unit_id).in_(subtree([unit_id], start)), overlap
    )
    for cadre_id, first, last in _rows(session, query, col(Position.cadre_id), ids):
        yield cadre_id, max(first, start), end if last is None else min(last, end)


def _positions(session: Session, ids: list[int] | None) -> dict[int, list[PositionRecord]]:
    query = (
        select(
            col(Position.cadre_id),
            col(Unit.code),
            col(Position.title),
            col(Position.full_time),
            col(Position.public_sector),
            col(Position.start_day),
            col(Position.end_day),
        )
        .join(Unit, col(Position.unit_id) == col(Unit.id))
        .order_by(col(Position.start_day), col(Position.id))
    )
    found: dict[int, list[PositionRecord]] = defaultdict(list)
    for cadre_id, *values in _rows(session, query, col(Position.cadre_id), ids):
        found[cadre_id].append(PositionRecord(*values))
    return found


def _entries(session: Session, ids: list[int] | None, first_day: date, last_day: date) -> dict[int, list[EntryRecord]]:
    in_days = or_(col(Entry.day).between(first_day, last_day), col(Entry.recognised_on).between(first_day, last_day))
    query = (
        select(
            col(Entry.cadre_id),
            col(Entry.id),
            col(Entry.kind),
            col(Entry.day),
            col(Entry.start_minute),
            col(Entry.end_minute),
            col(Entry.minutes),
            col(Entry.title),
            col(Unit.code),
            col(Entry.applied),
            col(Entry.recognised_by),
            col(Entry.recognised_on),
            col(Entry.on_time),
            col(Entry.state),
        )
        .outerjoin(Unit, col(Entry.organiser_id) == col(Unit.id))
        .where(in_days, col(Entry.state) != EntryState.DELETED)
        .order_by(col(Entry.day), col(Entry.id))
    )
    found: dict[int, list[EntryRecord]] = defaultdict(list)
    for cadre_id, *values in _rows(session, query, col(Entry.cadre_id), ids):
        found[cadre_id].append(EntryRecord(*values))
    return found


def _documents(
    session: Session, ids: list[int] | None, first_day: date, last_day: date
) -> dict[int, list[DocumentRecord]]:
    query = select(
        col(Document.cadre_id), col(Document.kind), col(Document.year), col(Document.submitted_on), col(Document.state)
    ).where(
        col(Document.year).between(first_day.year, last_day.year),
        col(Document.state) != DocumentState.DRAFT,
        col(Document.submitted_on).is_not(None),
    )
    found: dict[int, list[DocumentRecord]] = defaultdict(list)
    for cadre_id, kind, year, day, state in _rows(session, query, col(Document.cadre_id), ids):
        found[cadre_id].append(document_record(kind, year, day, state))
    return found


def document_record(kind: DocumentKind, year: int, day: date, state: DocumentState) -> DocumentRecord:
    """A form of ``year`` handed in on ``day``: it counts for that year, though handed in before or after it."""
    return DocumentRecord(kind, min(max(day, date(year, 1, 1)), date(year, 12, 31)), _COUNTED_AS[state])


def _rows(session: Session, query: Select[*tuple[Any, ...]], key: Any, ids: list[int] | None) -> Iterator[Any]:
    """The rows of ``query``, only those whose ``key`` is among ``ids`` unless that is None."""
    if ids is None:
        yield from session.execute(query)
        return
    for at in range(0, len(ids), IDS_AT_ONCE):
        yield from session.execute(query.where(key.in_(ids[at : at + IDS_AT_ONCE])))

"""Everybody's rows for evaluation, strung together by the database: one row and two short texts a cadre.

Fetching a million entries one by one costs several times what the database needs to add them up. Strung
together they come as one text a cadre, of which most pieces are known already (``storage.compliance.bulk``).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, null, select, union_all
from sqlalchemy.orm import Mapped
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session, col

from storage.compliance.records import DocumentRecord, EntryRecord, PositionRecord
from storage.models import Cadre, Document, DocumentState, Entry, Position
from storage.records_of import document_record
from storage.terms import DocumentKind, EntryKind, EntryState, PositionTitle, RecognisedBy

_ROWS_AT_ONCE = 100  # rows that die young cost the least
BETWEEN_FIELDS, BETWEEN_RECORDS = "|", ";"
_TEXTS = ("visits", "others", "documents")
_TRUE = {"1": True, "t": True, "0": False, "f": False}


class PackedCadre(NamedTuple):
    """A cadre's id and code, all positions, the entries whose organiser decides (visits), the others, the forms."""

    id: int
    code: str
    positions: str
    visits: str
    others: str
    documents: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: of the cadres whose ids the query ``among`` finds (of all when None), and which entries.

    Entries are those done from the day that ``since`` gives for their kind to ``on``, and initiatives
    recognised in that time; the returned and the deleted ones, which never count, are left out. Forms are those
    of the year of ``on``, handed in or returned.
    """

    since: Mapping[EntryKind, date]
    visits: frozenset[EntryKind]
    on: date
    among: Select[int] | None = None


def stream(session: Session, wanted: Wanted) -> Iterator[PackedCadre]:
    """The cadres in the order of their ids, fetched as they are asked for."""
    rows = _rows(session, _texts(session, wanted))
    row = next(rows, None)
    for cadre_id, code, positions in _rows(session, _cadres(session, wanted)):
        while row is not None and row[0] < cadre_id:
            row = next(rows, None)
        if row is None or row[0] != cadre_id:
            yield PackedCadre(cadre_id, code, positions or "", "", "", "")
        else:
            _, visits, others, documents = row
            yield PackedCadre(cadre_id, code, positions or "", visits or "", others or "", documents or "")


def read_positions(text: str, units: Mapping[int, str]) -> tuple[PositionRecord, ...]:
    """The positions in ``text``; ``units`` gives the codes of the unit ids."""
    found = []
    for record in filter(None, text.split(BETWEEN_RECORDS)):
        unit, title, full_time, public_sector, start, end = record.split(BETWEEN_FIELDS)
        flags = _TRUE[full_time], _TRUE[public_sector]
        found.append(PositionRecord(units[int(unit)], _TITLES[title], *flags, _day(start), _day_or_none(end)))
    return tuple(found)


def read_entry(record: str, units: Mapping[int, str]) -> EntryRecord:
    """The entry in ``record``, one of those between BETWEEN_RECORDS; its id and title are not packed."""
    values = record.split(BETWEEN_FIELDS)
    day, kind, start, end, minutes, recognised_by, recognised_on, on_time, state, organiser = values
    return EntryRecord(
        id=0,
        kind=_KINDS[kind],
        day=_day(day),
        start=_number(start),
        end=_number(end),
        minutes=_number(minutes),
        organiser=units[int(organiser)] if organiser else None,
        recognised_by=_RECOGNISERS[recognised_by] if recognised_by else None,
        recognised_on=_day_or_none(recognised_on),
        on_time=_TRUE.get(on_time),
        state=_STATES[state],
    )


def read_documents(text: str) -> tuple[DocumentRecord, ...]:
    """The forms in ``text``."""
    found = []
    for record in filter(None, text.split(BETWEEN_RECORDS)):
        kind, year, day, state = record.split(BETWEEN_FIELDS)
        found.append(document_record(_DOCUMENTS[kind], int(year), _day(day), _DOCUMENT_STATES[state]))
    return tuple(found)


_day = lru_cache(maxsize=1024)(date.fromisoformat)


_TITLES = {title.value: title for title in PositionTitle}
_KINDS = {kind.value: kind for kind in EntryKind}
_STATES = {state.value: state for state in EntryState}
_RECOGNISERS = {recogniser.value: recogniser for recogniser in RecognisedBy}
_DOCUMENTS = {kind.value: kind for kind in DocumentKind}
_DOCUMENT_STATES = {state.value: state for state in DocumentState}


def _day_or_none(text: str) -> date | None:
    return _day(text) if text else None


def _number(text: str) -> int | None:
    return int(text) if text else None


def _cadres(session: Session, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    record = _record(
        session,
        col(Position.unit_id),
        col(Position.title),
        col(Position.full_time),
        col(Position.public_sector),
        col(Position.start_day),
        col(Position.end_day),
    )
    query = (
        select(col(Cadre.id), col(Cadre.code), _strung(record).filter(col(Position.id).is_not(None)))
        .outerjoin(Position, col(Position.cadre_id) == col(Cadre.id))
        .group_by(col(Cadre.id))
        .order_by(col(Cadre.id))
    )
    return query if wanted.among is None else query.where(col(Cadre.id).in_(wanted.among))


def _texts(session: Session, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    """One branch for each set of kinds that is asked for alike: SQLite finds each by an index, and groups texts."""
    entry = _record(
        session,
        col(Entry.day),
        col(Entry.kind),
        col(Entry.start_minute),
        col(Entry.end_minute),
        col(Entry.minutes),
        col(Entry.recognised_by),
        col(Entry.recognised_on),
        col(Entry.on_time),
        col(Entry.state),
        col(Entry.organiser_id),
    )
    document = _record(session, col(Document.kind), col(Document.year), col(Document.submitted_on), col(Document.state))
    branches = [
        _branch(col(Entry.cadre_id), condition, **{"visits" if is_visit else "others": entry})
        for is_visit, condition in (*_done_since(wanted), (False, _done_earlier(wanted)))
    ]
    branches.append(_branch(col(Document.cadre_id), _handed_in(wanted), documents=document))
    cadre_id, *texts = union_all(*branches).subquery().c
    return select(cadre_id, *map(_strung, texts)).group_by(cadre_id).order_by(cadre_id)


def _branch(
    cadre_id: Mapped[int], condition: ColumnElement[bool], **texts: ColumnElement[str]
) -> Select[*tuple[Any, ...]]:
    columns = (texts.get(name, null()).label(name) for name in _TEXTS)
    return select(cadre_id, *columns).where(condition)


def _done_since(wanted: Wanted) -> Iterator[tuple[bool, ColumnElement[bool]]]:
    """Entries that are visits (True) or are not, for each day from which on some kinds of them matter."""
    alike: dict[tuple[bool, date], list[EntryKind]] = defaultdict(list)
    for kind, first in wanted.since.items():
        alike[kind in wanted.visits, first].append(kind)
    for (is_visit, first), kinds in alike.items():
        done = and_(col(Entry.kind).in_(kinds), col(Entry.day).between(first, wanted.on))
        yield is_visit, and_(done, _counts(wanted))


def _done_earlier(wanted: Wanted) -> ColumnElement[bool]:
    """Initiatives of earlier years, recognised in this one."""
    first = wanted.since[EntryKind.INITIATIVE]
    recognised = col(Entry.recognised_on).between(first, wanted.on)
    return and_(col(Entry.kind) == EntryKind.INITIATIVE, col(Entry.day) < first, recognised, _counts(wanted))


def _counts(wanted: Wanted) -> ColumnElement[bool]:
    # "not in" rather than "in": SQLite would otherwise go through the index on the state, row by row.
    counts = col(Entry.state).not_in([EntryState.RETURNED, EntryState.DELETED])
    return counts if wanted.among is None else and_(counts, col(Entry.cadre_id).in_(wanted.among))


def _handed_in(wanted: Wanted) -> ColumnElement[bool]:
    handed_in = and_(
        col(Document.year) == wanted.on.year,
        col(Document.state) != DocumentState.DRAFT,
        col(Document.submitted_on).is_not(None),
    )
    return handed_in if wanted.among is None else and_(handed_in, col(Document.cadre_id).in_(wanted.among))


def _record(session: Session, *columns: Mapped[Any]) -> ColumnElement[str]:
    """The columns as one text, nulls empty. None may hold words of people."""
    put = func.format if session.get_bind().dialect.name == "postgresql" else func.printf
    return put(BETWEEN_FIELDS.join(["%s"] * len(columns)), *columns)


def _strung(record: ColumnElement[str]) -> FunctionElement[str]:
    """The records of a group as one text."""
    return func.aggregate_strings(record, BETWEEN_RECORDS)


def _rows(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[Any]:
    with session.execute(query, execution_options={"yield_per": _ROWS_AT_ONCE}) as rows:
        yield from rows

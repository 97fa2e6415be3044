"""The annex report of a year (K-22): the tree of units, how many registered, and how each of them was rated.

Each person is counted once, at the unit of the highest position held on the day of the figures, so that the reports
of units beside one another add up. A row holds the unit and everything below it; a unit with units below it has a
second row of its own people. Nothing is published while a row breaks the two rules of the printed table.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from json import dumps
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as select_model

from storage.access import Actor, subtree
from storage.documents import RefusedError, committee_of
from storage.headcount import Named, homes_below, named_people
from storage.models import Assessment, Document, DocumentState, ReportSnapshot
from storage.people import UnitRow
from storage.plan_work import Units, load_units
from storage.plans import Plan
from storage.plans.sections import ReportTable
from storage.terms import DocumentKind, Term
from storage.year_round import TableInUse, report_table

_HANDED_IN = (DocumentState.SUBMITTED, DocumentState.APPROVED)
_LETTERS = "abcdeghiklmnopqrstuvxy"


class Breach(Term):
    """Why a report cannot be frozen."""

    UNRATED = "unrated", "đã đăng ký nhưng chưa được xếp loại"
    UNREGISTERED = "unregistered", "được xếp loại nhưng không có bản đăng ký"
    TOTAL = "total", "cột 3 khác tổng các mức"
    WHOLE = "whole", "cột 2 nhỏ hơn cột 3"


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One line. ``own`` is the second line of a unit, its own people; ``figures`` follow the table's columns."""

    number: str
    name: str
    depth: int
    own: bool
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """A unit's report as it stands: the figures, and who keeps them from being frozen."""

    unit: UnitRow
    superior: str
    body: str
    year: int
    as_of: date
    table: TableInUse
    rows: tuple[AnnexRow, ...]
    breaches: dict[Breach, tuple[Named, ...]]
    unregistered: tuple[Named, ...]

    @property
    def content(self) -> dict[str, Any]:
        """Everything a frozen report shows, as JSON."""
        table = self.table
        return {
            "unit": {"code": self.unit.code, "name": self.unit.name},
            "superior": self.superior,
            "body": self.body,
            "year": self.year,
            "as_of": self.as_of.isoformat(),
            "plan": table.plan_id,
            "title": table.table.title if table.is_running else "",
            "columns": [column.model_dump() for column in table.table.columns],
            "parts": list(table.table.parts),
            "signers": list(table.table.signers),
            "scope": {
                "cadre": table.scope.cadre,
                "clause": table.scope.clause,
                "public": table.scope.public_sector_only,
            },
            "rows": [asdict(row) for row in self.rows],
        }

    @property
    def seal(self) -> str:
        """A short word for exactly these figures."""
        return _seal(self.content)


def _seal(content: dict[str, Any]) -> str:
    return sha256(dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:16]


def make_annex(session: Session, binding: Plan, unit_id: int, year: int, today: date) -> Annex:
    """The report of a unit for ``year`` as at ``today``, at the latest the year's last day.

    Raises LookupError when there is no such unit on that day.
    """
    as_of = min(today, date(year, 12, 31))
    units = load_units(session, as_of)
    if unit_id not in units.by_id:
        raise LookupError(f"no unit with id {unit_id} on {as_of}")
    unit = units.by_id[unit_id]
    table = report_table(session, binding, unit_id, as_of)
    people = homes_below(session, unit_id, as_of, units, public_only=table.scope.public_sector_only)
    registered = _registered(session, year)
    ratings = _ratings(session, year)
    counts = _counts(table.table, people, registered, ratings)
    wrong = {
        Breach.UNRATED: {who for who in people if who in registered and who not in ratings},
        Breach.UNREGISTERED: {who for who in people if who in ratings and who not in registered},
    }
    left_out = {who for who in people if who not in registered}
    rows = tuple(_rows(units, unit, [column.id for column in table.table.columns[1:]], counts))
    breaches = {breach: named_people(session, people, units, who) for breach, who in wrong.items() if who}
    breaches |= broken_rules(table.table, rows)
    superior = units.by_id.get(unit.parent_id) if unit.parent_id is not None else None
    return Annex(
        unit,
        superior.name if superior is not None else "",
        committee_of(session, unit_id, as_of),
        year,
        as_of,
        table,
        rows,
        breaches,
        named_people(session, people, units, left_out),
    )


OWN_ROW = "riêng cán bộ cấp mình"


def broken_rules(table: ReportTable, rows: Iterable[AnnexRow]) -> dict[Breach, tuple[Named, ...]]:
    """The rows in which 3 is not the sum of its parts, or 2 is less than 3."""
    ids = [column.id for column in table.columns[1:]]
    found: dict[Breach, list[Named]] = defaultdict(list)
    for row in rows:
        figure = dict(zip(ids, row.figures, strict=True))
        if figure[table.total] != sum(figure[part] for part in table.parts):
            found[Breach.TOTAL].append(Named(row.name, row.number or OWN_ROW))
        if figure[table.whole] < figure[table.total]:
            found[Breach.WHOLE].append(Named(row.name, row.number or OWN_ROW))
    return {breach: tuple(rows) for breach, rows in found.items()}


def _registered(session: Session, year: int) -> set[int]:
    query = select(col(Document.cadre_id)).where(
        col(Document.year) == year,
        col(Document.kind) == DocumentKind.REGISTRATION,
        col(Document.state).in_(_HANDED_IN),
    )
    return set(session.execute(query).scalars())


def _ratings(session: Session, year: int) -> dict[int, str]:
    query = select(col(Assessment.cadre_id), col(Assessment.rating)).where(col(Assessment.year) == year)
    return {cadre: rating for cadre, rating in session.execute(query)}  # noqa: C416  # rows are no plain pairs to mypy


def _counts(
    table: ReportTable, people: Mapping[int, int], registered: set[int], ratings: Mapping[int, str]
) -> dict[int, Counter[str]]:
    """The figures of each unit's own people, by column."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for cadre, home in people.items():
        count = counts[home]
        count[table.whole] += 1
        count[table.total] += cadre in registered
        if cadre in ratings:
            count[ratings[cadre]] += 1
    return {
        home: Counter({column.id: count[column.id] for column in table.columns[1:]}) for home, count in counts.items()
    }


def _rows(units: Units, root: UnitRow, ids: list[str], counts: Mapping[int, Counter[str]]) -> Iterable[AnnexRow]:
    totals = _totals(units, root.id, counts)

    def figures(count: Counter[str]) -> tuple[int, ...]:
        return tuple(count[name] for name in ids)

    waiting = [(root, 0, "I", "")]
    while waiting:
        unit, depth, number, prefix = waiting.pop()
        below = units.children(unit.id)
        yield AnnexRow(number, unit.name, depth, False, figures(totals[unit.id]))
        if below and unit.id in counts:
            yield AnnexRow("", unit.name, depth, True, figures(counts[unit.id]))
        for place in range(len(below), 0, -1):
            child = _number(depth + 1, place, prefix)
            waiting.append((below[place - 1], depth + 1, child, child))


def _totals(units: Units, root: int, counts: Mapping[int, Counter[str]]) -> dict[int, Counter[str]]:
    below = units.below(root)
    totals = {unit.id: Counter(counts.get(unit.id, Counter())) for unit in below}
    for unit in reversed(below[1:]):
        if unit.parent_id in totals:
            totals[unit.parent_id].update(totals[unit.id])
    return totals


def _number(depth: int, place: int, above: str) -> str:
    """As printed: I, then 1, then 1.1, then a, b; deeper units have a dash."""
    if depth == 1:
        return str(place)
    if depth == 2:
        return f"{above}.{place}"
    return _letter(place) if depth == 3 else "–"


def _letter(place: int) -> str:
    size = len(_LETTERS)
    return _LETTERS[place - 1] if place <= size else _letter((place - 1) // size) + _LETTERS[(place - 1) % size]


def freeze(session: Session, actor: Actor, annex: Annex, now: datetime) -> ReportSnapshot:
    """Keep the report as it is, under the next number.

    Raises RefusedError while a rule of the table is broken, and when the last one of the day says the same.
    """
    if annex.breaches:
        raise RefusedError("Biểu chưa chốt được vì còn chỗ chưa khớp.")
    table_id = annex.table.table.id
    last = session.exec(
        select_model(ReportSnapshot)
        .where(
            ReportSnapshot.unit_id == annex.unit.id,
            ReportSnapshot.year == annex.year,
            ReportSnapshot.table_id == table_id,
        )
        .order_by(col(ReportSnapshot.number).desc())
    ).first()
    if last is not None and _seal(last.content) == annex.seal:
        raise RefusedError(f"Số liệu không đổi so với biểu số {last.number}/{annex.year} đã chốt; mở biểu ấy ở dưới.")
    row = ReportSnapshot(
        unit_id=annex.unit.id,
        year=annex.year,
        table_id=table_id,
        number=last.number + 1 if last is not None else 1,
        as_of=annex.as_of,
        content=annex.content,
        created_by=actor.cadre_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def snapshots_of(session: Session, unit_id: int, year: int) -> list[tuple[int, int, datetime]]:
    """Id, number and time of each frozen report, the newest first."""
    query = (
        select(col(ReportSnapshot.id), col(ReportSnapshot.number), col(ReportSnapshot.created_at))
        .where(col(ReportSnapshot.unit_id) == unit_id, col(ReportSnapshot.year) == year)
        .order_by(col(ReportSnapshot.number).desc())
    )
    return [(row_id or 0, number, at) for row_id, number, at in session.execute(query)]


def find_snapshot(session: Session, actor: Actor, snapshot_id: int, day: date) -> ReportSnapshot | None:
    """A frozen report of a unit that the actor follows, or of one below."""
    query = select(ReportSnapshot).where(
        col(ReportSnapshot.id) == snapshot_id, col(ReportSnapshot.unit_id).in_(subtree(actor.followed, day))
    )
    return session.execute(query).scalar_one_or_none()

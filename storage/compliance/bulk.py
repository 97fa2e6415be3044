"""The evaluation of very many cadres: what ``evaluate`` answers, found in a fraction of the time.

There is one definition, that of ``worth``, ``stand`` and ``judge``. Here it is asked once for each case instead
of once for each cadre: what an entry of that text is worth, whether that organiser counts for those units, which
result those figures have at that place. Entries of which that would not hold (of days of leave, or two that may
be one event) are tallied for their cadre alone.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlmodel import Session, col

from storage.calendar import WorkCalendar
from storage.compliance.alike import Place
from storage.compliance.counting import COUNTINGS, Measure
from storage.compliance.evaluation import evaluate
from storage.compliance.records import AbsenceRecord, PersonRecord, PositionRecord, UnitTree
from storage.compliance.results import Evaluation
from storage.compliance.standing import Standing, stand
from storage.compliance.sums import Known, Sums, make_room
from storage.models import Unit
from storage.packed import BETWEEN_FIELDS, BETWEEN_RECORDS, PackedCadre, Wanted, read_positions, stream
from storage.periods import Period, PeriodKind
from storage.plans import Plan
from storage.records_of import load_absences, load_tree
from storage.terms import EntryKind

_DAY = timedelta(days=1)


def evaluate_all(
    session: Session, plan: Plan, calendar: WorkCalendar, on: date, among: Select[int] | None = None
) -> Iterator[Evaluation]:
    """How everybody whose id the query ``among`` finds (all when None) stands at the end of ``on``.

    In the order of the cadres' ids, one after another as they are asked for: what is kept in memory is a
    fraction of a kilobyte a cadre.
    """
    bulk = _Bulk(session, plan, calendar, on)
    return map(bulk.evaluate, stream(session, bulk.wanted(among)))


class _Seat(NamedTuple):
    """What is known of all who hold the same positions; ``units`` are None if one begins or ends in the month."""

    standing: Standing
    place: Place
    units: tuple[str, ...] | None
    known: Known


class _Bulk:
    """The standings met so far on one day, and all that is the same for everybody."""

    def __init__(self, session: Session, plan: Plan, calendar: WorkCalendar, on: date) -> None:
        self._plan, self._calendar, self._on = plan, calendar, on
        self._tree = load_tree(session)
        self._units: dict[int, str] = dict(map(tuple, session.execute(select(col(Unit.id), col(Unit.code)))))
        self._periods = {m: Period.of(plan.period_of(c.requirement), on) for m, c in COUNTINGS.items()}
        self._absences = load_absences(session, None, *self._days_of_leave())
        self._calendar_known = evaluate(plan, self._tree, calendar, PersonRecord("", ""), on).calendar_known
        self._sums = Sums(plan, self._tree, calendar, self._units, self._periods, on)
        self._shapes = _shapes(self._tree)
        self._alike: dict[tuple[int, str], _Seat] = {}
        self._seats: dict[str, _Seat] = {}
        self._places: dict[tuple[object, ...], Place] = {}

    def wanted(self, among: Select[int] | None) -> Wanted:
        """The rows to read."""
        since = {
            kind: min(self._periods[measure].start for measure, counting in COUNTINGS.items() if kind in counting.kinds)
            for kind in EntryKind
        }
        visits = COUNTINGS[Measure.ACTIVITIES].kinds | COUNTINGS[Measure.MEETINGS].kinds
        return Wanted(since, visits, self._on, among)

    def evaluate(self, cadre: PackedCadre) -> Evaluation:
        """How ``cadre`` stands."""
        absences = self._absences.get(cadre.id, ())
        if absences:
            seat = self._sit(read_positions(cadre.positions, self._units), absences)
        else:
            seat = self._seats.get(cadre.positions) or self._seat(cadre.positions)
        standing = seat.standing
        results = seat.place.results(self._sums.figures(cadre, seat.known, seat.units, absences))
        return Evaluation(
            cadre.code, self._on, self._plan.id, standing.group, standing.level, results, self._calendar_known
        )

    def _days_of_leave(self) -> tuple[date, date]:
        """In which days leave matters: those of weeks and months, and the night that begins on the last."""
        short = [period for period in self._periods.values() if period.kind is not PeriodKind.YEAR]
        return min(period.start for period in short), max(period.end for period in short) + _DAY

    def _seat(self, text: str) -> _Seat:
        """The seat of whoever holds the positions in ``text`` and is not on leave."""
        make_room(self._seats)
        unit_id, _, rest = text.partition(BETWEEN_FIELDS)
        if not rest or BETWEEN_RECORDS in rest:
            seat = self._sit(read_positions(text, self._units), ())
        else:
            seat = self._seat_of_one(self._units[int(unit_id)], rest, text)
        self._seats[text] = seat
        return seat

    def _seat_of_one(self, unit: str, rest: str, text: str) -> _Seat:
        """The seat of a single position: as that of the same position in another unit of the same kind."""
        case = self._shapes[unit], rest
        alike = self._alike.get(case)
        if alike is None:
            make_room(self._alike)
            alike = self._alike[case] = self._sit(read_positions(text, self._units), ())
        known = self._sums.known_in(unit if alike.standing.unit else None)
        return alike._replace(units=(unit,) if alike.units else None, known=known)

    def _sit(self, positions: tuple[PositionRecord, ...], absences: tuple[AbsenceRecord, ...]) -> _Seat:
        person = PersonRecord("", "", positions, absences=absences)
        standing = stand(self._plan, self._tree, self._calendar, person, self._on)
        first, last = self._periods[Measure.MEETINGS].start, self._on
        steady = all(p.start <= first and (p.end is None or p.end >= last) for p in positions)
        units = tuple(position.unit for position in positions) if steady else None
        return _Seat(standing, self._place(standing), units, self._sums.known_in(standing.unit))

    def _place(self, standing: Standing) -> Place:
        case = standing.group, standing.level, standing.in_bloc, standing.mondays, *standing.excused.items()
        place = self._places.get(case)
        if place is None:
            place = self._places[case] = Place(self._plan, standing, self._on)
        return place


def _shapes(tree: UnitTree) -> dict[str, int]:
    """Of each unit the number of its shape: of what it was when, all that a standing in it depends on."""
    found: dict[str, tuple[object, ...]] = {}
    for record in tree.records:
        found[record.code] = (*found.get(record.code, ()), (record.type, record.start, record.end))
    numbers: dict[tuple[object, ...], int] = {}
    return {code: numbers.setdefault(shape, len(numbers)) for code, shape in found.items()}

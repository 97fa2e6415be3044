"""The evaluation of very many cadres: what :func:`evaluate` answers, found in a fraction of the time.

There is one definition, that of ``worth``, ``stand`` and ``judge``. Here it is asked once for each case
instead of once for each cadre: what an entry of that text is worth, whether that organiser counts for those
units, which result those figures have at that place. A cadre for whom this does not do, on leave or with two
entries that may be one event, goes through :func:`evaluate`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlmodel import Session, col

from storage.calendar import WorkCalendar
from storage.compliance.alike import Place, packed, placed
from storage.compliance.counting import COUNTINGS, Context, Measure, worth
from storage.compliance.evaluation import evaluate
from storage.compliance.records import AbsenceRecord, EntryRecord, PersonRecord, PositionRecord, UnitTree
from storage.compliance.results import Evaluation
from storage.compliance.standing import Standing, stand
from storage.compliance.tallying import candidates, tally
from storage.models import Unit
from storage.packed import (
    BETWEEN_FIELDS,
    BETWEEN_RECORDS,
    PackedCadre,
    Wanted,
    read_documents,
    read_entries,
    read_entry,
    read_positions,
    stream,
)
from storage.periods import Period, PeriodKind
from storage.plans import Plan
from storage.records_of import load_absences, load_tree
from storage.terms import EntryKind, EntryState, PositionTitle, Requirement

_DAY = timedelta(days=1)
_MOST_KNOWN = 200_000

_ATTENDANCE = tuple(m for m, counting in COUNTINGS.items() if counting.requirement is Requirement.ATTENDANCE)
# Records of entries that are one event begin with the same letters: the day and the kind's first two.
_event = itemgetter(slice(len("2026-11-20|yo")))
_LEAVE_MATTERS = tuple(COUNTINGS[Measure.HOURS].kinds | COUNTINGS[Measure.SHIRTS].kinds)


def evaluate_all(
    session: Session, plan: Plan, calendar: WorkCalendar, on: date, among: Select[int] | None = None
) -> Iterator[Evaluation]:
    """How everybody whose id the query ``among`` finds (all when None) stands at the end of ``on``.

    In the order of the cadres' ids, one after another as they are asked for: what is kept in memory is a
    fraction of a kilobyte a cadre.
    """
    bulk = _Bulk(session, plan, calendar, on)
    return map(bulk.evaluate, stream(session, bulk.wanted(among)))


class _Visit(NamedTuple):
    """What an entry of attendance adds to the figures at all events, and what if its organiser counts."""

    always: int
    visited: int
    day: date


class _Seat(NamedTuple):
    """What is known of all who hold the same positions; ``units`` are None if one begins or ends in the month."""

    standing: Standing
    place: Place
    units: tuple[str, ...] | None
    unit: str | None
    amounts: dict[str, int]
    visits: dict[str, _Visit]


class _Bulk:
    """The cases met so far on one day."""

    def __init__(self, session: Session, plan: Plan, calendar: WorkCalendar, on: date) -> None:
        self._plan, self._calendar, self._on = plan, calendar, on
        self._tree = load_tree(session)
        units = session.execute(select(col(Unit.id), col(Unit.code)))
        self._units: dict[int, str] = dict(map(tuple, units))
        self._periods = {m: Period.of(plan.period_of(c.requirement), on) for m, c in COUNTINGS.items()}
        self._absences = load_absences(session, None, *self._days_of_leave())
        first = self._periods[Measure.MEETINGS].start
        self._tree_turns = any(first < day <= on for code in self._units.values() for day in self._tree.changes(code))
        self._calendar_known = evaluate(plan, self._tree, calendar, PersonRecord("", ""), on).calendar_known
        self._shapes = _shapes(self._tree)
        self._alike: dict[tuple[object, str], _Seat] = {}
        self._seats: dict[str, _Seat] = {}
        self._places: dict[tuple[object, ...], Place] = {}
        self._documents: dict[str, int] = {}
        self._visitors: dict[tuple[str, ...], Context] = {}
        self._organisers: dict[tuple[object, ...], bool] = {}
        self._amounts: dict[str | None, dict[str, int]] = defaultdict(dict)
        self._visits: dict[str | None, dict[str, _Visit]] = defaultdict(dict)

    def _days_of_leave(self) -> tuple[date, date]:
        """In which days leave matters: those of weeks and months, and the night that begins on the last."""
        short = [period for period in self._periods.values() if period.kind is not PeriodKind.YEAR]
        return min(period.start for period in short), max(period.end for period in short) + _DAY

    def wanted(self, among: Select[int] | None) -> Wanted:
        """The rows to read."""
        since = {
            kind: min(self._periods[measure].start for measure, counting in COUNTINGS.items() if kind in counting.kinds)
            for kind in EntryKind
        }
        visits = COUNTINGS[Measure.ACTIVITIES].kinds | COUNTINGS[Measure.MEETINGS].kinds
        return Wanted(since, visits, self._on, among)

    def evaluate(self, cadre: PackedCadre) -> Evaluation:
        """As :func:`evaluate`."""
        absences = self._absences.get(cadre.id, ())
        if absences:
            seat = self._sit(read_positions(cadre.positions, self._units), absences)
        else:
            seat = self._seat(cadre.positions)
        figures = None if absences and _is_touched(cadre, absences) else self._added_up(seat, cadre)
        if figures is None:
            figures = self._tallied(seat, cadre, absences)
        standing, results = seat.standing, seat.place.results(figures)
        return Evaluation(
            cadre.code, self._on, self._plan.id, standing.group, standing.level, results, self._calendar_known
        )

    def _seat(self, text: str) -> _Seat:
        """The seat of whoever holds the positions in ``text``: where a single one stands, others like it stand."""
        seat = self._seats.get(text)
        if seat is None:
            _make_room(self._seats)
            unit_id, _, rest = text.partition(BETWEEN_FIELDS)
            if not rest or BETWEEN_RECORDS in rest:
                seat = self._sit(read_positions(text, self._units), ())
            else:
                unit = self._units[int(unit_id)]
                case = self._shapes[unit], rest
                alike = self._alike.get(case)
                if alike is None:
                    alike = self._alike[case] = self._sit(read_positions(text, self._units), ())
                seat = self._seat_in(unit, alike)
            self._seats[text] = seat
        return seat

    def _sit(self, positions: tuple[PositionRecord, ...], absences: tuple[AbsenceRecord, ...]) -> _Seat:
        person = PersonRecord("", "", positions, absences=absences)
        standing = stand(self._plan, self._tree, self._calendar, person, self._on)
        first, last = self._periods[Measure.MEETINGS].start, self._on
        steady = all(p.start <= first and (p.end is None or p.end >= last) for p in positions)
        units = tuple(position.unit for position in positions) if steady else None
        return self._seat_of(standing, self._place(standing), units, standing.unit)

    def _seat_in(self, unit: str, alike: _Seat) -> _Seat:
        """The seat of the only position of somebody in ``unit``, when ``alike`` is that in a unit of the same kind."""
        return self._seat_of(alike.standing, alike.place, (unit,) if alike.units else None, unit)

    def _seat_of(self, standing: Standing, place: Place, units: tuple[str, ...] | None, unit: str | None) -> _Seat:
        """A seat; what is known of entries is shared by all whose office hours are the general ones."""
        hours = unit if self._calendar.has_own_hours(unit) else None
        return _Seat(standing, place, units, unit, self._amounts[hours], self._visits[hours])

    def _place(self, standing: Standing) -> Place:
        case = standing.group, standing.level, standing.in_bloc, standing.mondays, *standing.excused.items()
        place = self._places.get(case)
        if place is None:
            place = self._places[case] = Place(self._plan, standing, self._on)
        return place

    def _tallied(self, seat: _Seat, cadre: PackedCadre, absences: tuple[AbsenceRecord, ...]) -> int:
        """The figures, entry by entry."""
        units = self._units
        entries = read_entries(cadre.visits, units) + read_entries(cadre.others, units)
        documents = read_documents(cadre.documents)
        person = PersonRecord(cadre.code, "", read_positions(cadre.positions, units), entries, absences, documents)
        context = Context(self._plan, self._tree, self._calendar, person, seat.unit)
        return packed(tally(context, self._on))

    def _added_up(self, seat: _Seat, cadre: PackedCadre) -> int | None:
        """The figures of a cadre without leave; None when two entries may be one event."""
        figures = self._of_documents(cadre.documents) if cadre.documents else 0
        if cadre.others:
            records = cadre.others.split(BETWEEN_RECORDS)
            if _may_repeat(records):
                return None
            try:
                figures += sum(map(seat.amounts.__getitem__, records))
            except KeyError:
                figures += sum([self._amount(seat, record) for record in records])
        if cadre.visits:
            records = cadre.visits.split(BETWEEN_RECORDS)
            if _may_repeat(records):
                return None
            figures += self._visited(seat, cadre.positions, records)
        return figures

    def _visited(self, seat: _Seat, positions: str, records: list[str]) -> int:
        figures = 0
        known, units = seat.visits, seat.units
        for record in records:
            what, _, organiser = record.rpartition(BETWEEN_FIELDS)
            visit = known.get(what) or self._visit(seat, what)
            figures += visit.always
            there = units if units is not None else self._units_on(positions, visit.day)
            case = there, organiser, visit.day if self._tree_turns else None
            counts = self._organisers.get(case)
            if counts is None:
                _make_room(self._organisers)
                counts = self._organisers[case] = self._counts(there, organiser, visit.day)
            if counts:
                figures += visit.visited
        return figures

    def _units_on(self, positions: str, day: date) -> tuple[str, ...]:
        return tuple(p.unit for p in read_positions(positions, self._units) if p.holds(day))

    def _of_documents(self, text: str) -> int:
        figures = self._documents.get(text)
        if figures is None:
            _make_room(self._documents)
            person = PersonRecord("", "", documents=read_documents(text))
            context = Context(self._plan, self._tree, self._calendar, person, None)
            figures = self._documents[text] = packed(tally(context, self._on))
        return figures

    def _amount(self, seat: _Seat, record: str) -> int:
        """What an entry adds to the figures."""
        if record not in seat.amounts:
            _make_room(seat.amounts)
            entry = read_entry(record, self._units)
            seat.amounts[record] = self._added(seat, entry, [m for m in Measure if m not in _ATTENDANCE])
        return seat.amounts[record]

    def _visit(self, seat: _Seat, what: str) -> _Visit:
        entry = read_entry(f"{what}{BETWEEN_FIELDS}", self._units)
        _make_room(seat.visits)
        always = self._added(seat, entry, [m for m in Measure if m not in _ATTENDANCE])
        visit = seat.visits[what] = _Visit(always, self._added(seat, entry, _ATTENDANCE), entry.day)
        return visit

    def _added(self, seat: _Seat, entry: EntryRecord, measures: Iterable[Measure]) -> int:
        """What ``entry`` adds to ``measures``; to those of attendance, as if its organiser counted."""
        person = PersonRecord("", "", entries=(entry,))
        context = Context(self._plan, self._tree, self._calendar, person, seat.unit)
        figures = 0
        for measure in measures:
            if any(candidates(measure, person, self._periods[measure], self._on)):
                amount = 1 if measure in _ATTENDANCE else worth(measure, entry, context).amount
                figures += placed(measure, amount, amount if entry.state is EntryState.CONFIRMED else 0)
        return figures

    def _counts(self, units: tuple[str, ...], organiser: str, day: date) -> bool:
        """Whether an attendance on ``day`` counts for whoever holds positions in ``units``, by its organiser."""
        context = self._visitors.get(units)
        if context is None:
            held = tuple(PositionRecord(unit, PositionTitle.SPECIALIST, False, False, date.min) for unit in units)
            context = Context(self._plan, self._tree, self._calendar, PersonRecord("", "", held), None)
            self._visitors[units] = context
        unit = self._units[int(organiser)] if organiser else None
        entry = EntryRecord(0, EntryKind.BRANCH_MEETING, day, organiser=unit)
        return worth(Measure.MEETINGS, entry, context).amount > 0


def _is_touched(cadre: PackedCadre, absences: tuple[AbsenceRecord, ...]) -> bool:
    """Whether an entry's worth may hang on leave: hours or a shirt on a day of it, or in the night before."""
    days = [((leave.start - _DAY).isoformat(), leave.end.isoformat()) for leave in absences]
    for record in f"{cadre.visits}{BETWEEN_RECORDS}{cadre.others}".split(BETWEEN_RECORDS):
        day, _, rest = record.partition(BETWEEN_FIELDS)
        if rest.startswith(_LEAVE_MATTERS) and any(first <= day <= last for first, last in days):
            return True
    return False


def _may_repeat(records: list[str]) -> bool:
    """Whether two of ``records`` may be one event."""
    return len(set(map(_event, records))) < len(records)


def _make_room(known: dict[Any, Any]) -> None:
    """Forget everything rather than remember without end."""
    if len(known) >= _MOST_KNOWN:
        known.clear()


def _shapes(tree: UnitTree) -> dict[str, tuple[object, ...]]:
    """Of each unit what a standing in it depends on: what it was when."""
    found: dict[str, tuple[object, ...]] = {}
    for record in tree.records:
        found[record.code] = (*found.get(record.code, ()), (record.type, record.start, record.end))
    return found

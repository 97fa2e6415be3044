"""The figures of cadre after cadre, from texts of entries most of which have been met before."""

from collections.abc import Iterable
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from storage.calendar import WorkCalendar
from storage.compliance.alike import packed, placed
from storage.compliance.counting import COUNTINGS, Context, Measure, worth
from storage.compliance.records import AbsenceRecord, EntryRecord, PersonRecord, PositionRecord, UnitTree
from storage.compliance.tallying import candidates, tally
from storage.packed import (
    BETWEEN_FIELDS,
    BETWEEN_RECORDS,
    PackedCadre,
    read_documents,
    read_entry,
    read_positions,
)
from storage.periods import Period
from storage.plans import Plan
from storage.terms import EntryKind, EntryState, PositionTitle, Requirement

_DAY = timedelta(days=1)
_MOST_KNOWN = 200_000
_ATTENDANCE = tuple(m for m, counting in COUNTINGS.items() if counting.requirement is Requirement.ATTENDANCE)
_OTHERS = tuple(m for m in COUNTINGS if m not in _ATTENDANCE)
_LEAVE_MATTERS = tuple(COUNTINGS[Measure.HOURS].kinds | COUNTINGS[Measure.SHIRTS].kinds)
# Texts of entries that are one event begin with the same letters: the day and the kind's first two.
_event = itemgetter(slice(len("2026-11-20|yo")))


# What an entry of attendance adds to the figures if its organiser does not count, and if it does; and its day.
Visit = tuple[int, int, date]


class Known(NamedTuple):
    """What the entries met so far add where office hours are those of ``unit`` (the general ones when None)."""

    unit: str | None
    amounts: dict[str, int]
    visits: dict[str, Visit]


class Sums:
    """What ``tally`` says of each cadre, added up from what each text adds; asked entry by entry when it must be."""

    def __init__(
        self,
        plan: Plan,
        tree: UnitTree,
        calendar: WorkCalendar,
        units: dict[int, str],
        periods: dict[Measure, Period],
        on: date,
    ) -> None:
        self._plan, self._tree, self._calendar, self._units, self._on = plan, tree, calendar, units, on
        self._periods = periods
        first = periods[Measure.MEETINGS].start
        self._tree_turns = any(first < day <= on for code in units.values() for day in tree.changes(code))
        self._known: dict[str | None, Known] = {}
        self._entries: dict[str, EntryRecord] = {}
        self._documents: dict[str, int] = {}
        self._visitors: dict[tuple[str, ...], Context] = {}
        self._organisers: dict[tuple[tuple[str, ...], date | None], dict[str, bool]] = {}

    def known_in(self, unit: str | None) -> Known:
        """What is known of entries of cadres of ``unit``; shared by all without office hours of their own."""
        hours = unit if self._calendar.has_own_hours(unit) else None
        return self._known.setdefault(hours, Known(hours, {}, {}))

    def figures(
        self, cadre: PackedCadre, known: Known, units: tuple[str, ...] | None, absences: tuple[AbsenceRecord, ...]
    ) -> int:
        """The figures of ``cadre``; ``units`` are those of the positions if each is held all the month, else None."""
        figures = None
        if not (absences and _is_touched(cadre, absences)):
            figures = self._added_up(cadre, known, units)
        return self._tallied(cadre, known, absences) if figures is None else figures

    def _tallied(self, cadre: PackedCadre, known: Known, absences: tuple[AbsenceRecord, ...]) -> int:
        texts = [text for many in (cadre.visits, cadre.others) if many for text in many.split(BETWEEN_RECORDS)]
        entries = tuple([self._entries.get(text) or self._entry(text) for text in texts])
        positions, documents = read_positions(cadre.positions, self._units), read_documents(cadre.documents)
        person = PersonRecord(cadre.code, "", positions, entries, absences, documents)
        return packed(tally(self._context(person, known), self._on))

    def _entry(self, text: str) -> EntryRecord:
        make_room(self._entries)
        entry = self._entries[text] = read_entry(text, self._units)
        return entry

    def _context(self, person: PersonRecord, known: Known) -> Context:
        return Context(self._plan, self._tree, self._calendar, person, known.unit)

    def _added_up(self, cadre: PackedCadre, known: Known, units: tuple[str, ...] | None) -> int | None:
        """The figures of a cadre whose entries leave does not touch; None when two of them may be one event."""
        figures = self._of_documents(cadre.documents, known) if cadre.documents else 0
        if cadre.others:
            texts = cadre.others.split(BETWEEN_RECORDS)
            if _may_repeat(texts):
                return None
            try:
                figures += sum(map(known.amounts.__getitem__, texts))
            except KeyError:
                figures += sum([self._amount(text, known) for text in texts])
        if cadre.visits:
            texts = cadre.visits.split(BETWEEN_RECORDS)
            if _may_repeat(texts):
                return None
            figures += self._visited(texts, known, cadre.positions, units)
        return figures

    def _of_documents(self, text: str, known: Known) -> int:
        figures = self._documents.get(text)
        if figures is None:
            make_room(self._documents)
            person = PersonRecord("", "", documents=read_documents(text))
            figures = self._documents[text] = packed(tally(self._context(person, known), self._on))
        return figures

    def _amount(self, text: str, known: Known) -> int:
        if text not in known.amounts:
            make_room(known.amounts)
            known.amounts[text] = self._added(self._entry(text), known, _OTHERS)
        return known.amounts[text]

    def _visited(self, texts: list[str], known: Known, positions: str, units: tuple[str, ...] | None) -> int:
        if units is None or self._tree_turns:
            return sum([self._visited_then(text, known, positions, units) for text in texts])
        organisers = self._organisers.get((units, None)) or self._room_for_organisers(units, None)
        figures = 0
        for text in texts:
            what, _, organiser = text.rpartition(BETWEEN_FIELDS)
            without, counted, day = known.visits.get(what) or self._visit(what, known)
            counts = organisers.get(organiser)
            if counts is None:
                counts = organisers[organiser] = self._counts(units, organiser, day)
            figures += counted if counts else without
        return figures

    def _visited_then(self, text: str, known: Known, positions: str, units: tuple[str, ...] | None) -> int:
        """What one entry adds where positions or units change within the month."""
        what, _, organiser = text.rpartition(BETWEEN_FIELDS)
        without, counted, day = known.visits.get(what) or self._visit(what, known)
        there = self._units_on(positions, day) if units is None else units
        organisers = self._organisers.get((there, day)) or self._room_for_organisers(there, day)
        if organiser not in organisers:
            organisers[organiser] = self._counts(there, organiser, day)
        return counted if organisers[organiser] else without

    def _room_for_organisers(self, units: tuple[str, ...], day: date | None) -> dict[str, bool]:
        make_room(self._organisers)
        return self._organisers.setdefault((units, day), {})

    def _visit(self, what: str, known: Known) -> Visit:
        make_room(known.visits)
        entry = read_entry(f"{what}{BETWEEN_FIELDS}", self._units)
        always, visited = self._added(entry, known, _OTHERS), self._added(entry, known, _ATTENDANCE)
        visit = known.visits[what] = always, always + visited, entry.day
        return visit

    def _added(self, entry: EntryRecord, known: Known, measures: Iterable[Measure]) -> int:
        """What ``entry`` adds to ``measures``; to those of attendance, as if its organiser counted."""
        person = PersonRecord("", "", entries=(entry,))
        figures = 0
        for measure in measures:
            if any(candidates(measure, person, self._periods[measure], self._on)):
                amount = 1 if measure in _ATTENDANCE else worth(measure, entry, self._context(person, known)).amount
                figures += placed(measure, amount, amount if entry.state is EntryState.CONFIRMED else 0)
        return figures

    def _units_on(self, positions: str, day: date) -> tuple[str, ...]:
        return tuple(p.unit for p in read_positions(positions, self._units) if p.holds(day))

    def _counts(self, units: tuple[str, ...], organiser: str, day: date) -> bool:
        """Whether an attendance on ``day`` counts for whoever holds positions in ``units``, by its organiser."""
        context = self._visitors.get(units)
        if context is None:
            make_room(self._visitors)
            held = tuple(PositionRecord(unit, PositionTitle.SPECIALIST, False, False, date.min) for unit in units)
            context = Context(self._plan, self._tree, self._calendar, PersonRecord("", "", held), None)
            self._visitors[units] = context
        unit = self._units[int(organiser)] if organiser else None
        entry = EntryRecord(0, EntryKind.BRANCH_MEETING, day, organiser=unit)
        return worth(Measure.MEETINGS, entry, context).amount > 0


def make_room(known: dict[Any, Any]) -> None:
    """Forget everything rather than remember without end."""
    if len(known) >= _MOST_KNOWN:
        known.clear()


def _is_touched(cadre: PackedCadre, absences: tuple[AbsenceRecord, ...]) -> bool:
    """Whether an entry's worth may hang on leave: hours or a shirt on a day of it, or in the night before."""
    days = [((leave.start - _DAY).isoformat(), leave.end.isoformat()) for leave in absences]
    for text in f"{cadre.visits}{BETWEEN_RECORDS}{cadre.others}".split(BETWEEN_RECORDS):
        day, _, rest = text.partition(BETWEEN_FIELDS)
        if rest.startswith(_LEAVE_MATTERS) and any(first <= day <= last for first, last in days):
            return True
    return False


def _may_repeat(texts: list[str]) -> bool:
    """Whether two of the entries may be one event."""
    return len(set(map(_event, texts))) < len(texts)

"""One definition of every figure: chat, picture and workbook all show what :func:`unit_figures` returns.

Counted are the people with a position, in force in the period, in the unit or below it as it is on the
cut-off day; each once, at the highest of these units. A few grouped queries, whatever their number.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from storage.calendar import WorkCalendar
from storage.compliance.records import PersonRecord, PositionRecord, UnitTree
from storage.compliance.results import Evaluation, Result
from storage.figures import PersonFigures, Score, UnitFigures, UnitLine, natural_periods, roll_up
from storage.known import Held, People
from storage.periods import Period, PeriodKind
from storage.plans import Plan
from storage.records_of import load_person
from storage.terms import EntryState, PositionTitle, Requirement
from storage.text import fold

_TITLES = tuple(PositionTitle)


class _Look(NamedTuple):
    """One evaluation: on which day, since when entries matter, and which results are wanted."""

    day: date
    since: date
    asked: tuple[tuple[Requirement, Period], ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """A period up to its cut-off: the natural periods it judges and the evaluations that takes."""

    period: Period
    as_of: date
    judged: dict[Requirement, tuple[Period, ...]]
    looks: tuple[_Look, ...]

    @classmethod
    def of(cls, plan: Plan, period: Period, as_of: date) -> "_Span":
        as_of = min(as_of, period.end)
        if as_of < period.start:
            raise ValueError(f"{period.key} has not begun on {as_of}")
        rules = {requirement: plan.rule(requirement) for requirement in Requirement}
        judged = {r: natural_periods(rule.period, period, as_of) for r, rule in rules.items() if rule is not None}
        return cls(period, as_of, judged, _looks(judged, as_of))

    @property
    def first_day(self) -> date:
        """The first day that any of it looks at."""
        return min(self.period.start, *(found[0].start for found in self.judged.values()))

    @property
    def first_listed_day(self) -> date:
        """The first day whose entries are listed: the period's, or the Monday of its first week."""
        weeks = (found[0].start for found in self.judged.values() if found[0].kind is PeriodKind.WEEK)
        return min(self.period.start, *weeks)


def _looks(judged: dict[Requirement, tuple[Period, ...]], as_of: date) -> tuple[_Look, ...]:
    asked: dict[date, list[tuple[Requirement, Period]]] = defaultdict(list)
    for requirement, periods in judged.items():
        for period in periods:
            asked[min(period.end, as_of)].append((requirement, period))
    return tuple(_Look(day, min(p.start for _, p in wanted), tuple(wanted)) for day, wanted in sorted(asked.items()))


def days_of(plan: Plan, period: Period, as_of: date) -> tuple[date, date]:
    """The first and last day that reports of ``period`` look at."""
    span, before = _spans(plan, period, as_of)
    return min(span.first_day, before.first_day), span.as_of


def _spans(plan: Plan, period: Period, as_of: date) -> tuple[_Span, _Span]:
    return _Span.of(plan, period, as_of), _Span.of(plan, period.previous(), period.previous().end)


def unit_figures(
    session: Session,
    plan: Plan,
    calendar: WorkCalendar,
    unit_id: int,
    period: Period,
    as_of: date,
    known: People | None = None,
) -> UnitFigures:
    """The figures of a unit and everything below it in ``period``, as known at the end of the day ``as_of``.

    They are compared with those of the whole period before. ``known`` holds who was read already, for the same
    period and day. Raises LookupError when there is no such unit on that day and ValueError when the period has
    not begun.
    """
    span, before = _spans(plan, period, as_of)
    everybody = known if known is not None else People(plan, calendar, *days_of(plan, period, as_of))
    tree = everybody.tree(session)
    units = tree.subtree(everybody.code_of(session, unit_id), span.as_of)
    codes = everybody.below(session, unit_id, units, before.period.start, span.as_of)
    records = everybody.records(session, codes)
    judge = _Judge(everybody, tree, {unit: place for place, unit in enumerate(units)})
    people = judge.people(records, span)
    rows = _rows(judge, people, units, span.as_of)
    rolled = roll_up(rows, _parents(units, tree, span.as_of))
    listed = {row.code: place for place, row in enumerate(rolled)}
    return UnitFigures(
        period=span.period,
        as_of=span.as_of,
        judged=span.judged,
        own=rows[0],
        units=rolled,
        children=tuple(row for row in rolled if row.depth == 1),
        people=tuple(sorted(people, key=lambda p: (listed[p.unit], fold(p.name), p.code))),
        previous=_previous(judge, rows[0], judge.people(records, before), before.as_of),
        unit_names=_names(people, tree, span.as_of),
    )


def person_figures(
    session: Session, plan: Plan, calendar: WorkCalendar, cadre_id: int, period: Period, as_of: date
) -> PersonFigures | None:
    """One cadre as in a unit's report, wherever they hold a position; None when they hold none in ``period``.

    Raises LookupError when there is no such cadre and ValueError when the period has not begun.
    """
    span = _Span.of(plan, period, as_of)
    everybody = People(plan, calendar, span.first_day, span.as_of)
    tree = everybody.tree(session)
    record = load_person(session, cadre_id, span.first_day, span.as_of)
    units = {position.unit: _depth(tree, position.unit, span.as_of) for position in record.positions}
    places = {unit: depth for unit, depth in units.items() if depth is not None}
    return next(iter(_Judge(everybody, tree, places).people([record], span)), None)


def _depth(tree: UnitTree, code: str, day: date) -> int | None:
    """How many units are above, None when the unit is not there on ``day``."""
    unit, depth, seen = tree.find(code, day), 0, {code}
    if unit is None:
        return None
    while unit is not None and unit.parent is not None and unit.parent not in seen:
        seen.add(unit.parent)
        unit, depth = tree.find(unit.parent, day), depth + 1
    return depth


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges people for one report. ``places`` orders its units, superiors first."""

    everybody: People
    tree: UnitTree
    places: dict[str, int]

    def people(self, records: Iterable[PersonRecord], span: _Span) -> list[PersonFigures]:
        """Those of ``records`` who hold a position here in the period, each once."""
        found = []
        for record in records:
            home = self._home(record, span)
            if home is not None:
                found.append(self._person(record, home, span))
        return found

    def _home(self, record: PersonRecord, span: _Span) -> PositionRecord | None:
        held = [
            position
            for position in record.positions
            if position.unit in self.places
            and position.start <= span.as_of
            and (position.end is None or position.end >= span.period.start)
        ]
        still = [position for position in held if position.holds(span.as_of)]
        if still:
            return min(still, key=lambda p: (self.places[p.unit], _TITLES.index(p.title)))
        return max(held, key=lambda p: p.end or date.max, default=None)

    def _person(self, record: PersonRecord, home: PositionRecord, span: _Span) -> PersonFigures:
        """What depends on no other unit than those of ``held`` is found out once for all reports."""
        held = tuple(position for position in record.positions if position.unit in self.places)
        return self.everybody.figures(record, home, held, span.as_of, lambda: self._judged(record, home, held, span))

    def _judged(self, record: PersonRecord, home: PositionRecord, held: Held, span: _Span) -> PersonFigures:
        results: dict[Requirement, list[Result]] = {requirement: [] for requirement in span.judged}
        last: Evaluation | None = None
        first_listed = span.first_listed_day
        for day, since, asked in span.looks:
            if not any(position.holds(day) for position in held):
                continue
            last = self.everybody.evaluate(self.tree, record, since, day)
            given = {(result.requirement, result.period): result for result in last.results}
            for requirement, period in asked:
                results[requirement].append(given[requirement, period])
        listed = tuple(e for e in record.entries if first_listed <= e.day <= span.as_of)
        return PersonFigures(
            code=record.code,
            name=record.name,
            unit=home.unit,
            unit_name=self._unit_name(home.unit, span.as_of),
            title=home.title,
            group=last.group if last else None,
            scores={requirement: Score(requirement, tuple(found)) for requirement, found in results.items()},
            entries=listed,
            waiting=sum(entry.state is EntryState.DECLARED for entry in listed),
        )

    def _unit_name(self, code: str, day: date) -> str:
        return self.tree.at(code, day).name


def _by_home(people: Iterable[PersonFigures]) -> dict[str, list[PersonFigures]]:
    found: dict[str, list[PersonFigures]] = defaultdict(list)
    for person in people:
        found[person.unit].append(person)
    return found


def _rows(judge: _Judge, people: list[PersonFigures], units: list[str], day: date) -> list[UnitLine]:
    rows: dict[str, UnitLine] = {}
    homes = _by_home(people)
    for code in units:
        above = rows.get(judge.tree.at(code, day).parent or "")
        line = judge.everybody.line(judge.tree, code, homes.get(code, []), day)
        rows[code] = replace(line, depth=above.depth + 1 if above else 0)
    return list(rows.values())


def _previous(judge: _Judge, own: UnitLine, people: list[PersonFigures], day: date) -> UnitLine:
    """One row of all ``people``, as they were on ``day``."""
    total = UnitLine(own.code, own.name, own.type, 0)
    for code, those in _by_home(people).items():
        total.merge(judge.everybody.line(judge.tree, code, those, day))
    return total


def _parents(units: list[str], tree: UnitTree, day: date) -> dict[str, str]:
    records = (tree.at(code, day) for code in units)
    return {record.code: record.parent for record in records if record.parent is not None}


def _names(people: Iterable[PersonFigures], tree: UnitTree, day: date) -> dict[str, str]:
    codes = {entry.organiser for person in people for entry in person.entries if entry.organiser is not None}
    found = ((code, tree.find(code, day)) for code in codes)
    return {code: unit.name if unit is not None else code for code, unit in found}

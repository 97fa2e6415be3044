"""Who a cadre is for a plan on a day: the group, the level, and what is excused."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from storage.calendar import WorkCalendar
from storage.compliance.records import PersonRecord, PositionRecord, UnitTree
from storage.compliance.results import Note
from storage.periods import Period, PeriodKind
from storage.plans import Obligation, Plan
from storage.terms import Group, Level, PositionTitle, Requirement, UnitType

_DAY = timedelta(days=1)
_HALF_A_YEAR = 6
_NOTHING: Mapping[Requirement, Note] = MappingProxyType({})
# Đoàn cơ sở and Chi đoàn cơ sở are one level of the Union, the grassroots.
_RANK = {
    None: 0,
    Level.BRANCH: 1,
    Level.GRASSROOTS_BRANCH: 2,
    Level.GRASSROOTS: 2,
    Level.DISTRICT: 3,
    Level.CITY: 4,
}


class Place(NamedTuple):
    """What the positions in force on one day make of a cadre."""

    group: Group
    level: Level | None
    unit: str
    in_bloc: bool


class Span(NamedTuple):
    """Days, both included, during which a cadre's place does not change; None when there is no position."""

    first: date
    last: date
    place: Place | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A cadre's place on one day (all empty without a position in force), and what is excused then.

    ``mondays`` is on how many Mondays of the month the youth shirt is due from this cadre.
    """

    group: Group | None = None
    level: Level | None = None
    unit: str | None = None
    in_bloc: bool = False
    mondays: int = 0
    excused: Mapping[Requirement, Note] = field(default_factory=lambda: _NOTHING)


def place_on(plan: Plan, tree: UnitTree, person: PersonRecord, day: date) -> Place | None:
    """The place of ``person`` on ``day``: of several positions the one with the highest level decides.

    At one level a first-group position goes first. One full-time position makes the cadre G1 (ruling I-4), and
    one position in the public-sector bloc puts the cadre in it: the bloc is a trait of the person (C-01).
    """
    found: list[tuple[_Claim, PositionRecord]] = []
    for position in person.positions:
        unit = tree.find(position.unit, day) if position.holds(day) else None
        if unit is not None:
            found.append((_claim(plan, unit.type, position.title, position.full_time, day), position))
    if not found:
        return None
    claim, deciding = max(found, key=lambda item: (item[0].weight, item[1].unit))
    full_time = any(position.full_time for _, position in found)
    in_bloc = any(position.public_sector for _, position in found)
    return Place(Group.G1 if full_time else claim.group, claim.level, deciding.unit, in_bloc)


class _Claim(NamedTuple):
    """What one position would make of a cadre, and how heavy it weighs against others."""

    weight: tuple[int, bool, bool]
    group: Group
    level: Level | None


@lru_cache(maxsize=4096)
def _claim(plan: Plan, unit_type: UnitType, title: PositionTitle, full_time: bool, day: date) -> _Claim:
    level = plan.level_of(unit_type, day)
    group = plan.group_of(title, level, full_time=full_time)
    return _Claim((_RANK[level], group is Group.G1, level is Level.GRASSROOTS), group, level)


def spans(plan: Plan, tree: UnitTree, person: PersonRecord, period: Period) -> list[Span]:
    """``period`` cut where the cadre's place may change."""
    cuts = {period.start, *(day for day in _turns(plan, tree, person) if day in period)}
    starts = sorted(cuts)
    ends = [*(start - _DAY for start in starts[1:]), period.end]
    return [Span(first, last, place_on(plan, tree, person, first)) for first, last in zip(starts, ends, strict=True)]


def stand(plan: Plan, tree: UnitTree, calendar: WorkCalendar, person: PersonRecord, on: date) -> Standing:
    """Where ``person`` stands on ``on``, with everything that is excused in the periods around it."""
    place = place_on(plan, tree, person, on)
    if place is None:
        return Standing()
    group, level, unit, in_bloc = place
    excused: Mapping[Requirement, Note] = _NOTHING
    if _is_steady(plan, tree, person, on):
        usual = usual_standing(plan, calendar, group, level, in_bloc, on)
        if not person.absences:
            return Standing(group, level, unit, in_bloc, usual.mondays, usual.excused)
        excused = {**usual.excused, **_on_leave(plan, calendar, person, place, on)}
    elif in_bloc:
        excused = _excuses(plan, tree, calendar, person, place, on)
    mondays = calendar.shirt_mondays(Period.of(PeriodKind.MONTH, on))
    return Standing(group, level, unit, in_bloc, sum(not person.is_absent(day) for day in mondays), excused)


@lru_cache(maxsize=1024)
def usual_standing(
    plan: Plan, calendar: WorkCalendar, group: Group, level: Level | None, in_bloc: bool, on: date
) -> Standing:
    """The standing of whoever holds one place all year and has no leave: the same for all of them."""
    excused = {
        owed.requirement: Note.DAYS_OFF
        for owed in plan.obligations(group, level, on)
        if in_bloc
        and owed.owed
        and owed.period.kind is not PeriodKind.YEAR
        and not calendar.has_working_day(owed.period)
    }
    mondays = len(calendar.shirt_mondays(Period.of(PeriodKind.MONTH, on)))
    return Standing(group, level, None, in_bloc, mondays, excused)


def _is_steady(plan: Plan, tree: UnitTree, person: PersonRecord, on: date) -> bool:
    """Whether nothing about the positions changes in the year of ``on`` nor in its week."""
    week, year = Period.of(PeriodKind.WEEK, on), Period.of(PeriodKind.YEAR, on)
    first, last = min(week.start, year.start), max(week.end, year.end)
    return not any(first < day <= last for day in _turns(plan, tree, person))


def _turns(plan: Plan, tree: UnitTree, person: PersonRecord) -> Iterator[date]:
    """The days from which on a cadre's place may be another: a new position, another unit, another level of it."""
    for position in person.positions:
        yield position.start
        if position.end is not None:
            yield position.end + _DAY
        yield from tree.changes(position.unit)
        for day in plan.level_turns:
            unit = tree.find(position.unit, day)
            if unit is not None and plan.level_of(unit.type, day) is not plan.level_of(unit.type, day - _DAY):
                yield day


def _on_leave(
    plan: Plan, calendar: WorkCalendar, person: PersonRecord, place: Place, on: date
) -> dict[Requirement, Note]:
    """What leave alone excuses: no more than weeks and months (a year asks only how long a position lasts)."""
    due = [owed for owed in plan.obligations(place.group, place.level, on) if place.in_bloc and owed.owed]
    short = [owed for owed in due if owed.period.kind is not PeriodKind.YEAR]
    off = {period for period in {owed.period for owed in short} if _all_off(calendar, person, period)}
    return {owed.requirement: Note.DAYS_OFF for owed in short if owed.period in off}


def _excuses(
    plan: Plan, tree: UnitTree, calendar: WorkCalendar, person: PersonRecord, place: Place, on: date
) -> dict[Requirement, Note]:
    covered: dict[Period, list[Span]] = {}
    excused = {}
    for owed in plan.obligations(place.group, place.level, on):
        if owed.owed:
            if owed.period not in covered:
                covered[owed.period] = spans(plan, tree, person, owed.period)
            note = _excuse(plan, calendar, person, owed, covered[owed.period], on)
            if note is not None:
                excused[owed.requirement] = note
    return excused


def _excuse(
    plan: Plan, calendar: WorkCalendar, person: PersonRecord, owed: Obligation, found: list[Span], on: date
) -> Note | None:
    binding = [span for span in found if span.place is not None and _binds(plan, span.place, owed, on)]
    if owed.period.kind is PeriodKind.YEAR:
        return Note.SHORT_YEAR if _months(binding) < _HALF_A_YEAR else None
    if len(binding) < len(found):
        return Note.PARTLY_COVERED
    return Note.DAYS_OFF if _all_off(calendar, person, owed.period) else None


def _binds(plan: Plan, place: Place, owed: Obligation, on: date) -> bool:
    """Whether ``place`` owes at least as much as ``owed``, by the values of the day ``on``."""
    if not place.in_bloc:
        return False
    own = plan.obligations(place.group, place.level, on)[list(Requirement).index(owed.requirement)]
    return own.owed and (own.minimum or 0) >= (owed.minimum or 0)


def _all_off(calendar: WorkCalendar, person: PersonRecord, period: Period) -> bool:
    if not person.absences:
        return not calendar.has_working_day(period)
    return not any(calendar.is_working_day(day) and not person.is_absent(day) for day in period.days())


def _months(found: list[Span]) -> Fraction:
    """How many months the spans last, by the calendar: 15/2 to 14/8 is six; odd days are a part of a month."""
    total = Fraction(0)
    for first, last in _joined(found):
        after = last + _DAY
        whole = (after.year - first.year) * 12 + after.month - first.month - (after.day < first.day)
        begun, full = _months_later(first, whole), _months_later(first, whole + 1)
        total += whole + Fraction((after - begun).days, (full - begun).days)
    return total


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _joined(found: list[Span]) -> list[tuple[date, date]]:
    joined: list[tuple[date, date]] = []
    for span in found:
        if joined and joined[-1][1] + _DAY == span.first:
            joined[-1] = (joined[-1][0], span.last)
        else:
            joined.append((span.first, span.last))
    return joined

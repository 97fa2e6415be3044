"""Who a cadre is for a plan on a day: the group, the level, and what is excused."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from storage.calendar import WorkCalendar
from storage.compliance.records import PersonRecord, UnitTree
from storage.compliance.results import Note
from storage.periods import Period, PeriodKind
from storage.plans import Obligation, Plan
from storage.terms import Group, Level, Requirement

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
    found = []
    for position in person.positions:
        unit = tree.find(position.unit, day) if position.holds(day) else None
        if unit is None:
            continue
        level = plan.level_of(unit.type, day)
        group = plan.group_of(position.title, level, full_time=position.full_time)
        weight = (_RANK[level], group is Group.G1, level is Level.GRASSROOTS, unit.code)
        found.append((weight, group, level, position))
    if not found:
        return None
    _, group, level, deciding = max(found, key=lambda item: item[0])
    if any(position.full_time for *_, position in found):
        group = Group.G1
    return Place(group, level, deciding.unit, any(position.public_sector for *_, position in found))


def spans(plan: Plan, tree: UnitTree, person: PersonRecord, period: Period) -> list[Span]:
    """``period`` cut where the cadre's place may change."""
    cuts = {period.start}
    for position in person.positions:
        days = [position.start, *tree.changes(position.unit)]
        days += [position.end + _DAY] if position.end else []
        cuts.update(day for day in days if day in period)
    starts = sorted(cuts)
    ends = [*(start - _DAY for start in starts[1:]), period.end]
    return [Span(first, last, place_on(plan, tree, person, first)) for first, last in zip(starts, ends, strict=True)]


def stand(plan: Plan, tree: UnitTree, calendar: WorkCalendar, person: PersonRecord, on: date) -> Standing:
    """Where ``person`` stands on ``on``, with everything that is excused in the periods around it."""
    place = place_on(plan, tree, person, on)
    if place is None:
        return Standing()
    group, level, unit, in_bloc = place
    month = Period.of(PeriodKind.MONTH, on)
    mondays = sum(not person.is_absent(day) for day in calendar.shirt_mondays(month))
    excused: dict[Requirement, Note] = {}
    if in_bloc:
        covered: dict[Period, list[Span]] = {}
        for owed in plan.obligations(group, level, on):
            if owed.owed:
                if owed.period not in covered:
                    covered[owed.period] = spans(plan, tree, person, owed.period)
                note = _excuse(plan, calendar, person, owed, covered[owed.period], on)
                if note is not None:
                    excused[owed.requirement] = note
    return Standing(group, level, unit, in_bloc, mondays, excused or _NOTHING)


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

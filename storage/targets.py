"""Targets in % (C-06, C-07, C-09, K-01 to K-03): figures of a unit, never of a person, with who or what is missing.

Each target of the plans that run for a unit is counted over the unit and everything below it, on one day: the last of
the year, or today while it lasts. People count once, at the unit of their highest position, as in the annex report.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from storage.access import in_force
from storage.headcount import Named, homes_below, named_people
from storage.models import (
    Assessment,
    DeadlineState,
    DeadlineSubmission,
    Document,
    DocumentState,
    Entry,
    Position,
)
from storage.people import UnitRow
from storage.plan_work import Run, Units, load_units, runs_for
from storage.plans import Plan
from storage.plans.sections import Indicator, Target
from storage.terms import DocumentKind, EntryKind, EntryState
from storage.training_models import current_models

_HANDED_IN = (DocumentState.SUBMITTED, DocumentState.APPROVED)
_DONE = (DeadlineState.SUBMITTED, DeadlineState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class TargetFigure:
    """One target of one plan: how many of ``due`` have it, and the names of the others. ``of_units``: not people."""

    plan: Plan
    target: Target
    due: int
    missing: tuple[Named, ...]
    of_units: bool

    @property
    def key(self) -> str:
        """A name for buttons: "can-tho-2023:models"."""
        return f"{self.plan.id}:{self.target.id}"

    @property
    def reached(self) -> int:
        """How many have it."""
        return self.due - len(self.missing)

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 means everybody; None where nobody is due."""
        return 100 * self.reached // self.due if self.due else None


@dataclass(frozen=True, slots=True)
class _Count:
    """What is counted: a unit and everything below it, in a year, as at a day."""

    session: Session
    units: Units
    unit_id: int
    year: int
    as_of: date


def cut_off(year: int, today: date) -> date:
    """The day of the figures of ``year``."""
    return min(today, date(year, 12, 31))


def target_figures(session: Session, binding: Plan, unit_id: int, year: int, today: date) -> list[TargetFigure]:
    """The targets of all plans that run for the unit on the day of the figures. Raises LookupError."""
    as_of = cut_off(year, today)
    count = _Count(session, load_units(session, as_of), unit_id, year, as_of)
    if unit_id not in count.units.by_id:
        raise LookupError(f"no unit with id {unit_id} on {as_of}")
    found = [(run, target) for run in runs_for(session, binding, unit_id, as_of) for target in run.plan.file.targets]
    return [_figure(count, run, target) for run, target in found]


def _figure(count: _Count, run: Run, target: Target) -> TargetFigure:
    if target.id in _OF_UNITS:
        due = _units_due(count, run, target)
        done = _OF_UNITS[target.id](count, run, target)
        missing = tuple(Named(unit.name, "") for unit in due if unit.id not in done)
        return TargetFigure(run.plan, target, len(due), missing, of_units=True)
    homes = _people_due(count, run.plan, target)
    left = set(homes) - _OF_PEOPLE[target.id](count)
    names = named_people(count.session, homes, count.units, left)
    return TargetFigure(run.plan, target, len(homes), names, of_units=False)


def _units_due(count: _Count, run: Run, target: Target) -> list[UnitRow]:
    inside = {row.id for row in count.units.below(run.unit_id)}
    kinds = set(target.unit_types)
    return [row for row in count.units.below(count.unit_id) if row.id in inside and (not kinds or row.type in kinds)]


def _people_due(count: _Count, plan: Plan, target: Target) -> Mapping[int, int]:
    """Whom the target is about, with the unit at which they count."""
    public_only = plan.file.scope.public_sector_only
    homes = homes_below(count.session, count.unit_id, count.as_of, count.units, public_only=public_only)
    if not target.titles:
        return homes
    query = select(col(Position.cadre_id), col(Position.unit_id)).where(
        in_force(count.as_of), col(Position.title).in_(target.titles)
    )
    below = {row.id for row in count.units.below(count.unit_id) if row.type in target.unit_types}
    return {who: unit for who, unit in count.session.execute(query) if unit in below and who in homes}


def _with_model(count: _Count, _run: Run, _target: Target) -> set[int]:
    return set(current_models(count.session, count.as_of))


def _handed_in(count: _Count, run: Run, target: Target) -> set[int]:
    query = select(col(DeadlineSubmission.unit_id)).where(
        col(DeadlineSubmission.plan_id) == run.plan.id,
        col(DeadlineSubmission.deadline_id) == target.deadline,
        col(DeadlineSubmission.state).in_(_DONE),
    )
    return set(count.session.execute(query).scalars())


def _with_form(kind: DocumentKind) -> Callable[[_Count], set[int]]:
    def found(count: _Count) -> set[int]:
        query = select(col(Document.cadre_id)).where(
            col(Document.year) == count.year, col(Document.kind) == kind, col(Document.state).in_(_HANDED_IN)
        )
        return set(count.session.execute(query).scalars())

    return found


def _rated(count: _Count) -> set[int]:
    query = select(col(Assessment.cadre_id)).where(col(Assessment.year) == count.year)
    return set(count.session.execute(query).scalars())


def _with_solution(count: _Count) -> set[int]:
    """C-09 wants both: put into practice, and recognised (in the year of the figures)."""
    query = select(col(Entry.cadre_id)).where(
        col(Entry.kind) == EntryKind.INITIATIVE,
        col(Entry.applied).is_(True),
        col(Entry.recognised_by).is_not(None),
        col(Entry.recognised_on).between(date(count.year, 1, 1), count.as_of),
        col(Entry.state).not_in([EntryState.RETURNED, EntryState.DELETED]),
    )
    return set(count.session.execute(query).scalars())


_OF_UNITS: Mapping[Indicator, Callable[[_Count, Run, Target], set[int]]] = {
    Indicator.MODELS: _with_model,
    Indicator.ROLLED_OUT: _handed_in,
    Indicator.BOARDS: _handed_in,
}
_OF_PEOPLE: Mapping[Indicator, Callable[[_Count], set[int]]] = {
    Indicator.REGISTERED: _with_form(DocumentKind.REGISTRATION),
    Indicator.SELF_REVIEWED: _with_form(DocumentKind.SELF_REVIEW),
    Indicator.RATED: _rated,
    Indicator.SOLUTIONS: _with_solution,
}

"""Plans at work: which run for which units, and when what of them is due.

The plan that measures people (setting PLAN) always runs for everybody. Other plans run where a unit activated them:
their registrations, reviews, deadlines, rounds and reports, never their numbers. One-offs of a template move by as
many years as it is activated later than its document began.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlmodel import Session, col
from sqlmodel import select as select_model

from storage.access import Actor, in_force, may_see_unit, subtree, valid_on
from storage.clock import Clock
from storage.models import PlanActivation, Position, Unit, UnitVersion
from storage.people import UnitRow
from storage.periods import Period, PeriodKind
from storage.plans import Plan, load_plan, plan_files
from storage.plans.schema import Deadline, Holder
from storage.terms import UnitType

log = logging.getLogger(__name__)

_DAY = timedelta(days=1)


class ActivationRefused(ValueError):
    """A plan that cannot be activated; the reason is a Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Run:
    """A plan running for ``unit_id`` and below (everybody when None) from ``first`` to ``last`` (open when None)."""

    plan: Plan
    unit_id: int | None
    first: date
    last: date | None
    activation_id: int | None = None

    @property
    def moved(self) -> int:
        """By how many years one-offs move."""
        return 0 if self.unit_id is None else self.first.year - self.plan.file.in_force.first.year

    def occurrences(self, first: date, last: date) -> Iterator["Occurrence"]:
        """What this run has due with a last day from ``first`` to ``last``; what is due every week is not told."""
        begin, end = max(first, self.first), min(last, self.last or last)
        for deadline in self.plan.file.deadlines:
            if deadline.every is PeriodKind.WEEK or not deadline.is_set:
                continue
            period = Period.of(deadline.every, begin)
            while period.start <= end + _DAY:
                due = deadline.last_day(period, moved=self.moved)
                if due is not None and begin <= due <= end:
                    yield Occurrence(self, deadline, period, due)
                period = period.next()

    def undated(self, day: date) -> Iterator["Occurrence"]:
        """What is to be done in the year of ``day`` without a day being named: nobody is reminded of it."""
        year = Period.of(PeriodKind.YEAR, day)
        if self.first <= day and (self.last is None or day <= self.last):
            for deadline in self.plan.file.deadlines:
                if not deadline.is_set:
                    yield Occurrence(self, deadline, year, min(year.end, self.last or year.end))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A deadline of a run in one period, and the last day on which it is in time."""

    run: Run
    deadline: Deadline
    period: Period
    last_day: date

    @property
    def key(self) -> tuple[str, str, str]:
        """Plan, deadline and period: with the unit, what a submission is known by."""
        return self.run.plan.id, self.deadline.id, self.period.key

    def late_from(self, clock: Clock) -> datetime:
        """The first instant that is too late: the minute after an inclusive hour, an exclusive hour, or midnight."""
        hour = self.deadline.hour
        if hour is None:
            return clock.at(self.last_day + _DAY)
        return clock.at(self.last_day, hour.hour * 60 + hour.minute + (1 if self.deadline.inclusive else 0))


class Units:
    """The units of one day and how they hang together, read once."""

    def __init__(self, rows: Iterable[UnitRow]) -> None:
        """Index ``rows`` by id and by superior."""
        self.by_id = {row.id: row for row in rows}
        self._children: dict[int | None, list[UnitRow]] = {}
        for row in self.by_id.values():
            parent = row.parent_id if row.parent_id in self.by_id else None
            self._children.setdefault(parent, []).append(row)

    def below(self, unit_id: int | None) -> list[UnitRow]:
        """The unit and everything below it (all units for None), superiors first."""
        found = [self.by_id[unit_id]] if unit_id in self.by_id else []
        found = self.children(None) if unit_id is None else found
        for row in found:
            found.extend(self._children.get(row.id, ()))
        return found

    def children(self, unit_id: int | None) -> list[UnitRow]:
        """The units directly below (the highest units for None)."""
        return list(self._children.get(unit_id, ()))

    def above(self, unit_id: int) -> Iterator[UnitRow]:
        """The superior units, the nearest first."""
        seen = {unit_id}
        row = self.by_id.get(unit_id)
        while row is not None and row.parent_id is not None and row.parent_id not in seen:
            seen.add(row.parent_id)
            row = self.by_id.get(row.parent_id)
            if row is not None:
                yield row

    def owing(self, occurrence: Occurrence) -> list[UnitRow]:
        """The units that owe ``occurrence``."""
        root, deadline = occurrence.run.unit_id, occurrence.deadline
        kinds: frozenset[UnitType] = frozenset(deadline.unit_types)
        found = {row.id: row for row in self.below(root) if row.type in kinds} if kinds else {}
        tops = [self.by_id[root]] if root in self.by_id else self.children(None) if root is None else []
        match deadline.holder:
            case Holder.SELF:
                found |= {row.id: row for row in tops}
            case Holder.DIRECT:
                found |= {row.id: row for top in tops for row in self.children(top.id)}
            case Holder.EVERY:
                found |= {row.id: row for row in self.below(root)}
        return list(found.values())


def load_units(session: Session, day: date) -> Units:
    """The units as they are on ``day``."""
    query = (
        select(col(Unit.id), col(Unit.code), col(UnitVersion.name), col(UnitVersion.type), col(UnitVersion.parent_id))
        .join(UnitVersion, col(UnitVersion.unit_id) == col(Unit.id))
        .where(valid_on(day))
        .order_by(col(Unit.code))
    )
    return Units(UnitRow(*row) for row in session.execute(query))


def known_plans() -> list[str]:
    """The ids of the plans that come with the program."""
    return [file.stem for file in plan_files()]


def runs(session: Session, binding: Plan, first: date, last: date) -> list[Run]:
    """The plans that run on some day from ``first`` to ``last``: ``binding`` for everybody, others where activated."""
    found = []
    force = binding.file.in_force
    if force.first <= last and (force.last is None or first <= force.last):
        found.append(Run(binding, None, force.first, force.last))
    query = (
        select_model(PlanActivation)
        .where(
            col(PlanActivation.first_day) <= last,
            col(PlanActivation.last_day) >= first,
            or_(col(PlanActivation.ended_on).is_(None), col(PlanActivation.ended_on) >= first),
            col(PlanActivation.plan_id) != binding.id,
        )
        .order_by(col(PlanActivation.id))
    )
    return found + [one for row in session.exec(query) if (one := run_of(row)) is not None]


def run_of(row: PlanActivation) -> Run | None:
    """The run of an activation; None (and a warning) when its plan does not come with the program any more."""
    if row.plan_id not in known_plans():
        log.warning("activation %s: no plan %s comes with this program; put its file back", row.id, row.plan_id)
        return None
    last = row.last_day if row.ended_on is None else min(row.last_day, row.ended_on)
    return Run(load_plan(row.plan_id), row.unit_id, row.first_day, last, row.id)


def runs_for(session: Session, binding: Plan, unit_id: int, day: date) -> list[Run]:
    """The plans that run for one unit on ``day``, by its own activation or one above it; ``binding`` first."""
    units = load_units(session, day)
    chain = {None, unit_id, *(row.id for row in units.above(unit_id))}
    return [run for run in runs(session, binding, day, day) if run.unit_id in chain]


def activations(session: Session, actor: Actor, day: date) -> list[PlanActivation]:
    """The activations not over on ``day`` for units the actor may see, and for the actor's own and those above."""
    units = load_units(session, day)
    held = session.execute(
        select(col(Position.unit_id)).where(col(Position.cadre_id) == actor.cadre_id, in_force(day))
    ).scalars()
    own = {*actor.followed, *held}
    above = own | {row.id for unit_id in own for row in units.above(unit_id)}
    query = (
        select_model(PlanActivation)
        .where(
            col(PlanActivation.last_day) >= day,
            or_(col(PlanActivation.ended_on).is_(None), col(PlanActivation.ended_on) >= day),
            col(PlanActivation.plan_id).in_(known_plans()),
            or_(
                col(PlanActivation.unit_id).in_(subtree(actor.followed, day)),
                col(PlanActivation.unit_id).in_(above),
            ),
        )
        .order_by(col(PlanActivation.first_day), col(PlanActivation.id))
    )
    return list(session.exec(query))


def activate(
    session: Session,
    actor: Actor,
    binding: Plan,
    plan_id: str,
    unit_id: int,
    first: date,
    last: date,
    decision_no: str,
    now: datetime,
    day: date,
) -> PlanActivation:
    """Let ``plan_id`` run for the unit and everything below. Raises ActivationRefused."""
    if not actor.is_admin or not may_see_unit(session, actor, unit_id, day):
        raise ActivationRefused("Đồng chí chưa có quyền kích hoạt kế hoạch cho đơn vị này.")
    if plan_id not in known_plans():
        raise ActivationRefused("Không có kế hoạch này.")
    if plan_id == binding.id:
        raise ActivationRefused("Kế hoạch này đang áp dụng cho mọi đơn vị, không cần kích hoạt.")
    if last < first:
        raise ActivationRefused("Ngày cuối đứng trước ngày đầu.")
    overlapping = select_model(PlanActivation).where(
        col(PlanActivation.plan_id) == plan_id,
        col(PlanActivation.unit_id) == unit_id,
        col(PlanActivation.first_day) <= last,
        col(PlanActivation.last_day) >= first,
        or_(col(PlanActivation.ended_on).is_(None), col(PlanActivation.ended_on) >= first),
    )
    if session.exec(overlapping).first() is not None:
        raise ActivationRefused("Kế hoạch này đã được kích hoạt cho đơn vị trong thời gian đó.")
    row = PlanActivation(
        plan_id=plan_id,
        unit_id=unit_id,
        first_day=first,
        last_day=last,
        decision_no=decision_no,
        activated_by=actor.cadre_id,
        activated_at=now,
    )
    session.add(row)
    session.flush()
    return row


def find_activation(session: Session, actor: Actor, activation_id: int, day: date) -> PlanActivation | None:
    """An activation that is not over, for a unit that the actor administers."""
    if not actor.is_admin:
        return None
    query = select_model(PlanActivation).where(
        col(PlanActivation.id) == activation_id,
        col(PlanActivation.plan_id).in_(known_plans()),
        col(PlanActivation.ended_on).is_(None),
        col(PlanActivation.last_day) >= day,
        col(PlanActivation.unit_id).in_(subtree(actor.followed, day)),
    )
    return session.exec(query).first()


def end_activation(session: Session, actor: Actor, activation_id: int, day: date) -> bool:
    """End an activation with the day before ``day``, so that nothing more falls due. False when not the actor's to."""
    row = find_activation(session, actor, activation_id, day)
    if row is None:
        return False
    row.ended_by, row.ended_on = actor.cadre_id, day - _DAY
    session.add(row)
    session.flush()
    return True

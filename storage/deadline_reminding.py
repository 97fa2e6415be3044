"""Whom to speak to about deadlines on a day: who still owes, before it; who waits, after it passed.

One rule for two: the scheduler, which decides for everybody, and the text, made for one cadre when it is sent. What was
handed in meanwhile is silent.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlmodel import Session, col

from storage.access import in_force, subtree
from storage.criticism import steps_due
from storage.deadlines import Task, followers_by_unit, leaders_by_unit, tasks_of, who_waits
from storage.models import Cadre, CriticismRound, Document, DocumentState, Position
from storage.periods import PeriodKind
from storage.plan_work import Occurrence, Units, load_units, runs
from storage.plans import Plan
from storage.remedial import month_end_lists
from storage.terms import DocumentKind

DAYS_BEFORE, DAYS_BEFORE_MONTH_END = (14, 7, 3, 1, 0), (3, 1, 0)
DAYS_AFTER = (1, 7)
FEW_UNITS = 200
_FORMS = {kind.value: kind for kind in DocumentKind}
_ONE_DAY = timedelta(days=1)


Followers = Mapping[int, set[int]]


@dataclass(slots=True)
class Matters:
    """What to tell one cadre on a day: tasks of units, own forms, the names of those whose form is missing.

    ``lists`` are the units whose list of the next month's remedial work is due, ``rounds`` the criticism rounds whose
    present step ends soon.
    """

    tasks: list[Task] = field(default_factory=list)
    forms: list[Occurrence] = field(default_factory=list)
    missed: list[tuple[Occurrence, list[str]]] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    rounds: list[tuple[CriticismRound, date]] = field(default_factory=list)


def owed_on(session: Session, binding: Plan, day: date, only: int | None = None) -> Mapping[int, Matters]:
    """Per cadre (only one if told), what activated plans have due soon and what is not handed in yet.

    What ``binding`` has due is told by the ordinary reminders. With it go, at the end of a month, the list of the
    next month's remedial work (T-07), and the days that owners of criticism rounds set.
    """
    found: dict[int, Matters] = defaultdict(Matters)
    for cadre_id, units in month_end_lists(session, day, only).items():
        found[cadre_id].lists += units
    for row, last_day in steps_due(session, DAYS_BEFORE, day, only):
        found[row.owner_id].rounds.append((row, last_day))
    first, last = day, day + timedelta(days=max(DAYS_BEFORE))
    active = [run for run in runs(session, binding, first, last) if run.unit_id is not None]
    if not any(_is_spoken_of(one, day) for run in active for one in run.occurrences(first, last)):
        return found
    leaders = leaders_by_unit(session, day, only)
    tasks = tasks_of(session, active, load_units(session, day), leaders, first, last) if leaders else []
    for task in tasks:
        if task.is_owed and _is_spoken_of(task.occurrence, day):
            for cadre_id in leaders[task.unit.id]:
                found[cadre_id].tasks.append(task)
    for run in active:
        for occurrence in run.occurrences(first, last):
            if is_form(occurrence) and _is_spoken_of(occurrence, day):
                for cadre_id in without_form(session, occurrence, day, only):
                    found[cadre_id].forms.append(occurrence)
    return found


def overdue_on(session: Session, binding: Plan, day: date, only: int | None = None) -> Mapping[int, Matters]:
    """Per cadre who waits (only one if told), the tasks that passed their deadline lately and are still owed."""
    first, last = day - timedelta(days=max(DAYS_AFTER)), day - _ONE_DAY
    found_runs = runs(session, binding, first, last)
    if not any(_is_missed(one, day) for run in found_runs for one in run.occurrences(first, last)):
        return {}
    units, followers = load_units(session, day), followers_by_unit(session, day)
    found: dict[int, Matters] = defaultdict(Matters)
    for task in tasks_of(session, found_runs, units, None, first, last):
        if task.is_owed and _is_missed(task.occurrence, day):
            for cadre_id in who_waits(units, followers, task.unit.id):
                if only in {None, cadre_id}:
                    found[cadre_id].tasks.append(task)
    for run in found_runs:
        for occurrence in run.occurrences(first, last):
            if is_form(occurrence) and _is_missed(occurrence, day):
                for cadre_id, names in _missed(session, units, followers, occurrence, day, only).items():
                    found[cadre_id].missed.append((occurrence, sorted(names)))
    return found


def _missed(
    session: Session, units: Units, followers: Followers, occurrence: Occurrence, day: date, only: int | None
) -> Mapping[int, set[str]]:
    """Per cadre who follows the nearest unit (only one if told), the names of those whose form is missing there."""
    query = (
        select(col(Position.cadre_id), col(Position.unit_id), col(Cadre.full_name))
        .join(Cadre, col(Cadre.id) == col(Position.cadre_id))
        .where(
            in_force(day),
            col(Position.cadre_id).in_(_concerned(occurrence, day)),
            col(Position.cadre_id).not_in(_handed_in(occurrence)),
        )
    )
    if only is not None:
        within = {row.id for unit_id, who in followers.items() if only in who for row in units.below(unit_id)}
        if len(within) <= FEW_UNITS:  # of a whole city it is quicker to look at everybody
            query = query.where(col(Position.unit_id).in_(within))
    found: dict[int, set[str]] = defaultdict(set)
    for cadre_id, unit_id, name in session.execute(query):
        chain = (unit_id, *(unit.id for unit in units.above(unit_id)))
        nearest: set[int] = next((who for one in chain if (who := followers.get(one, set()) - {cadre_id})), set())
        for follower in nearest:
            if only in {None, follower}:
                found[follower].add(name)
    return found


def _is_spoken_of(occurrence: Occurrence, day: date) -> bool:
    monthly = occurrence.deadline.every is PeriodKind.MONTH
    return (occurrence.last_day - day).days in (DAYS_BEFORE_MONTH_END if monthly else DAYS_BEFORE)


def _is_missed(occurrence: Occurrence, day: date) -> bool:
    """Whether to tell on ``day`` who waits. Of monthly work once, and only where a plan was activated for it."""
    days = (day - occurrence.last_day).days
    if occurrence.deadline.every is PeriodKind.MONTH:
        return occurrence.run.unit_id is not None and days == DAYS_AFTER[0]
    return days in DAYS_AFTER


def is_form(occurrence: Occurrence) -> bool:
    """Whether it is about a form that each cadre hands in."""
    return bool(occurrence.deadline.groups) and occurrence.deadline.id in _FORMS


def without_form(session: Session, occurrence: Occurrence, day: date, only: int | None) -> list[int]:
    """The cadres (only one if told) whom the plan is about and who did not hand the form in, in its period."""
    query = _concerned(occurrence, day).where(col(Position.cadre_id).not_in(_handed_in(occurrence)))
    if only is not None:
        query = query.where(col(Position.cadre_id) == only)
    return list(session.execute(query).scalars())


def has_form(session: Session, occurrence: Occurrence, day: date, cadre_id: int) -> bool | None:
    """Whether the cadre handed the form in, in its period; None when the plan is not about this cadre."""
    concerned = _concerned(occurrence, day).where(col(Position.cadre_id) == cadre_id)
    if session.execute(concerned).first() is None:
        return None
    return cadre_id not in without_form(session, occurrence, day, cadre_id)


def _concerned(occurrence: Occurrence, day: date) -> Select[int]:
    run = occurrence.run
    query = select(col(Position.cadre_id)).where(in_force(day)).distinct()
    if run.unit_id is not None:
        query = query.where(col(Position.unit_id).in_(subtree([run.unit_id], day)))
    if run.plan.file.scope.public_sector_only:
        query = query.where(col(Position.public_sector).is_(True))
    return query


def _handed_in(occurrence: Occurrence) -> Select[int]:
    return select(col(Document.cadre_id)).where(
        col(Document.kind) == _FORMS[occurrence.deadline.id],
        col(Document.year) == occurrence.period.start.year,
        col(Document.state).in_([DocumentState.SUBMITTED, DocumentState.APPROVED]),
    )

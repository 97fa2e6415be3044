"""Deadlines of units: who owes what, what was handed in, and who waits for it.

A task is one deadline of one plan in one period for one unit. Whoever leads the unit hands it in; whoever follows the
nearest unit above accepts or returns it, and nobody their own. A closed task is silent.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlmodel import Session, col
from sqlmodel import select as select_model

from storage.access import Actor, in_force, subtree
from storage.clock import Clock
from storage.models import (
    Cadre,
    DeadlineEvent,
    DeadlineState,
    DeadlineSubmission,
    Position,
    StoredFile,
)
from storage.people import UnitRow
from storage.periods import PeriodKind
from storage.plan_work import Occurrence, Run, Units, load_units, runs
from storage.plans import Plan
from storage.terms import PositionTitle, Right

# How far back something still open is told (and what is closed, or came round again), and how far ahead one looks.
LOOK_BACK, LATELY, LOOK_AHEAD = timedelta(days=60), timedelta(days=14), timedelta(days=100)
LEADERS = (PositionTitle.SECRETARY, PositionTitle.DEPUTY_SECRETARY)
_OWED = {DeadlineState.OPEN, DeadlineState.RETURNED}
Key = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Task:
    """What one unit owes by one deadline of one period, and what came of it."""

    occurrence: Occurrence
    unit: UnitRow
    submission: DeadlineSubmission | None = None

    @property
    def key(self) -> Key:
        """Plan, deadline, period and unit."""
        return *self.occurrence.key, self.unit.id

    @property
    def ref(self) -> str:
        """A short name for buttons; it is only ever looked up among the speaker's own tasks."""
        return hashlib.sha256("|".join(map(str, self.key)).encode()).hexdigest()[:12]

    @property
    def state(self) -> DeadlineState:
        """How the unit stands."""
        return self.submission.state if self.submission is not None else DeadlineState.OPEN

    @property
    def is_owed(self) -> bool:
        """Whether the unit still has to do something."""
        return self.state in _OWED

    @property
    def title(self) -> str:
        """What it is."""
        return self.occurrence.deadline.title

    @property
    def last_day(self) -> date:
        """The last day on which it is in time."""
        return self.occurrence.last_day


def tasks_of(
    session: Session, found: Iterable[Run], units: Units, only: Collection[int] | None, first: date, last: date
) -> list[Task]:
    """The tasks of the units called ``only`` (of all when None) with a last day from ``first`` to ``last``, by day."""
    return _tasks(session, (one for run in found for one in run.occurrences(first, last)), units, only)


def _tasks(session: Session, found: Iterable[Occurrence], units: Units, only: Collection[int] | None) -> list[Task]:
    owed: dict[Key, tuple[Occurrence, UnitRow]] = {}
    for occurrence in found:
        for unit in units.owing(occurrence) if occurrence.deadline.is_of_units else ():
            if only is None or unit.id in only:
                owed.setdefault((*occurrence.key, unit.id), (occurrence, unit))
    handed_in = _submissions(session, owed)
    tasks = [Task(occurrence, unit, handed_in.get(key)) for key, (occurrence, unit) in owed.items()]
    return sorted(tasks, key=lambda task: (task.last_day, task.unit.code, task.title))


def _submissions(session: Session, keys: Collection[Key]) -> Mapping[Key, DeadlineSubmission]:
    if not keys:
        return {}
    query = select_model(DeadlineSubmission).where(
        col(DeadlineSubmission.plan_id).in_({key[0] for key in keys}),
        col(DeadlineSubmission.period_key).in_({key[2] for key in keys}),
    )
    rows = ((row.plan_id, row.deadline_id, row.period_key, row.unit_id, row) for row in session.exec(query))
    return {(plan, deadline, period, unit): row for plan, deadline, period, unit, row in rows}


def led_units(session: Session, cadre_id: int, day: date) -> set[int]:
    """The units for which the cadre may hand in: as secretary or deputy, or with a right in that very unit."""
    query = select(col(Position.unit_id)).where(
        col(Position.cadre_id) == cadre_id,
        in_force(day),
        or_(col(Position.title).in_(LEADERS), col(Position.access_right) != Right.NONE),
    )
    return set(session.execute(query).scalars())


def leaders_by_unit(session: Session, day: date, only: int | None) -> Mapping[int, set[int]]:
    """Who may hand in for which unit; only what one cadre leads if told."""
    if only is not None:
        return {unit_id: {only} for unit_id in led_units(session, only, day)}
    query = select(col(Position.unit_id), col(Position.cadre_id)).where(
        in_force(day), or_(col(Position.title).in_(LEADERS), col(Position.access_right) != Right.NONE)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for unit_id, cadre_id in session.execute(query):
        found[unit_id].add(cadre_id)
    return found


def own_tasks(session: Session, binding: Plan, cadre_id: int, day: date) -> list[Task]:
    """The tasks of the units that the cadre leads: still owed from a while ago, to come, and without a day."""
    led = led_units(session, cadre_id, day)
    if not led:
        return []
    first, last = day - LOOK_BACK, day + LOOK_AHEAD
    units, active = load_units(session, day), runs(session, binding, first, last)
    dated = tasks_of(session, active, units, led, first, last)
    undated = _tasks(session, (one for run in active for one in run.undated(day)), units, led)
    return [*(task for task in dated if _is_told(task, day)), *undated]


def _is_told(task: Task, day: date) -> bool:
    """Not what is long over, nor the same work of a month or quarter that has not begun."""
    kind = task.occurrence.deadline.every
    stays = task.is_owed and kind is not PeriodKind.MONTH
    has_begun = kind is PeriodKind.YEAR or task.occurrence.period.start <= day
    return has_begun and (stays or task.last_day >= day - LATELY)


def find_own(session: Session, binding: Plan, cadre_id: int, ref: str, day: date) -> Task | None:
    """The task called ``ref`` among the cadre's own."""
    return next((task for task in own_tasks(session, binding, cadre_id, day) if task.ref == ref), None)


def hand_in(
    session: Session,
    clock: Clock,
    task: Task,
    cadre_id: int,
    now: datetime,
    words: str = "",
    channel: str = "",
    photo: str = "",
) -> DeadlineSubmission | None:
    """Hand ``task`` in (again, while it is not accepted). None when it was accepted already."""
    row = task.submission
    if row is not None and row.state is DeadlineState.ACCEPTED:
        return None
    if row is None:
        row = DeadlineSubmission(
            plan_id=task.key[0],
            deadline_id=task.key[1],
            period_key=task.key[2],
            unit_id=task.unit.id,
            late_from=task.occurrence.late_from(clock),
            first_submitted_at=now,
            submitted_at=now,
            submitted_by=cadre_id,
        )
    row.state, row.submitted_at, row.submitted_by, row.words = DeadlineState.SUBMITTED, now, cadre_id, words
    if photo:
        row.photo_channel, row.photo, row.file_id = channel, photo, kept_file(session, photo)
    row.reviewed_by = row.reviewed_at = None
    row.return_reason = ""
    return _write(session, row, cadre_id, now, words)


def kept_file(session: Session, key: str) -> int | None:
    """The stored file of a picture, None when only its channel has it."""
    query = select(col(StoredFile.id)).where(col(StoredFile.key) == key)
    return session.execute(query).scalar_one_or_none() if key else None


def settle(
    session: Session,
    binding: Plan,
    clock: Clock,
    unit_id: int,
    deadline_id: str,
    cadre_id: int,
    now: datetime,
    words: str,
    of: date | None = None,
) -> list[DeadlineSubmission]:
    """Hand in what the unit owes by ``deadline_id``, since another form did the work: in the period of the day ``of``.

    The present one when None.
    """
    day = of or clock.local_day(now)
    first, last = day - LOOK_BACK, day + timedelta(days=366)
    found = tasks_of(session, runs(session, binding, first, last), load_units(session, day), {unit_id}, first, last)
    due = [task for task in found if task.occurrence.deadline.id == deadline_id and day in task.occurrence.period]
    rows = (hand_in(session, clock, task, cadre_id, now, words) for task in due if task.is_owed)
    return [row for row in rows if row is not None]


def _write(session: Session, row: DeadlineSubmission, actor_id: int, now: datetime, words: str) -> DeadlineSubmission:
    session.add(row)
    session.flush()
    session.add(DeadlineEvent(submission_id=row.id or 0, at=now, actor_id=actor_id, state=row.state, words=words))
    session.flush()
    return row


def review(
    session: Session, actor: Actor, submission_id: int, day: date, now: datetime, *, reason: str = ""
) -> DeadlineSubmission | None:
    """Accept what was handed in, or return it with ``reason``. None when it is not the actor's to, or not waiting."""
    row = find_waiting(session, actor, submission_id, day)
    if row is None:
        return None
    row.state = DeadlineState.RETURNED if reason else DeadlineState.ACCEPTED
    row.reviewed_by, row.reviewed_at, row.return_reason = actor.cadre_id, now, reason
    return _write(session, row, actor.cadre_id, now, reason)


def find_waiting(session: Session, actor: Actor, submission_id: int, day: date) -> DeadlineSubmission | None:
    """What waits for a word of the actor: of a unit below one that they follow, never handed in by themselves."""
    row = session.get(DeadlineSubmission, submission_id)
    if row is None or row.state is not DeadlineState.SUBMITTED or row.submitted_by == actor.cadre_id:
        return None
    units = load_units(session, day)
    above = [unit.id for unit in units.above(row.unit_id)] or [row.unit_id]
    return row if set(above) & set(actor.followed) else None


def waiting_for(session: Session, actor: Actor, day: date) -> list[tuple[DeadlineSubmission, UnitRow]]:
    """What waits for the actor before anybody else, the oldest first."""
    query = (
        select_model(DeadlineSubmission)
        .where(
            col(DeadlineSubmission.state) == DeadlineState.SUBMITTED,
            col(DeadlineSubmission.submitted_by) != actor.cadre_id,
            col(DeadlineSubmission.unit_id).in_(subtree(actor.followed, day)),
        )
        .order_by(col(DeadlineSubmission.submitted_at), col(DeadlineSubmission.id))
    )
    rows = list(session.exec(query)) if actor.followed else []
    if not rows:
        return []
    units, followers = load_units(session, day), followers_by_unit(session, day)
    return [
        (row, units.by_id[row.unit_id])
        for row in rows
        if row.unit_id in units.by_id and actor.cadre_id in who_waits(units, followers, row.unit_id)
    ]


def followers_by_unit(session: Session, day: date) -> Mapping[int, set[int]]:
    """Who follows (or administers) which unit itself."""
    found: dict[int, set[int]] = defaultdict(set)
    query = select(col(Position.unit_id), col(Position.cadre_id)).where(
        in_force(day), col(Position.access_right) != Right.NONE
    )
    for unit_id, cadre_id in session.execute(query):
        found[unit_id].add(cadre_id)
    return found


def who_waits(units: Units, followers: Mapping[int, set[int]], unit_id: int) -> set[int]:
    """The followers of the nearest unit above that has any; of the unit itself when there is none above."""
    above = [unit.id for unit in units.above(unit_id)] or [unit_id]
    return next((followers[one] for one in above if followers.get(one)), set())


def history(session: Session, submission_id: int) -> list[tuple[DeadlineEvent, str]]:
    """The trace of a submission with the name of who did it, the oldest first."""
    query = (
        select(DeadlineEvent, col(Cadre.full_name))
        .join(Cadre, col(Cadre.id) == col(DeadlineEvent.actor_id))
        .where(col(DeadlineEvent.submission_id) == submission_id)
        .order_by(col(DeadlineEvent.id))
    )
    return [(event, name) for event, name in session.execute(query)]

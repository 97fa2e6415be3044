"""Remedial plans of units (C-15, T-01 – T-13): what is put right in a year, by whom, and what was said of it.

Notes are about fields and the departments that lead them, never about a person's honesty or diligence. Shortcomings
are counted twice, since the document does: by field (T-03: four) and by point (it lists eight).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlmodel import Session, col
from sqlmodel import select as select_model

from storage.access import Actor, may_see_unit, subtree
from storage.clock import Clock
from storage.deadlines import leaders_by_unit, led_units, settle
from storage.models import Cadre, DeadlineSubmission, RemedialGroup, RemedialNote, RemedialPoint, RemedialUnit
from storage.periods import Period, PeriodKind
from storage.plan_work import runs
from storage.plans import Plan
from storage.remedial_units import groups_of_led, link_units

# The deadline that is handed in once every group has its note of the period (T-01, T-10). The half-year's and the
# year's report are not taken for the quarter's that ends on the same day: the document does not say that they are one.
DEADLINES = {
    PeriodKind.MONTH: "monthly_evaluation",
    PeriodKind.QUARTER: "progress_quarter",
    PeriodKind.HALF: "progress_half",
    PeriodKind.YEAR: "progress_year",
}
NEXT_MONTH_LIST = "next_month_list"


@dataclass(slots=True)
class Group:
    """A group with the name of who supervises it, its points in order, and its notes by period, the last one each."""

    row: RemedialGroup
    supervisor: str
    points: list[RemedialPoint] = field(default_factory=list)
    notes: dict[str, RemedialNote] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The row's id."""
        return self.row.id or 0

    @property
    def open_points(self) -> list[RemedialPoint]:
        """What is not put right yet."""
        return [point for point in self.points if point.settled_on is None]

    @property
    def measures(self) -> list[str]:
        """The measures, one each."""
        return self.row.measures.splitlines()


@dataclass(frozen=True, slots=True)
class Counts:
    """Fields and points of a year, those carried over from a year before, and what is settled."""

    fields: int
    carried_fields: int
    points: int
    carried_points: int
    settled: int


def groups_of(session: Session, unit_ids: Collection[int], year: int) -> list[Group]:
    """The groups of the units in ``year``, by unit and in the order in which they were written."""
    query = (
        select(RemedialGroup, col(Cadre.full_name))
        .join(Cadre, col(Cadre.id) == col(RemedialGroup.supervisor_id))
        .where(
            col(RemedialGroup.unit_id).in_(list(unit_ids)),
            col(RemedialGroup.year) == year,
            col(RemedialGroup.removed_at).is_(None),
        )
        .order_by(col(RemedialGroup.unit_id), col(RemedialGroup.id))
    )
    return _filled(session, [Group(row, name) for row, name in session.execute(query)])


def reads_all(session: Session, actor: Actor, unit_id: int, day: date) -> bool:
    """Whether the unit's whole plan is the actor's to read: who leads the unit, or follows it or one above."""
    return unit_id in led_units(session, actor.cadre_id, day) or may_see_unit(session, actor, unit_id, day)


def groups_for(session: Session, actor: Actor, unit_id: int, year: int, day: date) -> list[Group]:
    """The unit's groups as far as they are the actor's: all to who leads or follows the unit, else those given."""
    groups = groups_of(session, [unit_id], year)
    if reads_all(session, actor, unit_id, day):
        return groups
    given = given_groups(session, actor.cadre_id, year, day)
    return [group for group in groups if group.id in given]


def find_group(session: Session, actor: Actor, group_id: int, day: date) -> Group | None:
    """The group if the actor leads or follows its unit, supervises it or leads a unit of it; else it is not found."""
    query = (
        select(RemedialGroup, col(Cadre.full_name))
        .join(Cadre, col(Cadre.id) == col(RemedialGroup.supervisor_id))
        .where(
            col(RemedialGroup.id) == group_id,
            col(RemedialGroup.removed_at).is_(None),
            or_(
                col(RemedialGroup.unit_id).in_(led_units(session, actor.cadre_id, day)),
                col(RemedialGroup.unit_id).in_(subtree(actor.followed, day)),
                col(RemedialGroup.supervisor_id) == actor.cadre_id,
                col(RemedialGroup.id).in_(groups_of_led(session, actor.cadre_id, day)),
            ),
        )
    )
    found = [Group(row, name) for row, name in session.execute(query)]
    return next(iter(_filled(session, found)), None)


def given_groups(session: Session, cadre_id: int, year: int, day: date) -> dict[int, int]:
    """The groups of ``year`` that the cadre supervises or that a unit led by the cadre leads or joins, by unit."""
    query = select(col(RemedialGroup.id), col(RemedialGroup.unit_id)).where(
        or_(
            col(RemedialGroup.supervisor_id) == cadre_id,
            col(RemedialGroup.id).in_(groups_of_led(session, cadre_id, day)),
        ),
        col(RemedialGroup.year) == year,
        col(RemedialGroup.removed_at).is_(None),
    )
    return {group_id or 0: unit_id for group_id, unit_id in session.execute(query)}


def counts(groups: Iterable[Group]) -> Counts:
    """What a report counts. A field is carried over when one of its points is."""
    listed = list(groups)
    points = [point for group in listed for point in group.points]
    return Counts(
        fields=sum(bool(group.points) for group in listed),
        carried_fields=sum(any(point.carried for point in group.points) for group in listed),
        points=len(points),
        carried_points=sum(point.carried for point in points),
        settled=sum(point.settled_on is not None for point in points),
    )


def write_group(
    session: Session, row: RemedialGroup, points: Iterable[tuple[str, bool]], day: date, group: Group | None = None
) -> RemedialGroup:
    """Keep a group, new or (``group``) changed, with its shortcomings, each (title, carried over).

    A shortcoming that keeps its title keeps how it stands; one that is named no more is taken out, its row stays.
    """
    session.add(row)
    session.flush()
    known = {point.title: point for point in group.points} if group is not None else {}
    for title, carried in points:
        point = known.pop(title, None) or RemedialPoint(group_id=row.id or 0, title=title, carried=carried)
        point.carried = carried
        session.add(point)
    for point in known.values():
        point.removed_at = row.written_at
        session.add(point)
    session.flush()
    link_units(session, row, day)
    return row


def remove_group(session: Session, group: Group, cadre_id: int, now: datetime) -> None:
    """Take a group out of the plan; its row stays."""
    group.row.removed_at, group.row.removed_by = now, cadre_id
    session.add(group.row)
    session.flush()


def settle_point(session: Session, group: Group, point_id: int, cadre_id: int, day: date) -> RemedialPoint | None:
    """Say that a point is put right; said again, that it is not after all. None when the group has no such point."""
    point = next((one for one in group.points if one.id == point_id), None)
    if point is not None:
        done = point.settled_on is None
        point.settled_on, point.settled_by = (day, cadre_id) if done else (None, None)
        session.add(point)
        session.flush()
    return point


def write_note(
    session: Session,
    binding: Plan,
    clock: Clock,
    group: Group,
    period: Period,
    words: str,
    cadre_id: int,
    now: datetime,
) -> bool:
    """Keep what is said of a group for ``period``. True when this was the last note that the period's work wanted."""
    session.add(
        RemedialNote(group_id=group.id, period_key=period.key, words=words, written_by=cadre_id, written_at=now)
    )
    session.flush()
    groups = groups_of(session, [group.row.unit_id], group.row.year)
    if not all(period.key in one.notes for one in groups):
        return False
    said = "; ".join(f"{one.row.title}: {one.notes[period.key].words}" for one in groups)
    settle(session, binding, clock, group.row.unit_id, DEADLINES[period.kind], cadre_id, now, said, period.end)
    return True


def month_end_lists(session: Session, day: date, only: int | None = None) -> dict[int, list[int]]:
    """Per cadre (only one if told) the units of which next month's list is theirs to know.

    Those are who leads the unit, who supervises a group, and who leads a unit that leads or joins one.

    On the last day of a month, while something is open and the list was not told in a meeting (T-07).
    """
    month = Period.of(PeriodKind.MONTH, day)
    if day != month.end:
        return {}
    told = select(col(DeadlineSubmission.unit_id)).where(
        col(DeadlineSubmission.deadline_id) == NEXT_MONTH_LIST, col(DeadlineSubmission.period_key) == month.key
    )
    query = (
        select(col(RemedialGroup.unit_id), col(RemedialGroup.supervisor_id), col(RemedialUnit.unit_id))
        .join(RemedialPoint, col(RemedialPoint.group_id) == col(RemedialGroup.id))
        .outerjoin(RemedialUnit, col(RemedialUnit.group_id) == col(RemedialGroup.id))
        .where(
            col(RemedialGroup.year) == day.year,
            col(RemedialGroup.removed_at).is_(None),
            col(RemedialPoint.settled_on).is_(None),
            col(RemedialPoint.removed_at).is_(None),
            col(RemedialGroup.unit_id).not_in(told),
        )
        .distinct()
    )
    rows = [(unit_id, supervisor, given) for unit_id, supervisor, given in session.execute(query)]
    leaders = leaders_by_unit(session, day, only) if rows else {}
    concerned = {(supervisor, unit_id) for unit_id, supervisor, _ in rows}
    led = {(unit_id, of) for unit_id, _, given in rows for of in (unit_id, given) if of is not None}
    concerned |= {(cadre_id, unit_id) for unit_id, of in led for cadre_id in leaders.get(of, ())}
    found: dict[int, list[int]] = {}
    for cadre_id, unit_id in sorted(concerned):
        if only in {None, cadre_id}:
            found.setdefault(cadre_id, []).append(unit_id)
    return found


def templates(session: Session, binding: Plan, unit_id: int, day: date) -> Plan | None:
    """The plan with remedial groups that was activated for the unit, to begin from."""
    active = runs(session, binding, day, day)
    return next((run.plan for run in active if run.unit_id == unit_id and run.plan.file.remedial is not None), None)


def _filled(session: Session, groups: list[Group]) -> list[Group]:
    by_id = {group.id: group for group in groups}
    points = select_model(RemedialPoint).where(
        col(RemedialPoint.group_id).in_(list(by_id)), col(RemedialPoint.removed_at).is_(None)
    )
    for point in session.exec(points.order_by(col(RemedialPoint.id))) if by_id else ():
        by_id[point.group_id].points.append(point)
    notes = select_model(RemedialNote).where(col(RemedialNote.group_id).in_(list(by_id)))
    for note in session.exec(notes.order_by(col(RemedialNote.id))) if by_id else ():
        by_id[note.group_id].notes[note.period_key] = note
    return groups

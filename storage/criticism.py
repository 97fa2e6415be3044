"""Criticism rounds (C-14, N-04 … N-13): who is asked, who moderates, and what becomes of each opinion.

Authors are known to whoever moderates the opinion alone: the round's owner, or, of opinions about or by the owner,
whoever follows the nearest unit above. A round is not closed while an opinion has no outcome.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlmodel import Session, col
from sqlmodel import select as select_model
from sqlmodel.sql.expression import SelectOfScalar

from storage.access import in_force, valid_on
from storage.deadlines import LEADERS, followers_by_unit, leaders_by_unit, who_waits
from storage.models import Cadre, CriticismDue, CriticismRound, CriticismSubject, Opinion, Position, UnitVersion
from storage.plan_work import Run, load_units, runs_for
from storage.plans import Plan, load_plan
from storage.plans.sections import Round, StepKind

CLOSED = "closed"
ACCEPTED, EXPLAINED, DECLINED, SET_ASIDE = "accepted", "explained", "declined", "set_aside"
_AHEAD = timedelta(days=366)
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Kind:
    """A round that a plan running for a unit has."""

    run: Run
    round: Round


def kinds(session: Session, binding: Plan, unit_id: int, day: date) -> list[Kind]:
    """The rounds that may be opened for the unit."""
    found = runs_for(session, binding, unit_id, day)
    return [Kind(run, one) for run in found for one in run.plan.file.rounds]


def plan_round(row: CriticismRound) -> Round:
    """What the plan says of the round. Raises DataFileError when its plan is gone."""
    return next(one for one in load_plan(row.plan_id).file.rounds if one.id == row.round_id)


def steps(kind: Round) -> list[StepKind]:
    """The steps of a round in order; every round ends with the report back."""
    return [*(step.kind for step in kind.steps if step.kind is not StepKind.REPORT_BACK), StepKind.REPORT_BACK]


def is_outside(row: CriticismRound, source: str) -> bool:
    """Whether the people of a group have no chat with the bot, so that what they say is taken down for them (N-06)."""
    return any(one.id == source and one.outside for one in plan_round(row).contributors)


def takes_opinions(row: CriticismRound) -> bool:
    """Whether opinions may still be written: during the first step."""
    return row.step == steps(plan_round(row))[0]


def dues_of_plan(kind: Kind, day: date) -> dict[StepKind, date]:
    """The last days that the plan gives to steps, as far as they have not passed a year ago or more."""
    nearest: dict[str, date] = {}
    for one in kind.run.occurrences(day - timedelta(days=60), day + _AHEAD):
        if day in one.period:
            nearest.setdefault(one.deadline.id, one.last_day)
    return {step.kind: nearest[step.deadline] for step in kind.round.steps if step.deadline in nearest}


def members(session: Session, unit_id: int, day: date) -> dict[int, str]:
    """Who holds a position in the unit itself, by id, by name."""
    query = (
        select(col(Cadre.id), col(Cadre.full_name))
        .join(Position, col(Position.cadre_id) == col(Cadre.id))
        .where(col(Position.unit_id) == unit_id, in_force(day))
        .order_by(col(Cadre.full_name))
    )
    return {cadre_id or 0: name for cadre_id, name in session.execute(query)}


def asked(session: Session, unit_id: int, day: date) -> set[int]:
    """Whom a round of the unit asks: its own cadres, and who leads the units right below."""
    below = [unit.id for unit in load_units(session, day).children(unit_id)]
    leads = col(Position.unit_id).in_(below) & col(Position.title).in_(LEADERS)
    query = select(col(Position.cadre_id)).where(in_force(day), or_(col(Position.unit_id) == unit_id, leads))
    return set(session.execute(query).scalars())


def open_round(
    session: Session,
    kind: Kind,
    unit_id: int,
    owner_id: int,
    subjects: Collection[int],
    dues: Mapping[StepKind, date],
    now: datetime,
    *,
    committee: bool,
) -> CriticismRound:
    """Open a round about the committee and/or ``subjects``."""
    row = CriticismRound(
        unit_id=unit_id,
        plan_id=kind.run.plan.id,
        round_id=kind.round.id,
        owner_id=owner_id,
        committee=committee,
        step=steps(kind.round)[0].value,
        opened_at=now,
    )
    session.add(row)
    session.flush()
    number = row.id or 0
    session.add_all(CriticismSubject(criticism_id=number, cadre_id=one) for one in sorted(set(subjects)))
    session.add_all(CriticismDue(criticism_id=number, step=step.value, last_day=day) for step, day in dues.items())
    session.flush()
    return row


def running(session: Session, unit_id: int, plan_id: str, round_id: str) -> CriticismRound | None:
    """The round of this kind that the unit has not closed."""
    query = select_model(CriticismRound).where(
        col(CriticismRound.unit_id) == unit_id,
        col(CriticismRound.plan_id) == plan_id,
        col(CriticismRound.round_id) == round_id,
        col(CriticismRound.step) != CLOSED,
    )
    return session.exec(query).first()


def rounds_of(session: Session, cadre_id: int, day: date) -> list[CriticismRound]:
    """The rounds the cadre owns, is asked in or may take over, the latest first; what is closed stays readable."""
    query = _rounds_of(session, cadre_id, day).order_by(col(CriticismRound.id).desc())
    return list(session.exec(query.limit(MOST_LISTED)))


def find_round(session: Session, cadre_id: int, number: int, day: date) -> CriticismRound | None:
    """One of them, however old."""
    return session.exec(_rounds_of(session, cadre_id, day).where(col(CriticismRound.id) == number)).first()


def _rounds_of(session: Session, cadre_id: int, day: date) -> SelectOfScalar[CriticismRound]:
    """Asked are the cadres of the unit itself and who leads a unit right below it (as in ``asked``)."""
    mine = select(col(Position.unit_id)).where(col(Position.cadre_id) == cadre_id, in_force(day))
    led = mine.where(col(Position.title).in_(LEADERS))
    near = select(col(UnitVersion.parent_id)).where(col(UnitVersion.unit_id).in_(led), valid_on(day))
    return select_model(CriticismRound).where(
        or_(
            col(CriticismRound.owner_id) == cadre_id,
            col(CriticismRound.unit_id).in_(mine),
            col(CriticismRound.unit_id).in_(near),
            col(CriticismRound.id).in_([row.id for row in orphans(session, cadre_id, day)]),
        )
    )


def orphans(session: Session, cadre_id: int, day: date) -> list[CriticismRound]:
    """The rounds that are not closed, whose owner leads the unit no more, and that the cadre may take over.

    That may who leads the unit, or, where nobody does, who follows the nearest unit above.
    """
    open_ones = select_model(CriticismRound).where(
        col(CriticismRound.step) != CLOSED, col(CriticismRound.owner_id) != cadre_id
    )
    leaders = leaders_by_unit(session, day, None)
    left = [row for row in session.exec(open_ones) if row.owner_id not in leaders.get(row.unit_id, set())]
    if not left:
        return []
    units, followers = load_units(session, day), followers_by_unit(session, day)
    return [row for row in left if cadre_id in (leaders.get(row.unit_id) or who_waits(units, followers, row.unit_id))]


def take_over(session: Session, row: CriticismRound, cadre_id: int) -> None:
    """Make the cadre the owner of a round: from now on its opinions, with their authors, are theirs to moderate."""
    row.owner_id = cadre_id
    session.add(row)
    session.flush()


def subjects_of(session: Session, row: CriticismRound) -> dict[int, str]:
    """The members the round is about, by id, by name."""
    query = (
        select(col(Cadre.id), col(Cadre.full_name))
        .join(CriticismSubject, col(CriticismSubject.cadre_id) == col(Cadre.id))
        .where(col(CriticismSubject.criticism_id) == row.id)
        .order_by(col(Cadre.full_name))
    )
    return {cadre_id or 0: name for cadre_id, name in session.execute(query)}


def dues_of(session: Session, row: CriticismRound) -> dict[str, date]:
    """The last day of each step, in their order."""
    query = select_model(CriticismDue).where(col(CriticismDue.criticism_id) == row.id)
    found = {one.step: one.last_day for one in session.exec(query)}
    return {step.value: found[step.value] for step in steps(plan_round(row)) if step.value in found}


def steps_due(
    session: Session, days_left: Collection[int], day: date, only: int | None = None
) -> list[tuple[CriticismRound, date]]:
    """The open rounds whose present step ends in so many days, by a day that their owner set; of one owner if told.

    Of a step that the plan itself gives a deadline the unit is reminded by that.
    """
    query = (
        select(CriticismRound, col(CriticismDue.last_day))
        .join(CriticismDue, col(CriticismDue.criticism_id) == col(CriticismRound.id))
        .where(
            col(CriticismDue.step) == col(CriticismRound.step),
            col(CriticismDue.last_day).in_([day + timedelta(days=left) for left in days_left]),
        )
        .order_by(col(CriticismDue.last_day), col(CriticismRound.id))
    )
    if only is not None:
        query = query.where(col(CriticismRound.owner_id) == only)
    rows = [(row, last) for row, last in session.execute(query)]
    return [(row, last) for row, last in rows if row.step not in _steps_of_plan(row)]


def _steps_of_plan(row: CriticismRound) -> set[str]:
    return {step.kind.value for step in plan_round(row).steps if step.deadline is not None}


def opinions_of(session: Session, row: CriticismRound) -> list[Opinion]:
    """The opinions of a round; who reads them must not show their authors."""
    query = select_model(Opinion).where(col(Opinion.criticism_id) == row.id).order_by(col(Opinion.id))
    return list(session.exec(query))


def may_moderate(session: Session, opinion: Opinion, row: CriticismRound, cadre_id: int, day: date) -> bool:
    """Whether the opinion is the cadre's to moderate: never one about themselves.

    The owner's own opinions are read above too, unless nobody there could; not those that the owner took down.
    """
    if opinion.subject_id == cadre_id:
        return False
    own = opinion.author_id if opinion.said_by is None else None
    if row.owner_id not in {opinion.subject_id, own}:
        return row.owner_id == cadre_id
    above = who_waits(load_units(session, day), followers_by_unit(session, day), row.unit_id)
    others = above - {opinion.subject_id, own}
    return cadre_id in others or (not others and cadre_id == row.owner_id)


def to_moderate(session: Session, cadre_id: int, day: date) -> list[tuple[Opinion, CriticismRound]]:
    """The opinions without an outcome that are the cadre's to moderate, those not yet read first."""
    query = (
        select(Opinion, CriticismRound)
        .join(CriticismRound, col(CriticismRound.id) == col(Opinion.criticism_id))
        .where(
            col(Opinion.outcome) == "",
            col(CriticismRound.step) != CLOSED,
            or_(
                col(CriticismRound.owner_id) == cadre_id,
                col(Opinion.subject_id) == col(CriticismRound.owner_id),
                col(Opinion.author_id) == col(CriticismRound.owner_id),
            ),
        )
        .order_by(col(Opinion.admitted), col(Opinion.id))
    )
    rows = [(opinion, row) for opinion, row in session.execute(query)]
    return [(opinion, row) for opinion, row in rows if may_moderate(session, opinion, row, cadre_id, day)]


def decide(session: Session, opinion: Opinion, cadre_id: int, outcome: str, reason: str, now: datetime) -> None:
    """Say what became of an opinion."""
    opinion.outcome, opinion.reason, opinion.decided_by, opinion.decided_at = outcome, reason, cadre_id, now
    session.add(opinion)
    session.flush()


def advance(session: Session, row: CriticismRound, now: datetime) -> None:
    """Go on to the next step, or close after the last."""
    order = [step.value for step in steps(plan_round(row))]
    at = order.index(row.step) + 1
    row.step = order[at] if at < len(order) else CLOSED
    row.closed_at = now if row.step == CLOSED else None
    session.add(row)
    session.flush()

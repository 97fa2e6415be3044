"""Leave and exemptions with their papers: granted, listed and cancelled by whoever follows the unit.

A follower reaches only cadres with a position in force in the units followed, and those units; never
their own leave, which is for the level above to grant.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

from storage.access import Actor, in_force, subtree, valid_on
from storage.models import Absence, Cadre, Position, UnitVersion


@dataclass(frozen=True, slots=True)
class ListedAbsence:
    """An absence in force, with the name of the cadre or unit it is for."""

    absence: Absence
    name: str

    @property
    def is_of_unit(self) -> bool:
        """Whether it is everybody's of a unit and below."""
        return self.absence.unit_id is not None


def grant_absence(
    session: Session,
    actor: Actor,
    *,
    cadre_id: int | None = None,
    unit_id: int | None = None,
    first: date,
    last: date,
    reason: str,
    decision_no: str,
    now: datetime,
    day: date,
) -> Absence | None:
    """Write an absence of a cadre or of a whole unit down; None when that is not the actor's to grant on ``day``."""
    absence = Absence(
        cadre_id=cadre_id,
        unit_id=unit_id,
        start_day=first,
        end_day=last,
        reason=reason,
        decision_no=decision_no,
        created_by=actor.cadre_id,
        created_at=now,
    )
    if not _may_grant(session, actor, cadre_id, unit_id, day):
        return None
    session.add(absence)
    session.flush()
    return absence


def overlapping(session: Session, cadre_id: int | None, unit_id: int | None, first: date, last: date) -> bool:
    """Whether the same cadre or unit already has an absence that touches these days."""
    query = select(col(Absence.id)).where(
        col(Absence.cancelled_at).is_(None),
        col(Absence.cadre_id).is_not_distinct_from(cadre_id),
        col(Absence.unit_id).is_not_distinct_from(unit_id),
        col(Absence.start_day) <= last,
        col(Absence.end_day) >= first,
    )
    return session.execute(query).first() is not None


def list_absences(session: Session, actor: Actor, day: date, limit: int = 20) -> list[ListedAbsence]:
    """Absences that are not over on ``day``, of cadres and units in the actor's reach; the first to begin first."""
    query = (
        select(Absence, col(Cadre.full_name), col(UnitVersion.name))
        .outerjoin(Cadre, col(Absence.cadre_id) == col(Cadre.id))
        .outerjoin(UnitVersion, (col(UnitVersion.unit_id) == col(Absence.unit_id)) & valid_on(day))
        .where(_in_reach(actor, day), col(Absence.cancelled_at).is_(None), col(Absence.end_day) >= day)
        .order_by(col(Absence.start_day), col(Absence.id))
        .limit(limit)
    )
    return [ListedAbsence(absence, person or unit or "") for absence, person, unit in session.execute(query)]


def find_absence(session: Session, actor: Actor, absence_id: int, day: date) -> ListedAbsence | None:
    """The absence in force with this id; None when it is out of the actor's reach, cancelled, or never was."""
    query = (
        select(Absence, col(Cadre.full_name), col(UnitVersion.name))
        .outerjoin(Cadre, col(Absence.cadre_id) == col(Cadre.id))
        .outerjoin(UnitVersion, (col(UnitVersion.unit_id) == col(Absence.unit_id)) & valid_on(day))
        .where(col(Absence.id) == absence_id, _in_reach(actor, day), col(Absence.cancelled_at).is_(None))
    )
    row = session.execute(query).first()
    return ListedAbsence(row[0], row[1] or row[2] or "") if row else None


def cancel_absence(session: Session, actor: Actor, absence_id: int, now: datetime, day: date) -> bool:
    """Cancel an absence, so that it excuses nothing any more; the row stays. False when it is not the actor's to."""
    found = find_absence(session, actor, absence_id, day)
    if found is None:
        return False
    found.absence.cancelled_at = now
    session.add(found.absence)
    session.flush()
    return True


def _may_grant(session: Session, actor: Actor, cadre_id: int | None, unit_id: int | None, day: date) -> bool:
    if cadre_id is not None:
        reached = select(col(Position.cadre_id)).where(
            col(Position.cadre_id) == cadre_id, in_force(day), col(Position.unit_id).in_(subtree(actor.followed, day))
        )
        return cadre_id != actor.cadre_id and session.execute(reached).first() is not None
    units = select(col(UnitVersion.unit_id)).where(
        col(UnitVersion.unit_id) == unit_id, col(UnitVersion.unit_id).in_(subtree(actor.followed, day))
    )
    return session.execute(units).first() is not None


def _in_reach(actor: Actor, day: date) -> Any:
    units = subtree(actor.followed, day)
    people = select(col(Position.cadre_id)).where(in_force(day), col(Position.unit_id).in_(units))
    own = col(Absence.cadre_id) == actor.cadre_id
    return or_(col(Absence.cadre_id).in_(people) & ~own, col(Absence.unit_id).in_(units))

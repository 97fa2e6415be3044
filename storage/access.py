"""Who may see whom: a follower sees the units followed and everything below, never beside or above.

The subtree stands inside the query (a recursive CTE), so a handler cannot forget it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, or_
from sqlmodel import Session, col, select

from storage.models import Cadre, Position, UnitVersion
from storage.terms import Right


@dataclass(frozen=True, slots=True)
class Actor:
    """A cadre who speaks: ``followed`` are the ids of the units that this person follows or administers today."""

    cadre_id: int
    code: str
    name: str
    followed: tuple[int, ...] = ()
    is_admin: bool = False

    @property
    def is_follower(self) -> bool:
        """Whether this person follows at least one unit."""
        return bool(self.followed)


def in_force(day: date) -> ColumnElement[bool]:
    """Condition: the position is held on ``day``."""
    return and_(col(Position.start_day) <= day, or_(col(Position.end_day).is_(None), col(Position.end_day) >= day))


def valid_on(day: date) -> ColumnElement[bool]:
    """Condition: the unit version is the one of ``day``."""
    return and_(
        col(UnitVersion.valid_from) <= day,
        or_(col(UnitVersion.valid_to).is_(None), col(UnitVersion.valid_to) >= day),
    )


def load_actors(session: Session, cadre_ids: Iterable[int], day: date) -> dict[int, Actor]:
    """The cadres with the rights of the positions that each holds on ``day``, by id."""
    wanted = set(cadre_ids)
    if not wanted:
        return {}
    rights: dict[int, list[tuple[int, Right]]] = {}
    for cadre_id, unit_id, right in session.execute(
        select(Position.cadre_id, Position.unit_id, Position.access_right).where(
            col(Position.cadre_id).in_(wanted), in_force(day), col(Position.access_right) != Right.NONE
        )
    ):
        rights.setdefault(cadre_id, []).append((unit_id, right))
    people = session.execute(select(Cadre.id, Cadre.code, Cadre.full_name).where(col(Cadre.id).in_(wanted)))
    return {cadre_id: _actor(cadre_id, code, name, rights.get(cadre_id, [])) for cadre_id, code, name in people}


def _actor(cadre_id: int, code: str, name: str, rights: list[tuple[int, Right]]) -> Actor:
    followed = tuple(sorted({unit_id for unit_id, _ in rights}))
    return Actor(cadre_id, code, name, followed, any(right == Right.ADMIN for _, right in rights))


def load_actor(session: Session, cadre_id: int, day: date) -> Actor | None:
    """The cadre with the rights of the positions held on ``day``; None when there is no such cadre."""
    return load_actors(session, [cadre_id], day).get(cadre_id)


def subtree(roots: Iterable[int], day: date) -> Select[tuple[int]]:
    """A query of the unit ids of ``roots`` and everything below them on ``day``; for use inside ``IN (...)``."""
    return _subtree(tuple(roots), day)


@lru_cache(maxsize=64)  # one answer asks for the same again and again, and putting it together costs as much as asking
def _subtree(roots: tuple[int, ...], day: date) -> Select[tuple[int]]:
    below = (
        select(UnitVersion.unit_id)
        .where(col(UnitVersion.unit_id).in_(roots), valid_on(day))
        .cte(recursive=True)  # without a name, so that a query may use it twice
    )
    below = below.union(select(UnitVersion.unit_id).where(UnitVersion.parent_id == below.c.unit_id, valid_on(day)))
    return select(below.c.unit_id)


def may_see_unit(session: Session, actor: Actor, unit_id: int, day: date) -> bool:
    """Whether ``unit_id`` is one of the actor's followed units or below one of them."""
    if not actor.followed:
        return False
    visible = col(UnitVersion.unit_id).in_(subtree(actor.followed, day))
    found = session.execute(select(UnitVersion.unit_id).where(UnitVersion.unit_id == unit_id, visible)).first()
    return found is not None

"""Units and cadres that a follower may see, found by code. What is not visible is simply not found.

The subtree stands inside each query, so that a forged code of a button leads nowhere.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from storage.access import Actor, in_force, subtree, valid_on
from storage.models import Cadre, Position, Unit, UnitVersion
from storage.people import UnitRow
from storage.terms import PositionTitle, Right
from storage.text import clean, fold


@dataclass(frozen=True, slots=True)
class SeenCadre:
    """A cadre with the position by which the follower sees them (the first by unit and title)."""

    id: int
    code: str
    name: str
    unit_name: str
    title: PositionTitle

    @property
    def label(self) -> str:
        """ "Võ Thanh Bình – Phó Bí thư, Chi đoàn Văn phòng"."""
        return f"{self.name} – {self.title.label}, {self.unit_name}"


def _is_called(column: Mapped[str], code: str) -> ColumnElement[bool]:
    wanted = clean(code)  # a NUL, for one, is no text to PostgreSQL
    return or_(column == wanted, func.lower(column) == wanted.lower())


def _units(actor: Actor, day: date) -> Select[*tuple[Any, ...]]:
    return (
        select(col(Unit.id), col(Unit.code), col(UnitVersion.name), col(UnitVersion.type), col(UnitVersion.parent_id))
        .join(UnitVersion, col(UnitVersion.unit_id) == col(Unit.id))
        .where(valid_on(day), col(Unit.id).in_(subtree(actor.followed, day)))
        .order_by(col(Unit.code))
    )


def find_unit(session: Session, actor: Actor, code: str, day: date) -> UnitRow | None:
    """The unit called ``code``, in any case of letters, if the actor follows it or one above it."""
    found = session.execute(_units(actor, day).where(_is_called(col(Unit.code), code))).first()
    return UnitRow(*found) if found else None


def followed_units(session: Session, actor: Actor, day: date) -> list[UnitRow]:
    """The units the actor follows, without those below another of them."""
    rows = session.execute(_units(actor, day).where(col(Unit.id).in_(actor.followed)))
    units = [UnitRow(*row) for row in rows]
    return [unit for unit in units if not _is_below_another(session, unit, units, day)]


def _is_below_another(session: Session, unit: UnitRow, units: list[UnitRow], day: date) -> bool:
    others = [other.id for other in units if other.id != unit.id]
    below = select(col(Unit.id)).where(col(Unit.id) == unit.id, col(Unit.id).in_(subtree(others, day)))
    return session.execute(below).first() is not None


def visible_unit_ids(session: Session, actor: Actor, day: date) -> set[int]:
    """The ids of all units the actor may see."""
    return set(session.execute(subtree(actor.followed, day)).scalars())


def _cadres(actor: Actor, day: date) -> Select[*tuple[Any, ...]]:
    return (
        select(col(Cadre.id), col(Cadre.code), col(Cadre.full_name), col(UnitVersion.name), col(Position.title))
        .join(Position, col(Position.cadre_id) == col(Cadre.id))
        .join(UnitVersion, col(UnitVersion.unit_id) == col(Position.unit_id))
        .where(in_force(day), valid_on(day), col(Position.unit_id).in_(subtree(actor.followed, day)))
        .order_by(col(Cadre.full_name), col(Cadre.code), col(Position.id))
    )


def find_cadre(session: Session, actor: Actor, code: str, day: date) -> SeenCadre | None:
    """The cadre called ``code`` if a position held on ``day`` lies in the actor's units."""
    found = session.execute(_cadres(actor, day).where(_is_called(col(Cadre.code), code))).first()
    return SeenCadre(*found) if found else None


def visible_cadres(session: Session, actor: Actor, day: date) -> list[SeenCadre]:
    """Everybody with a position held on ``day`` in the actor's units, once each, by name."""
    seen: dict[int, SeenCadre] = {}
    for row in session.execute(_cadres(actor, day)):
        seen.setdefault(row[0], SeenCadre(*row))
    return sorted(seen.values(), key=lambda cadre: (fold(cadre.name), cadre.code))


def has_more_rights(session: Session, actor: Actor, cadre_id: int, day: date) -> bool:
    """Whether the cadre may see or do what the actor may not: whoever holds their code could act as them."""
    beyond: ColumnElement[bool] = col(Position.unit_id).not_in(subtree(actor.followed, day))
    if not actor.is_admin:
        beyond = or_(beyond, col(Position.access_right) == Right.ADMIN)
    query = select(col(Position.id)).where(
        col(Position.cadre_id) == cadre_id, in_force(day), col(Position.access_right) != Right.NONE, beyond
    )
    return session.execute(query).first() is not None


def closest(cadres: list[SeenCadre], typed: str, limit: int = 6) -> list[SeenCadre]:
    """Those of ``cadres`` whom ``typed`` may mean: by code or whole name, else by words of the name, else roughly."""
    from rapidfuzz import fuzz, process

    wanted = fold(typed)
    if not wanted:
        return []
    names = [fold(cadre.name) for cadre in cadres]
    exact = [c for c, name in zip(cadres, names, strict=True) if wanted in {fold(c.code), name}]
    words = set(wanted.split())
    partly = [c for c, name in zip(cadres, names, strict=True) if words <= set(name.split())]
    if exact or partly:
        return (exact or partly)[:limit]
    scored = process.extract(wanted, names, scorer=fuzz.token_sort_ratio, limit=limit, score_cutoff=70)
    return [cadres[index] for _, _, index in scored]

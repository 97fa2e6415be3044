"""People counted once: each at the unit of the highest position, so that units beside one another add up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from storage.access import in_force, subtree
from storage.models import Cadre, Position
from storage.plan_work import Units
from storage.terms import PositionTitle
from storage.text import fold

_TITLES = {title: place for place, title in enumerate(PositionTitle)}
NAMES_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Named:
    """A person who is named below the figures, with the unit at which they are counted."""

    name: str
    unit: str


def homes_below(session: Session, unit_id: int, day: date, units: Units, *, public_only: bool) -> dict[int, int]:
    """Everybody whose highest position on ``day`` is in the unit or below: the unit of that position by cadre id."""
    here = select(col(Position.cadre_id)).where(in_force(day), col(Position.unit_id).in_(subtree([unit_id], day)))
    query = select(
        col(Position.cadre_id), col(Position.unit_id), col(Position.title), col(Position.public_sector)
    ).where(in_force(day), col(Position.cadre_id).in_(here))
    depths = _depths(units)
    best: dict[int, tuple[int, int, str, int]] = {}
    public: set[int] = set()
    for cadre_id, unit, title, sector in session.execute(query):
        if unit not in depths:
            continue
        claim = (depths[unit], _TITLES[title], units.by_id[unit].code, unit)
        if cadre_id not in best or claim < best[cadre_id]:
            best[cadre_id] = claim
        if sector:
            public.add(cadre_id)
    below = {row.id for row in units.below(unit_id)}
    found = {cadre: claim[3] for cadre, claim in best.items() if not public_only or cadre in public}
    return {cadre: home for cadre, home in found.items() if home in below}


def _depths(units: Units) -> dict[int, int]:
    depths: dict[int, int] = {}
    for row in units.below(None):
        above = depths.get(row.parent_id) if row.parent_id is not None else None
        depths[row.id] = 0 if above is None else above + 1
    return depths


def named_people(
    session: Session, homes: Mapping[int, int], units: Units, wanted: Collection[int]
) -> tuple[Named, ...]:
    """The people called ``wanted`` with the units at which they count, by unit and name."""
    found = []
    ids = sorted(wanted)
    for at in range(0, len(ids), NAMES_AT_ONCE):
        query = select(col(Cadre.id), col(Cadre.full_name)).where(col(Cadre.id).in_(ids[at : at + NAMES_AT_ONCE]))
        found += [Named(name, units.by_id[homes[cadre_id]].name) for cadre_id, name in session.execute(query)]
    return tuple(sorted(found, key=lambda one: (one.unit, fold(one.name))))

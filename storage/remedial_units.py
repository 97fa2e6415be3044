"""The units of the tree that lead or join the groups of a remedial plan (T-11), found by the names that were written.

Departments that are no units of the bot stay names; only the leaders of a unit can be told and asked.
"""

import re
from datetime import date

from sqlalchemy import Select, delete, select
from sqlmodel import Session, col

from storage.deadlines import led_units
from storage.models import RemedialGroup, RemedialUnit
from storage.people import UnitRow
from storage.plan_work import load_units
from storage.text import fold

_BETWEEN = re.compile(r"[;\n]")


def named_units(session: Session, unit_id: int, names: str, day: date) -> list[UnitRow]:
    """Which of the ``names`` (between semicolons) are the whole name or code of the unit itself or one below it."""
    wanted = {fold(name) for name in _BETWEEN.split(names)} - {""}
    below = load_units(session, day).below(unit_id)
    return [unit for unit in below if {fold(unit.name), fold(unit.code)} & wanted]


def link_units(session: Session, group: RemedialGroup, day: date) -> None:
    """Keep which units lead and join the group, as its two lines of names say; a unit in both leads."""
    session.execute(delete(RemedialUnit).where(col(RemedialUnit.group_id) == group.id))
    leads = {unit.id for unit in named_units(session, group.unit_id, group.lead, day)}
    joins = {unit.id for unit in named_units(session, group.unit_id, group.joint, day)}
    for unit_id in sorted(leads | joins):
        session.add(RemedialUnit(group_id=group.id or 0, unit_id=unit_id, leads=unit_id in leads))
    session.flush()


def groups_of_led(session: Session, cadre_id: int, day: date, *, leading: bool = False) -> Select[int]:
    """The ids of the groups that units led by the cadre lead or join (lead alone if ``leading``), for ``IN (...)``."""
    query = select(col(RemedialUnit.group_id)).where(col(RemedialUnit.unit_id).in_(led_units(session, cadre_id, day)))
    return query.where(col(RemedialUnit.leads)) if leading else query


def leads_group(session: Session, group_id: int, cadre_id: int, day: date) -> bool:
    """Whether a unit that the cadre leads is the group's lead unit."""
    led = groups_of_led(session, cadre_id, day, leading=True)
    return session.execute(led.where(col(RemedialUnit.group_id) == group_id)).first() is not None

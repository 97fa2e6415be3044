"""Do's and don'ts (C-02, C-12): a unit's own wording, else the nearest above, else the plan's; and meetings on them.

What is kept is that a unit talked over them, and which: nothing here is about a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as select_model

from storage.models import ConductList, ConductTalk
from storage.people import UnitRow
from storage.periods import Period
from storage.plan_work import load_units, runs_for
from storage.plans import Plan


@dataclass(frozen=True, slots=True)
class Conduct:
    """The lists that hold for a unit: ``unit`` wrote them on ``since``, or the plan ``source`` has them."""

    dos: tuple[str, ...]
    donts: tuple[str, ...]
    source: str = ""
    unit: UnitRow | None = None
    since: date | None = None


def conduct_of(session: Session, binding: Plan, unit_id: int, day: date) -> Conduct | None:
    """The lists that hold for the unit on ``day``; None when no plan that runs for it has any."""
    units = load_units(session, day)
    own = units.by_id.get(unit_id)
    for unit in [*([own] if own is not None else []), *units.above(unit_id)]:
        row = _own(session, unit.id, day)
        if row is not None:
            return Conduct(tuple(row.dos.split("\n")), tuple(row.donts.split("\n")), "", unit, row.first_day)
    for run in runs_for(session, binding, unit_id, day):
        dos, donts = run.plan.file.dos, run.plan.file.donts
        if dos is not None and donts is not None:
            texts = [tuple(item.title for item in one.items) for one in (dos, donts)]
            return Conduct(texts[0], texts[1], run.plan.file.title)
    return None


def _own(session: Session, unit_id: int, day: date) -> ConductList | None:
    query = (
        select_model(ConductList)
        .where(col(ConductList.unit_id) == unit_id, col(ConductList.first_day) <= day)
        .order_by(col(ConductList.id).desc())
    )
    return session.exec(query.limit(1)).first()


def write_list(
    session: Session,
    unit_id: int,
    cadre_id: int,
    dos: Iterable[str],
    donts: Iterable[str],
    day: date,
    now: datetime,
) -> ConductList:
    """Keep the unit's own wording from ``day`` on."""
    row = ConductList(
        unit_id=unit_id,
        dos="\n".join(dos),
        donts="\n".join(donts),
        first_day=day,
        written_by=cadre_id,
        written_at=now,
    )
    session.add(row)
    session.flush()
    return row


def log_talk(
    session: Session, unit_id: int, cadre_id: int, met_on: date, items: Iterable[str], now: datetime
) -> ConductTalk:
    """Keep that the unit's meeting of ``met_on`` talked over ``items``."""
    row = ConductTalk(unit_id=unit_id, met_on=met_on, items="\n".join(items), written_by=cadre_id, written_at=now)
    session.add(row)
    session.flush()
    return row


def talks(session: Session, unit_id: int, month: Period) -> list[ConductTalk]:
    """The unit's meetings of ``month`` on do's and don'ts, by day."""
    query = (
        select_model(ConductTalk)
        .where(
            col(ConductTalk.unit_id) == unit_id,
            col(ConductTalk.met_on) >= month.start,
            col(ConductTalk.met_on) <= month.end,
        )
        .order_by(col(ConductTalk.met_on), col(ConductTalk.id))
    )
    return list(session.exec(query))


def units_with_talk(session: Session, month: Period) -> set[int]:
    """The units that had such a meeting in ``month``."""
    query = select(col(ConductTalk.unit_id)).where(
        col(ConductTalk.met_on) >= month.start, col(ConductTalk.met_on) <= month.end
    )
    return set(session.execute(query).scalars())

"""People whose last position ended long ago are erased by themselves, as if they had asked for it."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session, col

from storage.erasure import NAME, erase
from storage.models import Cadre, Position
from storage.terms import Right

# One in a transaction: whatever a person ever said or was told is looked for, which takes its time.
AT_ONCE = 1


def erase_former(session: Session, years: int, day: date, now: datetime) -> int:
    """Erase the next cadre whose last position ended more than ``years`` years before ``day``; how many."""
    found = former(session, years, day)[:AT_ONCE]
    for cadre_id in found:
        erase(session, cadre_id, day, now)
    return len(found)


def former(session: Session, years: int, day: date) -> list[int]:
    """Who is to be erased: nobody who holds or will hold a position, nor, while nobody administers, who once did."""
    # Every month has a 28th; the few days are given to the person.
    before = date(day.year - years, day.month, min(day.day, 28))
    last_day = func.max(func.coalesce(col(Position.end_day), date.max))
    query = (
        select(col(Position.cadre_id))
        .join(Cadre, col(Cadre.id) == col(Position.cadre_id))
        .where(col(Cadre.full_name) != NAME)
        .group_by(col(Position.cadre_id))
        .having(last_day < before)
        .order_by(col(Position.cadre_id))
    )
    if not _is_administered(session, day):
        query = query.where(col(Position.cadre_id).not_in(select(col(Position.cadre_id)).where(_ADMIN)))
    return list(session.execute(query).scalars())


_ADMIN: ColumnElement[bool] = col(Position.access_right) == Right.ADMIN


def _is_administered(session: Session, day: date) -> bool:
    last = col(Position.end_day)
    admin = select(col(Position.id)).where(_ADMIN, or_(last.is_(None), last >= day)).limit(1)
    return session.execute(admin).first() is not None

"""Access to others' data is itself recorded (Law 91/2025/QH15): one row for each cadre or unit that was shown."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlmodel import Session, col

from storage.models import AccessRecord, Cadre

AT_ONCE = 500


def record_access(
    session: Session,
    actor_id: int,
    command: str,
    channel: str,
    now: datetime,
    *,
    cadres: Collection[int] = (),
    units: Collection[int] = (),
) -> None:
    """Keep that ``actor_id`` was shown data of ``cadres``, never of themselves, and lists of ``units``."""
    for cadre_id in sorted(set(cadres) - {actor_id}):
        session.add(AccessRecord(at=now, actor_id=actor_id, command=command, channel=channel, cadre_id=cadre_id))
    for unit_id in sorted(set(units)):
        session.add(AccessRecord(at=now, actor_id=actor_id, command=command, channel=channel, unit_id=unit_id))
    session.flush()


def who_looked(session: Session, cadre_id: int) -> list[tuple[AccessRecord, str]]:
    """Who was shown data of this very cadre, with the name, the latest first."""
    query = (
        select(AccessRecord, col(Cadre.full_name))
        .join(Cadre, col(Cadre.id) == col(AccessRecord.actor_id))
        .where(col(AccessRecord.cadre_id) == cadre_id)
        .order_by(col(AccessRecord.id).desc())
    )
    return [(row, name) for row, name in session.execute(query)]


def forget_access(session: Session, now: datetime, kept: timedelta) -> int:
    """Delete the next few records that were kept long enough; how many."""
    old = select(col(AccessRecord.id)).where(col(AccessRecord.at) < now - kept).order_by(col(AccessRecord.at))
    ids = list(session.execute(old.limit(AT_ONCE)).scalars())
    if ids:
        session.execute(delete(AccessRecord).where(col(AccessRecord.id).in_(ids)))
    return len(ids)

"""How well messages flow, as figures for operators: nothing in them tells who anybody is.

Each figure is read through a partial index, so that asking every few seconds costs little however old the tables are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, func, select
from sqlmodel import Session, col

from storage.models import AppState, DeliveryAttempt, Gate, InboxMessage, OutboxMessage, OutboxState
from storage.models.messages import DEAD, DUE_NOTICE, DUE_REPLY, LIVE, OPEN, TROUBLED
from storage.outbox import literal_where, table

LATE = timedelta(minutes=5)  # an update this old and not answered, or a lease this long over, should not exist
LAST_TICK = "scheduler.last_tick"


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits: how many, and for how many seconds the oldest of them."""

    waiting: int
    oldest_seconds: float


@dataclass(frozen=True, slots=True)
class Health:
    """The figures of one instant. ``hold_seconds`` is by channel; 0 means that its senders may call."""

    inbox: Queue
    replies: Queue
    notices: Queue
    inbox_late: int
    inbox_dead: int
    leases_over: int
    troubled: Mapping[str, int]
    ambiguous: int
    unproved: int
    hold_seconds: Mapping[str, float]
    tick_seconds: float | None
    updates: int
    messages: int


def health(session: Session, now: datetime) -> Health:
    """Everything at ``now`` by the shared clock."""
    inbox, outbox = table(InboxMessage), table(OutboxMessage)
    is_open, is_live = literal_where(OPEN, inbox), literal_where(LIVE, outbox)
    troubled = literal_where(TROUBLED, outbox)
    proof = exists().where(col(DeliveryAttempt.outbox_id) == outbox.c.id, col(DeliveryAttempt.outcome) == "unknown")
    states = session.execute(select(outbox.c.state, func.count().label("n")).where(troubled).group_by(outbox.c.state))
    by_state = {row.state: row.n for row in states}
    return Health(
        inbox=_queue(session, select(func.count(), func.min(inbox.c.received_at)).where(is_open), now),
        replies=_due(session, DUE_REPLY, now),
        notices=_due(session, DUE_NOTICE, now),
        inbox_late=_count(session, select(func.count()).where(is_open, inbox.c.received_at < now - LATE)),
        inbox_dead=_count(session, select(func.count()).select_from(inbox).where(literal_where(DEAD, inbox))),
        leases_over=_count(session, select(func.count()).where(is_live, outbox.c.lease_until < now - LATE)),
        troubled={state.value: by_state.get(state, 0) for state in (OutboxState.DEAD, OutboxState.UNKNOWN)},
        ambiguous=_count(session, select(func.count()).where(troubled, outbox.c.ambiguous)),
        unproved=_count(session, select(func.count()).where(and_(troubled, outbox.c.ambiguous, ~proof))),
        hold_seconds={
            channel: max(0.0, (until - now).total_seconds()) if until else 0.0
            for channel, until in session.execute(select(col(Gate.channel), col(Gate.hold_until)))
        },
        tick_seconds=_since_tick(session, now),
        updates=_count(session, select(func.coalesce(func.max(inbox.c.seq), 0))),
        messages=_count(session, select(func.coalesce(func.max(outbox.c.id), 0))),
    )


def _due(session: Session, which: str, now: datetime) -> Queue:
    rows = table(OutboxMessage)
    return _queue(
        session,
        select(func.count(), func.min(rows.c.not_before)).where(literal_where(which, rows), rows.c.not_before <= now),
        now,
    )


def _queue(session: Session, statement: Select[int, Any], now: datetime) -> Queue:
    count, oldest = session.execute(statement).one()
    return Queue(count, max(0.0, (now - oldest).total_seconds()) if oldest else 0.0)


def _count(session: Session, statement: Select[Any]) -> int:
    return int(session.execute(statement).scalar_one())


def _since_tick(session: Session, now: datetime) -> float | None:
    """Seconds since everything due was last dealt with; None before the first time."""
    ticked = session.get(AppState, LAST_TICK)
    return (now - datetime.fromisoformat(ticked.value)).total_seconds() if ticked else None

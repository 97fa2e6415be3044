"""The inbox: a raw update is stored, and only then acknowledged; the worker takes the oldest of each chat."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, or_, select, update
from sqlmodel import Session, col

from storage.models import InboxMessage, InboxState
from storage.models.messages import OPEN
from storage.outbox import insert_new, literal_where, one_by_one, table

MOST_ATTEMPTS = 5
RETRY_AFTER = timedelta(seconds=1)
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Received:
    """An update that waits: its place in the order, its lane, its raw body."""

    seq: int
    channel: str
    chat_id: str
    update_id: str
    body: str
    attempts: int


def inbox_row(channel: str, update_id: str, chat_id: str, body: str, now: datetime) -> dict[str, Any]:
    """The values of a new inbox row."""
    return {
        "channel": channel,
        "update_id": update_id,
        "chat_id": chat_id,
        "body": body,
        "state": InboxState.OPEN,
        "attempts": 0,
        "received_at": now,
        "last_error": "",
    }


def store(session: Session, rows: list[dict[str, Any]]) -> int:
    """Store updates made by :func:`inbox_row`; how many were new (a repeated update changes nothing)."""
    return insert_new(session, InboxMessage, rows, "channel", "update_id")


def heads(
    session: Session, now: datetime, channels: list[str], limit: int, *, only: int | None = None, lock: bool = True
) -> list[Received]:
    """The oldest open update of each chat of ``channels``, up to ``limit`` chats; PostgreSQL locks the rows.

    ``only`` asks for the update with that ``seq``, if it is one of them.
    """
    locked = lock and session.get_bind().dialect.name == "postgresql"
    parameters = {"now": now, "channels": channels, "most": limit, "only": only}
    return [Received(*row) for row in session.connection().execute(_heads(locked, only is not None), parameters)]


@cache
def _heads(locked: bool, one: bool) -> Select[Any]:
    """The head of each lane, for the parameters ``now``, ``channels``, ``most`` and ``only``; built once."""
    rows, earlier = table(InboxMessage), table(InboxMessage).alias("earlier")
    columns, before = rows.c, earlier.c
    now = bindparam("now", type_=columns.not_before.type)
    blocked = one_by_one(
        rows,
        select(before.seq).where(
            before.channel == columns.channel,
            before.chat_id == columns.chat_id,
            literal_where(OPEN, earlier),
            before.seq < columns.seq,
        ),
    )
    statement = (
        select(columns.seq, columns.channel, columns.chat_id, columns.update_id, columns.body, columns.attempts)
        .where(
            literal_where(OPEN, rows),
            columns.channel.in_(bindparam("channels", expanding=True)),
            or_(columns.not_before.is_(None), columns.not_before <= now),
            ~blocked,
        )
        .order_by(columns.seq)
        .limit(bindparam("most", type_=Integer()))
    )
    if one:
        statement = statement.where(columns.seq == bindparam("only"))
    return statement.with_for_update(skip_locked=True, of=rows) if locked else statement


_INBOX = table(InboxMessage)
_DONE = (
    _INBOX.update()
    .where(_INBOX.c.seq == bindparam("row"))
    .values(state=InboxState.DONE, done_at=bindparam("now", type_=_INBOX.c.done_at.type))
)


def mark_done(session: Session, seqs: list[int], now: datetime) -> None:
    """These updates have taken effect; to be committed together with that effect."""
    if seqs:
        session.connection().execute(_DONE, [{"row": seq, "now": now} for seq in seqs])


def mark_failed(session: Session, message: Received, now: datetime, error: str) -> bool:
    """Count a failure; True when it was the last one and the update is set aside so that its chat goes on."""
    dead = message.attempts + 1 >= MOST_ATTEMPTS
    session.execute(
        update(InboxMessage)
        .where(col(InboxMessage.seq) == message.seq)
        .values(
            attempts=message.attempts + 1,
            state=InboxState.DEAD if dead else InboxState.OPEN,
            not_before=now + RETRY_AFTER * (message.attempts + 1),
            last_error=error[:500],
        )
        .execution_options(synchronize_session=False)
    )
    return dead

"""The outbox: every message has a row with a unique key, written in the transaction that decided it.

    pending → claimed → sending → sent | dead | expired | unknown | cancelled

``claimed`` rows are being prepared (a notice written, a picture drawn) and were certainly not sent;
``sending`` rows are in an HTTP call, so when their lease ends the outcome is unknown. No messaging
service offers an idempotency key: a resend after an unknown outcome is flagged ``ambiguous``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    CursorResult,
    Exists,
    Integer,
    Row,
    Select,
    Table,
    TextClause,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.selectable import NamedFromClause
from sqlmodel import Session, SQLModel, col

from storage.models import Account, DeliveryAttempt, OutboxMessage, OutboxState
from storage.models.messages import DUE_NOTICE, DUE_REPLY, LIVE

REPLY = "reply"
LEASE = timedelta(seconds=120)
MOST_ATTEMPTS = 5
RETRY_AFTER = (timedelta(seconds=2), timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))
# A service that answers nothing certain is tried for a day before a message is given up as of unknown outcome.
UNSURE_RETRY_AFTER = timedelta(minutes=15)
MOST_UNSURE_ATTEMPTS = 100
# Nudges may be lost rather than doubled: the next one repairs it. Everything else is sent again and flagged.
DROPPED_WHEN_UNKNOWN = frozenset({"reminder", "shirt"})


@dataclass(frozen=True, slots=True)
class Claimed:
    """An outbox row that this worker holds."""

    id: int
    key: str
    channel: str
    chat_id: str
    cadre_id: int | None
    kind: str
    body: dict[str, Any]
    attempts: int
    ambiguous: bool


def table(model: type[SQLModel]) -> Table:
    """The Core table of ``model``."""
    return cast(Table, model.__table__)  # type: ignore[attr-defined]  # set by SQLModel for table=True classes


def insert_new(session: Session, model: type[SQLModel], rows: Sequence[dict[str, Any]], *unique: str) -> int:
    """Insert ``rows`` (all with the same keys), passing over those whose ``unique`` columns exist; count the new."""
    if not rows:
        return 0
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table(model)).on_conflict_do_nothing(index_elements=list(unique)).inline()
    counted = statement.execution_options(preserve_rowcount=True)
    return max(session.connection().execute(counted, list(rows)).rowcount, 0)


def enqueue(
    session: Session,
    *,
    key: str,
    channel: str,
    chat_id: str,
    kind: str,
    body: dict[str, Any],
    now: datetime,
    cadre_id: int | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    state: OutboxState = OutboxState.PENDING,
) -> bool:
    """Put one message into the outbox; False when its ``key`` is already there."""
    row = outbox_row(key, channel, chat_id, kind, body, now, cadre_id, not_before, expires_at, state)
    return insert_new(session, OutboxMessage, [row], "dedupe_key") > 0


def outbox_row(
    key: str,
    channel: str,
    chat_id: str,
    kind: str,
    body: dict[str, Any],
    now: datetime,
    cadre_id: int | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    state: OutboxState = OutboxState.PENDING,
) -> dict[str, Any]:
    """The values of a new outbox row, for :func:`insert_new` with many rows."""
    return {
        "dedupe_key": key,
        "channel": channel,
        "chat_id": chat_id,
        "cadre_id": cadre_id,
        "kind": kind,
        "body": body,
        "state": state,
        "not_before": not_before or now,
        "expires_at": expires_at,
        "worker": "",
        "attempts": 0,
        "ambiguous": False,
        "message_id": "",
        "last_error": "",
        "created_at": now,
    }


def preferred_account(session: Session, cadre_id: int) -> Account | None:
    """The chat in which the cadre was last heard of, among those that can be reached."""
    statement = (
        select(Account)
        .where(col(Account.cadre_id) == cadre_id, col(Account.unreachable_since).is_(None))
        .order_by(col(Account.last_used_at).desc(), col(Account.id).desc())
        .limit(1)
    )
    return session.execute(statement).scalar_one_or_none()


def notify(session: Session, cadre_id: int, kind: str, body: dict[str, Any], key: str, now: datetime) -> bool:
    """Tell a cadre something, once per ``key``, in the chat last used; False when there is none or it was said."""
    account = preferred_account(session, cadre_id)
    if account is None:
        return False
    return enqueue(
        session,
        key=key,
        channel=account.channel,
        chat_id=account.chat_id,
        cadre_id=cadre_id,
        kind=kind,
        body=body,
        now=now,
    )


def claim(session: Session, *, channel: str, worker: str, now: datetime, limit: int, bulk_limit: int) -> list[Claimed]:
    """Hold up to ``limit`` rows of ``channel`` that are due, the first of each chat, replies before notices.

    At most ``bulk_limit`` of them are notices. Rows that are ready to send come back as ``sending``,
    rows that must be prepared first as ``claimed``; both are leased to ``worker``.
    """
    replies = _due(session, channel, DUE_REPLY, now, limit)
    notices = _due(session, channel, DUE_NOTICE, now, min(bulk_limit, limit - len(replies)))
    chosen = [*replies, *notices]
    if not chosen:
        return []
    for ready, state in ((True, OutboxState.SENDING), (False, OutboxState.CLAIMED)):
        held = [
            {"row": row.id, "to": state, "lease": now + LEASE, "by": worker}
            for row in chosen
            if is_ready(row.body) is ready
        ]
        if held:
            session.connection().execute(_HOLD, held)
    return [
        Claimed(r.id, r.dedupe_key, channel, r.chat_id, r.cadre_id, r.kind, r.body, r.attempts + 1, r.ambiguous)
        for r in chosen
    ]


def is_ready(body: dict[str, Any]) -> bool:
    """Whether a row can be sent as it is: its text is written and it has nothing to draw."""
    return "text" in body and not body.get("attachment")


def literal_where(condition: str, rows: NamedFromClause) -> TextClause:
    """``condition`` (of a partial index) on ``rows``, a named table or alias, with its literals as they are."""
    return text(re.sub(r"\b(state|kind|ambiguous)\b", rf"{rows.name}.\1", condition))


def one_by_one(rows: NamedFromClause, found: Select[Any]) -> Exists:
    """Whether ``found`` has anything, asked anew for each of ``rows``, through the index of its lane.

    Without the offset PostgreSQL makes a join of it, and while it has no statistics of a queue that just filled, it
    joins every row with the whole queue: a reply beside 10,000 digests took 2.7 s instead of 0.2.
    """
    return found.correlate(rows).offset(literal_column("0")).exists()


@cache
def _heads(which: str, locked: bool) -> Select[Any]:
    """The first due row of each chat, for the parameters ``channel``, ``now`` and ``most``; built once."""
    rows, earlier = table(OutboxMessage), table(OutboxMessage).alias("earlier")
    columns, before = rows.c, earlier.c
    now = bindparam("now", type_=columns.not_before.type)
    # A notice that is held for the morning lets replies pass; a message that failed and is tried again does not.
    waiting = or_(before.state != OutboxState.PENDING, before.not_before <= now, before.last_error != "")
    blocked = one_by_one(
        rows,
        select(before.id).where(
            before.channel == columns.channel,
            before.chat_id == columns.chat_id,
            literal_where(LIVE, earlier),
            before.id < columns.id,
            waiting,
        ),
    )
    wanted = ("id", "dedupe_key", "chat_id", "cadre_id", "kind", "body", "attempts", "ambiguous")
    statement = (
        select(*(columns[name] for name in wanted))
        .where(literal_where(which, rows), columns.channel == bindparam("channel"), columns.not_before <= now, ~blocked)
        .order_by(columns.id)
        .limit(bindparam("most", type_=Integer()))
    )
    return statement.with_for_update(skip_locked=True, of=rows) if locked else statement


def _due(session: Session, channel: str, which: str, now: datetime, most: int) -> Sequence[Row[Any]]:
    if most <= 0:
        return []
    locked = session.get_bind().dialect.name == "postgresql"
    parameters = {"channel": channel, "now": now, "most": most}
    return session.connection().execute(_heads(which, locked), parameters).all()


def mark_sending(session: Session, row: Claimed, worker: str, now: datetime, body: dict[str, Any]) -> bool:
    """A prepared row goes out with ``body``; False when the lease was lost to another worker."""
    result = session.execute(
        update(OutboxMessage)
        .where(
            col(OutboxMessage.id) == row.id,
            col(OutboxMessage.state) == OutboxState.CLAIMED,
            col(OutboxMessage.worker) == worker,
            col(OutboxMessage.attempts) == row.attempts,
        )
        .values(state=OutboxState.SENDING, lease_until=now + LEASE, body=body)
        .execution_options(synchronize_session=False)
    )
    return _changed(result) > 0


def record_sent(session: Session, sent: Iterable[tuple[int, str]], now: datetime) -> None:
    """Write down ``(outbox id, message id)`` of what the service has confirmed."""
    rows = [{"row": row, "mid": message_id, "now": now} for row, message_id in sent]
    if rows:
        session.connection().execute(_SENT, rows)


_OUTBOX = table(OutboxMessage)
_HOLD = (
    _OUTBOX.update()
    .where(_OUTBOX.c.id == bindparam("row"))
    .values(
        state=bindparam("to", type_=_OUTBOX.c.state.type),
        lease_until=bindparam("lease", type_=_OUTBOX.c.lease_until.type),
        worker=bindparam("by"),
        attempts=_OUTBOX.c.attempts + 1,
    )
)
_SENT = (
    _OUTBOX.update()
    .where(_OUTBOX.c.id == bindparam("row"))
    .values(
        state=OutboxState.SENT,
        message_id=bindparam("mid"),
        sent_at=bindparam("now", type_=_OUTBOX.c.sent_at.type),
        lease_until=None,
    )
)


def settle(
    session: Session,
    row: Claimed,
    state: OutboxState,
    now: datetime,
    *,
    outcome: str,
    detail: str = "",
    retry_at: datetime | None = None,
    ambiguous: bool = False,
) -> bool:
    """Write down an outcome that was not plain success, with its proof. ``retry_at`` with PENDING sends it again.

    False, and nothing written, when the row is no longer held by this attempt: its lease ended, or it was written
    down before.
    """
    changed = session.execute(
        update(OutboxMessage)
        .where(
            col(OutboxMessage.id) == row.id,
            col(OutboxMessage.attempts) == row.attempts,
            col(OutboxMessage.state).in_((OutboxState.CLAIMED, OutboxState.SENDING)),
        )
        .values(
            state=state,
            not_before=retry_at if retry_at is not None else OutboxMessage.not_before,
            lease_until=None,
            last_error=detail[:500],
            ambiguous=row.ambiguous or ambiguous,
        )
        .execution_options(synchronize_session=False)
    )
    if not _changed(changed):
        return False
    session.add(DeliveryAttempt(outbox_id=row.id, attempt=row.attempts, at=now, outcome=outcome, detail=detail[:500]))
    return True


def rescue(session: Session, now: datetime) -> int:
    """Take back rows whose lease has ended: prepared ones are pending again, sent ones follow their kind's policy."""
    expired = and_(literal_where(LIVE, table(OutboxMessage)), col(OutboxMessage.lease_until) < now)
    back = session.execute(
        update(OutboxMessage)
        .where(expired, col(OutboxMessage.state) == OutboxState.CLAIMED)
        .values(state=OutboxState.PENDING, lease_until=None)
        .execution_options(synchronize_session=False)
    )
    sending = select(OutboxMessage).where(expired, col(OutboxMessage.state) == OutboxState.SENDING)
    # Two replicas that rescue at once must not both take a row back: the later one might undo a new claim.
    stranded = session.execute(sending.with_for_update(skip_locked=True)).scalars()
    count = 0
    for row in stranded:
        drop = row.kind in DROPPED_WHEN_UNKNOWN
        row.state = OutboxState.UNKNOWN if drop else OutboxState.PENDING
        row.ambiguous, row.lease_until = True, None
        session.add(row)
        session.add(
            DeliveryAttempt(
                outbox_id=row.id or 0,
                attempt=row.attempts,
                at=now,
                outcome="unknown",
                detail="lease ended while sending",
            )
        )
        count += 1
    return count + _changed(back)


def expire_late(session: Session, now: datetime) -> int:
    """Mark what was not sent in time as expired: it stays as a record."""
    result = session.execute(
        update(OutboxMessage)
        .where(literal_where(DUE_NOTICE, table(OutboxMessage)), col(OutboxMessage.expires_at) < now)
        .values(state=OutboxState.EXPIRED)
        .execution_options(synchronize_session=False)
    )
    return _changed(result)


def _changed(result: object) -> int:
    return max(cast("CursorResult[Any]", result).rowcount, 0)


def waiting_counts(session: Session) -> dict[str, int]:
    """How many rows are in each state, for operators."""
    found = session.execute(select(col(OutboxMessage.state), func.count()).group_by(col(OutboxMessage.state)))
    return {state.value: count for state, count in found}

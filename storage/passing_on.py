"""A notice that one channel refuses goes to the same person on the next channel they use; never to two at once."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from storage.models import Account, OutboxMessage
from storage.outbox import REPLY, Claimed, enqueue

# A further part of a notice in several messages: the notice is written anew, and in parts, for the next channel.
PART = "part"
# What a written notice was written from.
SUBJECT = "subject"
_TRIED = "tried"


def pass_on(session: Session, row: Claimed, now: datetime) -> str:
    """Put the notice of ``row`` into the outbox for the next channel; that channel's name, "" where there is none."""
    if row.kind == REPLY or row.cadre_id is None or PART in row.body:
        return ""
    subject = row.body.get(SUBJECT, row.body)
    tried = [*subject.get(_TRIED, ()), row.channel]
    account = _next_account(session, row.cadre_id, tried)
    if account is None:
        return ""
    expires_at = session.execute(select(col(OutboxMessage.expires_at)).where(col(OutboxMessage.id) == row.id)).scalar()
    enqueue(
        session,
        key=f"{row.key}:{account.channel}",
        channel=account.channel,
        chat_id=account.chat_id,
        kind=row.kind,
        body={**subject, _TRIED: tried},
        now=now,
        cadre_id=row.cadre_id,
        expires_at=expires_at,
    )
    return account.channel


def claimed_of(row: OutboxMessage) -> Claimed:
    """A row of the outbox as delivery handles it."""
    return Claimed(
        row.id or 0,
        row.dedupe_key,
        row.channel,
        row.chat_id,
        row.cadre_id,
        row.kind,
        row.body,
        row.attempts,
        row.ambiguous,
    )


def _next_account(session: Session, cadre_id: int, tried: list[str]) -> Account | None:
    query = (
        select(Account)
        .where(
            col(Account.cadre_id) == cadre_id,
            col(Account.unreachable_since).is_(None),
            col(Account.channel).not_in(tried),
        )
        .order_by(col(Account.last_used_at).desc(), col(Account.id).desc())
        .limit(1)
    )
    return session.execute(query).scalar_one_or_none()

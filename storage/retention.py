"""What is forgotten by itself: the words of messages, a week after they took effect or were sent.

Keys and times stay, so that a repeated update is still recognised and every delivery can be accounted for. What people
logged is theirs and stays; what they typed on the way to it, invitation codes among it, is not needed any more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlmodel import Session, col

from storage.models import AppState, InboxMessage, InboxState, OutboxMessage, OutboxState
from storage.outbox import insert_new

WORDS_KEPT = timedelta(days=7)
# Whatever has waited for so long will not go out any more, and holds nothing up.
WAITED_LONG_ENOUGH = timedelta(days=60)
AT_ONCE = 500
_LIVE = {OutboxState.PENDING, OutboxState.CLAIMED, OutboxState.SENDING}


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many messages lost their words."""

    received: int
    sent: int


def forget_words(session: Session, now: datetime) -> Forgotten:
    """Empty the next few messages that are old enough. Cheap: each table is walked once, from where it stopped."""
    return Forgotten(_received(session, now), _sent(session, now))


def _received(session: Session, now: datetime) -> int:
    seq = col(InboxMessage.seq)
    query = (
        select(seq, col(InboxMessage.state), col(InboxMessage.received_at))
        .where(seq > _mark(session, "words_received"), col(InboxMessage.received_at) < now - WORDS_KEPT)
        .order_by(seq)
        .limit(AT_ONCE)
    )
    waiting = now - WAITED_LONG_ENOUGH
    found = []
    for number, state, at in session.execute(query):
        if state is InboxState.OPEN and at > waiting:
            break
        found.append(number)
    if found:
        session.execute(update(InboxMessage).where(seq.in_(found)).values(body=""))
        _remember(session, "words_received", found[-1])
    return len(found)


def _sent(session: Session, now: datetime) -> int:
    number = col(OutboxMessage.id)
    query = (
        select(number, col(OutboxMessage.state), col(OutboxMessage.created_at))
        .where(number > _mark(session, "words_sent"), col(OutboxMessage.created_at) < now - WORDS_KEPT)
        .order_by(number)
        .limit(AT_ONCE)
    )
    waiting = now - WAITED_LONG_ENOUGH
    found = []
    for row, state, at in session.execute(query):
        if state in _LIVE and at > waiting:
            break
        found.append((row, state))
    settled = [row for row, state in found if state not in _LIVE]
    if found:
        session.execute(update(OutboxMessage).where(number.in_(settled)).values(body={}))
        _remember(session, "words_sent", found[-1][0])
    return len(settled)


def _mark(session: Session, name: str) -> int:
    value = session.execute(select(col(AppState.value)).where(col(AppState.name) == name)).scalar()
    return int(value) if value else 0


def _remember(session: Session, name: str, number: int) -> None:
    if not insert_new(session, AppState, [{"name": name, "value": str(number)}], "name"):
        session.execute(update(AppState).where(col(AppState.name) == name).values(value=str(number)))

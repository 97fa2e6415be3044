"""The words of messages are forgotten once they took effect or were sent.

Keys and times stay, so that a repeated update is still recognised and every delivery can be accounted for. What people
logged is theirs and stays; what they typed on the way to it, invitation codes among it, is not needed any more.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, update
from sqlmodel import Session, col

from storage.app_state import recall, remember
from storage.models import InboxMessage, InboxState, OutboxMessage, OutboxState

# Whatever has waited for so long will not go out any more, and holds nothing up.
WAITED_LONG_ENOUGH = timedelta(days=60)
AT_ONCE = 500
_LIVE = {OutboxState.PENDING, OutboxState.CLAIMED, OutboxState.SENDING}


class Forgotten(NamedTuple):
    """How many messages lost their words."""

    received: int
    sent: int


def forget_words(session: Session, now: datetime, kept: timedelta) -> Forgotten:
    """Empty the next few messages that are old enough. Cheap: each table is walked once, from where it stopped."""
    return Forgotten(_received(session, now, now - kept), _sent(session, now, now - kept))


def _received(session: Session, now: datetime, before: datetime) -> int:
    seq = col(InboxMessage.seq)
    query = (
        select(seq, col(InboxMessage.state), col(InboxMessage.received_at))
        .where(seq > _mark(session, "words_received"), col(InboxMessage.received_at) < before)
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
        remember(session, "words_received", str(found[-1]))
    return len(found)


def _sent(session: Session, now: datetime, before: datetime) -> int:
    number = col(OutboxMessage.id)
    query = (
        select(number, col(OutboxMessage.state), col(OutboxMessage.created_at))
        .where(number > _mark(session, "words_sent"), col(OutboxMessage.created_at) < before)
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
        remember(session, "words_sent", str(found[-1][0]))
    return len(settled)


def _mark(session: Session, name: str) -> int:
    return int(recall(session, name) or 0)

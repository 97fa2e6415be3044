"""What is not needed any more once its time has passed: each function takes the next few rows away, and counts them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, tuple_, update
from sqlalchemy.orm import Mapped
from sqlmodel import Session, SQLModel, col

from storage.models import (
    CalendarLink,
    Conversation,
    DeliveryAttempt,
    InboxMessage,
    InboxState,
    Invite,
    JoinFailure,
    OutboxMessage,
    OutboxState,
    Position,
    StoredFile,
    WebMessage,
    WebSession,
)
from storage.stored_files import forget_files

AT_ONCE = 500
_LIVE = (OutboxState.PENDING, OutboxState.CLAIMED, OutboxState.SENDING)


def forget_invites(session: Session, now: datetime, kept: timedelta) -> int:
    """Invitations that were used or expired."""
    ended = func.coalesce(col(Invite.used_at), col(Invite.expires_at))
    return _delete(session, Invite, col(Invite.id), ended < now - kept)


def forget_join_failures(session: Session, now: datetime, kept: timedelta) -> int:
    """Wrong codes."""
    return _delete(session, JoinFailure, col(JoinFailure.id), col(JoinFailure.at) < now - kept)


def forget_sessions(session: Session, now: datetime, kept: timedelta) -> int:
    """Browsers whose cookie has ended: it is given once, so its lifetime counts from then, however late it was used."""
    return _delete(session, WebSession, col(WebSession.token_hash), col(WebSession.created_at) < now - kept)


def forget_drafts(session: Session, now: datetime, kept: timedelta) -> int:
    """Half-filled forms. The row stays with its version: were that counted anew, an old button might answer again."""
    lane = (col(Conversation.channel), col(Conversation.chat_id))
    half_filled = (col(Conversation.flow) != "", col(Conversation.updated_at) < now - kept)
    found = session.execute(select(*lane).where(*half_filled).limit(AT_ONCE)).all()
    if found:
        session.execute(
            update(Conversation)
            .where(tuple_(*lane).in_([tuple(row) for row in found]), *half_filled)
            .values(flow="", step="", draft={}, offered=[])
            .execution_options(synchronize_session=False)
        )
    return len(found)


def forget_calendar_links(session: Session, now: datetime, kept: timedelta) -> int:
    """Calendar addresses of people who hold no position, and will hold none."""
    before = now - kept  # in UTC: a few hours do not matter
    end = col(Position.end_day)
    holders = select(col(Position.cadre_id)).where(or_(end.is_(None), end >= before.date()))
    owner = col(CalendarLink.cadre_id)
    return _delete(session, CalendarLink, owner, owner.not_in(holders), col(CalendarLink.created_at) < before)


def forget_lines(session: Session, now: datetime, kept: timedelta) -> int:
    """Lines of the web chat, with the pictures and files that only they show."""
    number, at = col(WebMessage.id), col(WebMessage.created_at)
    lines = select(number, at, col(WebMessage.body)).where(number < _newest(number))
    old = [row for row in session.execute(lines.order_by(number).limit(AT_ONCE)) if row[1] < now - kept]
    _delete_these(session, WebMessage, number, [row[0] for row in old])
    if keys := [file["key"] for _, _, body in old if (file := body.get("file"))]:
        forget_files(session, col(StoredFile.key).in_(keys))
    return len(old)


def forget_keys(session: Session, now: datetime, kept: timedelta) -> int:
    """What is left of messages that are settled: keys, times and outcomes.

    Nothing can be done twice for it, as long as ``kept`` is far longer than what is recognised by these keys can come
    again: a service repeats an update for days at most (Telegram for one), the page for as long as the cookie lives
    which names its chat (400 days); the scheduler looks 28 days back at most and its keys carry their day; a reply
    is made of an update that is open, and that stays, as does every message on its way.
    """
    return _received_keys(session, now - kept) + _sent_keys(session, now - kept)


def _received_keys(session: Session, before: datetime) -> int:
    seq = col(InboxMessage.seq)
    settled = col(InboxMessage.state) != InboxState.OPEN
    found = _oldest(session, seq, col(InboxMessage.received_at), before, settled)
    return _delete_these(session, InboxMessage, seq, found)


def _sent_keys(session: Session, before: datetime) -> int:
    number = col(OutboxMessage.id)
    settled = col(OutboxMessage.state).not_in(_LIVE)
    found = _oldest(session, number, col(OutboxMessage.created_at), before, settled)
    _delete_these(session, DeliveryAttempt, col(DeliveryAttempt.outbox_id), found)
    return _delete_these(session, OutboxMessage, number, found)


def _oldest(
    session: Session, number: Mapped[Any], at: Mapped[datetime], before: datetime, where: ColumnElement[bool]
) -> list[int]:
    """Of the first few rows those made before ``before``. No index is needed: rows are numbered as time goes by."""
    rows = session.execute(select(number, at).where(where, number < _newest(number)).order_by(number).limit(AT_ONCE))
    return [row for row, made_at in rows if made_at < before]


def _newest(number: Mapped[Any]) -> Any:
    """The last number, which stays: SQLite would give it away again, to a reply whose key is taken then."""
    return select(func.max(number)).scalar_subquery()


def _delete(session: Session, model: type[SQLModel], key: Mapped[Any], *where: ColumnElement[bool]) -> int:
    return _delete_these(session, model, key, list(session.execute(select(key).where(*where).limit(AT_ONCE)).scalars()))


def _delete_these(session: Session, model: type[SQLModel], key: Mapped[Any], these: list[Any]) -> int:
    if these:
        session.execute(delete(model).where(key.in_(these)).execution_options(synchronize_session=False))
    return len(these)

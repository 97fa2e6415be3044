"""Erasing a person on their wish: words, photos, chats and the name go; figures stay and tell of nobody.

What a unit signed or froze stays as it is, for it is the unit's record; it names nobody or is not the bot's to change.
``ERASED`` says of every table what happens to the person's rows: which go, and what is emptied in those that stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlmodel import Session, SQLModel, col

from storage.access import in_force
from storage.models import (
    Absence,
    Account,
    Assessment,
    AssessmentComment,
    Cadre,
    CalendarLink,
    Consent,
    Conversation,
    Document,
    DocumentEvent,
    Entry,
    EntryChange,
    Evidence,
    InboxMessage,
    InboxState,
    Invite,
    JoinFailure,
    Opinion,
    OutboxMessage,
    OutboxState,
    Position,
    Preference,
    StoredFile,
    WebMessage,
    WebSession,
)
from storage.outbox import REPLY
from storage.stored_files import forget_files
from storage.terms import Right

NAME, WORDS = "Người đã xóa dữ liệu", "(người viết đã xóa dữ liệu)"
_DAY = timedelta(days=1)
_ON_THE_WAY = (OutboxState.PENDING, OutboxState.CLAIMED, OutboxState.SENDING)


@dataclass(frozen=True, slots=True)
class Erased:
    """The person's rows of a table: gone, or with these columns emptied."""

    model: type[SQLModel]
    whose: str = "cadre_id"
    emptied: Mapping[str, Any] = field(default_factory=dict)


GONE = (Account, Preference, CalendarLink, Invite)
ERASED = (
    *(Erased(model) for model in GONE),
    Erased(Entry, emptied={"title": "", "note": "", "return_reason": ""}),
    Erased(Document, emptied={"content": {}, "return_reason": ""}),
    Erased(Assessment, emptied={"answer": ""}),
    Erased(AssessmentComment, emptied={"words": WORDS}),
    Erased(Absence, emptied={"reason": "", "decision_no": ""}),
    Erased(Consent, emptied={"chat_id": ""}),
    Erased(Opinion, "author_id", {"words": WORDS, "said_by": None}),
    Erased(Opinion, "subject_id", {"words": WORDS, "reason": ""}),
)
# What hangs on rows of the person, or on the chats, and is not found by a column of the table itself.
HANGING = (Evidence, StoredFile, EntryChange, DocumentEvent, Conversation, JoinFailure)
CHATS = (InboxMessage, OutboxMessage, WebMessage, WebSession)


class LastAdminError(ValueError):
    """Nobody else administers the city."""


def erase(session: Session, cadre_id: int, day: date, now: datetime, *, spare: tuple[str, str] = ("", "")) -> None:
    """Erase the cadre; the chat ``spare``, in which it was asked for, still gets the answer.

    Raises LastAdminError.
    """
    if is_last_admin(session, cadre_id, day):
        raise LastAdminError
    chats = [(account.channel, account.chat_id) for account in _accounts(session, cadre_id)]
    _erase_hanging(session, cadre_id)
    for channel, chat_id in chats:
        _erase_chat(session, channel, chat_id, spare=(channel, chat_id) == spare)
    session.execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.cadre_id) == cadre_id, col(OutboxMessage.kind) != REPLY)
        .where(col(OutboxMessage.state) == OutboxState.PENDING)
        .values(state=OutboxState.CANCELLED)
    )
    session.execute(
        update(Consent).where(_of(Consent, cadre_id), col(Consent.withdrawn_at).is_(None)).values(withdrawn_at=now)
    )
    for one in ERASED:
        whose = getattr(one.model, one.whose) == cadre_id
        session.execute(
            update(one.model).where(whose).values(**one.emptied) if one.emptied else delete(one.model).where(whose)
        )
    for position in session.execute(select(Position).where(_of(Position, cadre_id), in_force(day))).scalars():
        position.end_day, position.access_right = max(position.start_day, day - _DAY), Right.NONE
        session.add(position)
    session.execute(update(Cadre).where(col(Cadre.id) == cadre_id).values(code=f"XOA-{cadre_id}", full_name=NAME))
    session.flush()
    session.expire_all()


def is_last_admin(session: Session, cadre_id: int, day: date) -> bool:
    """Whether nobody but this cadre administers anything."""
    admins = select(col(Position.cadre_id)).where(in_force(day), col(Position.access_right) == Right.ADMIN).distinct()
    return list(session.execute(admins).scalars()) == [cadre_id]


def _of(model: type[Any], cadre_id: int) -> ColumnElement[bool]:
    return col(model.cadre_id) == cadre_id


def _accounts(session: Session, cadre_id: int) -> list[Account]:
    return list(session.execute(select(Account).where(_of(Account, cadre_id))).scalars())


def _erase_hanging(session: Session, cadre_id: int) -> None:
    """Photos with their files, and the traces of entries and forms, which repeat their words."""
    entries = select(col(Entry.id)).where(_of(Entry, cadre_id))
    of_entries = col(Evidence.entry_id).in_(entries)
    files = list(session.execute(select(col(Evidence.file_id)).where(of_entries)).scalars())
    session.execute(delete(Evidence).where(of_entries))
    session.execute(delete(StoredFile).where(col(StoredFile.id).in_([one for one in files if one is not None])))
    session.execute(update(EntryChange).where(col(EntryChange.entry_id).in_(entries)).values(before=None, after=None))
    documents = select(col(Document.id)).where(_of(Document, cadre_id))
    session.execute(
        update(DocumentEvent).where(col(DocumentEvent.document_id).in_(documents)).values(content=None, reason="")
    )


def _erase_chat(session: Session, channel: str, chat_id: str, *, spare: bool) -> None:
    """What was said in a chat, and its number. What is still on its way keeps the number, without which it is lost."""
    for model in (Conversation, JoinFailure):
        session.execute(delete(model).where(col(model.channel) == channel, col(model.chat_id) == chat_id))
    received = and_(col(InboxMessage.channel) == channel, col(InboxMessage.chat_id) == chat_id)
    session.execute(
        update(InboxMessage).where(received, col(InboxMessage.state) != InboxState.OPEN).values(body="", chat_id="")
    )
    sent = and_(col(OutboxMessage.channel) == channel, col(OutboxMessage.chat_id) == chat_id)
    session.execute(
        update(OutboxMessage).where(sent, col(OutboxMessage.state).not_in(_ON_THE_WAY)).values(body={}, chat_id="")
    )
    if channel == "web":
        session.execute(delete(WebMessage).where(col(WebMessage.chat_id) == chat_id))
        forget_files(session, col(StoredFile.key).startswith(f"{chat_id}.", autoescape=True))
        if not spare:
            session.execute(delete(WebSession).where(col(WebSession.chat_id) == chat_id))

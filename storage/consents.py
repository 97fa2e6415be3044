"""What cadres agreed to, and its withdrawal (Law 91/2025/QH15: explicit, provable, and as easily taken back)."""

from datetime import datetime

from sqlalchemy import and_, update
from sqlmodel import Session, col

from storage.invites import unlink
from storage.models import Consent, OutboxMessage, OutboxState
from storage.outbox import REPLY


def agree(session: Session, cadre_id: int, channel: str, chat_id: str, text_version: str, now: datetime) -> None:
    """Keep that the cadre agreed to the notice ``text_version`` in this chat."""
    session.add(Consent(cadre_id=cadre_id, channel=channel, chat_id=chat_id, text_version=text_version, agreed_at=now))


def withdraw(session: Session, cadre_id: int, channel: str, chat_id: str, now: datetime) -> None:
    """End the agreement given in this chat: the chat speaks for nobody, notices not yet sent to it are called off."""
    session.execute(
        update(Consent)
        .where(
            col(Consent.cadre_id) == cadre_id,
            col(Consent.channel) == channel,
            col(Consent.chat_id) == chat_id,
            col(Consent.withdrawn_at).is_(None),
        )
        .values(withdrawn_at=now)
    )
    session.execute(
        update(OutboxMessage)
        .where(
            and_(col(OutboxMessage.channel) == channel, col(OutboxMessage.chat_id) == chat_id),
            col(OutboxMessage.kind) != REPLY,
            col(OutboxMessage.state) == OutboxState.PENDING,
        )
        .values(state=OutboxState.CANCELLED)
    )
    unlink(session, channel, chat_id)

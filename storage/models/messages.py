"""The way of a message: inbox, conversation, outbox, and the web chat's own page."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, UniqueConstraint, text
from sqlmodel import Field

from storage.models.base import Row, enum_column, reference, text_column

# SQLite only numbers INTEGER primary keys by itself.
BigId = BigInteger().with_variant(Integer(), "sqlite")


# The conditions of the partial indexes. Queries repeat them word for word, with literals: a bound value
# would hide from the database that the index applies, and a busy day would be scanned from its first row.
OPEN = "state = 'open'"
LIVE = "state IN ('pending', 'claimed', 'sending')"
DUE_REPLY = "state = 'pending' AND kind = 'reply'"
DUE_NOTICE = "state = 'pending' AND kind <> 'reply'"
TROUBLED = "(ambiguous OR state IN ('dead', 'unknown'))"
DEAD = "state = 'dead'"


def partial_index(name: str, *columns: str, where: str) -> Index:
    """An index of the rows for which ``where`` holds, on both databases."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class InboxState(StrEnum):
    """``open`` waits for the worker, ``done`` has taken effect, ``dead`` failed five times."""

    OPEN = "open"
    DONE = "done"
    DEAD = "dead"


class OutboxState(StrEnum):
    """pending → claimed → sending → sent | dead | expired | unknown | cancelled."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class InboxMessage(Row, table=True):
    """A raw update, stored before it is acknowledged. ``chat_id`` is the lane in which order is kept."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "update_id"),
        partial_index("ix_inbox_open_lane", "channel", "chat_id", "seq", where=OPEN),
        partial_index("ix_inbox_open", "seq", where=OPEN),
        partial_index("ix_inbox_dead", "seq", where=DEAD),
    )

    seq: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    channel: str
    update_id: str
    chat_id: str
    body: str = Field(sa_column=text_column())
    state: InboxState = Field(default=InboxState.OPEN, sa_column=enum_column(InboxState, "state"))
    attempts: int = 0
    not_before: datetime | None = None
    received_at: datetime
    done_at: datetime | None = None
    last_error: str = ""


class Conversation(Row, table=True):
    """Where a chat stands: the flow, its step and the draft so far. ``version`` dates the buttons.

    ``offered`` (label and key of each) is what typed numbers mean, in a chat without buttons.
    """

    channel: str = Field(primary_key=True)
    chat_id: str = Field(primary_key=True)
    flow: str = ""
    step: str = ""
    draft: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    version: int = 0
    offered: list[list[str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]"))
    updated_at: datetime


class OutboxMessage(Row, table=True):
    """A message to be sent once. ``body`` is a ready reply, or for notices the subject to write it from when sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        partial_index("ix_outbox_live_lane", "channel", "chat_id", "id", where=LIVE),
        partial_index("ix_outbox_due_reply", "channel", "id", where=DUE_REPLY),
        partial_index("ix_outbox_due_notice", "channel", "id", where=DUE_NOTICE),
        partial_index("ix_outbox_troubled", "state", "id", where=TROUBLED),
    )

    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    dedupe_key: str = Field(unique=True)
    channel: str
    chat_id: str
    cadre_id: int | None = Field(default=None, sa_column=reference("cadre.id", nullable=True))
    kind: str
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    state: OutboxState = Field(default=OutboxState.PENDING, sa_column=enum_column(OutboxState, "state"))
    not_before: datetime
    expires_at: datetime | None = None
    lease_until: datetime | None = None
    worker: str = ""
    attempts: int = 0
    ambiguous: bool = False
    message_id: str = ""
    last_error: str = ""
    created_at: datetime
    sent_at: datetime | None = None


class DeliveryAttempt(Row, table=True):
    """The proof of a delivery that was not plain: retried, refused, or of unknown outcome."""

    __tablename__ = "delivery_attempt"

    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    outbox_id: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    attempt: int
    at: datetime
    outcome: str
    detail: str = ""


class Gate(Row, table=True):
    """What a channel's senders share: no call before ``hold_until``; bulk sends draw tokens."""

    channel: str = Field(primary_key=True)
    hold_until: datetime | None = None
    tokens: float = 25.0
    refilled_at: datetime


class WebSession(Row, table=True):
    """A browser. The cookie's SHA-256 is kept, never the cookie; ``chat_id`` is its chat."""

    __tablename__ = "web_session"

    token_hash: str = Field(primary_key=True)
    chat_id: str = Field(unique=True)
    created_at: datetime
    last_seen_at: datetime


class WebMessage(Row, table=True):
    """A line of a web chat's page, either way, in the order it was said."""

    __tablename__ = "web_message"

    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    chat_id: str = Field(index=True)
    outgoing: bool
    source_key: str = Field(unique=True)
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    created_at: datetime


class AppState(Row, table=True):
    """Small facts of the running program, by name (the demo's clock, the scheduler's last tick)."""

    __tablename__ = "app_state"

    name: str = Field(primary_key=True)
    value: str = Field(sa_column=text_column())

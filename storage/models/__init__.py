"""The tables. Importing this package registers all of them on ``SQLModel.metadata``."""

from storage.models.entries import Entry, EntryChange, Evidence, StoredFile
from storage.models.messages import (
    AppState,
    Conversation,
    DeliveryAttempt,
    Gate,
    InboxMessage,
    InboxState,
    OutboxMessage,
    OutboxState,
    WebMessage,
    WebSession,
)
from storage.models.people import (
    Absence,
    Account,
    Cadre,
    Consent,
    Invite,
    JoinFailure,
    Position,
    Preference,
    Unit,
    UnitVersion,
)

__all__ = [
    "Absence",
    "Account",
    "AppState",
    "Cadre",
    "Consent",
    "Conversation",
    "DeliveryAttempt",
    "Entry",
    "EntryChange",
    "Evidence",
    "Gate",
    "InboxMessage",
    "InboxState",
    "Invite",
    "JoinFailure",
    "OutboxMessage",
    "OutboxState",
    "Position",
    "Preference",
    "StoredFile",
    "Unit",
    "UnitVersion",
    "WebMessage",
    "WebSession",
]

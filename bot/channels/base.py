"""What the bot asks of a channel: read its updates, send one message, say what it can show."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from handlers.messages import Capabilities, Inbound, Made, Rows


class Outcome(StrEnum):
    """What became of a send that raised."""

    NOT_DELIVERED = "not_delivered"  # certainly never reached the service: may be repeated
    UNKNOWN = "unknown"  # may have taken effect
    PERMANENT = "permanent"  # refused, and will be again
    BLOCKED = "blocked"  # the person does not let the bot write
    RETRY_AFTER = "retry_after"  # refused until ``seconds`` have passed
    MIGRATED = "migrated"  # the chat has a new id
    MISCONFIGURED = "misconfigured"  # token, address, proxy or a second bot: needs the operator


class SendFailed(Exception):
    """A message was not confirmed. ``detail`` is for the operator and free of secrets and personal text."""

    def __init__(self, outcome: Outcome, detail: str, *, seconds: float = 0.0, new_chat_id: str = "") -> None:
        super().__init__(f"{outcome}: {detail}")
        self.outcome = outcome
        self.detail = detail
        self.seconds = seconds
        self.new_chat_id = new_chat_id


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send: a text with buttons, or one picture or file. ``key`` is the outbox key."""

    key: str
    text: str = ""
    choices: Rows = ()
    file: Made | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A stored update as the worker sees it: something said, or a change of the chat itself."""

    inbound: Inbound | None = None
    event: str = ""  # "blocked", "unblocked", "group", or "" with no inbound for what needs no answer


class Channel(Protocol):
    """A messaging service. ``run`` receives until cancelled and survives an unreachable service."""

    @property
    def name(self) -> str:
        """The channel's name in the database."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What it can show."""
        ...

    def parse(self, body: str) -> Parsed:
        """Read a stored update; never raises on what the service might send."""
        ...

    async def send(self, chat_id: str, message: Outgoing) -> str:
        """Send one message and return its id. Raises :class:`SendFailed`."""
        ...

    async def run(self) -> None:
        """Receive updates into the inbox until cancelled."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...

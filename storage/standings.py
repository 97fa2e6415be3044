"""Where each chat stands, read and written as plain rows (several at once where messages come in numbers)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from storage.models import Conversation
from storage.outbox import insert_new, table


@dataclass(slots=True)
class Standing:
    """The form a chat is in, the step that waits, the draft so far; ``version`` counts the questions asked.

    ``offered`` is what typed numbers mean in a chat without buttons: label and key of each choice, in order.
    """

    channel: str
    chat_id: str
    flow: str = ""
    step: str = ""
    draft: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    updated_at: datetime | None = None
    offered: list[list[str]] = field(default_factory=list)


def load_standings(session: Session, lanes: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Standing]:
    """The standing of each (channel, chat id) that has one."""
    wanted = set(lanes)
    columns = table(Conversation).c
    rows = session.execute(
        select(
            columns.channel,
            columns.chat_id,
            columns.flow,
            columns.step,
            columns.draft,
            columns.version,
            columns.updated_at,
            columns.offered,
        ).where(col(Conversation.chat_id).in_({chat_id for _, chat_id in wanted}))
    )
    found = (Standing(*row) for row in rows)
    return {lane: standing for standing in found if (lane := (standing.channel, standing.chat_id)) in wanted}


def load_standing(session: Session, channel: str, chat_id: str, now: datetime) -> Standing:
    """The standing of one chat; a new chat stands nowhere."""
    found = load_standings(session, [(channel, chat_id)])
    return found.get((channel, chat_id)) or Standing(channel, chat_id, updated_at=now)


def save_standings(session: Session, standings: list[Standing]) -> None:
    """Write ``standings`` down."""
    if not standings:
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table(Conversation))
    kept = ("flow", "step", "draft", "version", "updated_at", "offered")
    statement = statement.on_conflict_do_update(
        index_elements=["channel", "chat_id"], set_={name: statement.excluded[name] for name in kept}
    )
    values = [
        {"channel": s.channel, "chat_id": s.chat_id, **{name: getattr(s, name) for name in kept}} for s in standings
    ]
    session.connection().execute(statement, values)


def save_standing(session: Session, standing: Standing) -> None:
    """Write one standing down."""
    save_standings(session, [standing])


def offer(session: Session, channel: str, chat_id: str, offered: list[list[str]], now: datetime) -> bool:
    """Let numbers mean ``offered`` in a chat to which something was sent unasked; False while a form waits there."""
    lane = {"channel": channel, "chat_id": chat_id}
    changed = session.execute(
        update(Conversation)
        .where(col(Conversation.channel) == channel, col(Conversation.chat_id) == chat_id, col(Conversation.flow) == "")
        .values(offered=offered)
        .execution_options(synchronize_session=False)
    )
    if isinstance(changed, CursorResult) and changed.rowcount > 0:
        return True
    new = lane | {"flow": "", "step": "", "draft": {}, "version": 0, "updated_at": now, "offered": offered}
    return insert_new(session, Conversation, [new], "channel", "chat_id") > 0

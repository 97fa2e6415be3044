"""The web page as a channel: what the bot says is stored as a line of the chat, and open pages are told."""

import asyncio
import json
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select

from bot.channels.base import Outcome, Outgoing, Parsed, SendFailed
from bot.web.hub import WebHub
from bot.web.lines import add_line, keep_file, outgoing_body
from bot.web.sessions import file_key
from handlers.messages import Capabilities, Inbound
from storage.clock import Clock
from storage.database import Database
from storage.models import WebMessage

WEB = "web"


def update_body(chat_id: str, update_id: str, *, text: str = "", choice: str = "", photo: str = "") -> str:
    """The inbox body of what a person said on the page; :meth:`WebChannel.parse` reads it."""
    said = {"chat": chat_id, "id": update_id, "text": text, "choice": choice, "photo": photo, "other": ""}
    return json.dumps(said, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class WebChannel:
    """Sends by storing: a message is delivered once its line is committed, and a resend shows once."""

    db: Database
    clock: Clock
    hub: WebHub
    name: str = WEB
    capabilities: Capabilities = field(default_factory=Capabilities)

    def parse(self, body: str) -> Parsed:
        """Read a body made by :func:`update_body`."""
        said = json.loads(body)
        inbound = Inbound(WEB, said["chat"], said["id"], said["text"], said["choice"], said["photo"], said["other"])
        return Parsed(inbound)

    async def send(self, chat_id: str, message: Outgoing) -> str:
        """Store the line and return its number. Raises SendFailed when the database does not take it."""
        try:
            line_id = await self.db.write(lambda session: self._store(session, chat_id, message))
        except SQLAlchemyError as error:
            raise SendFailed(Outcome.NOT_DELIVERED, f"database: {type(error).__name__}") from error
        self.hub.wake(chat_id)
        return str(line_id)

    async def run(self) -> None:
        """Nothing to fetch: the page's server stores what people say by itself."""
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Nothing to let go of."""

    def _store(self, session: Session, chat_id: str, message: Outgoing) -> int:
        stored = session.exec(select(WebMessage.id).where(WebMessage.source_key == message.key)).first()
        if stored is not None:
            return stored
        now = self.clock.now()
        made, file = message.file, None
        if made is not None:
            file = keep_file(session, file_key(chat_id), made, now)
        body = outgoing_body(message.text, message.choices, file)
        return add_line(session, chat_id, message.key, body, now, outgoing=True).id or 0

"""Who is listening to which chat's page, and how they learn that there is something new."""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from sqlalchemy import func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from storage.database import Database
from storage.models import WebMessage

log = logging.getLogger(__name__)


class WebHub:
    """Open event streams by chat. A line stored in this process wakes them at once; one stored by another
    process is found in the database within ``poll_seconds``.
    """

    def __init__(self, db: Database, poll_seconds: float = 1.0) -> None:
        self.closed = False
        self._db = db
        self._poll_seconds = poll_seconds
        self._listeners: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def wake(self, chat_id: str) -> None:
        """Tell the streams of ``chat_id`` to look again."""
        for news in self._listeners.get(chat_id, ()):
            news.set()

    @contextlib.contextmanager
    def listening(self, chat_id: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever ``chat_id`` may have news."""
        news = asyncio.Event()
        self._listeners[chat_id].add(news)
        try:
            yield news
        finally:
            self._listeners[chat_id].discard(news)
            if not self._listeners[chat_id]:
                del self._listeners[chat_id]

    def close(self) -> None:
        """End all streams."""
        self.closed = True
        for chat_id in self._listeners:
            self.wake(chat_id)

    async def poll(self) -> None:
        """Look for lines of other processes, until cancelled. A database that fails is asked again."""
        seen: int | None = None
        while True:
            await asyncio.sleep(self._poll_seconds)
            if not self._listeners:
                seen = None
                continue
            try:
                newest = await self._db.read(partial(_newest, since=seen))
            except SQLAlchemyError as error:
                log.warning("cannot look for new web lines: %s; trying again", type(error).__name__)
                continue
            for chat_id in newest:
                self.wake(chat_id)
            seen = max(newest.values(), default=seen)


def _newest(session: Session, since: int | None) -> dict[str, int]:
    """The newest line of each chat that has one after ``since``; with None, of the chat that spoke last."""
    statement = select(WebMessage.chat_id, func.max(WebMessage.id)).group_by(WebMessage.chat_id)
    if since is None:
        statement = statement.order_by(func.max(WebMessage.id).desc()).limit(1)
    else:
        statement = statement.where(col(WebMessage.id) > since)
    return {chat_id: newest or 0 for chat_id, newest in session.exec(statement)}

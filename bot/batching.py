"""Updates that arrive one by one and at the same time share a commit: each is stored when its call returns."""

import asyncio
from typing import Any

from sqlmodel import Session

from storage import inbox
from storage.database import Database

MOST_AT_ONCE = 200


class Batches:
    """Stores inbox rows; while one batch is being committed, the next gathers."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._waiting: list[tuple[dict[str, Any], asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def store(self, row: dict[str, Any]) -> None:
        """Return once ``row`` is committed. Raises what the database raises."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((row, stored))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await stored

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            rows = [row for row, _ in batch]

            def work(session: Session, rows: list[dict[str, Any]] = rows) -> None:
                inbox.store(session, rows)

            try:
                await self._db.write(work)
            except Exception as error:  # noqa: BLE001 - each waiting call raises it
                for _, stored in batch:
                    if not stored.done():
                        stored.set_exception(error)
            else:
                for _, stored in batch:
                    if not stored.done():
                        stored.set_result(None)

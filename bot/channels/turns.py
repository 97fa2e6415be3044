"""Which process polls a service that hands updates to one at a time; the others stand by and take over.

The turn is a lock of PostgreSQL that lives as long as its connection, so a process that dies gives it up in that
moment. SQLite is for one process that polls, and there it always has its turn.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database

STAND_BY_SECONDS = 2.0
# A machine that is gone without a word is noticed within a minute.
KEEP_ALIVE = "SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"


@dataclass(slots=True)
class PollingTurn:
    """This process's place among those that would poll ``name``."""

    db: Database
    name: str
    _held: Connection | None = None

    async def wait(self) -> None:
        """Stand by until it is this process's turn. Raises what the database raises."""
        while not await self.is_mine():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(STAND_BY_SECONDS)

    async def is_mine(self) -> bool:
        """Whether this process may poll now; False as well when the connection that held the turn is lost."""
        return self.db.is_sqlite or await asyncio.to_thread(self._hold)

    async def end(self) -> None:
        """Let another process poll at once, if it was this one's turn."""
        if self._held is not None:
            await asyncio.to_thread(self._let_go)

    def _hold(self) -> bool:
        if self._held is not None:
            try:
                self._held.execute(text("SELECT 1"))
            except SQLAlchemyError:
                self._let_go()
                return False
            return True
        connection = self.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            asked = connection.execute(text("SELECT pg_try_advisory_lock(hashtext(:name))"), {"name": self.name})
            if asked.scalar_one():
                connection.exec_driver_sql(KEEP_ALIVE)
                self._held = connection
        finally:
            if self._held is None:
                connection.close()
        return self._held is not None

    def _let_go(self) -> None:
        """Close the connection for good, since its lock would go back into the pool with it."""
        connection, self._held = self._held, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.invalidate()
                connection.close()

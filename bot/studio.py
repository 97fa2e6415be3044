"""Where pictures and files are made: data gathered in a reader thread, drawn in worker processes.

Drawing holds the interpreter for tens of milliseconds; in a process of its own it never blocks the
event loop. A process starts with the first picture, more when several wait; a quiet while lets all go.
"""

import asyncio
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from handlers.messages import Attachment, Made
from handlers.turn import House
from handlers.views.makers import MAKERS
from storage.database import Database

QUIET_SECONDS = 300.0
MOST_WORKERS = 4


class Studio:
    """Makes attachments in as many worker processes as there are cores, a few at most, each started when needed."""

    def __init__(self, db: Database, house: House) -> None:
        self._db = db
        self._house = house
        self._pool: ProcessPoolExecutor | None = None
        self._quiet: asyncio.TimerHandle | None = None

    async def make(self, attachment: Attachment) -> Made:
        """The bytes of ``attachment``. Raises LookupError for an unknown maker and whatever drawing raises."""
        maker = MAKERS.get(attachment.maker)
        if maker is None:
            raise LookupError(f"no maker is called {attachment.maker!r}")
        now = self._house.clock.now()
        data = await self._db.read(lambda session: maker.gather(session, self._house, attachment.args, now))
        loop = asyncio.get_running_loop()
        try:
            content = await loop.run_in_executor(self._start(), maker.draw, data)
        except BrokenProcessPool:
            self.close()  # the process was killed; the row is tried again with a new one
            raise
        self._close_when_quiet(loop)
        return Made(attachment.name, content, attachment.alt)

    def close(self) -> None:
        """Let the worker processes go, and what is remembered for reports, which nobody has asked for a while."""
        self._house.remembered.forget()
        if self._quiet is not None:
            self._quiet.cancel()
            self._quiet = None
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _start(self) -> ProcessPoolExecutor:
        if self._pool is None:
            workers = min(MOST_WORKERS, os.cpu_count() or 1)
            self._pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
        return self._pool

    def _close_when_quiet(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._quiet is not None:
            self._quiet.cancel()
        self._quiet = loop.call_later(QUIET_SECONDS, self.close)

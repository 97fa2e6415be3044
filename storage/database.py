"""The unit of work: ``await db.write(fn)`` and ``await db.read(fn)`` run ``fn(session)`` whole, in one transaction.

``fn`` is plain synchronous code in an executor thread, so a cancelled task cannot leave
half a transaction or a held lock behind. On SQLite there is one writer thread (WAL,
``synchronous=FULL``, ``BEGIN IMMEDIATE``) and separate readers; on PostgreSQL a small pool,
and the whole unit is tried again after a serialisation failure or a lost connection.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session

T = TypeVar("T")
Work = Callable[[Session], T]

BUSY_TIMEOUT_MS = 10_000
READERS = 4
POSTGRES_POOL = 8
POSTGRES_TRIES = 5
RETRYABLE_SQLSTATES = frozenset({"40001", "40P01", "57P01", "57P02", "57P03", "08006", "08003", "08001"})
# Classes of SQLSTATE: connection, resources (the disk is full), locks, the operator, the system.
AWAY_CLASSES = frozenset({"08", "40", "53", "55", "57", "58"})
AWAY_ON_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
    }
)
TIMED_OUT = "57014"  # the statement itself took too long
POSTGRES_OPTIONS = "-c statement_timeout=60000 -c lock_timeout=15000 -c idle_in_transaction_session_timeout=60000"


class Database:
    """A database and the threads that speak to it. ``url`` is as in ``DATABASE_URL``."""

    def __init__(self, url: str) -> None:
        self.url = normalised(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._writer = _sqlite_engine(self.url, "IMMEDIATE")
            self._reader = _sqlite_engine(self.url, "DEFERRED")
            self._write_threads = ThreadPoolExecutor(1, thread_name_prefix="db-write")
            self._read_threads = ThreadPoolExecutor(READERS, thread_name_prefix="db-read")
        else:
            self._writer = self._reader = _postgres_engine(self.url)
            self._write_threads = ThreadPoolExecutor(POSTGRES_POOL, thread_name_prefix="db")
            self._read_threads = self._write_threads

    @property
    def engine(self) -> Engine:
        """The engine that writes; for migrations and tests."""
        return self._writer

    @property
    def reading_engine(self) -> Engine:
        """The engine that reads; on PostgreSQL the same."""
        return self._reader

    async def write(self, work: Work[T]) -> T:
        """Run ``work`` in one read-write transaction and commit; raise what it raises after a rollback."""
        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._write_threads, self.write_now, work))

    async def read(self, work: Work[T]) -> T:
        """Run ``work`` in one read-only transaction."""
        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._read_threads, self.read_now, work))

    def write_now(self, work: Work[T]) -> T:
        """As :meth:`write`, in the calling thread: for the command line and for scripts."""
        if self.is_sqlite:
            return _run(self._writer, work)
        return _run_with_retry(self._writer, work)

    def read_now(self, work: Work[T]) -> T:
        """As :meth:`read`, in the calling thread."""
        if self.is_sqlite:
            return _run(self._reader, work)
        return _run_with_retry(self._reader, work)

    def close(self) -> None:
        """Wait for running units and close all connections."""
        self._write_threads.shutdown(wait=True)
        self._read_threads.shutdown(wait=True)
        self._writer.dispose()
        self._reader.dispose()


def normalised(url: str) -> URL:
    """``url`` with psycopg 3 as the PostgreSQL driver; the folder of an SQLite file is made."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).expanduser().parent.mkdir(parents=True, exist_ok=True)
    return parsed


def db_now(session: Session) -> datetime:
    """The one clock that leases and due times are compared with: the database server's, aware UTC.

    SQLite lives on one machine, so there it is the machine's clock.
    """
    if session.get_bind().dialect.name == "postgresql":
        value: datetime = session.connection().execute(text("SELECT clock_timestamp()")).scalar_one()
        return value.astimezone(UTC)
    return datetime.now(UTC)


def is_away(error: BaseException) -> bool:
    """Whether ``error`` says that the database cannot work now (gone, locked, full), whatever it was asked."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, PoolTimeoutError)
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in AWAY_ON_SQLITE
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return isinstance(error, OperationalError)
    return state != TIMED_OUT and state[:2] in AWAY_CLASSES


def _run(engine: Engine, work: Work[T]) -> T:
    with Session(engine, expire_on_commit=False) as session, session.begin():
        return work(session)


def _run_with_retry(engine: Engine, work: Work[T]) -> T:
    for attempt in range(1, POSTGRES_TRIES + 1):
        try:
            return _run(engine, work)
        except DBAPIError as error:
            if attempt == POSTGRES_TRIES or not _is_retryable(error):
                raise
    raise AssertionError("unreachable")


def _is_retryable(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    return getattr(error.orig, "sqlstate", None) in RETRYABLE_SQLSTATES


def _postgres_engine(url: URL) -> Engine:
    return create_engine(
        url,
        pool_size=POSTGRES_POOL,
        max_overflow=4,
        pool_pre_ping=True,
        hide_parameters=True,  # what people write does not belong in logs
        connect_args={"options": POSTGRES_OPTIONS, "connect_timeout": 10},
    )


def _sqlite_engine(url: URL, begin: Literal["IMMEDIATE", "DEFERRED"]) -> Engine:
    arguments = {"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000}
    engine = create_engine(url, connect_args=arguments, hide_parameters=True)

    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions by itself
        pragmas = [
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ]
        if begin == "DEFERRED":
            pragmas.append("query_only=ON")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", configure)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(f"BEGIN {begin}"))
    return engine

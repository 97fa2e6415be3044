"""``doanbot backup FILE`` and ``doanbot restore FILE``: one file with everything, consistent while the bot runs.

The file is an SQLite database whichever database is in use, so a backup can move from one to the other.
After a restore nothing is sent again: what was in a call when the copy was made is marked ``unknown``.
"""

import argparse
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Table, func, insert, select, text, update
from sqlmodel import Session, SQLModel, col

import storage.models  # noqa: F401 - fills the metadata
from bot.settings import Settings
from storage.database import Database
from storage.migrations import current, migrate, newest
from storage.models import OutboxMessage, OutboxState

CHUNK = 1000


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Copy to or from ``args.file``."""
    database = Database(settings.database_url.get_secret_value())
    try:
        return _backup(database, args.file) if args.command == "backup" else _restore(database, args.file)
    finally:
        database.close()


def _backup(database: Database, file: Path) -> int:
    if file.exists():
        return _fail(f"{file} exists already; choose another name, so that no older copy is lost")
    if current(database) != newest():
        return _fail("the database is not at the present schema; run: doanbot migrate")
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    copy = Database(f"sqlite:///{part}")
    try:
        migrate(copy)
        rows = database.read_now(lambda source: copy.write_now(lambda target: _copy(source, target)))
    finally:
        copy.close()
    _fold_log(part)
    _check(part)
    part.rename(file)
    print(f"{rows} rows -> {file}")
    return 0


def _restore(database: Database, file: Path) -> int:
    if not file.is_file():
        return _fail(f"{file} does not exist; give the file that doanbot backup wrote")
    _check(file)
    migrate(database)
    if database.read_now(lambda session: any(_count(session, table) for table in _tables())):
        return _fail(
            "the database is not empty; restore into a new one (set DATABASE_URL), so that nothing is overwritten"
        )
    with TemporaryDirectory() as folder:  # reading a database writes beside it; the backup itself stays as it is
        return _restore_from(database, Path(shutil.copy(file, Path(folder) / "copy.db")), file)


def _restore_from(database: Database, opened: Path, file: Path) -> int:
    copy = Database(f"sqlite:///{opened}")
    try:
        if current(copy) != newest():
            return _fail(
                f"{file} was written by another version of doanbot; restore it with that version, then migrate"
            )
        rows = copy.read_now(lambda source: database.write_now(lambda target: _take(source, target)))
    finally:
        copy.close()
    print(f"{file} -> {rows} rows; nothing that was sent will be sent again")
    return 0


def _take(source: Session, target: Session) -> int:
    rows = _copy(source, target)
    in_flight = [OutboxState.CLAIMED, OutboxState.SENDING]
    target.execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.state).in_(in_flight))
        .values(state=OutboxState.UNKNOWN, ambiguous=True, lease_until=None)
        .execution_options(synchronize_session=False)
    )
    if target.get_bind().dialect.name == "postgresql":
        _move_sequences(target)
    return rows


def _copy(source: Session, target: Session) -> int:
    if source.get_bind().dialect.name == "postgresql":
        source.connection().execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    count = 0
    for table in _tables():
        for rows in _chunks(source, table):
            target.connection().execute(insert(table), rows)
            count += len(rows)
    return count


def _chunks(source: Session, table: Table) -> Iterator[list[dict[str, Any]]]:
    found = source.connection().execution_options(stream_results=True).execute(select(table))
    for rows in found.mappings().partitions(CHUNK):
        yield [dict(row) for row in rows]


def _tables() -> list[Table]:
    return list(SQLModel.metadata.sorted_tables)


def _count(session: Session, table: Table) -> int:
    return int(session.execute(select(func.count()).select_from(table)).scalar_one())


def _move_sequences(target: Session) -> None:
    """Rows came with their numbers; the next number must be a new one."""
    for table in _tables():
        key = table.primary_key.columns.values()[0]
        if len(table.primary_key.columns) == 1 and key.type.python_type is int and not key.foreign_keys:
            highest = select(func.coalesce(func.max(key), 0)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', key.name)
            target.execute(select(func.setval(sequence, highest + 1, False)))


def _fold_log(file: Path) -> None:
    """One file, with no write-ahead log beside it."""
    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()


def _check(file: Path) -> None:
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    try:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        connection.close()
    if found != "ok":
        raise OSError(f"{file} is damaged: {found}; use another copy")


def _fail(sentence: str) -> int:
    print(f"doanbot: {sentence}", file=sys.stderr)
    return 1

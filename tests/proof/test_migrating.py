"""From every revision, with data, killed half-way and run again: the rows are all there, and as they were."""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Enum, MetaData, Table, event, insert, select
from sqlmodel import Session, SQLModel

from storage.database import Database
from storage.migrations import config, current, migrate, newest

OLD = [step.revision for step in ScriptDirectory.from_config(config()).walk_revisions()][:0:-1]
ROWS = 3
SHARES_OF_THE_WAY = (0.4, 1.0)  # in the middle, and just before the commit
NOTES = "alembic_version"
LEFT_EMPTY = {("absence", "unit_id")}  # a cadre's or a unit's, never both
Rows = dict[str, list[dict[str, Any]]]


def a_value(column: Column[Any], number: int) -> object:
    """Something that ``column`` takes, different in each row; a reference leads to the row of the same number."""
    if (column.table.name, column.name) in LEFT_EMPTY:
        return None
    declared = SQLModel.metadata.tables[column.table.name].c.get(column.name)
    if declared is not None and isinstance(declared.type, Enum):
        return declared.type.enums[0]
    made: dict[type, Callable[[], object]] = {
        int: lambda: number,
        float: lambda: number / 2,
        bool: lambda: number % 2 == 0,
        str: lambda: f"chữ {number}",
        bytes: lambda: bytes([number]),
        date: lambda: date(2026, 1, number),
        datetime: lambda: datetime(2026, 1, number, 8, tzinfo=UTC),
        object: lambda: {"số": number},  # JSON
    }
    return made[column.type.python_type]()


def tables_of(database: Database) -> list[Table]:
    """What the database really holds, parents first."""
    found = MetaData()
    found.reflect(database.engine)
    return [table for table in found.sorted_tables if table.name != NOTES]


def fill(session: Session) -> None:
    """Some rows in every table, whatever the schema."""
    found = MetaData()
    found.reflect(session.connection())
    for table in found.sorted_tables:
        if table.name != NOTES:
            rows = [{c.name: a_value(c, number) for c in table.columns} for number in range(1, ROWS + 1)]
            session.connection().execute(insert(table), rows)


def rows_of(database: Database, like: Rows | None = None) -> Rows:
    """Every row; of the tables and columns of ``like`` only, where it is given."""

    def work(session: Session) -> Rows:
        found: Rows = {}
        for table in tables_of(database):
            if like is None or table.name in like:
                wanted = [c for c in table.columns if like is None or c.name in like[table.name][0]]
                order = list(table.primary_key.columns)
                found[table.name] = [dict(r._mapping) for r in session.execute(select(*wanted).order_by(*order))]
        return found

    return database.read_now(work)


def statements_of(url: str, revision: str) -> int:
    """How many statements lead from ``revision`` to the present schema."""
    database, count = Database(url), 0
    migrate(database, revision)

    def note(*_: object) -> None:
        nonlocal count
        count += 1

    event.listen(database.engine, "after_cursor_execute", note)
    migrate(database)
    database.close()
    return count


@pytest.mark.parametrize("revision", OLD)
def test_a_migration_that_is_killed_changes_nothing_and_goes_through_when_run_again(
    revision: str, url: str, other_url: str
) -> None:
    statements = statements_of(other_url, revision)
    database = Database(url)
    migrate(database, revision)
    database.write_now(fill)
    before = rows_of(database)
    for share in SHARES_OF_THE_WAY:
        command = [sys.executable, "-m", "tests.proof.migrator", url, str(round(statements * share))]
        assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
        assert current(database) == revision
        assert rows_of(database) == before
    migrate(database)
    assert current(database) == newest()
    assert rows_of(database, like=before) == before
    database.close()

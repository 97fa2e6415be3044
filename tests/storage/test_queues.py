"""The queues stay fast when they are long: the partial indexes are really used."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event
from sqlmodel import Session

from storage import inbox, outbox
from storage.database import Database

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


# PostgreSQL chooses by statistics, which an empty table has none of.
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("table", "index"),
    [("inbox", "ix_inbox_open"), ("outbox", "ix_outbox_due_reply"), ("outbox", "ix_outbox_due_notice")],
)
def test_the_next_messages_are_found_without_reading_those_already_done(db: Database, table: str, index: str) -> None:
    plan = db.write_now(lambda session: "\n".join(_plans(session, table)))
    assert f"USING INDEX {index}" in plan or f"USING COVERING INDEX {index}" in plan
    assert f"SCAN {table}\n" not in f"{plan}\n", "a scan of the whole table"


def _plans(session: Session, table: str) -> list[str]:
    """What the database would do for each statement of a claim."""
    seen: list[tuple[str, object]] = []
    connection = session.connection()

    def listen(_c: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith("SELECT"):
            seen.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", listen)
    if table == "inbox":
        inbox.heads(session, NOW, ["web"], 10)
    else:
        outbox.claim(session, channel="web", worker="w", now=NOW, limit=10, bulk_limit=10)
    event.remove(connection, "before_cursor_execute", listen)
    return [
        str(row[3])
        for statement, parameters in seen
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()  # type: ignore[arg-type]
    ]

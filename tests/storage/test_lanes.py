"""A chat's earlier messages are looked up for each message, even in a queue that just filled."""

from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from storage import inbox, outbox
from storage.database import Database

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def plans(session: Session) -> list[str]:
    """How PostgreSQL goes about each look for the next messages."""
    connection = session.connection()
    seen: list[tuple[str, Any]] = []

    def listen(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if "FOR UPDATE" in statement:
            seen.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", listen)
    inbox.heads(session, NOW, ["web"], 10)
    outbox.claim(session, channel="web", worker="w", now=NOW, limit=10, bulk_limit=10)
    event.remove(connection, "before_cursor_execute", listen)
    found = []
    with closing(connection.connection.cursor()) as cursor:
        for statement, parameters in seen:
            cursor.execute(f"EXPLAIN {statement}", parameters)
            found.append("\n".join(row[0] for row in cursor.fetchall()))
    return found


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_queue_is_never_joined_with_itself(db: Database) -> None:
    found = db.write_now(plans)
    assert len(found) == 3
    for plan in found:
        assert "SubPlan" in plan, plan
        assert "Join" not in plan, plan

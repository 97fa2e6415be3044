"""Answering times under load, of real processes on PostgreSQL; every run is reconciled to the last row."""

import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from bench.driving import MeasurementError, line_of, process
from bench.load_server import BULK_CHATS
from bench.postgres import empty_database
from storage.database import Database
from storage.models import InboxMessage, InboxState, OutboxMessage
from storage.outbox import REPLY, insert_new, outbox_row


@dataclass(frozen=True, slots=True)
class Load:
    """What people do: a burst at first, then ``rate`` messages a second for ``seconds``; ``flood`` is one person's."""

    burst: int = 1000
    rate: float = 40.0
    seconds: float = 8.0
    flood: float = 0.0
    notices: int = 0
    chats: int = 200
    latency_ms: float = 20.0


def run(load: Load, replicas: list[str]) -> dict[str, Any]:
    """Replicas with these roles under ``load``; what the server measured. Raises MeasurementError."""
    with empty_database() as settings, ExitStack() as stack:
        database = Database(settings["DATABASE_URL"])
        stack.callback(database.close)
        database.write_now(lambda session: _announce(session, load.notices))
        names = ("chats", "burst", "rate", "seconds", "flood")
        options = [word for name in names for word in (f"--{name}", str(getattr(load, name)))]
        serve = [sys.executable, "-m", "bench.load_server", *options, "--latency-ms", str(load.latency_ms)]
        server = stack.enter_context(process(serve, dict(os.environ), stdout=subprocess.PIPE))
        told = {f"telegram_{name}".upper(): value for name, value in line_of(server).items()}
        environment = {**os.environ, **settings, **told}
        for roles in replicas:
            command = [sys.executable, "-m", "bot", "run", "--only", roles]
            bot = stack.enter_context(process(command, environment, stdout=subprocess.DEVNULL))
        result = line_of(server, bot)
        database.read_now(lambda session: _reconcile(session, result["answered"]))
        return result


def _announce(session: Session, count: int) -> None:
    now = datetime.now(UTC)
    for first in range(0, count, 1000):
        rows = [
            outbox_row(f"n:{n}", "telegram", str(BULK_CHATS + n), "digest", {"text": f"Bản tin {n}"}, now)
            for n in range(first, min(first + 1000, count))
        ]
        insert_new(session, OutboxMessage, rows, "dedupe_key")


def _reconcile(session: Session, answered: int) -> None:
    """Every update took effect, every answer is one row. Raises MeasurementError."""
    opened = session.exec(select(func.count()).where(col(InboxMessage.state) != InboxState.DONE)).one()
    updates = session.exec(select(func.count()).select_from(InboxMessage)).one()
    replies = session.exec(select(func.count()).where(col(OutboxMessage.kind) == REPLY)).one()
    flagged = session.exec(select(func.count()).where(col(OutboxMessage.ambiguous))).one()
    if opened or not updates == replies == answered or flagged:
        raise MeasurementError(f"{updates} updates, {opened} open, {replies} replies, {answered} received, {flagged=}")

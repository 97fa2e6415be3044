"""The bot as a process of its own that a test may kill: real roles, quick leases, a conversation that costs little.

    python -m tests.proof.process ROLES [--clock-off SECONDS] [--database-pages N]

Database and Telegram are in the environment, as for ``doanbot run``.
"""

import argparse
import asyncio
from datetime import datetime, timedelta

from sqlalchemy import event
from sqlmodel import Session

from bot import delivery, worker
from bot.app import App, make_house
from bot.logs import set_up_logs
from bot.settings import Settings
from handlers.messages import Reply
from handlers.turn import Turn
from storage import outbox
from storage.clock import Clock
from storage.database import Database, db_now
from storage.entries import NewEntry, add_entry
from storage.standings import Standing
from storage.terms import EntryKind

LEASE_SECONDS = 3.0
QUICK = timedelta(seconds=0.2)


class SkewedClock(Clock):
    """A machine whose own clock is off by ``offset``; the database's is not."""

    def shared_now(self, session: Session) -> datetime:
        """The database's instant."""
        return db_now(session)


def note_down(turn: Turn, standing: Standing) -> list[Reply]:
    """Every line becomes an entry, numbered by how many the chat has seen, and is answered in two messages."""
    standing.version += 1
    title = f"{standing.version}. {turn.inbound.text}"
    add_entry(turn.session, turn.cadre.cadre_id, NewEntry(EntryKind.VOLUNTEER_HOURS, turn.today, title=title), turn.now)
    return [Reply(f"{title} (1)"), Reply(f"{title} (2)")]


def hurry() -> None:
    """Leases and waits of seconds instead of minutes, so that a test sees them through."""
    outbox.LEASE = timedelta(seconds=LEASE_SECONDS)
    outbox.RETRY_AFTER = (QUICK, 2 * QUICK, 4 * QUICK, 8 * QUICK)
    outbox.UNSURE_RETRY_AFTER = timedelta(seconds=2)
    delivery.RESCUE_SECONDS = 1.0


def main() -> None:
    """Run the roles until SIGTERM."""
    parser = argparse.ArgumentParser()
    parser.add_argument("roles")
    parser.add_argument("--clock-off", type=float, default=0.0)
    parser.add_argument("--database-pages", type=int, default=0)
    options = parser.parse_args()
    hurry()
    setattr(worker, "handle", note_down)  # noqa: B010 - the name is imported there, not exported
    settings = Settings(_env_file=None)
    set_up_logs(settings.log_level)
    database = Database(settings.database_url.get_secret_value())
    if options.database_pages:
        limit = f"PRAGMA max_page_count={options.database_pages}"
        event.listen(database.engine, "connect", lambda connection, _: connection.execute(limit))
    clock = SkewedClock(offset=timedelta(seconds=options.clock_off)) if options.clock_off else Clock()
    asyncio.run(_run(settings, database, clock, options.roles.split(",")))


async def _run(settings: Settings, database: Database, clock: Clock, roles: list[str]) -> None:
    await App(settings, database, make_house(settings, clock)).run(roles)


if __name__ == "__main__":
    main()

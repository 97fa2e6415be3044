"""``doanbot tick``: what the scheduler does at one instant, once. Only the outbox is written; delivery sends."""

import argparse
from datetime import datetime

from bot.app import make_house
from bot.settings import Settings
from scheduler.enqueue import tick
from storage.clock import Clock
from storage.database import Database


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Tick at ``--at`` (local time unless it has an offset), or now."""
    house = make_house(settings)
    at = house.clock.now() if args.at is None else with_zone(args.at, house.clock)
    database = Database(settings.database_url.get_secret_value())
    try:
        result = database.write_now(lambda session: tick(session, house, at))
    finally:
        database.close()
    local = at.astimezone(house.clock.zone).isoformat(timespec="minutes")
    print(f"{local}: {result.queued} queued, {result.expired} too late")
    return 0


def with_zone(instant: datetime, clock: Clock) -> datetime:
    """``instant`` as it was typed; without an offset it is local time."""
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=clock.zone)

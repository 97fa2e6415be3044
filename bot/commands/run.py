"""``doanbot run``: every configured channel, the worker, delivery, the scheduler and the web server."""

import argparse
import asyncio
import logging
import sys

from bot.app import App, make_house
from bot.cli import ROLES
from bot.logs import set_up_logs
from bot.settings import Settings
from handlers.turn import House
from storage.database import Database
from storage.migrations import current, newest
from storage.models import AppState

log = logging.getLogger(__name__)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Run the chosen parts until SIGTERM or SIGINT; 1 when the database is not at this program's schema."""
    set_up_logs(settings.log_level)
    roles = [role for role in (args.only or ROLES) if role not in args.without]
    database = Database(settings.database_url.get_secret_value())
    if current(database) != newest():
        print("doanbot: the database is not at the present schema; run: doanbot migrate", file=sys.stderr)
        database.close()
        return 1
    house = make_house(settings)
    known = database.read_now(lambda session: session.get(AppState, "telegram.username"))
    house.telegram_username = known.value if known else ""
    log.info("running %s", ", ".join(roles))
    asyncio.run(_run(settings, database, house, roles))
    return 0


async def _run(settings: Settings, database: Database, house: House, roles: list[str]) -> None:
    await App(settings, database, house).run(roles)

"""``doanbot migrate``: bring the database to the present schema."""

import argparse

from bot.settings import Settings
from storage.database import Database
from storage.migrations import current, migrate, newest


def run(_args: argparse.Namespace, settings: Settings) -> int:
    """Migrate and say from where to where."""
    database = Database(settings.database_url.get_secret_value())
    try:
        before = current(database)
        migrate(database)
    finally:
        database.close()
    print(f"schema {before or 'none'} -> {newest()}")
    return 0

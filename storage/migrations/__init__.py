"""The schema's history. ``migrate(database)`` brings a database to the present schema; safe to run again."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database

LOCK = 4_073_916  # any constant: one migrator at a time on PostgreSQL


def config() -> Config:
    """Alembic's configuration, without a file."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.set_main_option("path_separator", "os")
    return made


def migrate(database: Database, revision: str = "head") -> None:
    """Bring ``database`` to ``revision`` in one transaction. Raises and changes nothing when a step fails."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            # Batch mode copies tables: with enforcement on, dropping the old parent would delete its children.
            # The pragma is silently ignored inside a transaction, so it must come before BEGIN.
            driver = connection.connection.driver_connection
            if driver is None:
                raise RuntimeError("no SQLite connection")
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _upgrade(connection, revision)
        finally:
            if database.is_sqlite:
                driver = connection.connection.driver_connection
                if driver is not None:
                    driver.execute("PRAGMA foreign_keys=ON")


def current(database: Database) -> str | None:
    """The revision that ``database`` is at; None before the first migration."""
    return database.read_now(lambda session: MigrationContext.configure(session.connection()).get_current_revision())


def newest() -> str:
    """The revision that this program needs."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, revision)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"migration would leave {len(broken)} rows pointing nowhere; nothing was changed")

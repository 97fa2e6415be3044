"""A migrated database has exactly the tables that the program uses, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

import storage.models  # noqa: F401 - fills the metadata
from storage.database import Database
from storage.migrations import current, migrate, newest
from tests import cast


def test_an_empty_database_is_brought_to_the_present_schema(url: str) -> None:
    database = Database(url)
    migrate(database)
    assert current(database) == newest()
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    database.close()


def test_migrating_twice_changes_nothing_and_keeps_the_rows(url: str) -> None:
    database = Database(url)
    migrate(database)
    database.write_now(cast.fill)
    migrate(database)
    assert database.read_now(lambda session: cast.cadre_id(session, "AN")) > 0
    database.close()

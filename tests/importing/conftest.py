"""Databases that already have the sample roster."""

from collections.abc import Iterator

import pytest
from sqlmodel import SQLModel

from storage.database import Database
from tests.importing.workbooks import take_roster


@pytest.fixture
def rostered(db: Database) -> Database:
    """A database of each kind with the sample roster."""
    take_roster(db)
    return db


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One SQLite database with the sample roster, for tests that leave the roster as it is."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('office') / 'office.db'}")
    SQLModel.metadata.create_all(database.engine)
    take_roster(database)
    yield database
    database.close()

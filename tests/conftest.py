"""Fixtures: a real SQLite file or a real PostgreSQL, both with the product's own schema, and a frozen clock."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from handlers.turn import House
from storage.clock import Clock
from storage.database import Database
from tests import cast
from tests.frozen import FrozenClock
from tests.postgres import Postgres
from tests.world import World

FRIDAY = "2026-11-20T10:00:00+07:00"
BACKENDS = ("sqlite", "postgresql")
PLAYED = (("sqlite", "web"), ("postgresql", "telegram"), ("sqlite", "zalo"))
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of this test process's own, started at the first test that needs it."""
    with tempfile.TemporaryDirectory(prefix="doanbot-pg-") as folder:
        server = Postgres(Path(folder))
        yield server
        server.stop()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what uses a database on each backend; dialogues over each channel too, unless a test names its backend."""
    named = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "backend" not in metafunc.fixturenames or "backend" in named:
        return
    if "channel" in metafunc.fixturenames:
        metafunc.parametrize(("backend", "channel"), PLAYED, ids=["-".join(pair) for pair in PLAYED], indirect=True)
    else:
        metafunc.parametrize("backend", BACKENDS, indirect=True)


@pytest.fixture
def backend(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on."""
    return str(request.param)


@pytest.fixture
def url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    return _new_url(backend, request, tmp_path)


@pytest.fixture
def other_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of another empty database of the same kind."""
    return _new_url(backend, request, tmp_path)


def _new_url(backend: str, request: pytest.FixtureRequest, folder: Path) -> str:
    number = next(_numbers)
    if backend == "sqlite":
        return f"sqlite:///{folder / f'test-{number}.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database(f"t{os.getpid()}_{number}")


@pytest.fixture(scope="session")
def sqlite_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the schema, to be copied: quicker than making the tables for every test."""
    file = tmp_path_factory.mktemp("schema") / "schema.db"
    _make_tables(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_schema(postgres: Postgres) -> str:
    """The name of a PostgreSQL database with the schema, to be copied."""
    _make_tables(postgres.new_database("schema"))
    return "schema"


def _make_tables(url: str) -> None:
    database = Database(url)
    SQLModel.metadata.create_all(database.engine)
    database.close()


@pytest.fixture
def db(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with the schema and nothing in it."""
    if backend == "sqlite":
        file = shutil.copy(request.getfixturevalue("sqlite_schema"), tmp_path / "test.db")
        database = Database(f"sqlite:///{file}")
    else:
        server: Postgres = request.getfixturevalue("postgres")
        schema: str = request.getfixturevalue("postgres_schema")
        database = Database(server.new_database(f"t{os.getpid()}_{next(_numbers)}", schema))
    yield database
    database.close()


@pytest.fixture
def city(db: Database) -> Database:
    """A database with the small cast of ``tests/cast.py``."""
    db.write_now(cast.fill)
    return db


@pytest.fixture
def clock() -> FrozenClock:
    """A clock that stands at Friday 2026-11-20, 10:00 in Cần Thơ, until it is moved."""
    return FrozenClock(datetime.fromisoformat(FRIDAY))


@pytest.fixture
def house(clock: Clock) -> House:
    """The plan of Cần Thơ and its calendar under the frozen clock."""
    from storage.calendar import default_calendar
    from storage.plans import load_plan

    return House(
        plan=load_plan("can-tho-2023"),
        calendar=default_calendar(),
        clock=clock,
        public_url="https://bot.example",
        telegram_username="canbodoan_bot",
    )


@pytest.fixture
def world(city: Database, house: House, clock: FrozenClock) -> World:
    """The small cast in a town where time passes."""
    return World(city, house, clock)

"""A client of the page's server, over real HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlmodel import SQLModel

from handlers.turn import House
from storage.clock import Clock
from storage.database import Database
from tests.web.site import SITE_HEADERS, Site

Visit = Callable[[Site], Awaitable[TestClient]]  # type: ignore[type-arg]  # its parameters are not public


@pytest.fixture
def house(clock: Clock) -> House:
    """The page asks the house for its clock and address only."""
    return House(plan=None, calendar=None, clock=clock, public_url="https://bot.example")  # type: ignore[arg-type]  # no rules are evaluated here


@pytest.fixture
async def visit() -> AsyncIterator[Visit]:
    """Open a site in a browser of its own (a cookie jar of its own)."""
    clients = []

    async def open_site(site: Site) -> TestClient:  # type: ignore[type-arg]
        client = TestClient(TestServer(site.app), headers=SITE_HEADERS)
        clients.append(client)
        await client.start_server()
        return client

    yield open_site
    for client in clients:
        await client.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """An SQLite database with the schema, for tests whose subject is not the database."""
    database = Database(f"sqlite:///{tmp_path / 'web.db'}")
    SQLModel.metadata.create_all(database.engine)
    yield database
    database.close()

"""The calendar that phones subscribe to: by a secret address, until it is changed."""

import pytest
from sqlmodel import Session, select

from handlers.turn import House
from storage.calendar import default_calendar
from storage.calendar_links import new_token, remove_link
from storage.database import Database
from storage.models import CalendarLink
from storage.plans import load_plan
from tests import cast
from tests.web.conftest import Visit
from tests.web.site import Site


@pytest.fixture
def db(sqlite: Database) -> Database:
    """HTTP is the subject here, not the database."""
    sqlite.write_now(cast.fill)
    return sqlite


@pytest.fixture
def ruled(house: House) -> House:
    """The house with its plan and calendar."""
    house.plan, house.calendar = load_plan("can-tho-2023"), default_calendar()
    return house


def token(db: Database, house: House, code: str) -> str:
    """A new secret for ``code``."""

    def work(session: Session) -> str:
        return new_token(session, cast.cadre_id(session, code), house.clock.now())

    return db.write_now(work)


async def test_the_address_gives_the_calendar_of_its_owner(db: Database, ruled: House, visit: Visit) -> None:
    client = await visit(Site(db, ruled))
    answer = await client.get(f"/lich/{token(db, ruled, 'DUNG')}.ics")
    assert (answer.status, answer.content_type, answer.charset) == (200, "text/calendar", "utf-8")
    assert answer.headers["Cache-Control"].startswith("private")
    assert not answer.cookies
    text = await answer.text()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert "Đoàn UBND" in text.replace("\r\n ", "")


async def test_an_address_out_of_use_gives_nothing(db: Database, ruled: House, visit: Visit) -> None:
    client = await visit(Site(db, ruled))
    old = token(db, ruled, "AN")
    new = token(db, ruled, "AN")
    assert (await client.get(f"/lich/{old}.ics")).status == 404
    assert (await client.get(f"/lich/{new}.ics")).status == 200
    db.write_now(lambda session: remove_link(session, cast.cadre_id(session, "AN")))
    assert (await client.get(f"/lich/{new}.ics")).status == 404


@pytest.mark.parametrize("guess", ["x", "1", "x" * 500, "%00", "..%2f..%2fetc"])
async def test_a_guess_opens_nothing(db: Database, ruled: House, visit: Visit, guess: str) -> None:
    client = await visit(Site(db, ruled))
    assert (await client.get(f"/lich/{guess}.ics")).status == 404


def test_only_the_hash_of_the_secret_is_kept(db: Database, ruled: House) -> None:
    secret = token(db, ruled, "AN")
    stored = db.read_now(lambda session: session.exec(select(CalendarLink.token_hash)).one())
    assert secret not in stored
    assert len(stored) == 64

"""Any number of processes may be told to poll; one does, and another takes over when it ends or is gone."""

import asyncio

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.channels import turns
from bot.channels.turns import PollingTurn
from handlers.turn import House
from storage.database import Database
from tests.channels.test_telegram_path import running
from tests.standins.telegram import TelegramStandIn

on_postgresql = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
CUT = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = ANY(:here)"
HERE = "SELECT oid FROM pg_database WHERE datname = current_database()"


@on_postgresql
async def test_one_process_at_a_time_and_the_next_when_it_ends(db: Database) -> None:
    first, second = PollingTurn(db, "telegram"), PollingTurn(db, "telegram")
    assert [await first.is_mine(), await second.is_mine(), await first.is_mine()] == [True, False, True]
    await second.end()
    assert not await second.is_mine()
    await first.end()
    assert await second.is_mine()
    assert not await first.is_mine()
    await second.end()


@on_postgresql
async def test_a_process_whose_connection_is_gone_is_followed_at_once_and_knows_it(db: Database) -> None:
    gone, next_one = PollingTurn(db, "telegram"), PollingTurn(db, "telegram")
    await gone.is_mine()
    await asyncio.to_thread(_cut, db)
    await next_one.wait()
    assert not await gone.is_mine()
    await next_one.end()


def _cut(db: Database) -> None:
    def work(session: Session) -> None:
        here = session.connection().execute(text(HERE)).scalar_one()
        session.connection().execute(text(CUT), {"here": [here]})

    db.write_now(work)


@on_postgresql
async def test_of_two_bots_that_poll_one_fetches_and_the_other_stands_by(
    db: Database, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "STAND_BY_SECONDS", 0.05)
    async with TelegramStandIn() as telegram:
        async with running(db, house, telegram), running(db, house, telegram):
            telegram.push_text(41, "một")
            async with asyncio.timeout(10):
                while not telegram.sent:  # noqa: ASYNC110 - the stand-in has no event for it
                    await asyncio.sleep(0.02)
        assert [call.method for call in telegram.calls].count("deleteWebhook") == 1

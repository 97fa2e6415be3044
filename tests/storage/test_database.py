"""The unit of work keeps what it commits and forgets what fails, on both databases."""

import asyncio

import pytest
from sqlmodel import Session, select

from storage.database import Database
from storage.models import AppState

# PostgreSQL runs units side by side and has no separate reader; the queues lock their rows there themselves.
on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def add(session: Session) -> int:
    """Read, add one, write: what loses updates when transactions do not begin where they should."""
    row = session.get(AppState, "counter")
    value = int(row.value) + 1 if row else 1
    session.merge(AppState(name="counter", value=str(value)))
    return value


async def test_a_unit_that_fails_leaves_nothing(db: Database) -> None:
    def fail(session: Session) -> None:
        add(session)
        session.flush()
        raise ValueError("half-way")

    with pytest.raises(ValueError, match="half-way"):
        await db.write(fail)
    assert await db.read(lambda s: s.exec(select(AppState)).all()) == []


@on_sqlite
async def test_concurrent_units_lose_no_update_on_sqlite(db: Database) -> None:
    await asyncio.gather(*(db.write(add) for _ in range(100)))
    row = await db.read(lambda s: s.get(AppState, "counter"))
    assert row is not None
    assert row.value == "100"


async def test_a_cancelled_caller_does_not_stop_the_next_write(db: Database) -> None:
    tasks = [asyncio.create_task(db.write(add)) for _ in range(20)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert await db.write(add) >= 1


@on_sqlite
async def test_a_reader_cannot_write_on_sqlite(db: Database) -> None:
    with pytest.raises(Exception, match="readonly"):
        await db.read(add)

"""The program looks for what may go once an hour, again at once while it finds something, in one replica at a time."""

from datetime import timedelta

import pytest
from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, select

from storage import outdated
from storage.app_state import remember
from storage.database import Database
from storage.models import JoinFailure
from storage.retention import SWEEP_EVERY, SWEPT, sweep
from tests.world import local

NOW, MINUTE = local("2026-11-20 10:00"), timedelta(minutes=1)
LONG_AGO = NOW - timedelta(days=900)


def count(session: Session, model: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(model)).one()


def test_many_go_in_small_parts_and_the_next_look_goes_on(db: Database) -> None:
    def work(session: Session) -> list[int]:
        session.add_all(JoinFailure(channel="web", chat_id="x", at=LONG_AGO) for _ in range(outdated.AT_ONCE + 3))
        session.flush()
        return [sum(sweep(session, NOW, NOW.date(), None).values()) for _ in range(3)]

    assert db.write_now(work) == [outdated.AT_ONCE, 3, 0]


@pytest.mark.parametrize(("later", "looked"), [(SWEEP_EVERY - MINUTE, 0), (SWEEP_EVERY, 1), (-SWEEP_EVERY, 1)])
def test_where_nothing_was_found_it_is_looked_again_in_an_hour(db: Database, later: timedelta, looked: int) -> None:
    """Also when the clock was set back."""

    def work(session: Session) -> None:
        assert sweep(session, NOW, NOW.date(), None) == {}
        session.add(JoinFailure(channel="web", chat_id="x", at=LONG_AGO))
        session.flush()
        assert sum(sweep(session, NOW + later, NOW.date(), None).values()) == looked
        assert count(session, JoinFailure) == 1 - looked

    db.write_now(work)


def test_of_two_replicas_that_look_at_once_one_sweeps(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(session: Session) -> dict[str, int]:
        session.add(JoinFailure(channel="web", chat_id="x", at=LONG_AGO))
        remember(session, SWEPT, (NOW - timedelta(days=1)).isoformat())
        monkeypatch.setattr("storage.retention.recall", lambda *_: (NOW - timedelta(days=2)).isoformat())
        return sweep(session, NOW, NOW.date(), None)

    assert db.write_now(work) == {}
    assert db.read_now(lambda session: session.exec(select(col(JoinFailure.chat_id))).all()) == ["x"]

"""Promises of delivery and worker that a crash alone does not try: late answers, long outages, a database away."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from bot.channels.base import Outcome, SendFailed
from bot.delivery import Delivery, Finished
from bot.studio import Studio
from bot.wake import Bell
from bot.worker import Worker
from handlers.messages import Reply
from handlers.notices import NotNow
from handlers.turn import House
from storage.database import Database, is_away
from storage.models import DeliveryAttempt, InboxMessage, InboxState, OutboxMessage, OutboxState
from storage.outbox import LEASE, REPLY, Claimed, enqueue
from tests.bot.test_delivery import Service, put, row
from tests.bot.test_worker import PlainChannel
from tests.bot.test_worker import put as take_in
from tests.frozen import FrozenClock

AWAY = OperationalError("SELECT 1", {}, ConnectionError("gone"), connection_invalidated=True)


@pytest.fixture
def service() -> Service:
    """A service without faults."""
    return Service()


def sender(db: Database, house: House, service: Service, name: str = "one") -> Delivery:
    """A sender of the service."""
    return Delivery(db, house, service, Studio(db, house), Bell(), name=name)


def held_by(db: Database, delivery: Delivery) -> list[Claimed]:
    """What ``delivery`` claims now, without sending it."""
    return db.write_now(lambda session: delivery._record_and_claim(session, [], 10))


async def test_a_notice_that_waits_for_the_morning_does_not_hold_up_replies(
    city: Database, house: House, clock: FrozenClock, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_night(*_: object) -> None:
        raise NotNow(clock.now() + timedelta(hours=9))

    monkeypatch.setattr("bot.delivery.compose", at_night)
    delivery = sender(city, house, service)
    put(city, house, "digest", kind="digest", body={"cadre": 1})
    await delivery.drain()
    put(city, house, "reply", "ngay")
    await delivery.drain()
    assert [text for _, text in service.sent] == ["ngay"]
    assert row(city, "digest").state is OutboxState.PENDING


async def test_a_reply_outlives_hours_of_a_service_that_answers_nothing_certain(
    city: Database, house: House, clock: FrozenClock, service: Service
) -> None:
    service.failures = [SendFailed(Outcome.UNKNOWN, "502")] * 12
    delivery = sender(city, house, service)
    put(city, house, "k")
    for _ in range(13):
        await delivery.drain()
        clock.move(minutes=16)
    assert service.sent == [("7", "xin chào")]
    assert (row(city, "k").state, row(city, "k").ambiguous) == (OutboxState.SENT, True)


async def test_an_answer_that_comes_after_its_lease_undoes_nothing(
    city: Database, house: House, clock: FrozenClock, service: Service
) -> None:
    slow, quick = sender(city, house, service, "slow"), sender(city, house, service, "quick")
    put(city, house, "k")
    [stalled] = held_by(city, slow)
    clock.move(seconds=LEASE.total_seconds() + 1)
    await city.write(quick._rescue)
    await quick.drain()
    assert row(city, "k").state is OutboxState.SENT
    late = Finished(stalled, failure=SendFailed(Outcome.NOT_DELIVERED, "no connection"))
    city.write_now(lambda session: slow._record_and_claim(session, [late], 0))
    await quick.drain()
    assert len(service.sent) == 1
    assert (row(city, "k").state, row(city, "k").ambiguous) == (OutboxState.SENT, True)


async def test_an_outcome_that_is_written_down_again_counts_once(
    city: Database, house: House, service: Service
) -> None:
    delivery = sender(city, house, service)
    put(city, house, "k")
    [claimed] = held_by(city, delivery)
    failed = Finished(claimed, failure=SendFailed(Outcome.UNKNOWN, "time-out"))
    for _ in range(2):
        city.write_now(lambda session: delivery._record_and_claim(session, [failed], 0))
    attempts = city.read_now(lambda s: s.exec(select(OutboxMessage)).one().attempts)
    assert attempts == 1
    assert len(city.read_now(lambda s: s.exec(select(DeliveryAttempt)).all())) == 1


async def test_a_reminder_is_not_dropped_because_the_database_was_away_while_it_was_written(
    city: Database, house: House, clock: FrozenClock, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.compose", lambda *_: Reply("đã đến giờ"))
    delivery = sender(city, house, service)
    put(city, house, "k", kind="reminder", body={"cadre": 1})
    marked = delivery._mark_sending

    def away(*_: object) -> bool:
        raise AWAY

    monkeypatch.setattr(Delivery, "_mark_sending", away)
    await delivery.drain()
    assert (row(city, "k").state, row(city, "k").ambiguous) == (OutboxState.PENDING, False)
    monkeypatch.setattr(Delivery, "_mark_sending", lambda _, *given: marked(*given))
    clock.move(minutes=1)
    await delivery.drain()
    assert [text for _, text in service.sent] == ["đã đến giờ"]


async def test_whoever_stops_a_sender_in_the_middle_of_a_claim_still_has_it_sent(
    city: Database, house: House, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = sender(city, house, service)
    put(city, house, "k")
    claiming, write = asyncio.Event(), city.write

    async def slow_write(work: Any) -> Any:
        result = await write(work)
        claiming.set()
        await asyncio.sleep(0)
        return result

    monkeypatch.setattr(city, "write", slow_write)
    running = asyncio.create_task(delivery.run())
    await claiming.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert service.sent == [("7", "xin chào")]
    assert row(city, "k").state is OutboxState.SENT


async def test_a_database_that_is_away_is_no_message_s_fault(
    city: Database, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker(city, house, {"plain": PlainChannel()}, Bell(), lambda: None)
    take_in(city, house, [("1", "a", "/menu")])

    def away(*_: object) -> None:
        raise AWAY

    with monkeypatch.context() as during:
        during.setattr("bot.worker.handle", away)
        for _ in range(9):
            with pytest.raises(OperationalError):
                await worker.step()
    await worker.step()
    message = city.read_now(lambda s: s.exec(select(InboxMessage)).one())
    assert (message.state, message.attempts) == (InboxState.DONE, 0)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_full_disk_is_known_as_the_database_being_away(city: Database, clock: FrozenClock) -> None:
    def fill(session: Session) -> None:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages}")
        for number in range(1000):
            enqueue(
                session,
                key=f"{number}",
                channel="web",
                chat_id="1",
                kind=REPLY,
                body={"text": "x" * 900},
                now=clock.now(),
            )

    with pytest.raises(OperationalError) as full:
        city.write_now(fill)
    assert is_away(full.value)
    assert city.read_now(lambda s: s.exec(select(OutboxMessage)).all()) == []

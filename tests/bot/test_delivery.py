"""Delivery: what becomes of a message for each answer that a service can give."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.channels.base import Outcome, Outgoing, Parsed, SendFailed
from bot.delivery import Delivery
from bot.studio import Studio
from bot.wake import Bell
from handlers.messages import Capabilities
from handlers.turn import House
from storage.database import Database
from storage.models import Account, DeliveryAttempt, OutboxMessage, OutboxState
from storage.outbox import LEASE, REPLY, enqueue
from tests import cast
from tests.frozen import FrozenClock


@dataclass
class Service:
    """A service that answers as it is told: a failure for each of the next sends, then success."""

    failures: list[SendFailed] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    name: str = "service"
    capabilities: Capabilities = field(default_factory=Capabilities)

    async def send(self, chat_id: str, message: Outgoing) -> str:
        """Fail as told, or take the message."""
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((chat_id, message.text))
        return str(len(self.sent))

    def parse(self, body: str) -> Parsed:
        """Not used here."""
        raise NotImplementedError(body)

    async def run(self) -> None:
        """Not used here."""

    async def close(self) -> None:
        """Not used here."""


@pytest.fixture
def service() -> Service:
    """A service without faults."""
    return Service()


@pytest.fixture
async def delivery(city: Database, house: House, service: Service) -> AsyncIterator[Delivery]:
    """The sender of the service."""
    studio = Studio(city, house)
    yield Delivery(city, house, service, studio, Bell())
    studio.close()


def put(db: Database, house: House, key: str, text: str = "xin chào", **options: Any) -> None:
    """One message into the outbox, for chat "7" unless told."""
    values = {"channel": "service", "chat_id": "7", "kind": REPLY, "body": {"text": text}} | options
    db.write_now(lambda session: enqueue(session, key=key, now=house.clock.now(), **values))


def row(db: Database, key: str) -> OutboxMessage:
    """The outbox row called ``key``."""
    return db.read_now(lambda s: s.exec(select(OutboxMessage).where(OutboxMessage.dedupe_key == key)).one())


async def test_a_message_is_sent_once_and_its_id_is_kept(
    delivery: Delivery, service: Service, city: Database, house: House
) -> None:
    put(city, house, "k")
    put(city, house, "k", "again")
    await delivery.drain()
    await delivery.drain()
    assert service.sent == [("7", "xin chào")]
    assert (row(city, "k").state, row(city, "k").message_id) == (OutboxState.SENT, "1")


async def test_messages_of_a_chat_go_out_in_order_even_when_the_first_must_wait(
    delivery: Delivery, service: Service, city: Database, house: House, clock: FrozenClock
) -> None:
    service.failures = [SendFailed(Outcome.NOT_DELIVERED, "no connection")]
    for number in range(3):
        put(city, house, f"k{number}", f"{number}")
    await delivery.drain()
    clock.move(seconds=5)
    await delivery.drain()
    assert [text for _, text in service.sent] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("outcome", "kind", "state", "ambiguous"),
    [
        (Outcome.NOT_DELIVERED, REPLY, OutboxState.PENDING, False),
        (Outcome.RETRY_AFTER, REPLY, OutboxState.PENDING, False),
        (Outcome.MISCONFIGURED, REPLY, OutboxState.PENDING, False),
        (Outcome.UNKNOWN, REPLY, OutboxState.PENDING, True),
        (Outcome.UNKNOWN, "digest", OutboxState.PENDING, True),
        (Outcome.UNKNOWN, "reminder", OutboxState.UNKNOWN, True),
        (Outcome.PERMANENT, REPLY, OutboxState.DEAD, False),
        (Outcome.BLOCKED, REPLY, OutboxState.DEAD, False),
    ],
)
async def test_a_failure_is_followed_by_what_is_certain_about_it(
    delivery: Delivery,
    service: Service,
    city: Database,
    house: House,
    outcome: Outcome,
    kind: str,
    state: OutboxState,
    ambiguous: bool,
) -> None:
    service.failures = [SendFailed(outcome, "as told", seconds=9)]
    put(city, house, "k", kind=kind)
    await delivery.drain()
    assert (row(city, "k").state, row(city, "k").ambiguous) == (state, ambiguous)
    attempts = city.read_now(lambda s: s.exec(select(DeliveryAttempt)).all())
    assert [attempt.outcome for attempt in attempts] == [outcome]


async def test_a_notice_held_for_later_lets_replies_pass(
    delivery: Delivery, service: Service, city: Database, house: House
) -> None:
    put(city, house, "held", "sáng mai", kind="reminder", not_before=house.clock.now() + timedelta(hours=9))
    put(city, house, "reply", "ngay")
    await delivery.drain()
    assert [text for _, text in service.sent] == ["ngay"]


async def test_too_many_requests_holds_the_whole_channel_until_the_time_is_over(
    delivery: Delivery, service: Service, city: Database, house: House, clock: FrozenClock
) -> None:
    service.failures = [SendFailed(Outcome.RETRY_AFTER, "slow down", seconds=9)]
    put(city, house, "k")
    await delivery.drain()
    put(city, house, "other", chat_id="8")
    clock.move(seconds=8)
    await delivery.drain()
    assert service.sent == []
    clock.move(seconds=2)
    await delivery.drain()
    assert len(service.sent) == 2


async def test_who_blocks_the_bot_gets_nothing_more_until_writing_again(
    delivery: Delivery, service: Service, city: Database, house: House
) -> None:
    def link(session: Any) -> None:
        now = house.clock.now()
        session.add(
            Account(
                channel="service", chat_id="7", cadre_id=cast.cadre_id(session, "AN"), joined_at=now, last_used_at=now
            )
        )

    city.write_now(link)
    service.failures = [SendFailed(Outcome.BLOCKED, "blocked")]
    put(city, house, "first")
    put(city, house, "second", kind="digest")
    await delivery.drain()
    assert service.sent == []
    assert row(city, "second").state is OutboxState.CANCELLED
    account = city.read_now(lambda s: s.exec(select(Account)).one())
    assert account.unreachable_since == house.clock.now()


async def test_what_a_killed_sender_left_is_sent_again_and_flagged(
    delivery: Delivery, service: Service, city: Database, house: House, clock: FrozenClock
) -> None:
    put(city, house, "k")
    await city.write(lambda s: delivery._record_and_claim(s, [], 10))
    clock.move(seconds=LEASE.total_seconds() - 1)
    await city.write(delivery._rescue)
    await delivery.drain()
    assert service.sent == [], "the lease still stands"
    clock.move(seconds=2)
    await city.write(delivery._rescue)
    await delivery.drain()
    assert len(service.sent) == 1
    assert row(city, "k").ambiguous


async def test_a_message_that_is_too_late_is_recorded_and_not_sent(
    delivery: Delivery, service: Service, city: Database, house: House, clock: FrozenClock
) -> None:
    put(city, house, "k", kind="reminder", expires_at=house.clock.now() + timedelta(hours=1))
    clock.move(hours=2)
    await city.write(delivery._rescue)
    await delivery.drain()
    assert service.sent == []
    assert row(city, "k").state is OutboxState.EXPIRED


async def test_notices_leave_room_for_replies(
    delivery: Delivery, service: Service, city: Database, house: House
) -> None:
    for number in range(60):
        put(city, house, f"d{number}", chat_id=f"{number}", kind="digest")
    put(city, house, "reply", "trả lời", chat_id="99")
    await delivery.drain()
    texts = [text for _, text in service.sent]
    assert "trả lời" in texts
    assert len(texts) == 26, "25 notices in the first instant, and the reply"


async def test_a_picture_that_cannot_be_drawn_gives_up_after_five_tries_and_frees_the_chat(
    delivery: Delivery, service: Service, city: Database, house: House, clock: FrozenClock
) -> None:
    body = {"text": "", "attachment": {"maker": "no such maker", "name": "x.png", "args": {}, "alt": ""}}
    put(city, house, "picture", body=body)
    for _ in range(6):
        await delivery.drain()
        clock.move(minutes=10)
    put(city, house, "after")
    await delivery.drain()
    assert row(city, "picture").state is OutboxState.DEAD
    assert [text for _, text in service.sent] == ["xin chào"]

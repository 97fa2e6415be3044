"""A notice goes to one channel, and to the next only when that one refuses; budgets and lists of channels without
buttons included."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.channels.base import Outcome, SendFailed
from bot.delivery import Delivery
from bot.studio import Studio
from bot.wake import Bell
from handlers.messages import Capabilities
from handlers.turn import House
from storage.budget import Budget
from storage.database import Database
from storage.models import Account, Conversation, OutboxMessage, OutboxState
from storage.outbox import REPLY, enqueue
from tests import cast
from tests.bot.test_delivery import Service
from tests.chat import ZALO, Chat
from tests.frozen import FrozenClock

NOTICE = {"text": "Mục bị trả lại", "choices": [[["Sửa", "/muc 7"]], [["Để sau", "/menu"]]]}


@dataclass
class Messenger(Service):
    """A service with a name of its own."""

    name: str = "zalo"
    capabilities: Capabilities = field(default_factory=lambda: ZALO)


Sender = Callable[..., Delivery]


@pytest.fixture
async def sender(city: Database, house: House) -> AsyncIterator[Sender]:
    """Makes the sender of a service."""
    studio = Studio(city, house)

    def make(service: Service, budget: Budget | None = None) -> Delivery:
        return Delivery(city, house, service, studio, Bell(), budget)

    yield make
    studio.close()


@pytest.fixture
def an(city: Database, house: House) -> int:
    """AN, who used Zalo last, then Telegram, then the page."""

    def work(session: Session) -> int:
        who, now = cast.cadre_id(session, "AN"), house.clock.now()
        for days, channel in enumerate(("zalo", "telegram", "web")):
            used = now - timedelta(days=days)
            session.add(Account(channel=channel, chat_id=channel, cadre_id=who, joined_at=used, last_used_at=used))
        return who

    return city.write_now(work)


def put(db: Database, house: House, cadre_id: int | None, **options: Any) -> None:
    """A notice for the Zalo chat of AN."""
    values = {"key": "k", "channel": "zalo", "chat_id": "zalo", "kind": "returned", "body": NOTICE} | options
    db.write_now(lambda session: enqueue(session, now=house.clock.now(), cadre_id=cadre_id, **values))


def rows(db: Database) -> dict[str, OutboxState]:
    """What became of each row."""
    return db.read_now(lambda s: {row.dedupe_key: row.state for row in s.exec(select(OutboxMessage))})


@pytest.mark.parametrize("outcome", [Outcome.BLOCKED, Outcome.PERMANENT])
async def test_each_channel_that_refuses_hands_on_to_the_next(
    sender: Sender, city: Database, house: House, an: int, outcome: Outcome
) -> None:
    put(city, house, an)
    phone = Messenger([SendFailed(outcome, "no")], name="telegram", capabilities=Capabilities())
    page = Messenger(name="web", capabilities=Capabilities())
    await sender(Messenger([SendFailed(outcome, "no")])).drain()
    await sender(phone).drain()
    await sender(page).drain()
    assert page.sent == [("web", "Mục bị trả lại")]
    assert rows(city) == {
        "k": OutboxState.DEAD,
        "k:telegram": OutboxState.DEAD,
        "k:telegram:web": OutboxState.SENT,
    }


async def test_what_was_sent_or_may_have_been_goes_nowhere_else(
    sender: Sender, city: Database, house: House, an: int
) -> None:
    put(city, house, an)
    put(city, house, an, key="r", kind="reminder", body={"text": "còn thiếu"})
    service = Messenger([SendFailed(Outcome.UNKNOWN, "cut"), SendFailed(Outcome.UNKNOWN, "cut")])
    await sender(service).drain()
    assert set(rows(city)) == {"k", "r"}


async def test_replies_stay_in_their_chat(sender: Sender, city: Database, house: House, an: int) -> None:
    put(city, house, an, kind=REPLY)
    await sender(Messenger([SendFailed(Outcome.PERMANENT, "no")])).drain()
    assert rows(city) == {"k": OutboxState.DEAD}


async def test_what_waits_for_somebody_who_blocks_the_bot_goes_by_the_next_channel(
    sender: Sender, city: Database, house: House, an: int
) -> None:
    put(city, house, an)
    put(city, house, an, key="later", not_before=house.clock.now() + timedelta(hours=1))
    await sender(Messenger([SendFailed(Outcome.BLOCKED, "no")])).drain()
    assert rows(city)["later"] is OutboxState.CANCELLED
    assert rows(city)["later:telegram"] is OutboxState.PENDING


async def test_numbers_mean_the_notice_shown_last(sender: Sender, city: Database, house: House, an: int) -> None:
    service = Messenger()
    chat = Chat(city, house, channel="zalo", chat_id="zalo")
    chat.say("/menu")
    put(city, house, an)
    await sender(service).drain()
    assert service.sent == [("zalo", "Mục bị trả lại\n\n1. Sửa\n2. Để sau\nTrả lời bằng số hoặc chữ.")]
    chat.play([("2", "muốn làm gì")])


async def test_while_a_form_waits_a_notice_takes_none_of_its_numbers(
    sender: Sender, city: Database, house: House, an: int
) -> None:
    service = Messenger()
    chat = Chat(city, house, channel="zalo", chat_id="zalo")
    chat.play([("/tamdung", "đến hết ngày nào")])
    put(city, house, an)
    await sender(service).drain()
    assert service.sent == [("zalo", "Mục bị trả lại\n\nSửa: gõ /muc 7\nĐể sau: gõ /menu")]
    assert city.read_now(lambda s: s.exec(select(Conversation)).one().offered) == []


async def test_what_the_budget_withholds_is_written_down_or_goes_by_another_channel(
    sender: Sender, city: Database, house: House, an: int, clock: FrozenClock
) -> None:
    service, budget = Messenger(), Budget("zalo", 1, clock)
    put(city, house, an, key="reply", kind=REPLY, body={"text": "chào"})
    put(city, house, an)
    put(city, house, None, key="lost", chat_id="other")
    await sender(service, budget).drain()
    assert service.sent == [("zalo", "chào")]
    assert rows(city) == {
        "reply": OutboxState.SENT,
        "k": OutboxState.CANCELLED,
        "k:telegram": OutboxState.PENDING,
        "lost": OutboxState.CANCELLED,
    }
    assert city.read_now(lambda session: budget.withheld(session, clock.now())) == ["k", "lost"]


async def test_only_what_may_have_gone_out_is_counted(
    sender: Sender, city: Database, house: House, an: int, clock: FrozenClock
) -> None:
    budget = Budget("zalo", 100, clock)
    put(city, house, an)
    failures = [SendFailed(Outcome.NOT_DELIVERED, "no connection"), SendFailed(Outcome.UNKNOWN, "cut")]
    delivery = sender(Messenger(failures), budget)
    used = []
    for _ in range(3):
        await delivery.drain()
        used.append(city.read_now(lambda session: budget.used(session, clock.now())))
        clock.move(minutes=1)
    assert used == [0, 1, 2]

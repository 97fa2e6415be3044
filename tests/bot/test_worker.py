"""The worker: each update takes effect once, in its chat's order, together with its reply."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.channels.base import Outgoing, Parsed
from bot.wake import Bell
from bot.worker import Worker
from handlers.messages import Capabilities, Inbound
from handlers.turn import House
from storage import inbox
from storage.database import Database
from storage.models import InboxMessage, InboxState, OutboxMessage


class PlainChannel:
    """A channel whose update bodies are {"text": ...}; the text "boom" cannot be read."""

    name = "plain"
    capabilities = Capabilities()

    def parse(self, body: str) -> Parsed:
        """Read the text."""
        said = json.loads(body)
        if said["text"] == "boom":
            raise ValueError("boom")
        return Parsed(Inbound(self.name, said["chat"], said["id"], said["text"]))

    async def send(self, chat_id: str, message: Outgoing) -> str:
        """Not used here."""
        raise NotImplementedError

    async def run(self) -> None:
        """Not used here."""

    async def close(self) -> None:
        """Not used here."""


@pytest.fixture
def worker(city: Database, house: House) -> Worker:
    """A worker over the cast's database."""
    return Worker(city, house, {"plain": PlainChannel()}, Bell(), lambda: None)


def put(db: Database, house: House, messages: Iterable[tuple[str, str, str]]) -> int:
    """Store (update id, chat, text); how many were new."""
    now = house.clock.now()
    rows: list[dict[str, Any]] = [
        inbox.inbox_row("plain", number, chat, json.dumps({"id": number, "chat": chat, "text": text}), now)
        for number, chat, text in messages
    ]
    return db.write_now(lambda session: inbox.store(session, rows))


def replies(session: Session) -> list[tuple[str, str]]:
    """(key, chat) of every reply, in the order in which they were written."""
    return [(r.dedupe_key, r.chat_id) for r in session.exec(select(OutboxMessage).order_by(OutboxMessage.id))]  # type: ignore[arg-type]


def states(session: Session) -> list[InboxState]:
    """The state of every update, oldest first."""
    return [row.state for row in session.exec(select(InboxMessage).order_by(InboxMessage.seq))]  # type: ignore[arg-type]


async def work_off(worker: Worker) -> None:
    """Answer until nothing is left that can be answered now."""
    while await worker.step():
        pass


async def test_an_update_that_comes_twice_is_answered_once(worker: Worker, city: Database, house: House) -> None:
    assert put(city, house, [("1", "a", "/menu")]) == 1
    assert put(city, house, [("1", "a", "/menu"), ("2", "a", "/menu")]) == 1
    await work_off(worker)
    assert [chat for _, chat in city.read_now(replies)] == ["a", "a"]


async def test_messages_of_a_chat_are_answered_in_order(worker: Worker, city: Database, house: House) -> None:
    put(city, house, [(f"{n}", "ab"[n % 2], f"câu {n}") for n in range(20)])
    await work_off(worker)
    written = [key for key, chat in city.read_now(replies) if chat == "a"]
    assert written == sorted(written, key=lambda key: int(key.split(":")[1]))
    assert set(city.read_now(states)) == {InboxState.DONE}


async def test_a_message_that_cannot_be_handled_costs_only_itself(worker: Worker, city: Database, house: House) -> None:
    put(city, house, [("1", "a", "boom"), ("2", "a", "/menu"), ("3", "b", "/menu")])
    for _ in range(inbox.MOST_ATTEMPTS + 2):
        await work_off_until_stuck(worker)
        house.clock.set_now(house.clock.now() + inbox.RETRY_AFTER * 10)
    assert city.read_now(states) == [InboxState.DEAD, InboxState.DONE, InboxState.DONE]
    answered = [chat for _, chat in city.read_now(replies)]
    assert answered.count("a") == 2, "the apology for the first message and the answer to the second"
    assert answered.count("b") == 1


async def work_off_until_stuck(worker: Worker) -> None:
    """A few steps: a failing head is found again and again."""
    for _ in range(4):
        await worker.step()


async def test_updates_of_a_channel_that_is_not_configured_are_kept(
    worker: Worker, city: Database, house: House
) -> None:
    now = house.clock.now()
    city.write_now(lambda s: inbox.store(s, [inbox.inbox_row("elsewhere", "1", "a", "{}", now)]))
    assert await worker.step() == 0
    assert city.read_now(states) == [InboxState.OPEN]

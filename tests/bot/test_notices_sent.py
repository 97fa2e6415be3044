"""Reminders and digests from the scheduler's tick to the chat."""

from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.channels.base import Outgoing
from bot.delivery import Delivery
from bot.studio import Studio
from bot.wake import Bell
from handlers.turn import House
from storage.database import Database
from storage.models import OutboxState
from tests.bot.test_delivery import Service
from tests.world import World, local

on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


class Chat(Service):
    """A service that keeps what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[Outgoing] = []

    async def send(self, chat_id: str, message: Outgoing) -> str:
        """Take the message."""
        self.taken.append(message)
        return await super().send(chat_id, message)


@pytest.fixture
def chat() -> Chat:
    """Where everything arrives."""
    return Chat()


@pytest.fixture
async def delivery(city: Database, house: House, chat: Chat) -> AsyncIterator[Delivery]:
    """The sender of that service."""
    studio = Studio(city, house)
    yield Delivery(city, house, chat, studio, Bell())
    studio.close()


async def test_a_reminder_delayed_into_the_night_is_sent_in_the_morning_once(
    delivery: Delivery, chat: Chat, world: World
) -> None:
    world.start("2026-11-19 18:59")
    world.join("AN", channel="service")
    world.at("2026-11-19 19:00")
    for when in ("2026-11-19 22:00", "2026-11-20 03:00"):
        world.clock.set_now(local(when))
        await delivery.drain()
    assert chat.sent == []
    (row,) = world.rows()
    assert (row.state, row.not_before) == (OutboxState.PENDING, local("2026-11-20 06:30"))
    world.clock.set_now(local("2026-11-20 06:30"))
    await delivery.drain()
    await delivery.drain()
    assert [chat_id for chat_id, _ in chat.sent] == ["service-AN"]


@on_sqlite
async def test_who_has_caught_up_is_not_written_to_and_the_row_says_so(
    delivery: Delivery, chat: Chat, world: World
) -> None:
    world.start("2026-11-19 18:59")
    world.join("AN", channel="service")
    world.at("2026-11-19 19:00")
    world.hours("AN", "2026-11-19", 2)
    await delivery.drain()
    assert chat.sent == []
    assert [row.state for row in world.rows()] == [OutboxState.CANCELLED]


@on_sqlite
async def test_a_digest_arrives_as_text_picture_and_workbook(delivery: Delivery, chat: Chat, world: World) -> None:
    world.join("AN", channel="service")
    world.hours("CHI", "2026-11-17", 2)
    world.start("2026-11-23 07:29")
    world.at("2026-11-23 07:30")
    await delivery.drain()
    text, picture, book = chat.taken
    assert "Bản tin tuần" in text.text
    assert picture.file is not None
    assert picture.file.content.startswith(b"\x89PNG")
    assert book.file is not None
    assert "Cách tính" in load_workbook(BytesIO(book.file.content)).sheetnames

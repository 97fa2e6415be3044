"""The whole way over Telegram: a real bot on a real database against the stand-in, polling and webhook."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from pydantic import SecretStr
from sqlmodel import Session, select

from bot.app import App
from bot.settings import Settings
from handlers.turn import House
from storage.clock import Clock
from storage.database import Database
from storage.invites import create_invite
from storage.models import Account, InboxMessage, OutboxMessage, OutboxState
from tests import cast
from tests.standins.telegram import TelegramStandIn
from tests.standins.telegram_faults import Fault

ROLES = ("intake", "worker", "delivery", "web")


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    """Telegram, on this machine."""
    async with TelegramStandIn() as standin:
        yield standin


@asynccontextmanager
async def running(
    db: Database, house: House, telegram: TelegramStandIn, *, port: int = 0, public_url: str = ""
) -> AsyncIterator[App]:
    """The bot, until the end of the block."""
    house.public_url = public_url
    settings = Settings(
        _env_file=None,
        telegram_token=SecretStr(telegram.token),
        telegram_api_url=telegram.api_url,
        telegram_file_url=telegram.file_url,
        web_port=port,
        public_url=public_url,
    )
    app = App(settings, db, house)
    parts = [asyncio.ensure_future(part()) for part in app.parts(ROLES).values()]
    try:
        yield app
    finally:
        for part in parts:
            part.cancel()
        await asyncio.gather(*parts, return_exceptions=True)
        for channel in app.channels.values():
            await channel.close()
        app.studio.close()


def join(db: Database, house: House, chat_id: int, code: str) -> None:
    """Link a Telegram chat to a member of the cast."""

    def work(session: Session) -> None:
        now = house.clock.now()
        person = cast.cadre_id(session, code)
        session.add(Account(channel="telegram", chat_id=str(chat_id), cadre_id=person, joined_at=now, last_used_at=now))

    db.write_now(work)


async def test_a_stranger_joins_with_a_code_and_is_greeted(
    city: Database, house: House, telegram: TelegramStandIn
) -> None:
    code = city.write_now(lambda s: create_invite(s, cast.cadre_id(s, "CHI"), None, house.clock.now()))
    async with running(city, house, telegram):
        telegram.push_text(42, f"/start {code}")
        [notice] = await telegram.wait_for_sent(1, 42)
        agree = notice.params["reply_markup"]["inline_keyboard"][0][0]
        assert "Đồng ý" in agree["text"]
        telegram.push_callback(42, agree["callback_data"], notice.result["message_id"])
        await telegram.wait_for_sent(2, 42)
        await telegram.wait_for(lambda t: any(c.method == "answerCallbackQuery" for c in t.calls))
    account = city.read_now(lambda s: s.exec(select(Account)).one())
    assert (account.channel, account.chat_id) == ("telegram", "42")


async def test_updates_are_confirmed_only_after_they_are_stored(
    city: Database, house: House, telegram: TelegramStandIn
) -> None:
    join(city, house, 42, "AN")
    for number in range(5):
        telegram.push_text(42, f"tin {number}")
    async with running(city, house, telegram):
        await telegram.wait_for_sent(5, 42)
    stored = city.read_now(lambda s: s.exec(select(InboxMessage)).all())
    assert len(stored) == 5


async def test_an_unreachable_telegram_is_waited_for_while_the_page_goes_on(
    city: Database, house: House, telegram: TelegramStandIn, unused_tcp_port: int
) -> None:
    join(city, house, 42, "AN")
    await telegram.go_down()
    async with running(city, house, telegram, port=unused_tcp_port), aiohttp.ClientSession() as browser:
        await _until_up(browser, unused_tcp_port)
        telegram.push_text(42, "/menu")
        await telegram.come_back()
        await telegram.wait_for_sent(1, 42, within=20)


async def test_a_reply_survives_a_telegram_that_fails_for_a_while(
    city: Database, house: House, telegram: TelegramStandIn
) -> None:
    house.clock = Clock()  # the wait that Telegram asks for is over by itself
    join(city, house, 42, "AN")
    telegram.fail(Fault.TOO_MANY, "sendMessage", times=1, retry_after=1)
    async with running(city, house, telegram):
        telegram.push_text(42, "/menu")
        await telegram.wait_for_sent(1, 42)
    assert [call.status for call in telegram.calls if call.method == "sendMessage"] == [429, 200]
    states = city.read_now(lambda s: [row.state for row in s.exec(select(OutboxMessage))])
    assert OutboxState.DEAD not in states


async def test_over_a_webhook_the_secret_is_asked_before_the_body_is_read(
    city: Database, house: House, telegram: TelegramStandIn, unused_tcp_port: int
) -> None:
    join(city, house, 42, "AN")
    url = f"http://127.0.0.1:{unused_tcp_port}"
    async with running(city, house, telegram, port=unused_tcp_port, public_url=url) as app:
        await telegram.wait_for(lambda t: any(c.method == "setWebhook" for c in t.calls))
        async with aiohttp.ClientSession() as stranger:
            await _until_up(stranger, unused_tcp_port)
            path = app.channels["telegram"].routes()[0].path  # type: ignore[attr-defined]
            for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guess"}):
                answer = await stranger.post(url + path, data=b"{" * 100, headers=headers)
                assert answer.status == 403
        telegram.push_text(42, "/menu")
        [menu] = await telegram.wait_for_sent(1, 42)
    assert "đồng chí" in menu.text


async def test_a_group_is_told_to_write_in_private(city: Database, house: House, telegram: TelegramStandIn) -> None:
    async with running(city, house, telegram):
        telegram.push_text(-100200, "nói chuyện với nhau")
        telegram.push_text(-100200, "/tiendo")
        [answer] = await telegram.wait_for_sent(1, -100200)
    assert "chat riêng" in answer.text


async def _until_up(browser: aiohttp.ClientSession, port: int) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                async with browser.get(f"http://127.0.0.1:{port}/healthz") as answer:
                    assert answer.status == 200
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.02)

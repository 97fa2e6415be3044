"""The program, running for the length of a block."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from sqlmodel import Session

from bot.app import App
from bot.settings import Settings
from handlers.turn import House
from storage.database import Database
from storage.models import Account
from tests import cast

ROLES = ("intake", "worker", "delivery", "web")


@asynccontextmanager
async def running(db: Database, house: House, **settings: object) -> AsyncIterator[App]:
    """The bot with ``settings``, until the end of the block."""
    house.public_url = str(settings.get("public_url", ""))
    app = App(Settings(_env_file=None, **settings), db, house)  # type: ignore[arg-type]  # pydantic checks them
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


def join(db: Database, house: House, channel: str, chat_id: str, code: str) -> None:
    """Link a chat to a member of the cast."""

    def work(session: Session) -> None:
        now = house.clock.now()
        person = cast.cadre_id(session, code)
        session.add(Account(channel=channel, chat_id=chat_id, cadre_id=person, joined_at=now, last_used_at=now))

    db.write_now(work)


async def until_up(browser: aiohttp.ClientSession, url: str) -> None:
    """Wait until the web server answers."""
    async with asyncio.timeout(10):
        while True:
            try:
                async with browser.get(f"{url}/healthz") as answer:
                    assert answer.status == 200
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.02)

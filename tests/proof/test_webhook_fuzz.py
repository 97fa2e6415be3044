"""Ten thousand malformed payloads at the webhook: none crashes the bot, fills its memory, or is lost once taken."""

import asyncio
import json
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from pydantic import SecretStr
from sqlmodel import func, select

from bot.app import App
from bot.channels.telegram import LARGEST_BODY, SECRET_HEADER
from bot.settings import Settings
from handlers.turn import House
from storage.database import Database
from storage.models import InboxMessage, InboxState
from tests.standins.telegram import TOKEN

SECRET = "fuzz-secret"
COUNT = int(os.environ.get("PROOF_PAYLOADS", "10000"))
MOST_GROWTH = 50 * 2**20
VALUES: tuple[Any, ...] = (
    *(None, True, -1, 0, 2**63, 2**200, 1e308, "", "x", "\0", "\ud800", "٣²", "🏳️‍🌈" * 50, "a" * 5000),
    *([], {}, [[]], {"id": None}, {"id": "7"}, {"id": [1]}),
)


def resident() -> int:
    """Bytes of memory in use."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def message(number: int, chat: int) -> dict[str, Any]:
    """An update that Telegram might send."""
    person = {"id": chat, "is_bot": False, "first_name": "An"}
    said = {
        "message_id": number,
        "date": 0,
        "chat": {"id": person["id"], "type": "private"},
        "from": person,
        "text": "x",
    }
    if number % 3 == 0:
        return {"update_id": number, "callback_query": {"id": "1", "from": person, "message": said, "data": "/menu"}}
    return {"update_id": number, "message": said}


def mangled(dice: random.Random, number: int) -> bytes:
    """An update with something wrong: a value of a wrong kind or size, a part missing, or bytes that are no JSON."""
    update: Any = message(number, dice.randrange(1, 50))
    for _ in range(dice.randint(1, 3)):
        place: Any = update
        while True:
            key = dice.choice(list(place))
            if not (isinstance(place[key], dict) and place[key] and dice.random() < 0.7):
                break
            place = place[key]
        if dice.random() < 0.3 and len(place) > 1:
            del place[key]
        else:
            place[key] = deepcopy(dice.choice(VALUES))
    text = json.dumps(update).encode()
    match dice.randrange(12):
        case 0:
            return text[: dice.randrange(len(text))]
        case 1:
            return bytes(dice.randrange(256) for _ in range(40))
        case 2:
            return b"[" * 5000
        case 3:
            return json.dumps(dice.choice(VALUES)).encode()
        case _:
            return text


@pytest.fixture
async def webhook(city: Database, house: House, unused_tcp_port: int) -> AsyncIterator[tuple[App, str]]:
    """The bot's web server and worker, and the address of the webhook."""
    house.public_url = f"http://127.0.0.1:{unused_tcp_port}"
    settings = Settings(
        _env_file=None,
        telegram_token=SecretStr(TOKEN),
        webhook_secret=SecretStr(SECRET),
        web_port=unused_tcp_port,
        public_url=house.public_url,
    )
    app = App(settings, city, house)
    [route] = app.channels["telegram"].routes()  # type: ignore[attr-defined]  # Telegram has one
    parts = [asyncio.ensure_future(part()) for part in app.parts(("web", "worker")).values()]
    async with aiohttp.ClientSession() as probe:
        for _ in range(200):
            try:
                async with probe.get(f"{house.public_url}/healthz"):
                    break
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
    yield app, f"{house.public_url}{route.path}"
    for part in parts:
        part.cancel()
    await asyncio.gather(*parts, return_exceptions=True)
    for channel in app.channels.values():
        await channel.close()
    app.studio.close()


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_malformed_payloads_are_turned_down_or_stored_and_dealt_with(
    webhook: tuple[App, str], city: Database
) -> None:
    _, url = webhook
    dice = random.Random(7)
    payloads = [mangled(dice, number) for number in range(1, COUNT + 1)]
    statuses: Counter[int] = Counter()
    async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as telegram:

        async def post(payload: bytes) -> None:
            async with telegram.post(url, data=payload) as answer:
                statuses[answer.status] += 1

        await asyncio.gather(*(post(payload) for payload in payloads[:500]))
        before = resident()
        for first in range(500, COUNT, 50):
            await asyncio.gather(*(post(payload) for payload in payloads[first : first + 50]))
        assert resident() - before <= MOST_GROWTH
        await post(json.dumps(message(10_000_001, 77)).encode())
    assert statuses.keys() <= {200, 400}, statuses
    assert statuses.total() == COUNT + 1

    def alive() -> bool:
        return bool(
            city.read_now(
                lambda s: s.exec(
                    select(func.count()).where(
                        InboxMessage.update_id == "10000001", InboxMessage.state == InboxState.DONE
                    )
                ).one()
            )
        )

    async with asyncio.timeout(60):
        while not alive():  # noqa: ASYNC110 - the worker rings for nobody
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_without_the_secret_a_large_body_is_not_even_read(webhook: tuple[App, str]) -> None:
    _, url = webhook
    before = resident()
    address = urlsplit(url)
    for secret, status in (("", 403), ("wrong", 403), (SECRET, 413)):
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        head = {"Host": "x", SECRET_HEADER: secret, "Content-Length": str(90 * LARGEST_BODY)}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        writer.write(f"POST {address.path} HTTP/1.1\r\n{lines}\r\n".encode() + b"x" * LARGEST_BODY)
        assert int((await reader.readline()).split()[1]) == status
        writer.close()
    assert resident() - before <= MOST_GROWTH

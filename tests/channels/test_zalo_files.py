"""Pictures and files over Zalo: links that are signed, end after 48 hours and serve one file."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlmodel import select

from bot.channels.base import Outgoing
from bot.channels.zalo import ZaloChannel
from bot.wake import Bell
from bot.web.links import Links
from handlers.messages import Made
from handlers.turn import House
from storage.database import Database
from storage.models import StoredFile
from tests.frozen import FrozenClock
from tests.standins.zalo import ZaloStandIn, id_of

CHART = Made("tien-do.png", b"\x89PNG picture", "Tiến độ tháng 11")
BOOK = Made("báo cáo.xlsx", b"PK workbook")
ADDRESS = "https://bot.example"


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloStandIn]:
    """Zalo, on this machine."""
    async with ZaloStandIn() as standin:
        yield standin


@pytest.fixture
def links(db: Database, clock: FrozenClock) -> Links:
    """Links under a public address, signed with a secret of their own."""
    return Links(db, clock, ADDRESS)


@pytest.fixture
async def browser(links: Links) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    """Somebody who holds a link."""
    app = web.Application()
    app.add_routes(links.routes())
    async with TestClient(TestServer(app)) as client:
        yield client


async def sent(db: Database, house: House, zalo: ZaloStandIn, links: Links, made: Made, address: str) -> str:
    """What one file becomes: the photo's address or the text."""
    house.public_url = address
    channel = ZaloChannel(db, house, Bell(), links, token=zalo.token, api_url=zalo.api_url)
    try:
        await channel.send(id_of("an"), Outgoing("reply:1:0", file=made))
    finally:
        await channel.close()
    return str(zalo.sent[-1].params.get("photo") or zalo.sent[-1].text)


async def test_a_picture_is_a_photo_by_its_link_with_its_words(
    db: Database, house: House, zalo: ZaloStandIn, links: Links
) -> None:
    link = await sent(db, house, zalo, links, CHART, ADDRESS)
    assert (zalo.sent[0].method, zalo.sent[0].text) == ("sendPhoto", "Tiến độ tháng 11")
    assert link.startswith(f"{ADDRESS}/f/")


async def test_a_file_is_a_link_in_a_text(db: Database, house: House, zalo: ZaloStandIn, links: Links) -> None:
    text = await sent(db, house, zalo, links, BOOK, ADDRESS)
    assert text.startswith("📎 báo cáo.xlsx\nMở trong 48 giờ")
    assert f"{ADDRESS}/f/" in text


async def test_without_a_public_address_the_text_says_what_is_missing(
    db: Database, house: House, zalo: ZaloStandIn, links: Links
) -> None:
    text = await sent(db, house, zalo, links, CHART, "")
    assert "Tiến độ tháng 11" in text
    assert "PUBLIC_URL" in text
    assert db.read_now(lambda s: s.exec(select(StoredFile)).all()) == []


async def test_a_link_serves_its_file_until_it_ends(
    browser: TestClient[web.Request, web.Application], links: Links, clock: FrozenClock
) -> None:
    book, chart = await links.make("reply:1:0", BOOK), await links.make("reply:1:1", CHART)
    answer = await browser.get(urlsplit(book).path)
    assert (answer.status, await answer.read()) == (200, BOOK.content)
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    shown = await browser.get(urlsplit(chart).path)
    assert shown.headers["Content-Disposition"].startswith("inline; ")
    clock.move(hours=48)
    late = await browser.get(urlsplit(book).path)
    assert late.status == 410
    assert "đã hết hạn" in await late.text()


@pytest.mark.parametrize("part", [2, 3, 4])
async def test_nothing_of_a_link_can_be_changed(
    browser: TestClient[web.Request, web.Application], links: Links, part: int
) -> None:
    mine, other = await links.make("reply:1:0", BOOK), await links.make("reply:2:0", CHART)
    parts, others = urlsplit(mine).path.split("/"), urlsplit(other).path.split("/")
    parts[part] = others[part] if part != 3 else str(int(parts[part]) + 1)
    answer = await browser.get("/".join(parts))
    assert answer.status == 404
    assert "không đúng" in await answer.text()


async def test_a_message_sent_again_keeps_one_file_and_old_files_go(
    db: Database, links: Links, clock: FrozenClock
) -> None:
    await asyncio.gather(links.make("a", BOOK), links.make("a", BOOK))
    assert len(db.read_now(lambda s: s.exec(select(StoredFile)).all())) == 1
    clock.move(hours=49)
    await links.make("b", CHART)
    assert [file.name for file in db.read_now(lambda s: s.exec(select(StoredFile)).all())] == [CHART.name]


async def test_two_processes_sign_alike_with_the_kept_secret_and_differently_with_another(
    db: Database, clock: FrozenClock
) -> None:
    one, two = Links(db, clock, ADDRESS), Links(db, clock, ADDRESS)
    other = Links(db, clock, ADDRESS, "a secret of the operator's")
    links = [await maker.make("a", BOOK) for maker in (one, two, other)]
    assert links[0] == links[1] != links[2]

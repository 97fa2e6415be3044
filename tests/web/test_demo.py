"""The demo's part of the page's server: being somebody, and moving the clock."""

from datetime import datetime

import pytest

from handlers.turn import House
from storage.database import Database
from tests.web.conftest import Visit
from tests.web.site import Demo, Site, say

GREETING = "Đồng chí muốn làm gì?"
NOW = datetime.fromisoformat("2026-11-20T10:00:00+07:00")


@pytest.fixture
def db(sqlite: Database) -> Database:
    """HTTP is the subject here, not the database."""
    return sqlite


def demo_site(db: Database, house: House) -> tuple[Site, Demo]:
    """A demo whose bot repeats what it hears."""
    demo = Demo(NOW)
    demo.site = Site(db, house, lambda inbound: [say(inbound.text)], demo=demo)
    return demo.site, demo


async def test_becoming_somebody_opens_a_chat(db: Database, house: House, visit: Visit) -> None:
    """One request, and the bot speaks first."""
    site, demo = demo_site(db, house)
    client = await visit(site)
    before = await (await client.get("/api/hello")).json()
    assert (before["demo"]["me"], len(before["demo"]["people"])) == ("", 4)
    assert (await client.post("/api/demo/become", json={"code": "AN"})).status == 200
    after = await (await client.get("/api/hello")).json()
    assert (after["demo"]["me"], after["demo"]["now"]) == ("AN", "2026-11-20T10:00:00+07:00")
    assert [(line["mine"], line["text"]) for line in after["lines"]] == [(False, GREETING)]
    assert demo.became[0][0].endswith("-AN")


async def test_each_person_has_a_chat_to_come_back_to(db: Database, house: House, visit: Visit) -> None:
    """Another person sees nothing of it, and nothing is lost on the way."""
    site, _ = demo_site(db, house)
    client = await visit(site)
    seen = {}
    for person in ("AN", "HOA", "AN"):
        await client.post("/api/demo/become", json={"code": person})
        await client.post("/api/messages", json={"id": f"0123456789{person}", "text": f"tôi là {person}"})
        await site.settled()
        seen[person] = [line["text"] for line in (await (await client.get("/api/messages")).json())["lines"]]
    assert seen == {
        "AN": [GREETING, "tôi là AN", "tôi là AN"],
        "HOA": [GREETING, "tôi là HOA", "tôi là HOA"],
    }


async def test_the_clock_moves_on(db: Database, house: House, visit: Visit) -> None:
    """What happened is said in a sentence."""
    client = await visit(Site(db, house, demo=Demo(NOW)))
    answer = await (await client.post("/api/demo/advance", json={})).json()
    assert answer == {"said": "Đã tới thứ Bảy: không có ai cần nhắc.", "now": "2026-11-21T10:00:00+07:00"}


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"code": "NOBODY"}', b'{"code": ["AN"]}'])
async def test_nobody_else_can_be_become(db: Database, house: House, visit: Visit, body: bytes) -> None:
    """Only people of the demo."""
    client = await visit(Site(db, house, demo=Demo(NOW)))
    assert (await client.post("/api/demo/become", data=body)).status in {400, 404}


async def test_outside_the_demo_there_is_nobody_to_be(db: Database, house: House, visit: Visit) -> None:
    """The real program has no such door."""
    client = await visit(Site(db, house))
    assert (await client.post("/api/demo/become", json={"code": "AN"})).status == 404
    assert (await client.post("/api/demo/advance", json={})).status == 404
    assert (await (await client.get("/api/hello")).json())["demo"] is None

"""The way of a message through the page's server, over HTTP, on both databases."""

import json
from typing import Any

from aiohttp import ClientResponse
from sqlmodel import select

from bot.channels.base import Outgoing
from bot.channels.web import WebChannel
from bot.web.hub import WebHub
from handlers.messages import Choice, Inbound, Made
from handlers.turn import House
from storage.database import Database
from storage.models import InboxMessage, StoredFile, WebMessage, WebSession
from tests.web.conftest import Visit
from tests.web.site import Said, Site, say

ID = "0123456789abcdef"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c636060606000000005000"
    "1a5f645400000000049454e44ae426082"
)


def echo(inbound: Inbound) -> list[Said]:
    """A bot that repeats, with a button."""
    return [say(f"Nghe: {inbound.text or inbound.choice}", Choice("Ghi", "7:ghi"))]


async def test_said_is_stored_before_it_is_acknowledged(db: Database, house: House, visit: Visit) -> None:
    """With nobody to answer, an acknowledged message waits in the inbox, raw, in its chat's lane."""
    client = await visit(Site(db, house, asleep=True))
    answer = await client.post("/api/messages", json={"id": ID, "text": "Chào"})
    assert answer.status == 200
    row = db.read_now(lambda session: session.exec(select(InboxMessage)).one())
    chat_id = db.read_now(lambda session: session.exec(select(WebSession.chat_id)).one())
    assert (row.channel, row.chat_id, row.update_id) == ("web", chat_id, f"{chat_id}:{ID}")
    assert json.loads(row.body)["text"] == "Chào"


async def test_the_same_message_again_changes_nothing(db: Database, house: House, visit: Visit) -> None:
    """A page that did not hear the acknowledgement sends again under the same name."""
    site = Site(db, house, echo)
    client = await visit(site)
    first = await (await client.post("/api/messages", json={"id": ID, "text": "Chào"})).json()
    again = await (await client.post("/api/messages", json={"id": ID, "text": "Chào"})).json()
    await site.settled()
    assert first == again
    assert [inbound.text for inbound in site.heard] == ["Chào"]
    lines = await (await client.get("/api/messages")).json()
    assert [line["text"] for line in lines["lines"]] == ["Chào", "Nghe: Chào"]


async def test_a_pressed_button_speaks_its_key_and_shows_its_label(db: Database, house: House, visit: Visit) -> None:
    """The bot hears the key; the page shows what was on the button."""
    site = Site(db, house, echo)
    client = await visit(site)
    await client.post("/api/messages", json={"id": ID, "choice": "7:ghi", "label": "Ghi hoạt động"})
    await site.settled()
    assert (site.heard[0].choice, site.heard[0].text) == ("7:ghi", "")
    lines = (await (await client.get("/api/messages")).json())["lines"]
    assert lines[0]["text"] == "Ghi hoạt động"
    assert lines[1]["choices"] == [[{"label": "Ghi", "key": "7:ghi"}]]
    assert lines[1]["at"] == "2026-11-20T10:00:00+07:00"


async def test_a_resend_of_the_bot_shows_once(db: Database, house: House, visit: Visit) -> None:
    """Delivery may send again after a crash: the line and its file are there once."""
    site = Site(db, house)
    client = await visit(site)
    line = (await (await client.post("/api/messages", json={"id": ID, "text": "x"})).json())["line"]
    assert line["mine"]
    chat_id = db.read_now(lambda session: session.exec(select(WebSession.chat_id)).one())
    message = Outgoing("digest:1", "Tuần 47", file=Made("tuần 47.xlsx", b"PK", ""))
    assert await site.channel.send(chat_id, message) == await site.channel.send(chat_id, message)
    assert len(db.read_now(lambda session: session.exec(select(StoredFile)).all())) == 1
    assert len(db.read_now(lambda session: session.exec(select(WebMessage)).all())) == 2


async def test_pages_of_lines(db: Database, house: House, visit: Visit) -> None:
    """The page begins with the latest lines and fetches older and newer ones by number."""
    site = Site(db, house)
    client = await visit(site)
    await client.post("/api/messages", json={"id": ID, "text": "đầu tiên"})
    chat_id = db.read_now(lambda session: session.exec(select(WebSession.chat_id)).one())
    for number in range(70):
        await site.channel.send(chat_id, Outgoing(f"k{number}", f"tin {number}"))
    hello = await (await client.get("/api/hello")).json()
    assert [hello["lines"][0]["text"], hello["lines"][-1]["text"], hello["older"]] == ["tin 10", "tin 69", True]
    older = await (await client.get("/api/messages", params={"before": hello["lines"][0]["id"]})).json()
    assert [older["lines"][0]["text"], older["lines"][-1]["text"], older["older"]] == ["đầu tiên", "tin 9", False]
    newer = await (await client.get("/api/messages", params={"after": hello["lines"][-2]["id"]})).json()
    assert [line["text"] for line in newer["lines"]] == ["tin 69"]


async def test_events_bring_lines_of_this_and_of_other_processes(db: Database, house: House, visit: Visit) -> None:
    """A line stored here wakes the stream; one stored by another process is found by looking."""
    site = Site(db, house)
    client = await visit(site)
    await client.post("/api/messages", json={"id": ID, "text": "x"})
    chat_id = db.read_now(lambda session: session.exec(select(WebSession.chat_id)).one())
    elsewhere = WebChannel(db, house.clock, WebHub(db))
    async with client.get("/api/events") as stream:
        assert stream.content_type == "text/event-stream"
        assert (await _next(stream))["text"] == "x"
        await site.channel.send(chat_id, Outgoing("a", "từ đây"))
        here = await _next(stream)
        assert here["text"] == "từ đây"
        await elsewhere.send(chat_id, Outgoing("b", "từ máy khác"))
        assert (await _next(stream))["text"] == "từ máy khác"
    async with client.get("/api/events", headers={"Last-Event-ID": str(here["id"])}) as stream:
        assert (await _next(stream))["text"] == "từ máy khác"


async def test_one_browser_sees_nothing_of_another(db: Database, house: House, visit: Visit) -> None:
    """Chats, files and uploads belong to the browser's own session."""
    site = Site(db, house, lambda _inbound: [say("", file=Made("bí mật.png", PNG, "Biểu đồ"))])
    mine, other = await visit(site), await visit(site)
    await mine.post("/api/messages", json={"id": ID, "text": "x"})
    await other.post("/api/messages", json={"id": ID, "text": "y"})
    await site.settled()
    lines = (await (await mine.get("/api/messages")).json())["lines"]
    assert [line["text"] for line in lines] == ["x", ""]
    url = lines[1]["file"]["url"]
    assert (await mine.get(url)).status == 200
    assert (await other.get(url)).status == 404
    key = lines[1]["file"]["key"]
    assert (await other.post("/api/messages", json={"id": ID + "1", "photo": key})).status == 404
    stranger = await visit(site)
    assert (await stranger.get(url)).status == 401
    assert (await stranger.get("/api/messages")).status == 401
    assert (await stranger.get("/api/events")).status == 401


async def test_text_that_a_database_cannot_keep(db: Database, house: House, visit: Visit) -> None:
    """NUL is dropped; everything else arrives as it was typed."""
    site = Site(db, house)
    client = await visit(site)
    assert (await client.post("/api/messages", json={"id": ID, "text": "a\0b\nĐồng chí 👍"})).status == 200
    await site.settled()
    assert site.heard[0].text == "ab\nĐồng chí 👍"


async def _next(stream: ClientResponse) -> dict[str, Any]:
    while True:
        line = (await stream.content.readline()).decode()
        assert line, "the stream ended"
        if line.startswith('data: {"id"'):
            found: dict[str, Any] = json.loads(line[6:])
            return found

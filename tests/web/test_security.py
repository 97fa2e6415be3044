"""What the page's server turns down, and what it tells browsers to turn down."""

from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO

import pytest
from aiohttp import FormData
from sqlmodel import select

from bot.web.flood import Flood
from bot.web.page import PAGE
from handlers.messages import Made
from handlers.turn import House
from storage.database import Database
from storage.models import InboxMessage, WebSession
from tests.web.conftest import Visit
from tests.web.site import Site, say
from tests.web.test_messages import ID, PNG
from tests.web.test_pictures import picture

HELLO = {"id": ID, "text": "x"}


@pytest.fixture
def db(sqlite: Database) -> Database:
    """HTTP is the subject here, not the database."""
    return sqlite


@pytest.mark.parametrize("secure", [False, True])
async def test_only_the_hash_of_the_cookie_is_kept(db: Database, house: House, visit: Visit, secure: bool) -> None:
    """Scripts, other sites and readers of the database cannot get at the token."""
    client = await visit(Site(db, house, secure=secure))
    answer = await client.post("/api/messages", json=HELLO)
    cookie = answer.cookies["__Host-doanbot" if secure else "doanbot"]
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"]), cookie["path"]) == (
        True,
        "Lax",
        secure,
        "/",
    )
    stored = db.read_now(lambda session: session.exec(select(WebSession.token_hash)).one())
    assert stored == sha256(cookie.value.encode()).hexdigest()


async def test_looking_opens_no_session(db: Database, house: House, visit: Visit) -> None:
    """Crawlers and health checks leave no rows behind."""
    client = await visit(Site(db, house))
    for path in ("/", "/api/hello", "/healthz", "/readyz", "/static/app.js"):
        assert (await client.get(path)).status == 200
    assert not db.read_now(lambda session: session.exec(select(WebSession)).all())


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "https://bot.example"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://bot.example.evil.example"}, 403),
    ],
)
async def test_other_sites_cannot_post(
    db: Database, house: House, visit: Visit, headers: Mapping[str, str], status: int
) -> None:
    """The origin must be the page's own, or its public address."""
    client = await visit(Site(db, house))
    assert (await client.post("/api/messages", json=HELLO, headers=headers)).status == status


async def test_a_form_of_another_site_cannot_post(db: Database, house: House, visit: Visit) -> None:
    """Forms cannot send the header nor the content type that are asked for."""
    client = await visit(Site(db, house))
    del client.session.headers["X-Requested-With"]
    assert (await client.post("/api/messages", json=HELLO)).status == 403
    client.session.headers["X-Requested-With"] = "x"
    plain = {"Content-Type": "text/plain"}
    assert (await client.post("/api/messages", data='{"id":"0123456789","text":"x"}', headers=plain)).status == 415


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("not json", 400),
        ("[]", 400),
        ('{"id": "0123456789"}', 400),
        ('{"id": "0123456789", "text": "  "}', 400),
        ('{"id": "0123456789", "text": "x", "choice": "/menu"}', 400),
        ('{"id": "../../../x", "text": "x"}', 400),
        ('{"id": "0123456789", "text": "\\ud800"}', 400),
        ('{"id": "0123456789", "text": "x", "chat": "someone"}', 400),
        ('{"id": "0123456789", "text": 7}', 400),
        ('{"id": "0123456789", "text": "%s"}' % ("x" * 10_001), 413),
    ],
    ids=["no-json", "list", "nothing", "blank", "two-things", "path", "surrogate", "extra", "number", "long"],
)
async def test_malformed_messages_are_refused(db: Database, house: House, visit: Visit, said: str, status: int) -> None:
    """Nothing of them is stored."""
    client = await visit(Site(db, house))
    answer = await client.post("/api/messages", data=said, headers={"Content-Type": "application/json"})
    assert answer.status == status
    assert not db.read_now(lambda session: session.exec(select(InboxMessage)).all())


async def test_a_body_of_megabytes_is_not_read(db: Database, house: House, visit: Visit) -> None:
    """Only uploads may be large."""
    client = await visit(Site(db, house))
    large = BytesIO(b'{"id": "0123456789", "text": "%s"}' % (b"x" * 1_100_000))
    answer = await client.post("/api/messages", data=large, headers={"Content-Type": "application/json"})
    assert answer.status == 413


async def test_a_flood_is_held_back(db: Database, house: House, visit: Visit) -> None:
    """Whoever sends too fast is told so; another browser is not in the way."""
    site = Site(db, house)
    site.app[PAGE].flood.burst, site.app[PAGE].flood.per_second = 2, 0
    client = await visit(site)
    statuses = [(await client.post("/api/messages", json={"id": f"{ID}{n}", "text": "x"})).status for n in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert isinstance(site.app[PAGE].flood, Flood)


async def test_browsers_are_told_to_run_nothing_but_the_page(db: Database, house: House, visit: Visit) -> None:
    """No inline script or style, no frames, no guessing of types, no address passed on."""
    client = await visit(Site(db, house))
    for path in ("/", "/static/app.js", "/api/hello", "/nothing", "/files/a.b/c.png"):
        headers = (await client.get(path)).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


async def test_files_are_saved_and_pictures_shown(db: Database, house: House, visit: Visit) -> None:
    """A workbook comes under its own name; nothing that is sent can run as a page."""
    files = [Made("Báo cáo tuần 47.xlsx", b"PK", ""), Made("t.png", PNG, "Tiến độ"), Made("x.html", b"<script>", "")]
    site = Site(db, house, lambda _inbound: [say("", file=made) for made in files])
    client = await visit(site)
    await client.post("/api/messages", json=HELLO)
    await site.settled()
    lines = (await (await client.get("/api/messages")).json())["lines"]
    sheet, chart, page = [await client.get(line["file"]["url"]) for line in lines[1:]]
    assert sheet.headers["Content-Disposition"].endswith("UTF-8''B%C3%A1o%20c%C3%A1o%20tu%E1%BA%A7n%2047.xlsx")
    assert sheet.content_type.endswith("spreadsheetml.sheet")
    assert (chart.content_type, chart.headers["Content-Disposition"]) == ("image/png", "inline")
    assert (page.content_type, page.headers["Content-Disposition"][:10]) == ("application/octet-stream", "attachment")
    assert "sandbox" in page.headers["Content-Security-Policy"]
    assert "private" in page.headers["Cache-Control"]
    shown = lines[2]["file"]
    assert (shown["width"], shown["height"], shown["alt"]) == (1, 1, "Tiến độ")


async def test_a_picture_is_sent_in_two_steps(db: Database, house: House, visit: Visit) -> None:
    """Uploaded and cleaned first, then said under its key, which the bot hears."""
    site = Site(db, house)
    client = await visit(site)
    uploaded = await (await client.post("/api/upload", data=_form(picture(size=(300, 200))))).json()
    said = await client.post("/api/messages", json={"id": ID, "photo": uploaded["photo"]})
    await site.settled()
    assert site.heard[0].photo == uploaded["photo"]
    line = (await said.json())["line"]
    assert (line["file"]["width"], line["file"]["height"]) == (300, 200)
    assert (await client.get(line["file"]["url"])).content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"<svg/>", 415), (b"", 415), (b"x" * (11 * 1024 * 1024), 413)],
    ids=["svg", "empty", "large"],
)
async def test_what_is_not_a_picture_is_refused(
    db: Database, house: House, visit: Visit, content: bytes, status: int
) -> None:
    """With a sentence that says what may be sent."""
    client = await visit(Site(db, house))
    answer = await client.post("/api/upload", data=_form(content))
    assert answer.status == status
    assert "ảnh" in (await answer.json())["error"].lower()


async def test_an_upload_must_be_a_form(db: Database, house: House, visit: Visit) -> None:
    """A bare body is refused."""
    client = await visit(Site(db, house))
    assert (await client.post("/api/upload", data=picture())).status == 415


async def test_a_database_that_is_away_is_said_kindly(db: Database, house: House, visit: Visit) -> None:
    """Alive but not ready; the page keeps the message and sends it again later."""
    client = await visit(Site(db, house))
    db.write_now(lambda session: session.connection().exec_driver_sql("DROP TABLE web_session"))
    answer = await client.post("/api/messages", json=HELLO)
    assert (answer.status, "chưa lưu" in (await answer.json())["error"]) == (503, True)
    assert (await client.get("/healthz")).status == 200


def _form(content: bytes) -> FormData:
    form = FormData()
    form.add_field("photo", BytesIO(content), filename="IMG_0001.jpg", content_type="image/jpeg")
    return form

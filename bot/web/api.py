"""What the page asks and says: its lines, its events, and messages that are stored before they are acknowledged."""

import asyncio
import json
import logging
from functools import partial
from typing import Annotated, Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator
from sqlmodel import Session, select

from bot.channels.web import WEB, update_body
from bot.web.demo import demo_state
from bot.web.files import NO_SUCH_FILE
from bot.web.lines import (
    LINES_AT_ONCE,
    LineFile,
    add_line,
    as_json,
    incoming_body,
    lines_after,
    lines_before,
    picture_size,
)
from bot.web.page import DATABASE_ERRORS, NOT_READABLE, PAGE, Page, Refused
from bot.web.sessions import Browser, find_or_open, owns
from storage.inbox import inbox_row, store
from storage.models import StoredFile, WebMessage

log = logging.getLogger(__name__)

BEAT_SECONDS = 15.0
TOO_LONG = "Tin dài quá, trang chỉ gửi được đến 10.000 chữ. Đồng chí chia thành vài tin ngắn."
LONGEST_TEXT = 10_000

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Short = Annotated[str, StringConstraints(max_length=200)]


class Said(BaseModel):
    """One thing said on the page: a text, a pressed button (``label`` is what it showed) or a picture sent before.

    ``id`` is the page's own name for it: saying it again changes nothing.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Key
    text: str = ""
    choice: Short = ""
    label: Short = ""
    photo: Short = ""

    @model_validator(mode="after")
    def says_one_thing(self) -> "Said":
        """Nothing, or two things at once, cannot be answered."""
        if sum(map(bool, (self.text.strip(), self.choice, self.photo))) != 1:
            raise ValueError("exactly one of text, choice and photo")
        return self


async def hello(request: web.Request) -> web.Response:
    """GET: everything the page needs to begin: its latest lines, and the demo's people and clock."""
    page = request.app[PAGE]
    known = await page.session(request)
    chat_id = known.chat_id if known else ""
    lines = await page.db.read(lambda session: lines_before(session, chat_id)) if known else []
    return web.json_response(
        {
            "session": known is not None,
            "lines": _json(page, lines),
            "older": len(lines) == LINES_AT_ONCE,
            "demo": demo_state(page, chat_id),
        }
    )


async def messages(request: web.Request) -> web.Response:
    """GET: the lines after ?after=ID, or the page of lines before ?before=ID, or the latest."""
    page = request.app[PAGE]
    chat_id = await page.chat_id(request)
    after, before = _number(request, "after"), _number(request, "before")
    if after is not None:
        lines = await page.db.read(lambda session: lines_after(session, chat_id, after))
    else:
        lines = await page.db.read(lambda session: lines_before(session, chat_id, before))
    return web.json_response({"lines": _json(page, lines), "older": after is None and len(lines) == LINES_AT_ONCE})


async def say(request: web.Request) -> web.Response:
    """POST: store what was said in the inbox and on the page, in one transaction; only then answer."""
    page = request.app[PAGE]
    said = await _said(request)
    await page.admit(request)
    token = page.cookie.read(request)
    browser, line = await page.db.write(lambda session: _store(session, page, token, said))
    page.wake()
    page.hub.wake(browser.chat_id)
    return page.answer(browser, {"line": as_json(line, page.house.clock)})


async def events(request: web.Request) -> web.StreamResponse:
    """GET: lines as Server-Sent Events, from ?after=ID (or Last-Event-ID) on; a beat while there is nothing new."""
    page = request.app[PAGE]
    chat_id = await page.chat_id(request)
    last = request.headers.get("Last-Event-ID", "")
    after = int(last) if last.isascii() and last.isdigit() else _number(request, "after") or 0
    headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    response = web.StreamResponse(headers=headers)
    try:
        await response.prepare(request)
        await _stream(page, chat_id, after, response)
    except ConnectionResetError:
        return response  # the page was closed
    except DATABASE_ERRORS as error:
        log.warning("an event stream ended: %s; the page will open another", type(error).__name__)
    return response


async def _stream(page: Page, chat_id: str, after: int, response: web.StreamResponse) -> None:
    with page.hub.listening(chat_id) as news:
        while not page.hub.closed:
            news.clear()
            lines = await page.db.read(partial(lines_after, chat_id=chat_id, after=after))
            for line in lines:
                after = line.id or 0
                data = json.dumps(as_json(line, page.house.clock), ensure_ascii=False)
                await response.write(f"id: {after}\ndata: {data}\n\n".encode())
            if not lines:
                await response.write(b"event: beat\ndata: {}\n\n")
                await _wait(news)


async def _wait(news: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(BEAT_SECONDS):
            await news.wait()
    except TimeoutError:
        return


async def _said(request: web.Request) -> Said:
    if request.content_type != "application/json":
        raise Refused(415, NOT_READABLE)
    try:
        said = Said.model_validate_json(await request.read())
    except ValidationError as error:
        raise Refused(400, NOT_READABLE) from error
    if len(said.text) > LONGEST_TEXT:
        raise Refused(413, TOO_LONG)
    return said


def _store(session: Session, page: Page, token: str, said: Said) -> tuple[Browser, WebMessage]:
    now = page.house.clock.now()
    browser = find_or_open(session, token, now)
    chat_id, update_id = browser.chat_id, f"{browser.chat_id}:{said.id}"
    file = _photo(session, chat_id, said.photo) if said.photo else None
    text, choice = _storable(said.text), _storable(said.choice)
    body = update_body(chat_id, update_id, text=text, choice=choice, photo=said.photo)
    store(session, [inbox_row(WEB, update_id, chat_id, body, now)])
    shown = incoming_body(said.id, text or _storable(said.label), file)
    return browser, add_line(session, chat_id, f"in:{update_id}", shown, now, outgoing=False)


def _photo(session: Session, chat_id: str, key: str) -> LineFile:
    file = session.exec(select(StoredFile).where(StoredFile.key == key)).first() if owns(chat_id, key) else None
    if file is None:
        raise Refused(404, NO_SUCH_FILE)
    width, height = picture_size(file.content)
    return LineFile(key, file.name, len(file.content), "Ảnh đồng chí đã gửi", width, height)


def _storable(text: str) -> str:
    """``text`` without NUL, which PostgreSQL does not keep."""
    return text.replace("\0", "")


def _number(request: web.Request, name: str) -> int | None:
    value = request.query.get(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise Refused(400, NOT_READABLE)
    return int(value)


def _json(page: Page, lines: list[WebMessage]) -> list[dict[str, Any]]:
    return [as_json(line, page.house.clock) for line in lines]

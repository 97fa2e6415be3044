"""The demo's part of the page: choosing whom to be, and moving the clock."""

from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.web.demo_controls import DemoControls
from bot.web.page import NOT_READABLE, PAGE, Page, Refused
from bot.web.sessions import change_chat, person_of

NOBODY = "Bản dùng thử không có người này. Đồng chí chọn lại trong danh sách."


def demo_state(page: Page, chat_id: str) -> dict[str, Any] | None:
    """What the page shows of the demo: its clock, its people, and who this browser is."""
    if page.demo is None:
        return None
    people = [asdict(person) for person in page.demo.people()]
    return {"now": _now(page, page.demo), "me": person_of(chat_id), "people": people}


async def become(request: web.Request) -> web.Response:
    """POST {code}: this browser is now that person, in a chat of that person's own."""
    page, demo = _demo(request)
    try:
        code = str((await request.json())["code"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(400, NOT_READABLE) from error
    if code not in {person.code for person in demo.people()}:
        raise Refused(404, NOBODY)
    token, now = page.cookie.read(request), page.house.clock.now()
    browser = await page.db.write(lambda session: change_chat(session, token, code, now))
    await demo.become(browser.chat_id, code)
    return page.answer(browser, {"me": code})


async def advance(request: web.Request) -> web.Response:
    """POST: the clock moves to the next thing that the scheduler does."""
    page, demo = _demo(request)
    said = await demo.advance()
    return web.json_response({"said": said, "now": _now(page, demo)})


def _demo(request: web.Request) -> tuple[Page, DemoControls]:
    page = request.app[PAGE]
    if page.demo is None:
        raise Refused(404, NOBODY)
    return page, page.demo


def _now(page: Page, demo: DemoControls) -> str:
    return page.house.clock.local(demo.now()).isoformat(timespec="seconds")

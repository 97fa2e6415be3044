"""The calendar that a phone subscribes to: one secret address a cadre, told nowhere but in their chat."""

from datetime import datetime

from aiohttp import web
from sqlmodel import Session

from bot.web.page import PAGE, Page
from handlers.views import deadline_calendar
from storage.calendar_links import PATH, cadre_of

LONGEST_TOKEN = 64
NO_SUCH_CALENDAR = "Liên kết lịch không còn dùng được. Đồng chí gõ /lich trong chat để lấy liên kết mới.\n"


async def calendar(request: web.Request) -> web.Response:
    """GET the calendar file of whoever the secret belongs to; 404 for any other secret."""
    page, token = request.app[PAGE], request.match_info["token"]
    now = page.house.clock.now()
    content = await page.db.read(lambda session: _content(session, page, token, now))
    if content is None:
        return web.Response(status=404, text=NO_SUCH_CALENDAR)
    headers = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": 'inline; filename="han-cong-tac-doan.ics"',
        "Cache-Control": "private, max-age=900",
        "X-Robots-Tag": "noindex",
    }
    return web.Response(body=content, headers=headers)


def _content(session: Session, page: Page, token: str, now: datetime) -> bytes | None:
    cadre_id = cadre_of(session, token) if len(token) <= LONGEST_TOKEN else None
    if cadre_id is None:
        return None
    return deadline_calendar.draw(deadline_calendar.gather(session, page.house, {"cadre": cadre_id}, now))


ROUTE = web.get(PATH + "/{token}.ics", calendar)

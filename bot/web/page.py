"""What the handlers of the page find in the application, and how they refuse."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.web.demo_controls import DemoControls
from bot.web.flood import Flood
from bot.web.hub import WebHub
from bot.web.sessions import Browser, Cookie, find
from handlers.turn import House
from storage.database import Database
from storage.models import WebSession

NOT_SAVED = "Máy chủ chưa lưu được, tin vẫn ở máy của đồng chí. Lát nữa sẽ gửi lại."
TOO_FAST = "Đồng chí gửi nhanh quá, xin đợi một phút rồi gửi lại."
NOT_READABLE = "Trang chưa đọc được yêu cầu này. Đồng chí tải lại trang giúp."
NO_SESSION = "Trình duyệt này chưa có cuộc trò chuyện. Đồng chí gửi mã mời để bắt đầu."
DATABASE_ERRORS = (SQLAlchemyError, TimeoutError)


class Refused(Exception):
    """A request is turned down with ``status`` and one sentence for the person."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Page:
    """The page's surroundings: ``wake`` is called after something was stored in the inbox."""

    db: Database
    house: House
    hub: WebHub
    cookie: Cookie
    wake: Callable[[], None]
    demo: DemoControls | None = None
    flood: Flood = field(default_factory=Flood)
    one_picture: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    async def session(self, request: web.Request) -> WebSession | None:
        """The session of the browser that asks, if it has one."""
        token = self.cookie.read(request)
        return await self.db.read(lambda session: find(session, token)) if token else None

    async def chat_id(self, request: web.Request) -> str:
        """The chat of the browser that asks. Raises Refused (401)."""
        known = await self.session(request)
        if known is None:
            raise Refused(401, NO_SESSION)
        return known.chat_id

    async def admit(self, request: web.Request) -> None:
        """Count a message against its sender's allowance. Raises Refused (429)."""
        known = await self.session(request)
        if not self.flood.admit(known.chat_id if known else f"new:{request.remote}"):
            raise Refused(429, TOO_FAST)

    def answer(self, browser: Browser, data: object) -> web.Response:
        """``data`` as JSON, with the cookie where the browser is new."""
        response = web.json_response(data)
        if browser.new_token:
            self.cookie.give(response, browser.new_token)
        return response


PAGE = web.AppKey("page", Page)

"""The web application: the chat page, what it calls, and whether the program is alive."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from sqlalchemy import text

from bot.web import api, calendar_feed, files
from bot.web import demo as demo_page
from bot.web.demo_controls import DemoControls
from bot.web.hub import WebHub
from bot.web.page import DATABASE_ERRORS, NOT_READABLE, NOT_SAVED, PAGE, Page, Refused
from bot.web.sessions import Cookie
from handlers.turn import House
from storage.database import Database

log = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"
LARGEST_BODY = 1024 * 1024
READY_SECONDS = 3.0
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def make_web_app(
    db: Database,
    house: House,
    *,
    hub: WebHub,
    wake: Callable[[], None],
    secure: bool,
    demo: DemoControls | None = None,
    extra_routes: Iterable[web.AbstractRouteDef] = (),
) -> web.Application:
    """The page's application. ``hub`` is shared with the web channel; ``wake`` tells the worker that the inbox has
    news; ``secure`` says that the page is served over https; ``demo`` adds people to be and a clock to move.
    """
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[_refusals, _same_site])
    app[PAGE] = Page(db, house, hub, Cookie(secure), wake, demo)
    app.add_routes(_routes())
    app.add_routes(extra_routes)
    app.on_response_prepare.append(_add_headers)
    app.cleanup_ctx.append(_listening)
    app.on_shutdown.append(_end_streams)
    return app


def _routes() -> list[web.AbstractRouteDef]:
    return [
        web.get("/", _index),
        web.static("/static", STATIC),
        web.get("/api/hello", api.hello),
        web.get("/api/messages", api.messages),
        web.post("/api/messages", api.say),
        web.get("/api/events", api.events),
        web.post("/api/upload", files.upload),
        web.get("/files/{key}/{name}", files.serve),
        calendar_feed.ROUTE,
        web.post("/api/demo/become", demo_page.become),
        web.post("/api/demo/advance", demo_page.advance),
        web.get("/healthz", _alive),
        web.get("/readyz", _ready),
    ]


async def _index(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(STATIC / "index.html")


async def _alive(_request: web.Request) -> web.Response:
    """The program runs and answers."""
    return web.Response(text="ok\n")


async def _ready(request: web.Request) -> web.Response:
    """The database can be reached."""
    try:
        async with asyncio.timeout(READY_SECONDS):
            await request.app[PAGE].db.read(lambda session: session.connection().execute(text("SELECT 1")).scalar())
    except DATABASE_ERRORS as error:
        log.warning("not ready: the database does not answer (%s); check DATABASE_URL", type(error).__name__)
        return web.Response(status=503, text="database\n")
    return web.Response(text="ok\n")


@web.middleware
async def _refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What is turned down, and a database that is away, become a sentence that the page can show."""
    try:
        return await handler(request)
    except Refused as refused:
        return web.json_response({"error": refused.sentence}, status=refused.status)
    except DATABASE_ERRORS as error:
        log.warning("the database did not take a request of the page: %s", type(error).__name__)
        return web.json_response({"error": NOT_SAVED}, status=503)


@web.middleware
async def _same_site(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Only the page itself may post: another site can send neither this header nor this origin."""
    if request.method == "POST" and request.path.startswith("/api/"):
        origin = request.headers.get("Origin")
        hosts = {request.host, urlsplit(request.app[PAGE].house.public_url).netloc}
        foreign = origin is not None and urlsplit(origin).netloc not in hosts
        if foreign or "X-Requested-With" not in request.headers:
            raise Refused(403, NOT_READABLE)
    return await handler(request)


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    kept = "no-store" if request.path.startswith("/api/") else "no-cache"
    response.headers.setdefault("Cache-Control", kept)


async def _listening(app: web.Application) -> AsyncIterator[None]:
    """The hub looks for other processes' lines while the application runs."""
    polling = asyncio.create_task(app[PAGE].hub.poll())
    yield
    polling.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await polling


async def _end_streams(app: web.Application) -> None:
    app[PAGE].hub.close()

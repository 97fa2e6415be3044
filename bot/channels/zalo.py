"""Zalo's bot platform: no buttons, no files, every message counted.

A webhook where ``public_url`` is set; polling otherwise, for trying out: Zalo hands each polled update out once, so it
is committed before the next is asked for, however long the database takes.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import time
from datetime import datetime, timedelta

from aiohttp import web
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from bot.batching import Batches
from bot.channels import zalo_updates
from bot.channels.base import Outcome, Outgoing, Parsed
from bot.channels.zalo_http import NO_WEBHOOK, NOTHING_NEW, ZaloApi, ZaloError
from bot.channels.zalo_updates import ZALO, Update
from bot.wake import Bell
from bot.web.lines import keep_file
from bot.web.links import Links
from bot.web.pictures import NotAPicture, cleaned_picture
from handlers.messages import Capabilities, Made
from handlers.turn import House
from storage import inbox
from storage.database import Database
from storage.models import AppState, StoredFile

log = logging.getLogger(__name__)

CAPABILITIES = Capabilities(buttons=False, files=False, longest_text=2000)
POLL_SECONDS = 30
STORE_AGAIN_SECONDS = 2.0
LARGEST_BODY = 1_000_000
SLOWEST_RETRY_SECONDS = 60.0
SHORTEST_EMPTY_POLL_SECONDS = 0.5
SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
NAME = "zalo.name"
PICTURE_KEYS = "zalo."
KEPT_FOR = timedelta(days=7)


class ZaloChannel:
    """One Zalo bot."""

    name = ZALO
    capabilities = CAPABILITIES

    def __init__(
        self,
        db: Database,
        house: House,
        on_stored: Bell,
        links: Links,
        *,
        token: str,
        api_url: str,
        secret: str = "",
    ) -> None:
        self._db = db
        self._house = house
        self._on_stored = on_stored
        self._links = links
        self._batches = Batches(db)
        self.api = ZaloApi(api_url, token)
        derived = hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()
        self._secret = secret or derived
        self._path = f"/zalo/{derived[:32]}"
        self._public_url = house.public_url
        self._fetching: set[asyncio.Task[None]] = set()

    # Receiving

    async def run(self) -> None:
        """Receive until cancelled; an unreachable Zalo is tried again, ever more slowly, without end."""
        wait = 1.0
        while True:
            try:
                await self._introduce()
                if self._public_url:
                    await self.api.call("setWebhook", {"url": self.webhook_url, "secret_token": self._secret})
                    log.info("zalo: webhook set")
                    await asyncio.Event().wait()
                await self._forget_webhook()
                while True:
                    await self.poll()
                    wait = 1.0
            except ZaloError as error:
                if error.outcome is Outcome.MISCONFIGURED:
                    wait = SLOWEST_RETRY_SECONDS
                log.warning("zalo: %s; trying again in %.0f s", self.explain(error), wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, SLOWEST_RETRY_SECONDS)

    async def account_name(self) -> str:
        """The bot's name at Zalo. Raises :class:`ZaloError`."""
        about = await self.api.call("getMe")
        return str(about.get("account_name", "")) if isinstance(about, dict) else ""

    async def webhook_set(self) -> str:
        """The address that Zalo delivers to, "" for none. Raises :class:`ZaloError`."""
        try:
            about = await self.api.call("getWebhookInfo")
        except ZaloError as error:
            if error.code == NO_WEBHOOK:
                return ""
            raise
        return str(about.get("url", "")) if isinstance(about, dict) else ""

    @property
    def webhook_url(self) -> str:
        """The address that Zalo ought to deliver to; "" while polling."""
        return f"{self._public_url}{self._path}" if self._public_url else ""

    def explain(self, error: Exception) -> str:
        """One line for the operator: the cause of a failed call, and the mend."""
        match error:
            case ZaloError(outcome=Outcome.MISCONFIGURED):
                return f"{error.detail}; set ZALO_TOKEN to the bot's token (and ZALO_API_URL to Zalo's address)"
            case ZaloError(outcome=Outcome.RETRY_AFTER):
                return f"{error.detail}; the quota is used up: wait, or ask Zalo for a larger plan"
            case ZaloError():
                return f"no use of Zalo ({error.detail}); check the network and ZALO_API_URL"
            case _:
                return f"no answer ({type(error).__name__}); check the network and ZALO_API_URL"

    async def _introduce(self) -> None:
        row = AppState(name=NAME, value=await self.account_name())
        await self._db.write(lambda session: session.merge(row))

    async def _forget_webhook(self) -> None:
        """While a webhook is set, Zalo hands nothing out to polls."""
        if await self.webhook_set():
            await self.api.call("deleteWebhook")

    async def poll(self) -> None:
        """Ask for one update and store it. An empty poll is answered 408, and is no error."""
        asked = time.monotonic()
        try:
            found = await self.api.call("getUpdates", {"timeout": str(POLL_SECONDS)}, seconds=POLL_SECONDS + 15)
        except ZaloError as error:
            if error.code != NOTHING_NEW:
                raise
            found = None
        updates = found if isinstance(found, list) else [found]
        for update in filter(None, map(zalo_updates.update_in, updates)):
            await self._store_at_last(update)
        if not found and time.monotonic() - asked < SHORTEST_EMPTY_POLL_SECONDS:
            await asyncio.sleep(SHORTEST_EMPTY_POLL_SECONDS)

    async def _store_at_last(self, update: Update) -> None:
        """Store an update that nobody will ever deliver again."""
        while True:
            try:
                return await self._store(update)
            except (SQLAlchemyError, OSError) as error:
                log.error("zalo: an update waits for the database (%s); trying again", type(error).__name__)  # noqa: TRY400 - the trace adds nothing
                await asyncio.sleep(STORE_AGAIN_SECONDS)

    async def _store(self, update: Update) -> None:
        """Commit one update and begin to fetch its picture, whose address may not live long."""
        body = json.dumps(update, ensure_ascii=False)
        chat_id, message_id = zalo_updates.place(update)
        if not chat_id:
            log.info("zalo: an event without a chat was passed over")
            return
        message_id = message_id or hashlib.sha256(body.encode()).hexdigest()
        now = self._house.clock.now()
        await self._batches.store(inbox.inbox_row(ZALO, f"{chat_id}:{message_id}", chat_id, body, now))
        self._on_stored.ring()
        if photo := zalo_updates.photo(update):
            task = asyncio.create_task(self._keep_picture(photo))
            self._fetching.add(task)
            task.add_done_callback(self._fetching.discard)

    # Webhook

    def routes(self) -> list[web.RouteDef]:
        """Where Zalo delivers, for the web server; nothing while polling."""
        return [web.post(self._path, self.webhook)] if self._public_url else []

    async def webhook(self, request: web.Request) -> web.Response:
        """Take one update: the secret before the body, the commit before the 200."""
        given = request.headers.get(SECRET_HEADER)
        if given is None and request.content_length == 0:
            return web.Response()  # the address is being verified
        if not hmac.compare_digest((given or "").encode(), self._secret.encode()):
            return web.Response(status=403)
        if (request.content_length or 0) > LARGEST_BODY:
            return web.Response(status=413)
        body = await request.read()
        if len(body) > LARGEST_BODY:
            return web.Response(status=413)
        if not body.strip():
            return web.Response()
        try:
            update = zalo_updates.update_in(json.loads(body))
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if update is None:
            return web.Response(status=400)
        await self._store(update)
        return web.Response()

    # Reading

    def parse(self, body: str) -> Parsed:
        """What a stored update says; what cannot be read is named, so that it is answered."""
        return zalo_updates.parse(body)

    async def fetch(self, remote_id: str) -> bytes:
        """The bytes of a picture that somebody sent. Raises :class:`SendFailed`."""
        key = _picture_key(remote_id)
        kept = await self._db.read(
            lambda session: session.exec(select(StoredFile.content).where(StoredFile.key == key)).first()
        )
        if kept is not None:
            return kept
        try:
            return await self.api.fetch(remote_id)
        except ZaloError as error:
            raise error.as_send_failure() from None

    async def _keep_picture(self, url: str) -> None:
        """Fetch a picture while its address lives; the evidence that it becomes later is made from it."""
        key = _picture_key(url)
        try:
            content = await asyncio.to_thread(cleaned_picture, await self.api.fetch(url))
            now = self._house.clock.now()
            await self._db.write(lambda session: _keep_once(session, key, Made("anh.jpg", content), now))
        except (ZaloError, NotAPicture, SQLAlchemyError) as error:
            log.warning(
                "zalo: a picture could not be fetched at once (%s); tried again when it is used", type(error).__name__
            )

    # Sending

    async def send(self, chat_id: str, message: Outgoing) -> str:
        """Send one message and return its id. Raises :class:`SendFailed`."""
        method, content = "sendMessage", {"text": message.text}
        if message.file is not None:
            method, content = await self._file(message.key, message.file)
        try:
            sent = await self.api.call(method, {"chat_id": chat_id, **content})
        except ZaloError as error:
            raise error.as_send_failure() from None
        return str(sent.get("message_id", "")) if isinstance(sent, dict) else ""

    async def _file(self, key: str, made: Made) -> tuple[str, dict[str, str]]:
        """How a picture or file is shown: Zalo fetches pictures from an https address, files are links to open."""
        if not self._public_url:
            return "sendMessage", {"text": no_address(made)}
        link = await self._links.make(key, made)
        if made.name.endswith(".png") and link.startswith("https://"):
            return "sendPhoto", {"photo": link, "caption": made.alt[: CAPABILITIES.longest_text]}
        return "sendMessage", {"text": linked(made, link)}

    async def close(self) -> None:
        """Let go of connections."""
        for task in self._fetching:
            task.cancel()
        await self.api.close()


def linked(made: Made, link: str) -> str:
    """The message that stands for a file."""
    what = f"📎 {made.name}" + (f" ({made.alt})" if made.alt else "")
    return f"{what}\nMở trong 48 giờ, ai có đường dẫn đều xem được:\n{link}"


def no_address(made: Made) -> str:
    """The message that stands for a file when there is no address to fetch it from."""
    what = f"{made.name}" + (f" ({made.alt})" if made.alt else "")
    return (
        f"Chưa gửi được tệp {what} qua Zalo: máy chủ chưa có địa chỉ công khai. "
        "Đồng chí xem trên trang web của bot, hoặc báo người vận hành đặt PUBLIC_URL."
    )


def _picture_key(url: str) -> str:
    return PICTURE_KEYS + hashlib.sha256(url.encode()).hexdigest()[:40]


def _keep_once(session: Session, key: str, made: Made, now: datetime) -> None:
    """Keep a picture until it has become evidence, or nobody wanted it for a week."""
    over = delete(StoredFile).where(
        col(StoredFile.key).startswith(PICTURE_KEYS), col(StoredFile.created_at) < now - KEPT_FOR
    )
    session.execute(over.execution_options(synchronize_session=False))
    keep_file(session, key, made, now)

"""Telegram through python-telegram-bot: its Bot makes the calls, over our own durable intake.

The library's updater confirms updates that nobody has stored yet; here a batch is committed first,
and only then does the offset move (polling) or the webhook answer 200.
"""

import asyncio
import hashlib
import hmac
import json
import logging
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from sqlmodel import Session
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Update,
)
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.channels.base import Outcome, Outgoing, Parsed, SendFailed
from bot.channels.telegram_http import AiohttpRequest, outcome_of, redact, seconds_to_wait
from bot.channels.turns import PollingTurn
from bot.wake import Bell
from handlers.messages import Capabilities, Inbound, Rows
from handlers.turn import House
from storage import inbox
from storage.database import Database
from storage.models import AppState

log = logging.getLogger(__name__)

POLL_SECONDS = 30
LARGEST_BODY = 1_000_000
LONGEST_HELP = 256
USERNAME = "telegram.username"
SLOWEST_RETRY_SECONDS = 60.0
ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"]
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramChannel:
    """One Telegram bot: polling, or a webhook when ``public_url`` is set."""

    name = "telegram"
    capabilities = Capabilities()

    def __init__(
        self,
        db: Database,
        house: House,
        on_stored: Bell,
        *,
        token: str,
        api_url: str,
        file_url: str,
        proxy: str = "",
        secret: str = "",
    ) -> None:
        self._db = db
        self._house = house
        self._on_stored = on_stored
        self._polling = AiohttpRequest(connections=2, proxy=proxy or None)
        self._request = AiohttpRequest(connections=256, proxy=proxy or None)
        self._url = f"{api_url}{token}"
        self.bot = Bot(
            token, base_url=api_url, base_file_url=file_url, request=self._request, get_updates_request=self._polling
        )
        derived = hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()
        self._secret = secret or derived
        self._path = f"/telegram/{derived[:32]}"
        self._public_url = house.public_url
        self._turn = PollingTurn(db, "telegram")
        self._acknowledgements: set[asyncio.Task[None]] = set()

    # Receiving

    async def run(self) -> None:
        """Receive until cancelled; an unreachable Telegram is tried again, ever more slowly, without end."""
        wait = 1.0
        while True:
            try:
                await self._request.initialize()
                await self._polling.initialize()
                await self._introduce()
                if self._public_url:
                    await self._set_webhook()
                    await asyncio.Event().wait()
                await self._turn.wait()
                await self.bot.delete_webhook()
                offset = 0
                while await self._turn.is_mine():
                    offset = await self.poll(offset)
                    wait = 1.0
            except InvalidToken:
                log.error("telegram: the token was refused; set TELEGRAM_TOKEN to the one @BotFather gave")  # noqa: TRY400 - the trace adds nothing
                wait = SLOWEST_RETRY_SECONDS
            except TelegramError as error:
                log.warning("telegram: not reachable (%s); trying again in %.0f s", redact(str(error)), wait)
            except Exception:
                log.exception("telegram: updates could not be stored; trying again in %.0f s", wait)
            finally:
                await self._turn.end()
            await asyncio.sleep(wait)
            wait = min(wait * 2, SLOWEST_RETRY_SECONDS)

    async def _introduce(self) -> None:
        """Learn the bot's own name, which links need, and keep it for processes that do not speak to Telegram."""
        self._house.telegram_username = await self.username()
        row = AppState(name=USERNAME, value=self._house.telegram_username)
        await self._db.write(lambda session: session.merge(row))

    async def username(self) -> str:
        """The bot's name at Telegram. Raises what python-telegram-bot raises."""
        await self._request.initialize()
        return (await self.bot.get_me()).username or ""

    def explain(self, error: Exception) -> str:
        """One line for the operator: the cause of a failed call, and the mend."""
        match outcome_of(error):
            case Outcome.MISCONFIGURED:
                return "the token was refused; set TELEGRAM_TOKEN to the one @BotFather gave"
            case _:
                return (
                    f"no answer ({redact(str(error)) or type(error).__name__}); set TELEGRAM_PROXY or TELEGRAM_API_URL"
                )

    async def set_menu(self, commands: list[tuple[str, str]], chat_id: str = "") -> None:
        """Show ``commands`` (name, help) in the menu of one chat, or of everybody who has no menu of their own."""
        scope = BotCommandScopeChat(int(chat_id)) if chat_id else BotCommandScopeAllPrivateChats()
        try:
            await self.bot.set_my_commands([BotCommand(name, says[:LONGEST_HELP]) for name, says in commands], scope)
        except TelegramError as error:
            raise _failed(error) from error

    async def poll(self, offset: int) -> int:
        """Fetch one batch, store it, and return the offset that will confirm it at the next fetch."""
        query = urlencode(
            {"offset": offset, "timeout": POLL_SECONDS, "limit": 100, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        )
        found: object = await self._polling.post(f"{self._url}/getUpdates?{query}", read_timeout=POLL_SECONDS + 15)
        updates: list[dict[str, Any]] = list(found) if isinstance(found, list) else []
        if not updates:
            return offset
        await self._store(updates)
        return max(int(update["update_id"]) for update in updates) + 1

    async def _store(self, updates: list[dict[str, Any]]) -> None:
        now = self._house.clock.now()
        rows = [
            inbox.inbox_row(self.name, str(u["update_id"]), lane, _storable(u), now)
            for u in updates
            if (lane := _lane(u))
        ]

        def work(session: Session) -> None:
            inbox.store(session, rows)

        await self._db.write(work)
        self._on_stored.ring()
        for update in updates:
            if query := _part(update, "callback_query"):
                task = asyncio.create_task(self._acknowledge(str(query.get("id", ""))))
                self._acknowledgements.add(task)
                task.add_done_callback(self._acknowledgements.discard)

    async def _acknowledge(self, query_id: str) -> None:
        """Stop the button's spinner. Only a courtesy: the press itself is stored already."""
        try:
            await self.bot.answer_callback_query(query_id)
        except TelegramError as error:
            log.info("telegram: a button press could not be acknowledged (%s)", redact(str(error)))

    # Webhook

    def routes(self) -> list[web.RouteDef]:
        """Where Telegram delivers, for the web server; nothing while polling."""
        return [web.post(self._path, self.webhook)] if self._public_url else []

    async def _set_webhook(self) -> None:
        await self.bot.set_webhook(
            f"{self._public_url}{self._path}", secret_token=self._secret, allowed_updates=ALLOWED_UPDATES
        )
        log.info("telegram: webhook set")

    async def webhook(self, request: web.Request) -> web.Response:
        """Take one update: the secret before the body, the commit before the 200."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=403)
        if request.content_length is None or request.content_length > LARGEST_BODY:
            return web.Response(status=413)
        try:
            update = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return web.Response(status=400)
        await self._store([update])
        return web.Response()

    # Reading

    def parse(self, body: str) -> Parsed:
        """What a stored update says; an update of a kind we do not know needs no answer."""
        update = Update.de_json(json.loads(body), None)
        if update.my_chat_member is not None:
            gone = update.my_chat_member.new_chat_member.status in {"kicked", "left"}
            private = update.my_chat_member.chat.type == "private"
            return Parsed(event="blocked" if gone else "unblocked") if private else Parsed()
        if update.callback_query is not None and update.effective_chat is not None:
            chat_id = str(update.effective_chat.id)
            data = update.callback_query.data or ""
            return Parsed(Inbound(self.name, chat_id, str(update.update_id), choice=data))
        message = update.message
        if message is None:
            return Parsed()
        text = message.text or message.caption or ""
        if message.chat.type != "private":
            return Parsed(event="group") if text.startswith("/") else Parsed()
        photo = message.photo[-1].file_id if message.photo else ""
        document = message.document
        if document is not None and (document.mime_type or "").startswith("image/"):
            photo = document.file_id
        other = "" if text or photo else "other"
        return Parsed(Inbound(self.name, str(message.chat.id), str(update.update_id), text, photo=photo, other=other))

    async def fetch(self, remote_id: str) -> bytes:
        """The bytes of a picture that somebody sent. Raises :class:`SendFailed`."""
        try:
            file = await self.bot.get_file(remote_id)
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            raise _failed(error) from error

    # Sending

    async def send(self, chat_id: str, message: Outgoing) -> str:
        """Send one message and return its id. Raises :class:`SendFailed`."""
        try:
            if message.file is None:
                sent = await self.bot.send_message(
                    int(chat_id), message.text, reply_markup=_keyboard(message.choices), link_preview_options=NO_PREVIEW
                )
            elif message.file.name.endswith(".png"):
                sent = await self.bot.send_photo(
                    int(chat_id), message.file.content, caption=message.text or None, filename=message.file.name
                )
            else:
                sent = await self.bot.send_document(
                    int(chat_id), message.file.content, caption=message.text or None, filename=message.file.name
                )
        except TelegramError as error:
            raise _failed(error) from error
        return str(sent.message_id)

    async def close(self) -> None:
        """Let go of connections."""
        await self._request.shutdown()
        await self._polling.shutdown()


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(choice.label, callback_data=choice.key) for choice in row] for row in rows]
    )


def _lane(update: dict[str, Any]) -> str:
    """The chat of a raw update; "" for kinds that nobody asked Telegram for, and for what is no update at all."""
    query = _part(update, "callback_query")
    holder = _part(query, "message") or _part(update, "message") or _part(update, "my_chat_member")
    chat_id = (_part(holder, "chat") or _part(query, "from")).get("id")
    return str(chat_id) if isinstance(chat_id, int) else ""


def _part(whole: dict[str, Any], name: str) -> dict[str, Any]:
    found = whole.get(name)
    return found if isinstance(found, dict) else {}


def _storable(update: dict[str, Any]) -> str:
    """As JSON, without halves of characters, which no database keeps."""
    return json.dumps(update, ensure_ascii=False).encode(errors="replace").decode()


def _failed(error: TelegramError) -> SendFailed:
    outcome = outcome_of(error)
    seconds = seconds_to_wait(error) if isinstance(error, RetryAfter) else 0.0
    moved = str(getattr(error, "new_chat_id", "")) if outcome is Outcome.MIGRATED else ""
    return SendFailed(outcome, redact(str(error)), seconds=seconds, new_chat_id=moved)

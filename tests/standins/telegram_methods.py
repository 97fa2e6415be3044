"""What each method of the Bot API does; parameters come checked."""

import json
from typing import Any

from tests.standins.telegram_people import People, chat
from tests.standins.telegram_spec import RefusedError, Upload, bad_request
from tests.standins.telegram_updates import Update, Webhook, WebhookSender

JSON = dict[str, Any]
Uploads = dict[str, Upload]


class Methods(People):
    """`do_<method>(params, uploads)` returns the result. Raises RefusedError."""

    def __init__(self) -> None:
        super().__init__()
        self.commands: list[JSON] = []
        self.webhook_pause = 0.01  # seconds, the unit of pauses between attempts; Telegram's is 1

    async def do_getMe(self, params: JSON, uploads: Uploads) -> JSON:
        """The bot itself."""
        abilities = (
            "can_join_groups",
            "can_read_all_group_messages",
            "supports_inline_queries",
            "can_connect_to_business",
            "has_main_web_app",
        )
        return self.bot | dict.fromkeys(abilities, False)

    async def do_getUpdates(self, params: JSON, uploads: Uploads) -> list[Update]:
        """The next updates, waiting for them up to `timeout` seconds."""
        if self.sender is not None:
            what = "can't use getUpdates method while webhook is active"
            raise RefusedError(409, f"Conflict: {what}; use deleteWebhook to delete the webhook first")
        self._allow(params)
        offset, limit = int(params.get("offset", 0)), int(params.get("limit", 100))
        return await self.updates.get(offset, max(1, min(limit, 100)), float(params.get("timeout", 0)))

    async def do_setWebhook(self, params: JSON, uploads: Uploads) -> bool:
        """Post updates to `url` from now on, those waiting first; an empty `url` stops it."""
        await self.drop_webhook()
        self._allow(params)
        if params.get("drop_pending_updates"):
            self.updates.clear()
        if params["url"]:
            hook = Webhook(params["url"], params.get("secret_token"), params.get("max_connections", 40))
            self.sender = WebhookSender(hook, self.webhook_pause)
            for update in self.updates.clear():
                self.sender.add(update)
        return True

    async def do_deleteWebhook(self, params: JSON, uploads: Uploads) -> bool:
        """Back to getUpdates; what was not delivered waits there."""
        await self.drop_webhook()
        if params.get("drop_pending_updates"):
            self.updates.clear()
        return True

    async def drop_webhook(self) -> None:
        """Stop posting; what was not delivered waits for getUpdates."""
        if self.sender is not None:
            sender, self.sender = self.sender, None
            self.updates.add(*await sender.stop())

    async def do_getWebhookInfo(self, params: JSON, uploads: Uploads) -> JSON:
        """How delivery stands."""
        info: JSON = {"url": "", "has_custom_certificate": False, "pending_update_count": len(self.updates)}
        if self.sender is None:
            return info
        info |= {"url": self.sender.hook.url, "max_connections": self.sender.hook.max_connections}
        error = {"last_error_message": self.sender.last_error} if self.sender.last_error else {}
        return info | {"pending_update_count": len(self.sender)} | error

    async def do_setMyCommands(self, params: JSON, uploads: Uploads) -> bool:
        """Keep the commands; scopes and languages are not told apart."""
        self.commands = params["commands"]
        return True

    async def do_sendMessage(self, params: JSON, uploads: Uploads) -> JSON:
        """A text for a chat."""
        return self._send(params, {"text": params["text"]})

    async def do_sendPhoto(self, params: JSON, uploads: Uploads) -> JSON:
        """A photo, uploaded or known by its id."""
        file = self._sent_file("photo", "photos", params, uploads)
        return self._send(params, {"photo": [file | {"width": 800, "height": 500}]} | _caption(params))

    async def do_sendDocument(self, params: JSON, uploads: Uploads) -> JSON:
        """A file, uploaded or known by its id."""
        file = self._sent_file("document", "documents", params, uploads)
        name = {"file_name": uploads["document"].filename} if "document" in uploads else {}
        return self._send(params, {"document": file | name} | _caption(params))

    async def do_sendChatAction(self, params: JSON, uploads: Uploads) -> bool:
        """Shows nothing here."""
        return True

    async def do_answerCallbackQuery(self, params: JSON, uploads: Uploads) -> bool:
        """Once for each press."""
        if params["callback_query_id"] not in self.queries:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        self.queries.remove(params["callback_query_id"])
        return True

    async def do_editMessageText(self, params: JSON, uploads: Uploads) -> JSON:
        """A new text for a message of the bot."""
        return self._edit(params, {"text": params["text"]})

    async def do_editMessageReplyMarkup(self, params: JSON, uploads: Uploads) -> JSON:
        """New buttons for a message of the bot, or none."""
        return self._edit(params, {})

    async def do_getFile(self, params: JSON, uploads: Uploads) -> JSON:
        """Where to download a file."""
        if found := self.files.described(params["file_id"]):
            return found
        raise bad_request("wrong file_id or the file is temporarily unavailable")

    def _allow(self, params: JSON) -> None:
        if "allowed_updates" in params:
            given = params["allowed_updates"]
            self.allowed_updates = tuple(json.loads(given) if isinstance(given, str) else given)

    def _send(self, params: JSON, content: JSON) -> JSON:
        return self._message(params["chat_id"], {"from": self.bot} | content | _markup(params))

    def _edit(self, params: JSON, content: JSON) -> JSON:
        key = (params.get("chat_id", 0), params.get("message_id", 0))
        before = self.messages.get(key)
        if before is None or not before.get("from", {}).get("is_bot"):
            raise bad_request("message to edit not found")
        kept = {name: value for name, value in before.items() if name not in ("reply_markup", "edit_date")}
        after = kept | content | _markup(params)
        if after == {name: value for name, value in before.items() if name != "edit_date"}:
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly"
                " the same as a current content and reply markup of the message"
            )
        self.messages[key] = after | {"edit_date": before["date"], "chat": chat(key[0])}
        return self.messages[key]

    def _sent_file(self, kind: str, folder: str, params: JSON, uploads: Uploads) -> JSON:
        attached = str(params.get(kind, "")).removeprefix("attach://")
        if upload := uploads.get(kind) or uploads.get(attached):
            return self._file(folder, upload.filename, upload.content)
        if found := self.files.described(params[kind]):
            return found
        raise bad_request("wrong file identifier/HTTP URL specified")


def _caption(params: JSON) -> JSON:
    return {"caption": params["caption"]} if params.get("caption") else {}


def _markup(params: JSON) -> JSON:
    """Inline buttons are part of a message; other keyboards are not."""
    markup = params.get("reply_markup")
    if isinstance(markup, str):
        markup = json.loads(markup)
    return {"reply_markup": markup} if markup and markup.get("inline_keyboard") else {}

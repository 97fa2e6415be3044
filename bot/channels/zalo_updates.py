"""What Zalo delivers, in both of its shapes, and what it says. Nothing here raises on what the service might send."""

import json
from typing import Any

from bot.channels.base import Parsed
from handlers.messages import Inbound

ZALO = "zalo"
PRIVATE = "PRIVATE"
# What cannot be read, by the event that brings it; any other event without text is unread too.
UNREAD = {
    "message.sticker.received": "sticker",
    "message.voice.received": "voice",
    "message.unsupported.received": "unsupported",
}

Update = dict[str, Any]


def parse(body: str) -> Parsed:
    """What a stored update says."""
    update = json.loads(body)
    message = _message(update)
    chat_id, message_id = place(update)
    text = _text(message.get("text")) or _text(message.get("caption"))
    chat, sender = message.get("chat"), message.get("from")
    if isinstance(chat, dict) and str(chat.get("chat_type", PRIVATE)).upper() != PRIVATE:
        return Parsed(event="group") if text.startswith("/") else Parsed()
    if isinstance(sender, dict) and sender.get("is_bot") is True:
        return Parsed()
    picture = photo(update)
    other = "" if text or picture else UNREAD.get(_text(update.get("event_name")), "other")
    return Parsed(Inbound(ZALO, chat_id, message_id, text, photo=picture, other=other))


def place(update: Update) -> tuple[str, str]:
    """The chat and the message's id in it, "" for what is not said. In a private chat the sender is the chat."""
    message = _message(update)
    return _id_of(message, "chat") or _id_of(message, "from"), _id(message.get("message_id"))


def update_in(found: object) -> Update | None:
    """The event of a delivered body, with or without the documented envelope."""
    if isinstance(found, dict) and "event_name" not in found and isinstance(found.get("result"), dict):
        found = found["result"]
    return found if isinstance(found, dict) and isinstance(found.get("message"), dict) else None


def _message(update: Update) -> dict[str, Any]:
    message = update.get("message")
    return message if isinstance(message, dict) else {}


def _id_of(message: dict[str, Any], whose: str) -> str:
    holder = message.get(whose)
    return _id(holder.get("id")) if isinstance(holder, dict) else ""


def _id(value: object) -> str:
    return str(value) if isinstance(value, str | int) else ""


def photo(update: Update) -> str:
    """The address of the message's picture: "photo" in the documents, "photo_url" in practice."""
    message = _message(update)
    found = (_text(message.get(name)) for name in ("photo", "photo_url"))
    return next((url for url in found if url.startswith(("https://", "http://"))), "")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

"""The people in Telegram: what they send becomes updates for the bot."""

import itertools
import time
from typing import Any

from tests.standins.telegram_updates import Update, UpdateQueue, WebhookSender

# The smallest JPEG head is enough: nobody decodes it.
PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


class FileStore:
    """Files by id; Telegram gives each a path to download it from."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[str, bytes]] = {}

    def add(self, folder: str, name: str, content: bytes) -> str:
        """Keep a file; its id."""
        number = len(self._files)
        file_id = f"AgACAgUAAxkBAAI{number:06d}"
        self._files[file_id] = (f"{folder}/file_{number}.{name.rpartition('.')[2]}", content)
        return file_id

    def described(self, file_id: str) -> dict[str, Any] | None:
        """A File object, or None for an unknown id."""
        if file_id not in self._files:
            return None
        path, content = self._files[file_id]
        return {
            "file_id": file_id,
            "file_unique_id": f"u{file_id}",
            "file_size": len(content),
            "file_path": path,
        }

    def content_at(self, path: str) -> bytes | None:
        """What is at a download path."""
        return next((content for at, content in self._files.values() if at == path), None)


class People:
    """Each `push_...` is one thing a person does; it returns the update's id.

    `user` changes the sender (a private chat's person by default), `fields` add to or replace parts of the
    message, `date=` (Unix seconds) for an old one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.updates = UpdateQueue()
        self.sender: WebhookSender | None = None
        self.files = FileStore()
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.queries: set[str] = set()
        self.allowed_updates: tuple[str, ...] = ()
        self._update_ids = itertools.count(700_000_001)
        self._message_ids = itertools.count(1)

    def push_text(self, chat_id: int, text: str, *, user: dict[str, Any] | None = None, **fields: Any) -> int:
        """A text message; a leading /command is marked as Telegram marks it."""
        command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
        entities = [{"type": "bot_command", "offset": 0, "length": len(command)}] if command else []
        return self._push_message(chat_id, user, {"text": text} | ({"entities": entities} if entities else {}) | fields)

    def push_callback(self, chat_id: int, data: str, message_id: int, *, user: dict[str, Any] | None = None) -> int:
        """A press on a button of the message."""
        query_id = f"{4_000_000_000 + next(self._message_ids)}"
        self.queries.add(query_id)
        message = self.messages.get((chat_id, message_id)) or self._message(chat_id, {"message_id": message_id})
        query = {
            "id": query_id,
            "from": user or person(chat_id),
            "chat_instance": f"-{chat_id}",
            "data": data,
        }
        return self.push_raw({"callback_query": query | {"message": message}})

    def push_photo(
        self, chat_id: int, content: bytes = PICTURE, *, user: dict[str, Any] | None = None, **fields: Any
    ) -> int:
        """A photo, in two sizes; `caption=` for its text."""
        size = self._file("photos", "photo.jpg", content)
        sizes = [size | {"width": 90, "height": 90}, size | {"width": 800, "height": 800}]
        return self._push_message(chat_id, user, {"photo": sizes} | fields)

    def push_document(
        self, chat_id: int, content: bytes, name: str, *, user: dict[str, Any] | None = None, **fields: Any
    ) -> int:
        """A file."""
        document = self._file("documents", name, content) | {"file_name": name}
        return self._push_message(chat_id, user, {"document": document} | fields)

    def push_sticker(self, chat_id: int, *, user: dict[str, Any] | None = None, **fields: Any) -> int:
        """A sticker."""
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        sticker = self._file("stickers", "sticker.webp", b"RIFF") | shape
        return self._push_message(chat_id, user, {"sticker": sticker} | fields)

    def push_voice(self, chat_id: int, seconds: int = 3, *, user: dict[str, Any] | None = None, **fields: Any) -> int:
        """A voice message."""
        voice = self._file("voice", "voice.oga", b"OggS") | {"duration": seconds, "mime_type": "audio/ogg"}
        return self._push_message(chat_id, user, {"voice": voice} | fields)

    def push_membership(self, chat_id: int, status: str = "kicked", was: str = "member") -> int:
        """The person blocks the bot (`kicked`) or lets it in again (`member`)."""
        members = {
            key: {"status": value, "user": self.bot} | ({"until_date": 0} if value == "kicked" else {})
            for key, value in (("old_chat_member", was), ("new_chat_member", status))
        }
        head = {"chat": chat(chat_id), "from": person(chat_id), "date": int(time.time())}
        return self.push_raw({"my_chat_member": head | members})

    def push_raw(self, update: Update) -> int:
        """Any update, also a malformed or repeated one; an `update_id` is added if it has none."""
        update = {"update_id": update.get("update_id", 0) or next(self._update_ids)} | update
        kind = next((key for key in update if key != "update_id"), "")
        if self.allowed_updates and kind not in self.allowed_updates:
            return int(update["update_id"])
        if self.sender is not None:
            self.sender.add(update)
        else:
            self.updates.add(update)
        return int(update["update_id"])

    @property
    def bot(self) -> dict[str, Any]:
        """The bot as a User."""
        return {"id": 123456789, "is_bot": True, "first_name": "Đoàn", "username": "doan_standin_bot"}

    def _push_message(self, chat_id: int, user: dict[str, Any] | None, fields: dict[str, Any]) -> int:
        message = self._message(chat_id, {"from": user or person(abs(chat_id))} | fields)
        return self.push_raw({"message": message})

    def _message(self, chat_id: int, fields: dict[str, Any]) -> dict[str, Any]:
        head: dict[str, Any] = {"message_id": next(self._message_ids), "date": int(time.time())}
        message = head | {"chat": chat(chat_id)} | fields
        self.messages[chat_id, message["message_id"]] = message
        return message

    def _file(self, folder: str, name: str, content: bytes) -> dict[str, Any]:
        file_id = self.files.add(folder, name, content)
        return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": len(content)}


def person(user_id: int) -> dict[str, Any]:
    """A User with this id."""
    return {"id": user_id, "is_bot": False, "first_name": f"Người {user_id}", "language_code": "vi"}


def chat(chat_id: int) -> dict[str, Any]:
    """A private chat; for a negative id a group."""
    if chat_id > 0:
        return {"id": chat_id, "type": "private", "first_name": f"Người {chat_id}"}
    return {"id": chat_id, "type": "supergroup", "title": f"Nhóm {-chat_id}"}

"""The lines of a chat's page: stored once each, numbered in the order in which they are committed."""

from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from sqlmodel import Session, col, select

from handlers.messages import Made, Rows
from storage.clock import Clock
from storage.models import StoredFile, WebMessage, WebSession
from storage.outbox import insert_new

LINES_AT_ONCE = 60
MIME_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".ics": "text/calendar; charset=utf-8",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class LineFile:
    """A picture or file of a line. ``size`` is in bytes; ``width`` and ``height``, in pixels, are a picture's."""

    key: str
    name: str
    size: int
    alt: str = ""
    width: int = 0
    height: int = 0


def add_line(
    session: Session, chat_id: str, source_key: str, body: dict[str, Any], at: datetime, *, outgoing: bool
) -> WebMessage:
    """Store a line; the one already there when ``source_key`` was stored before.

    The session's row is locked first: whoever reads "after line 7" then misses none that is committed later.
    """
    session.exec(select(WebSession.token_hash).where(WebSession.chat_id == chat_id).with_for_update()).first()
    values = {
        "chat_id": chat_id,
        "outgoing": outgoing,
        "source_key": source_key,
        "body": body,
        "created_at": at,
    }
    insert_new(session, WebMessage, [values], "source_key")
    return session.exec(select(WebMessage).where(WebMessage.source_key == source_key)).one()


def outgoing_body(text: str, choices: Rows, file: LineFile | None) -> dict[str, Any]:
    """The stored body of what the bot says."""
    buttons = [[{"label": choice.label, "key": choice.key} for choice in row] for row in choices]
    return {"text": text, "choices": buttons, "file": asdict(file) if file else None}


def incoming_body(client_id: str, text: str, file: LineFile | None) -> dict[str, Any]:
    """The stored body of what the person says; ``client_id`` is the name that the page gave it."""
    return {"text": text, "client": client_id, "file": asdict(file) if file else None}


def keep_file(session: Session, key: str, made: Made, at: datetime) -> LineFile:
    """Store a picture's or file's bytes under ``key``; what is there already stays, whoever else is storing it."""
    mime = MIME_TYPES.get(PurePath(made.name).suffix.lower(), "application/octet-stream")
    digest = sha256(made.content).hexdigest()
    row = {
        "key": key,
        "name": made.name,
        "mime": mime,
        "sha256": digest,
        "content": made.content,
        "created_at": at,
    }
    insert_new(session, StoredFile, [row], "key")
    width, height = picture_size(made.content) if mime.startswith("image/") else (0, 0)
    return LineFile(key, made.name, len(made.content), made.alt, width, height)


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels, read from the picture's head; (0, 0) when it is not a picture."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content)) as picture:
            return picture.size
    except UnidentifiedImageError:
        return 0, 0


def lines_after(session: Session, chat_id: str, after: int, limit: int = 200) -> list[WebMessage]:
    """The lines of a chat that follow line ``after``, oldest first."""
    newer = select(WebMessage).where(WebMessage.chat_id == chat_id, col(WebMessage.id) > after)
    return list(session.exec(newer.order_by(col(WebMessage.id)).limit(limit)))


def lines_before(
    session: Session, chat_id: str, before: int | None = None, limit: int = LINES_AT_ONCE
) -> list[WebMessage]:
    """The last ``limit`` lines of a chat (before line ``before``), oldest first."""
    older = select(WebMessage).where(WebMessage.chat_id == chat_id)
    if before is not None:
        older = older.where(col(WebMessage.id) < before)
    return list(session.exec(older.order_by(col(WebMessage.id).desc()).limit(limit)))[::-1]


def as_json(line: WebMessage, clock: Clock) -> dict[str, Any]:
    """A line as the page reads it; ``at`` is local time."""
    file = line.body.get("file")
    return {
        "id": line.id,
        "mine": not line.outgoing,
        "at": clock.local(line.created_at).isoformat(timespec="seconds"),
        "text": line.body.get("text", ""),
        "choices": line.body.get("choices", []),
        "client": line.body.get("client", ""),
        "file": {**file, "url": file_url(file["key"], file["name"])} if file else None,
    }


def file_url(key: str, name: str) -> str:
    """Where the owner of the file ``key`` finds it."""
    return f"/files/{key}/{quote(name, safe='')}"

"""A file that is kept, sent again as it is."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from handlers.turn import House
from storage.models import StoredFile


def gather(session: Session, _house: House, args: dict[str, Any], _now: datetime) -> bytes:
    """The bytes of the file ``args["file"]``. Raises LookupError when it is no longer kept."""
    file = session.get(StoredFile, args["file"])
    if file is None:
        raise LookupError("the file is no longer kept")
    return file.content


def draw(content: bytes) -> bytes:
    """The file."""
    return content

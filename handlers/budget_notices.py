"""The warning to admins that a channel's messages of the month run low."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from handlers.messages import Reply
from handlers.texts import budget as texts
from handlers.turn import House
from storage.reminding import Recipient


def low(_session: Session, house: House, _who: Recipient, body: Mapping[str, Any], now: datetime) -> Reply | None:
    """The figures as they were when the mark was passed; None once the month is over."""
    if f"{house.clock.local_day(now):%Y-%m}" != body["month"]:
        return None
    return Reply(texts.low(body["channel"], body["month"], body["used"], body["monthly"], body["percent"]))

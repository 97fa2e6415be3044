"""The secret addresses of personal calendars. Only a hash is kept; whoever has the address reads the deadlines."""

import hashlib
import secrets
from datetime import datetime

from sqlmodel import Session, col, select

from storage.models import CalendarLink

PATH = "/lich"


def link_of(session: Session, cadre_id: int) -> CalendarLink | None:
    """The cadre's calendar address, as far as it is known."""
    return session.get(CalendarLink, cadre_id)


def new_token(session: Session, cadre_id: int, now: datetime) -> str:
    """A new secret for the cadre's calendar; the one before is out of use at once."""
    token = secrets.token_urlsafe(24)
    session.merge(CalendarLink(cadre_id=cadre_id, token_hash=_hash(token), created_at=now))
    session.flush()
    return token


def remove_link(session: Session, cadre_id: int) -> None:
    """Put the cadre's calendar address out of use."""
    row = link_of(session, cadre_id)
    if row is not None:
        session.delete(row)
        session.flush()


def cadre_of(session: Session, token: str) -> int | None:
    """Whose calendar the secret opens, None when it is not (any longer) valid."""
    return session.exec(select(CalendarLink.cadre_id).where(col(CalendarLink.token_hash) == _hash(token))).first()


def address(public_url: str, token: str) -> str:
    """The address that phones subscribe to."""
    return f"{public_url}{PATH}/{token}.ics"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

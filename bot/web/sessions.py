"""Which browser is speaking: a random token in a cookie, of which only the SHA-256 is stored."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from aiohttp import web
from sqlmodel import Session, select

from storage.models import WebSession
from storage.retention import COOKIE_DAYS

SEEN_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Browser:
    """A known browser: its chat, and its token where that was made in this request."""

    chat_id: str
    new_token: str = ""


@dataclass(frozen=True, slots=True)
class Cookie:
    """How the token travels; ``secure`` (the page is served over https) also pins the cookie to its host."""

    secure: bool

    @property
    def name(self) -> str:
        """The cookie's name."""
        return "__Host-doanbot" if self.secure else "doanbot"

    def read(self, request: web.Request) -> str:
        """The token that came with ``request``, or ""."""
        return request.cookies.get(self.name, "")

    def give(self, response: web.StreamResponse, token: str) -> None:
        """Hand ``token`` to the browser, out of reach of scripts and of other sites."""
        response.set_cookie(
            self.name,
            token,
            max_age=COOKIE_DAYS * 24 * 3600,
            httponly=True,
            secure=self.secure,
            samesite="Lax",
            path="/",
        )


def find(session: Session, token: str) -> WebSession | None:
    """The session of ``token``, if it is known."""
    return session.get(WebSession, _hash(token)) if token else None


def find_or_open(session: Session, token: str, now: datetime) -> Browser:
    """The session of ``token``; a browser that is not known gets a session with a chat of its own."""
    known = find(session, token)
    if known is None:
        token, chat_id = secrets.token_urlsafe(32), secrets.token_hex(8)
        session.add(WebSession(token_hash=_hash(token), chat_id=chat_id, created_at=now, last_seen_at=now))
        session.flush()
        return Browser(chat_id, token)
    if now - known.last_seen_at > SEEN_EVERY:
        known.last_seen_at = now
        session.add(known)
    return Browser(known.chat_id)


def change_chat(session: Session, token: str, person: str, now: datetime) -> Browser:
    """Let the browser of ``token`` speak in its chat called ``person`` (the demo's way of being several people)."""
    browser = find_or_open(session, token, now)
    known = session.exec(select(WebSession).where(WebSession.chat_id == browser.chat_id)).one()
    known.chat_id = f"{browser.chat_id.partition('-')[0]}-{person}"
    session.add(known)
    return Browser(known.chat_id, browser.new_token)


def person_of(chat_id: str) -> str:
    """Whose chat :func:`change_chat` made of it, or ""."""
    return chat_id.partition("-")[2]


def file_key(chat_id: str) -> str:
    """A new name for a file of ``chat_id``: it cannot be guessed, and says whose it is."""
    return f"{chat_id}.{secrets.token_urlsafe(16)}"


def owns(chat_id: str, key: str) -> bool:
    """Whether the file ``key`` belongs to ``chat_id``."""
    return key.rpartition(".")[0] == chat_id


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()

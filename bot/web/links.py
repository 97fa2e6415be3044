"""Files for channels that take none: signed links that serve one file to whoever holds them, for 48 hours."""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from aiohttp import web
from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.web.lines import keep_file
from handlers.messages import Made
from storage.clock import Clock
from storage.database import Database
from storage.models import AppState, StoredFile
from storage.outbox import insert_new

VALID_FOR = timedelta(hours=48)
SECRET = "links.secret"  # noqa: S105 - the name under which it is kept
KEYS = "out."
NO_SUCH_LINK = "Đường dẫn này không đúng. Đồng chí mở lại từ tin nhắn, hoặc nhờ bot gửi lại, ví dụ: /baocao"
EXPIRED = "Đường dẫn này đã hết hạn (mỗi đường dẫn dùng được 48 giờ). Đồng chí nhờ bot gửi lại, ví dụ: /baocao"


class Links:
    """Makes and serves links under ``public_url``. Without ``secret`` a random one is kept in the database."""

    def __init__(self, db: Database, clock: Clock, public_url: str, secret: str = "") -> None:
        self._db = db
        self._clock = clock
        self._public_url = public_url
        self._key = hmac.digest(secret.encode(), b"file links", hashlib.sha256) if secret else b""

    async def make(self, source_key: str, made: Made) -> str:
        """Keep the file of the message ``source_key`` and return its link, of the same file when it is sent again."""
        key = KEYS + hashlib.sha256(source_key.encode()).hexdigest()[:40]
        signing = await self._signing_key()
        now = self._clock.now()
        await self._db.write(lambda session: _keep(session, key, made, now))
        expiry = int((now + VALID_FOR).timestamp())
        return f"{self._public_url}/f/{key}/{expiry}/{_sign(signing, key, expiry)}/{quote(made.name, safe='')}"

    def routes(self) -> list[web.RouteDef]:
        """Where links lead, for the web server."""
        return [web.get("/f/{key}/{expiry:[0-9]{1,12}}/{signature}/{name}", self.serve)]

    async def serve(self, request: web.Request) -> web.Response:
        """The file of a link: shown when it is a picture, else saved."""
        key, expiry = request.match_info["key"], int(request.match_info["expiry"])
        right = _sign(await self._signing_key(), key, expiry)
        if not hmac.compare_digest(right.encode(), request.match_info["signature"].encode()):
            return web.Response(status=404, text=NO_SUCH_LINK)
        if self._clock.now().timestamp() >= expiry:
            return web.Response(status=410, text=EXPIRED)
        file = await self._db.read(lambda s: s.exec(select(StoredFile).where(StoredFile.key == key)).first())
        if file is None:
            return web.Response(status=410, text=EXPIRED)
        shown = file.mime.startswith("image/")
        kind = "inline" if shown else "attachment"
        return web.Response(
            body=file.content,
            headers={
                "Content-Type": file.mime,
                "Content-Disposition": f"{kind}; filename*=UTF-8''{quote(file.name, safe='')}",
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "Cross-Origin-Resource-Policy": "cross-origin",
                "Cache-Control": "private, no-store",
                "X-Content-Type-Options": "nosniff",
                "X-Robots-Tag": "noindex",
            },
        )

    async def _signing_key(self) -> bytes:
        if not self._key:
            self._key = await self._db.write(_own_secret)
        return self._key


def expires_at(link: str) -> datetime:
    """When ``link`` ends."""
    return datetime.fromtimestamp(int(link.rsplit("/", 3)[1]), UTC)


def _sign(signing: bytes, key: str, expiry: int) -> str:
    return hmac.new(signing, f"{key}/{expiry}".encode(), hashlib.sha256).hexdigest()


def _keep(session: Session, key: str, made: Made, now: datetime) -> None:
    """Store the file once, and let those go whose links have ended."""
    ended = delete(StoredFile).where(col(StoredFile.key).startswith(KEYS), col(StoredFile.created_at) < now - VALID_FOR)
    session.execute(ended.execution_options(synchronize_session=False))
    keep_file(session, key, made, now)


def _own_secret(session: Session) -> bytes:
    insert_new(session, AppState, [{"name": SECRET, "value": secrets.token_hex(32)}], "name")
    return bytes.fromhex(session.get_one(AppState, SECRET).value)

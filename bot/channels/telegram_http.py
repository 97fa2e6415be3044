"""How python-telegram-bot reaches Telegram: over aiohttp, with errors that tell what became of a call.

Over the library's own client (httpx) the same bot answers several times fewer messages a second.
The bot's token is part of every address, so no error raised here carries an address unredacted.
"""

import os
import re
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData

from bot.channels.base import Outcome

# Without it every RetryAfter the library raises warns of its own coming change.
os.environ.setdefault("PTB_TIMEDELTA", "true")

_SECRETS = re.compile(
    r"(?<=/bot)\d+(?::|%3A)[\w-]+"  # the token in an address
    r"|\d{6,}(?::|%3A)[\w-]{30,}"  # a token anywhere
    r"|(?<=://)[^/@\s]+(?=@)"  # a proxy's user and password
)
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": BaseRequest.USER_AGENT}
_MULTIPART = {"User-Agent": BaseRequest.USER_AGENT}
_PROXY_SAYS_NO = (HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED)


class ProxyUnsupportedError(ValueError):
    """TELEGRAM_PROXY names a proxy that cannot be used; the text is for the operator."""


class ProxyRefusedError(aiohttp.ClientError):
    """The proxy answered instead of Telegram; `status` is its HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the proxy answered {status}")
        self.status = status


def redact(text: str) -> str:
    """The text without bot tokens and without a proxy's user and password."""
    return _SECRETS.sub("***", text)


def outcome_of(error: Exception) -> Outcome:
    """What became of the call that raised `error`; whatever is not certain is UNKNOWN."""
    match error:
        case RetryAfter():
            return Outcome.RETRY_AFTER
        case ChatMigrated():
            return Outcome.MIGRATED
        case Forbidden():
            return Outcome.BLOCKED
        case BadRequest():
            return Outcome.PERMANENT
        case InvalidToken() | Conflict():
            return Outcome.MISCONFIGURED
        case NetworkError():
            return _outcome_of_cause(error.__cause__)
        case _:
            return Outcome.UNKNOWN


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram asks to wait, in seconds; the library gives a number or a timedelta."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


class AiohttpRequest(BaseRequest):
    """The library's requests over one aiohttp session with `connections` connections at most.

    Time-outs are in seconds: for a free connection, for connecting, for sending a request with its files, and
    for each wait on an answer. `proxy` is an http:// or https:// address. Raises ProxyUnsupportedError.
    """

    def __init__(
        self,
        *,
        connections: int = 256,
        proxy: str | None = None,
        pool_timeout: float = 5.0,
        connect_timeout: float = 5.0,
        write_timeout: float = 20.0,
        read_timeout: float = 15.0,
    ) -> None:
        self._connections = connections
        self._proxy = _checked_proxy(proxy) if proxy else None
        self._pool_timeout = pool_timeout
        self._connect_timeout = connect_timeout
        self._write_timeout = write_timeout
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer when a call does not say."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the session, unless it is open."""
        self._opened()

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                proxy=self._proxy,
            )
        return self._session

    async def shutdown(self) -> None:
        """Close the session with its connections."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """HTTP status and body of the answer. Raises TimedOut, NetworkError (see outcome_of), BadRequest."""
        session = self._opened()  # a process that only delivers has not introduced itself
        timeout = _timeout(
            pool=_seconds(pool_timeout, self._pool_timeout),
            connect=_seconds(connect_timeout, self._connect_timeout),
            write=_seconds(write_timeout, self._write_timeout),
            read=_seconds(read_timeout, self._read_timeout),
            is_download=method == "GET",
        )
        try:
            body, headers = _body(request_data)
            async with session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                status, payload = response.status, await response.read()
        except (aiohttp.ClientError, OSError, ValueError) as error:
            cause = _cause(error)
        else:
            return _checked(status, payload)
        raise _failure(cause) from cause


def _checked_proxy(proxy: str) -> str:
    address = urlsplit(proxy)
    if address.scheme not in ("http", "https") or not address.hostname:
        kind = f"{address.scheme}://" if "://" in proxy else "an address without http:// in front"
        raise ProxyUnsupportedError(
            f"TELEGRAM_PROXY: {kind} cannot be used; give an HTTP proxy such as http://127.0.0.1:3128"
        )
    return proxy


def _seconds(given: object, default: float) -> float | None:
    """A call's own time-out, None for no limit; the library marks "not given" by a value of its own."""
    if given is None:
        return None
    return float(given) if isinstance(given, int | float) else default


def _timeout(
    *, pool: float | None, connect: float | None, write: float | None, read: float | None, is_download: bool
) -> aiohttp.ClientTimeout:
    """aiohttp has no limit for sending, so a call is limited as a whole; a download only in each wait."""
    to_connect = None if pool is None or connect is None else pool + connect
    parts = (to_connect, write, read)
    total = None if is_download or None in parts else sum(part for part in parts if part is not None)
    return aiohttp.ClientTimeout(total=total, connect=to_connect, sock_connect=connect, sock_read=read)


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if data is None:
        return None, _MULTIPART
    if not data.contains_files:
        return urlencode(data.json_parameters).encode(), _FORM
    form = aiohttp.FormData(quote_fields=False)  # Telegram shows file names as they are sent
    for name, text in data.json_parameters.items():
        form.add_field(name, text)
    for name, (filename, content, content_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form, _MULTIPART


def _checked(status: int, payload: bytes) -> tuple[int, bytes]:
    """The answer, unless its status alone says more than the library makes of it."""
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise BadRequest("Request Entity Too Large (413)")
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        cause = ProxyRefusedError(status)
        raise _failure(cause) from cause
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return status, payload
    return status, redact(payload.decode(errors="replace")).encode()  # the library quotes it in its error


def _failure(cause: Exception) -> TelegramError:
    text = f"{type(cause).__name__}: {cause}"
    return TimedOut(text) if isinstance(cause, TimeoutError) else NetworkError(text)


def _cause(error: Exception) -> Exception:
    """The error without secrets: aiohttp puts addresses, headers and passwords in texts and arguments."""
    match error:
        case aiohttp.ClientHttpProxyError():
            return ProxyRefusedError(error.status)
        case aiohttp.ClientResponseError():
            return aiohttp.ClientPayloadError(redact(error.message))
        case aiohttp.InvalidURL():
            return aiohttp.InvalidURL(redact(str(error)))
    error.args = (redact(str(error)),)
    return error


def _outcome_of_cause(cause: BaseException | None) -> Outcome:
    match cause:
        case ProxyRefusedError():
            return Outcome.MISCONFIGURED if cause.status in _PROXY_SAYS_NO else Outcome.NOT_DELIVERED
        case aiohttp.InvalidURL() | aiohttp.NonHttpUrlClientError():
            return Outcome.MISCONFIGURED
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return Outcome.NOT_DELIVERED
        case _:
            return Outcome.UNKNOWN

"""Calls of Zalo's bot API, with errors that tell what became of a call.

Over aiohttp: several times as many messages a second as over httpx on the same machine. The token is part of every
address, so no address is ever logged or put into an error. Errors come both as HTTP 4xx and as HTTP 200 with
``ok: false``, so every answer is read.
"""

import json
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.channels.base import Outcome, SendFailed

CONNECTIONS = 128
CALL_SECONDS = 15.0
CONNECT_SECONDS = 5.0
FETCH_SECONDS = 30.0
MOST_FETCHED_BYTES = 10 * 1024 * 1024
SLOWEST_AGAIN_SECONDS = 300.0

# What an error code says of the call that it answers; whatever is not certain is UNKNOWN.
# 403 is Zalo's "internal error", 408 its time-out, 429 a used-up quota.
OUTCOMES = {
    400: Outcome.PERMANENT,
    401: Outcome.MISCONFIGURED,
    403: Outcome.UNKNOWN,
    404: Outcome.PERMANENT,
    408: Outcome.UNKNOWN,
    413: Outcome.PERMANENT,
    429: Outcome.RETRY_AFTER,
}
NOTHING_NEW = 408
NO_WEBHOOK = 404


class ZaloError(Exception):
    """Zalo did not do what was asked. ``code`` is its error code or HTTP status, 0 without an answer."""

    def __init__(self, outcome: Outcome, detail: str, code: int = 0, seconds: float = 0.0) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail
        self.code = code
        self.seconds = seconds

    def as_send_failure(self) -> SendFailed:
        """The same, as delivery reads it."""
        return SendFailed(self.outcome, self.detail, seconds=self.seconds)


class ZaloApi:
    """One bot at Zalo. ``api_url`` is the address before the token, with or without "/bot" at its end."""

    def __init__(self, api_url: str, token: str) -> None:
        base = api_url.rstrip("/")
        self._url = f"{base if base.endswith('/bot') else f'{base}/bot'}{token}"
        self._token = token
        self._refusals = 0
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, params: dict[str, Any] | None = None, seconds: float = CALL_SECONDS) -> Any:
        """What ``method`` answers, None where it answers nothing. Raises :class:`ZaloError`."""
        timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=CONNECT_SECONDS)
        try:
            async with self._open().post(f"{self._url}/{method}", json=params or {}, timeout=timeout) as response:
                status, body = response.status, await response.read()
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise ZaloError(_outcome_of(error), self._redact(f"{method}: {type(error).__name__}: {error}")) from None
        return self._result(method, status, body)

    async def fetch(self, url: str) -> bytes:
        """The bytes at ``url``, a picture that somebody sent. Raises :class:`ZaloError`."""
        try:
            async with self._open().get(url, timeout=aiohttp.ClientTimeout(total=FETCH_SECONDS)) as response:
                if response.status != HTTPStatus.OK:
                    gone = HTTPStatus.BAD_REQUEST <= response.status < HTTPStatus.INTERNAL_SERVER_ERROR
                    outcome = Outcome.PERMANENT if gone else Outcome.NOT_DELIVERED
                    raise ZaloError(outcome, f"picture: HTTP {response.status}", response.status)
                content = await response.content.read(MOST_FETCHED_BYTES + 1)
                while len(content) <= MOST_FETCHED_BYTES and (more := await response.content.read(MOST_FETCHED_BYTES)):
                    content += more
        except aiohttp.InvalidURL:
            raise ZaloError(Outcome.PERMANENT, "picture: no address") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise ZaloError(Outcome.NOT_DELIVERED, f"picture: {type(error).__name__}") from None
        if len(content) > MOST_FETCHED_BYTES:
            raise ZaloError(Outcome.PERMANENT, "picture: larger than 10 MB")
        return content

    async def close(self) -> None:
        """Let go of connections."""
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS), cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session

    def _result(self, method: str, status: int, body: bytes) -> Any:
        answer = _read(body)
        if answer is None:
            outcome = Outcome.MISCONFIGURED if status in {401, 404, 405} else OUTCOMES.get(status, Outcome.UNKNOWN)
            raise ZaloError(outcome, f"{method}: HTTP {status}, not an answer of Zalo's", status, self._wait(outcome))
        if answer.get("ok") is True and status < HTTPStatus.BAD_REQUEST:
            self._refusals = 0
            return answer.get("result")
        code = _code(answer, status)
        outcome = OUTCOMES.get(code, Outcome.UNKNOWN)
        says = self._redact(str(answer.get("description", ""))[:200])
        raise ZaloError(outcome, f"{method}: {code} {says}".rstrip(), code, self._wait(outcome))

    def _wait(self, outcome: Outcome) -> float:
        """Zalo names no waiting time: twice as long after each refusal in a row, beginning with two seconds."""
        if outcome is not Outcome.RETRY_AFTER:
            return 0.0
        self._refusals = min(self._refusals + 1, 10)
        return min(2.0**self._refusals, SLOWEST_AGAIN_SECONDS)

    def _redact(self, text: str) -> str:
        return text.replace(self._token, "***") if self._token else text


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) and "ok" in answer else None


def _code(answer: dict[str, Any], status: int) -> int:
    code = answer.get("error_code")
    return code if isinstance(code, int) and not isinstance(code, bool) else status


def _outcome_of(error: Exception) -> Outcome:
    match error:
        case aiohttp.InvalidURL() | aiohttp.NonHttpUrlClientError():
            return Outcome.MISCONFIGURED
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return Outcome.NOT_DELIVERED
        case _:
            return Outcome.UNKNOWN

"""What can go wrong between a bot and Zalo, switched on by a test."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import web


class Fault(StrEnum):
    """How a call goes wrong; each says whether the call took effect."""

    TOO_MANY = "429"  # HTTP 429, no effect
    TOO_MANY_OK = "ok:false 429"  # the same inside HTTP 200
    REFUSED = "ok:false 400"  # no effect
    UNAUTHORIZED = "401"
    INTERNAL = "403"  # "internal error", after the effect
    SLOW_DOWN = "408"  # timed out, after the effect
    SERVER_ERROR = "502"  # HTML, after the effect
    NO_CODE = "ok:false"  # without a code, no effect
    DROP = "drop"  # connection cut after the effect
    HANG = "hang"  # took effect, is never answered


AFTER_THE_EFFECT = {Fault.INTERNAL, Fault.SLOW_DOWN, Fault.SERVER_ERROR, Fault.DROP, Fault.HANG}


@dataclass(slots=True)
class Switch:
    """One fault: for which calls, and how often (None: until healed)."""

    fault: Fault
    method: str | None = None
    chat_id: str | None = None
    times: int | None = None

    def fits(self, method: str, chat_id: str) -> bool:
        """Whether this switch is meant for the call."""
        return self.times != 0 and self.method in (None, method) and self.chat_id in (None, chat_id)


class RefusedError(Exception):
    """An answer that is no success: HTTP status, error code (None: none) and description."""

    def __init__(self, status: int, code: int | None, description: str) -> None:
        super().__init__(description)
        self.status, self.code, self.description = status, code, description


_ANSWERS = {
    Fault.TOO_MANY: RefusedError(429, 429, "Quota exceeded"),
    Fault.TOO_MANY_OK: RefusedError(200, 429, "Quota exceeded"),
    Fault.REFUSED: RefusedError(200, 400, "Bad Request: chat not found"),
    Fault.UNAUTHORIZED: RefusedError(401, 401, "Unauthorized"),
    Fault.INTERNAL: RefusedError(403, 403, "Internal error"),
    Fault.SLOW_DOWN: RefusedError(408, 408, "Request timeout"),
    Fault.NO_CODE: RefusedError(200, None, "something went wrong"),
}


async def go_wrong(fault: Fault, request: web.BaseRequest) -> web.Response:
    """What the caller gets of a call that goes wrong."""
    if answer := _ANSWERS.get(fault):
        raise answer
    if fault is Fault.SERVER_ERROR:
        return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
    if fault is Fault.HANG:
        await asyncio.Event().wait()
    assert request.transport is not None
    request.transport.abort()
    return web.Response(status=500)

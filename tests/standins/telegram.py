"""A stand-in for Telegram's Bot API server, over real HTTP on this machine.

    async with TelegramStandIn() as telegram:
        telegram.push_text(42, "/start")            # what a person sends
        [answer] = await telegram.wait_for_sent(1)  # what the bot sends

Every call is checked against the description of Bot API 10.0, more strictly than by Telegram itself;
webhooks may be plain http, as with a Bot API server of one's own. `in_thread()` gives the same server on a
loop of its own, for tests without one; `python -m tests.standins.telegram` runs it alone.
"""

import argparse
import asyncio
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar
from urllib.parse import parse_qsl

from aiohttp import web

from tests.standins.telegram_faults import Fault, Faults, Switch
from tests.standins.telegram_methods import JSON, Methods
from tests.standins.telegram_spec import RefusedError, Upload, check

TOKEN = "123456789:AAstandinstandinstandinstandinstan_"
T = TypeVar("T")


@dataclass(slots=True)
class Call:
    """One call of the bot; `at` and `answered` in monotonic seconds, `status` None if it was cut off."""

    method: str
    params: JSON
    uploads: dict[str, Upload]
    at: float
    result: Any = None
    status: int | None = None
    answered: float | None = None

    @property
    def chat_id(self) -> Any:
        """The chat it is meant for."""
        return self.params.get("chat_id")

    @property
    def text(self) -> str:
        """The text or caption it shows."""
        return str(self.params.get("text") or self.params.get("caption") or "")


@dataclass(slots=True)
class _Waiter:
    enough: Callable[[], bool]
    done: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class TelegramStandIn(Methods):
    """The server and, on the test's side, people who write, records of what was sent, and faults."""

    def __init__(self, port: int = 0, *, token: str = TOKEN, strict: bool = True, latency: float = 0.0) -> None:
        """`strict` checks every call; `latency` is how many seconds each answer takes."""
        super().__init__()
        self.token, self.strict, self.latency = token, strict, latency
        self.faults = Faults()
        self.calls: list[Call] = []
        self.sent: list[Call] = []  # what people received
        self.on_answer: Callable[[Call], None] | None = None
        self.updates.on_poll = self.changed
        self._port = port
        self._waiters: list[_Waiter] = []
        self._server: web.Server | None = None
        self._listener: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Where it listens, without the path."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_url(self) -> str:
        """What python-telegram-bot calls `base_url`."""
        return f"{self.url}/bot"

    @property
    def file_url(self) -> str:
        """What python-telegram-bot calls `base_file_url`."""
        return f"{self.url}/file/bot"

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._server.connections) if self._server is not None else 0

    async def __aenter__(self) -> Self:
        self._server = web.Server(self._serve, access_log=None)
        await self.come_back()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.drop_webhook()
        self.updates.release()
        await self.go_down()
        assert self._server is not None
        await self._server.shutdown(0.1)

    async def go_down(self) -> None:
        """Become unreachable: nobody listens and open connections are cut."""
        assert self._server is not None
        if self._listener is not None:
            self._listener.close()
        for connection in self._server.connections:
            if connection.transport is not None:
                connection.transport.abort()
        self._listener = None

    async def come_back(self) -> None:
        """Listen (again), on the same port as before."""
        assert self._server is not None
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(self._server, "127.0.0.1", self._port, backlog=1024)
        self._port = self._listener.sockets[0].getsockname()[1]

    def fail(self, fault: Fault, method: str | None = None, **where: Any) -> Switch:
        """Switch a fault on; `chat_id`, `times`, `chance`, `retry_after`, `new_chat_id` as in Switch."""
        return self.faults.add(Switch(fault, method, **where))

    async def wait_for(self, enough: Callable[[Self], bool], within: float = 10.0) -> None:
        """Wait until a call makes `enough` true. Raises TimeoutError saying what did come."""
        if enough(self):
            return
        waiter = _Waiter(lambda: enough(self))
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout(within):
                await waiter.done
        except TimeoutError:
            raise TimeoutError(f"not within {within} s; calls: {dict(Counter(c.method for c in self.calls))}") from None
        finally:
            self._waiters.remove(waiter)

    async def wait_for_sent(self, count: int, chat_id: int | None = None, within: float = 10.0) -> list[Call]:
        """The first `count` messages that people (or one chat) received."""
        await self.wait_for(lambda _: len(self.sent_to(chat_id)) >= count, within)
        return self.sent_to(chat_id)[:count]

    def sent_to(self, chat_id: int | None) -> list[Call]:
        """What one chat received; everything without a chat."""
        return self.sent if chat_id is None else [call for call in self.sent if call.chat_id == chat_id]

    def changed(self) -> None:
        """Something happened: wake those it was enough for."""
        for waiter in self._waiters:
            if not waiter.done.done() and waiter.enough():
                waiter.done.set_result(None)

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path.startswith("/file/bot"):
            return self._download(request.path)
        token, _, method = request.path.removeprefix("/bot").partition("/")
        try:
            params, uploads = await _read(request)
        except (ConnectionError, ValueError) as error:
            return _refusal(RefusedError(400, f"Bad Request: {error}"))
        if token != self.token:
            return _refusal(RefusedError(401, "Unauthorized") if ":" in token else RefusedError(404, "Not Found"))
        return await self._answer(Call(method, params, uploads, time.monotonic()), request)

    async def _answer(self, call: Call, request: web.BaseRequest) -> web.StreamResponse:
        self.calls.append(call)
        response: web.StreamResponse | None
        try:
            response = await self._carry_out(call)
        except RefusedError as refused:
            response = _refusal(refused)
        if self.latency:
            await asyncio.sleep(self.latency)
        if response is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response(status=500)
        call.status, call.answered = response.status, time.monotonic()
        if self.on_answer is not None:
            self.on_answer(call)
        self.changed()
        return response

    async def _carry_out(self, call: Call) -> web.Response | None:
        """The answer; None to cut the connection. Raises RefusedError."""
        if self.strict:
            call.params = check(call.method, call.params, call.uploads)
        elif "chat_id" in call.params:
            call.params["chat_id"] = int(call.params["chat_id"])
        switch = self.faults.take(call.method, call.chat_id)
        if switch is None or switch.fault.takes_effect:
            carry_out = getattr(self, f"do_{call.method}", None)
            if carry_out is None:
                raise RefusedError(404, "Not Found: method not found")
            call.result = await carry_out(call.params, call.uploads)
            if call.method.startswith("send") and call.method != "sendChatAction":
                self.sent.append(call)
        if switch is None:
            return _json(200, {"ok": True, "result": call.result})
        self.changed()
        if switch.fault is Fault.HANG:
            await asyncio.Event().wait()
        if switch.fault is Fault.TOO_LARGE:
            return web.Response(status=413, text="<html>Request Entity Too Large</html>", content_type="text/html")
        if answer := switch.answer():
            raise answer
        return None

    def _download(self, path: str) -> web.Response:
        token, _, file_path = path.removeprefix("/file/bot").partition("/")
        content = self.files.content_at(file_path)
        if token != self.token or content is None:
            return _refusal(RefusedError(404, "Not Found"))
        return web.Response(body=content, content_type="application/octet-stream")


def _json(status: int, body: JSON) -> web.Response:
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return web.Response(status=status, body=data, content_type="application/json")


def _refusal(refused: RefusedError) -> web.Response:
    body: JSON = {"ok": False, "error_code": refused.code, "description": refused.description}
    return _json(refused.code, body | ({"parameters": refused.parameters} if refused.parameters else {}))


async def _read(request: web.BaseRequest) -> tuple[JSON, dict[str, Upload]]:
    """Parameters and files, in any of the four ways Telegram takes them."""
    params: JSON = dict(parse_qsl(request.query_string, keep_blank_values=True))
    uploads: dict[str, Upload] = {}
    if request.content_type == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(value.filename, value.content_type, value.file.read())
            else:
                params[name] = value
        return params, uploads
    body = await request.read()
    if request.content_type == "application/json":
        params |= json.loads(body) if body else {}
    elif body:
        params |= parse_qsl(body.decode(), keep_blank_values=True)
    return params, uploads


class ThreadedTelegram:
    """The stand-in on another thread's loop: everything goes through `do` and `wait`."""

    def __init__(self, telegram: TelegramStandIn, loop: asyncio.AbstractEventLoop) -> None:
        self.api_url, self.file_url = telegram.api_url, telegram.file_url
        self._telegram, self._loop = telegram, loop

    def do(self, action: Callable[[TelegramStandIn], T]) -> T:
        """Run `action` on the server's loop: `telegram.do(lambda t: t.push_text(42, "/start"))`."""

        async def act() -> T:
            return action(self._telegram)

        return asyncio.run_coroutine_threadsafe(act(), self._loop).result(30)

    def wait(self, action: Callable[[TelegramStandIn], Awaitable[T]], within: float = 60.0) -> T:
        """Wait for one of its coroutines: `telegram.wait(lambda t: t.wait_for_sent(1))`."""

        async def act() -> T:
            return await action(self._telegram)

        return asyncio.run_coroutine_threadsafe(act(), self._loop).result(within)


@contextmanager
def in_thread(**options: Any) -> Iterator[ThreadedTelegram]:
    """A stand-in that serves on a thread of its own while the block runs."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="telegram stand-in", daemon=True)
    thread.start()
    telegram = TelegramStandIn(**options)
    asyncio.run_coroutine_threadsafe(telegram.__aenter__(), loop).result(10)
    try:
        yield ThreadedTelegram(telegram, loop)
    finally:
        asyncio.run_coroutine_threadsafe(telegram.__aexit__(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _run(port: int, latency: float) -> None:
    async with TelegramStandIn(port, latency=latency) as telegram:
        sys.stdout.write(f"TELEGRAM_API_URL={telegram.api_url} TELEGRAM_TOKEN={telegram.token}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--latency-ms", type=float, default=0)
    options = parser.parse_args()
    asyncio.run(_run(options.port, options.latency_ms / 1000))


if __name__ == "__main__":
    main()

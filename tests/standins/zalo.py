"""A stand-in for Zalo's bot API server, over real HTTP on this machine.

    async with ZaloStandIn() as zalo:
        zalo.push_text("u1", "/start")          # what a person sends
        [answer] = await zalo.wait_for_sent(1)  # what the bot sends

Ids are 20 hex digits, updates go out once, one a poll or to the webhook that the bot has set (which may be plain
http here), an empty poll is answered 408, and errors come as HTTP 4xx or as HTTP 200 with `ok: false`.
"""

import asyncio
import contextlib
import hashlib
import itertools
import json
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.standins.zalo_deliveries import Deliveries
from tests.standins.zalo_faults import AFTER_THE_EFFECT, Fault, RefusedError, Switch, go_wrong

JSON = dict[str, Any]
TOKEN = "987654321:zaLoStandInToken"
LONGEST_TEXT = 2000


@dataclass(slots=True)
class Call:
    """One call of the bot; ``status`` is None if it was cut off."""

    method: str
    params: JSON
    result: Any = None
    status: int | None = None

    @property
    def chat_id(self) -> str:
        """The chat it is meant for."""
        return str(self.params.get("chat_id", ""))

    @property
    def text(self) -> str:
        """The text or caption it shows."""
        return str(self.params.get("text") or self.params.get("caption") or "")


@dataclass
class ZaloStandIn:
    """The server and, on the test's side, people who write and records of what was sent."""

    token: str = TOKEN
    latency: float = 0.0
    envelope: bool = False
    poll_seconds: float | None = None
    calls: list[Call] = field(default_factory=list)
    sent: list[Call] = field(default_factory=list)
    switches: list[Switch] = field(default_factory=list)
    webhook: JSON = field(default_factory=dict)
    delivered: list[int] = field(default_factory=list)
    on_answer: Callable[[Call], None] | None = None
    pictures: dict[str, bytes] = field(default_factory=dict)
    _port: int = 0
    _updates: deque[JSON] = field(default_factory=deque)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _waiters: list[tuple[Callable[[], bool], asyncio.Future[None]]] = field(default_factory=list)
    _server: web.Server | None = None
    _listener: asyncio.Server | None = None
    _deliveries: Deliveries | None = None

    @property
    def api_url(self) -> str:
        """What ZALO_API_URL is set to."""
        return f"http://127.0.0.1:{self._port}/bot"

    async def __aenter__(self) -> Self:
        self._server = web.Server(self._serve, access_log=None)
        await self.come_back()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        if self._deliveries is not None:
            await self._deliveries.close()
        await self.go_down()
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

    # People

    def push_text(self, who: str, text: str, **more: Any) -> JSON:
        """Somebody writes ``text``."""
        return self.push("message.text.received", who, text=text, **more)

    def push_picture(self, who: str, content: bytes, name: str = "photo_url") -> JSON:
        """Somebody sends a picture; its address is in the field ``name``."""
        picture = f"{next(self._numbers)}.jpg"
        self.pictures[picture] = content
        return self.push("message.image.received", who, **{name: f"http://127.0.0.1:{self._port}/pictures/{picture}"})

    def push(self, event: str, who: str, *, chat_type: str = "PRIVATE", **message: Any) -> JSON:
        """An event of the private chat with ``who``, on its way to the bot."""
        person = {"id": id_of(who), "display_name": who, "is_bot": False}
        update = {
            "event_name": event,
            "message": {
                "from": person,
                "chat": {"id": id_of(who), "chat_type": chat_type},
                "message_id": id_of(f"message {next(self._numbers)}"),
                "date": 1795150316131,
                **message,
            },
        }
        self.deliver(update)
        return update

    def deliver(self, update: JSON) -> None:
        """Hand ``update`` to the webhook, or keep it for the next poll."""
        if self._deliveries is not None:
            self._deliveries.add({"ok": True, "result": update} if self.envelope else update)
            return
        self._updates.append(update)
        self._news.set()

    def _delivered(self, status: int) -> None:
        self.delivered.append(status)
        self._tell()

    # The test's side

    def fail(self, fault: Fault, method: str | None = None, *, who: str = "", times: int | None = None) -> Switch:
        """Switch a fault on."""
        self.switches.append(Switch(fault, method, id_of(who) if who else None, times))
        return self.switches[-1]

    async def wait_for(self, enough: Callable[[Self], bool], within: float = 10.0) -> None:
        """Wait until something makes ``enough`` true. Raises TimeoutError saying what did come."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiter = (lambda: enough(self), done)
        self._waiters.append(waiter)
        self._tell()
        try:
            async with asyncio.timeout(within):
                await done
        except TimeoutError:
            raise TimeoutError(f"not within {within} s; calls: {dict(Counter(c.method for c in self.calls))}") from None
        finally:
            self._waiters.remove(waiter)

    async def wait_for_sent(self, count: int, who: str = "", within: float = 10.0) -> list[Call]:
        """The first ``count`` messages that people (or one of them) received."""
        await self.wait_for(lambda _: len(self.sent_to(who)) >= count, within)
        return self.sent_to(who)[:count]

    def sent_to(self, who: str = "") -> list[Call]:
        """What one person received; everything without a person."""
        return [call for call in self.sent if not who or call.chat_id == id_of(who)]

    def _tell(self) -> None:
        for enough, done in self._waiters:
            if not done.done() and enough():
                done.set_result(None)

    # The server

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        start, _, last = request.path.rpartition("/")
        if start == "/pictures":
            content = self.pictures.get(last)
            return web.Response(status=404) if content is None else web.Response(body=content)
        body = await request.read()
        call = Call(last, json.loads(body) if body else {})
        self.calls.append(call)
        try:
            response = await self._carry_out(call, start, request)
        except RefusedError as refused:
            error = {} if refused.code is None else {"error_code": refused.code}
            response = _json({"ok": False, "description": refused.description, **error}, refused.status)
        if self.latency:
            await asyncio.sleep(self.latency)
        call.status = response.status
        if self.on_answer is not None:
            self.on_answer(call)
        self._tell()
        return response

    async def _carry_out(self, call: Call, start: str, request: web.BaseRequest) -> web.Response:
        if start != f"/bot{self.token}":
            raise RefusedError(401, 401, "Unauthorized")
        switch = next((switch for switch in self.switches if switch.fits(call.method, call.chat_id)), None)
        fault = switch.fault if switch else None
        if switch is not None and switch.times is not None:
            switch.times -= 1
        if fault is None or fault in AFTER_THE_EFFECT:
            await self._take_effect(call)
        if fault is None:
            result = {} if call.result is None else {"result": call.result}
            return _json({"ok": True, **result})
        self._tell()
        return await go_wrong(fault, request)

    async def _take_effect(self, call: Call) -> None:
        do = getattr(self, f"_do_{call.method}", None)
        if do is None:
            raise RefusedError(400, 400, "Bad Request: no such method")
        call.result = await do(call.params)
        if call.method in {"sendMessage", "sendPhoto"}:
            self.sent.append(call)

    async def _do_getMe(self, _params: JSON) -> JSON:
        return {
            "id": id_of("bot"),
            "account_name": "Bot Cán bộ Đoàn",
            "account_type": "BASIC",
            "can_join_groups": False,
        }

    async def _do_getUpdates(self, params: JSON) -> JSON:
        if self.webhook:
            raise RefusedError(400, 400, "Bad Request: a webhook is set")
        seconds = float(params.get("timeout", 30)) if self.poll_seconds is None else self.poll_seconds
        if not self._updates:
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._news.wait()
        if not self._updates:
            raise RefusedError(408, 408, "Request timeout")
        return self._updates.popleft()

    async def _do_setWebhook(self, params: JSON) -> JSON:
        if not 8 <= len(str(params.get("secret_token", ""))) <= 256 or not params.get("url"):
            raise RefusedError(200, 400, "Bad Request: url and a secret_token of 8 to 256 characters are needed")
        if self._deliveries is not None:
            await self._deliveries.close()
        self.webhook = dict(params)
        self._deliveries = Deliveries(params["url"], params["secret_token"], self._delivered)
        while self._updates:
            self.deliver(self._updates.popleft())
        return {"url": params["url"], "updated_at": 1795150316131}

    async def _do_deleteWebhook(self, _params: JSON) -> JSON:
        self.webhook = {}
        if self._deliveries is not None:
            await self._deliveries.close()
        self._deliveries = None
        return {"url": "", "updated_at": 1795150316131}

    async def _do_getWebhookInfo(self, _params: JSON) -> JSON:
        if not self.webhook:
            raise RefusedError(404, 404, "Not found")
        return {"url": self.webhook["url"], "updated_at": 1795150316131}

    async def _do_sendMessage(self, params: JSON) -> JSON:
        if not 1 <= len(str(params.get("text", ""))) <= LONGEST_TEXT:
            raise RefusedError(200, 400, "Bad Request: text must have 1 to 2000 characters")
        return self._message(params)

    async def _do_sendPhoto(self, params: JSON) -> JSON:
        if not str(params.get("photo", "")).startswith("https://"):
            raise RefusedError(200, 400, "Bad Request: photo must be an https address")
        if len(str(params.get("caption", ""))) > LONGEST_TEXT:
            raise RefusedError(200, 400, "Bad Request: caption is too long")
        return self._message(params)

    def _message(self, params: JSON) -> JSON:
        if not params.get("chat_id"):
            raise RefusedError(200, 400, "Bad Request: chat_id is needed")
        return {"message_id": id_of(f"sent {next(self._numbers)}"), "date": 1795150316131}


def _json(body: JSON, status: int = 200) -> web.Response:
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return web.Response(status=status, body=data, content_type="application/json")


def id_of(who: str) -> str:
    """An id as Zalo makes them: 20 hex digits."""
    return hashlib.sha256(who.encode()).hexdigest()[:20]

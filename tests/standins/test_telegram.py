"""The stand-in behaves as Telegram does where a bot's reliability depends on it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.standins.telegram import TelegramStandIn, in_thread
from tests.standins.telegram_faults import Fault

Ask = Callable[..., Awaitable[dict[str, Any]]]


@asynccontextmanager
async def asking(**options: Any) -> AsyncIterator[tuple[TelegramStandIn, Ask]]:
    """A server and `ask(method, **params)`, which returns the answer's JSON."""
    async with TelegramStandIn(**options) as telegram, aiohttp.ClientSession() as session:

        async def ask(method: str, **params: Any) -> dict[str, Any]:
            async with session.post(f"{telegram.api_url}{telegram.token}/{method}", json=params) as response:
                answer: dict[str, Any] = await response.json()
                return answer

        yield telegram, ask


class Receiver:
    """A webhook: `answers` are the statuses it gives, then 200 for ever."""

    def __init__(self, *answers: int) -> None:
        self.got: list[tuple[str, str | None]] = []
        self.most_at_once = 0
        self._answers = list(answers)
        self._now = 0

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        loop = asyncio.get_running_loop()
        server = web.Server(self._take)
        listener = await loop.create_server(server, "127.0.0.1", 0)
        yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/hook"
        listener.close()
        await server.shutdown(0.1)

    async def _take(self, request: web.BaseRequest) -> web.Response:
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        text = (await request.json())["message"]["text"]
        self._now -= 1
        status = self._answers.pop(0) if self._answers else 200
        self.got.append((text, request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        return web.Response(status=status)


async def test_updates_stay_until_a_higher_offset_confirms_them() -> None:
    async with asking() as (telegram, ask):
        first, second = telegram.push_text(1, "một"), telegram.push_text(1, "hai")
        for _ in range(2):
            assert [u["update_id"] for u in (await ask("getUpdates"))["result"]] == [first, second]
        assert [u["update_id"] for u in (await ask("getUpdates", offset=second))["result"]] == [second]
        assert (await ask("getUpdates", offset=second + 1))["result"] == []
        assert len(telegram.updates) == 0


async def test_a_long_poll_answers_when_something_arrives() -> None:
    async with asking() as (telegram, ask):
        poll = asyncio.ensure_future(ask("getUpdates", timeout=30))
        await telegram.wait_for(lambda t: t.updates.is_polled)
        telegram.push_sticker(5)
        [update] = (await poll)["result"]
        assert update["message"]["sticker"]["type"] == "regular"


async def test_a_second_poller_takes_over_and_the_first_is_told() -> None:
    async with asking() as (telegram, ask):
        first = asyncio.ensure_future(ask("getUpdates", timeout=30))
        await telegram.wait_for(lambda t: t.updates.is_polled)
        await ask("getUpdates")
        assert (await first)["error_code"] == 409


async def test_a_webhook_gets_one_update_of_a_chat_at_a_time_until_it_answers_2xx() -> None:
    receiver = Receiver(500, 503)
    async with asking() as (telegram, ask), receiver.listening() as url:
        telegram.push_text(1, "một")
        telegram.push_text(1, "hai")
        await ask("setWebhook", url=url, secret_token="bi-mat")
        assert telegram.sender is not None
        await telegram.sender.all_delivered()
        assert receiver.got == [("một", "bi-mat")] * 3 + [("hai", "bi-mat")]
        assert receiver.most_at_once == 1
        info = (await ask("getWebhookInfo"))["result"]
        assert (info["pending_update_count"], "503" in info["last_error_message"]) == (0, True)
        assert (await ask("getUpdates"))["error_code"] == 409


async def test_what_a_webhook_did_not_take_waits_for_polling() -> None:
    async with asking() as (telegram, ask):
        await ask("setWebhook", url="http://127.0.0.1:9/nobody")
        update_id = telegram.push_text(1, "còn đây")
        await ask("deleteWebhook")
        assert [u["update_id"] for u in (await ask("getUpdates"))["result"]] == [update_id]


@pytest.mark.parametrize(
    ("method", "params", "complaint"),
    [
        ("sendMessage", {"chat_id": 1, "text": ""}, "message text is empty"),
        ("sendMessage", {"chat_id": 1, "text": "a" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": 1}, "message text is empty"),
        ("sendMessage", {"text": "a"}, "parameter 'chat_id' is required"),
        ("sendMessage", {"chat_id": 1, "text": "a", "colour": "đỏ"}, "unknown parameter 'colour'"),
        ("sendMessage", {"chat_id": 1, "text": "a", "protect_content": 1}, "Boolean expected"),
        ("sendMessage", {"chat_id": 1, "text": "<b>a", "parse_mode": "HTML"}, "can't parse entities"),
        ("sendMessage", {"chat_id": 1, "text": "a < b", "parse_mode": "HTML"}, "can't parse entities"),
        ("sendPhoto", {"chat_id": 1, "photo": "id", "caption": "a" * 1025}, "caption is too long"),
        ("sendPhoto", {"chat_id": 1, "photo": "attach://x"}, "is not attached"),
        ("setMyCommands", {"commands": [{"command": "Huỷ", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("editMessageText", {"chat_id": 1, "message_id": 9, "text": "a"}, "message to edit not found"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old"),
        ("getFile", {"file_id": "lạ"}, "wrong file_id"),
    ],
)
async def test_what_telegram_refuses_is_refused(method: str, params: dict[str, Any], complaint: str) -> None:
    async with asking() as (telegram, ask):
        answer = await ask(method, **params)
        assert answer["error_code"] == 400
        assert complaint in answer["description"]
        assert not telegram.sent


@pytest.mark.parametrize("data", ["", "đ" * 33])
async def test_a_button_carries_1_to_64_bytes(data: str) -> None:
    markup = {"inline_keyboard": [[{"text": "Lưu", "callback_data": data}]]}
    async with asking() as (_, ask):
        answer = await ask("sendMessage", chat_id=1, text="a", reply_markup=markup)
        assert "BUTTON_DATA_INVALID" in answer["description"]


async def test_limits_count_the_text_after_entity_parsing() -> None:
    async with asking() as (_, ask):
        text = "<b>" + "&amp;" * 4096 + "</b>"
        assert (await ask("sendMessage", chat_id=1, text=text, parse_mode="HTML"))["ok"]


async def test_a_wrong_token_and_an_unknown_method_are_told_apart() -> None:
    async with asking() as (telegram, ask):
        assert (await ask("sendMesage", chat_id=1, text="a"))["error_code"] == 404
        async with aiohttp.ClientSession() as session, session.get(f"{telegram.api_url}1:x/getMe") as response:
            assert response.status == 401


async def test_a_message_is_edited_once_to_the_same_text() -> None:
    async with asking() as (_, ask):
        sent = (await ask("sendMessage", chat_id=1, text="cũ"))["result"]
        edit = {"chat_id": 1, "message_id": sent["message_id"], "text": "mới"}
        assert (await ask("editMessageText", **edit))["result"]["text"] == "mới"
        assert "message is not modified" in (await ask("editMessageText", **edit))["description"]


async def test_a_press_is_answered_once_and_shows_its_message() -> None:
    async with asking() as (telegram, ask):
        sent = (await ask("sendMessage", chat_id=7, text="Lưu?"))["result"]
        telegram.push_callback(7, "luu", sent["message_id"])
        [update] = (await ask("getUpdates"))["result"]
        query = update["callback_query"]
        assert (query["message"]["text"], query["data"]) == ("Lưu?", "luu")
        assert (await ask("answerCallbackQuery", callback_query_id=query["id"]))["ok"]
        assert not (await ask("answerCallbackQuery", callback_query_id=query["id"]))["ok"]


async def test_a_fault_strikes_only_where_and_as_often_as_it_was_set() -> None:
    async with asking() as (telegram, ask):
        telegram.fail(Fault.TOO_MANY, "sendMessage", chat_id=1, times=1, retry_after=7)
        assert (await ask("sendMessage", chat_id=2, text="a"))["ok"]
        refused = await ask("sendMessage", chat_id=1, text="a")
        assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 7})
        assert (await ask("sendMessage", chat_id=1, text="a"))["ok"]


async def test_waiting_for_what_never_comes_says_what_came() -> None:
    async with asking() as (telegram, ask):
        await ask("sendMessage", chat_id=2, text="a")
        with pytest.raises(TimeoutError, match="'sendMessage': 1"):
            await telegram.wait_for_sent(2, within=0.01)


def test_it_serves_from_a_thread_too() -> None:
    with in_thread() as telegram:
        update_id = telegram.do(lambda t: t.push_text(1, "xin chào"))
        assert telegram.do(lambda t: len(t.updates)) == 1
        with pytest.raises(TimeoutError):
            telegram.wait(lambda t: t.wait_for_sent(1, within=0.01))
        assert update_id > 0

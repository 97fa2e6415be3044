"""Calls to Telegram over aiohttp: what each failure means for the message, with the token in no error."""

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channels.base import Outcome
from bot.channels.telegram_http import (
    AiohttpRequest,
    ProxyUnsupportedError,
    outcome_of,
    redact,
    seconds_to_wait,
)
from tests.standins.http_proxy import HttpProxy
from tests.standins.telegram import TOKEN, TelegramStandIn
from tests.standins.telegram_faults import Fault

CHAT = 42


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn() as server:
        yield server


@asynccontextmanager
async def bot_at(telegram: TelegramStandIn, *, api_url: str | None = None, **options: Any) -> AsyncIterator[Bot]:
    """A bot that asks nothing before its first call."""
    request = AiohttpRequest(**options)
    await request.initialize()
    api_url = api_url or telegram.api_url
    try:
        yield Bot(TOKEN, api_url, telegram.file_url, request=request, get_updates_request=request)
    finally:
        await request.shutdown()


async def failure_of(bot: Bot, **timeouts: float) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(CHAT, "Xin chào đồng chí", **timeouts)  # type: ignore[arg-type]  # time-outs only
    return caught.value


def everything_said(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield from (str(error), repr(error), repr(error.args))
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault.TOO_MANY, Outcome.RETRY_AFTER),
        (Fault.SERVER_ERROR, Outcome.UNKNOWN),
        (Fault.SERVER_ERROR_AFTER, Outcome.UNKNOWN),
        (Fault.DROP_BEFORE, Outcome.UNKNOWN),
        (Fault.DROP_AFTER, Outcome.UNKNOWN),
        (Fault.HANG, Outcome.UNKNOWN),
        (Fault.BLOCKED, Outcome.BLOCKED),
        (Fault.NO_CHAT, Outcome.PERMANENT),
        (Fault.TOO_LARGE, Outcome.PERMANENT),
        (Fault.MIGRATED, Outcome.MIGRATED),
        (Fault.UNAUTHORIZED, Outcome.MISCONFIGURED),
        (Fault.CONFLICT, Outcome.MISCONFIGURED),
    ],
)
async def test_each_failure_tells_what_became_of_the_call(
    telegram: TelegramStandIn, fault: Fault, outcome: Outcome
) -> None:
    telegram.fail(fault)
    async with bot_at(telegram) as bot:
        error = await failure_of(bot, read_timeout=0.05 if fault is Fault.HANG else 10)
    assert outcome_of(error) is outcome
    assert (len(telegram.sent) == 1) is fault.takes_effect
    assert not [said for said in everything_said(error) if TOKEN in said]


async def test_a_message_telegram_will_never_take_is_permanent(telegram: TelegramStandIn) -> None:
    async with bot_at(telegram) as bot:
        with pytest.raises(BadRequest) as caught:
            await bot.send_message(CHAT, "<b>chưa đóng", parse_mode="HTML")
    assert outcome_of(caught.value) is Outcome.PERMANENT


async def test_an_unreachable_server_was_certainly_not_told(telegram: TelegramStandIn) -> None:
    await telegram.go_down()
    async with bot_at(telegram) as bot:
        error = await failure_of(bot)
        assert outcome_of(error) is Outcome.NOT_DELIVERED
        await telegram.come_back()
        await bot.send_message(CHAT, "Đã nối lại")
    assert [call.text for call in telegram.sent] == ["Đã nối lại"]


async def test_a_call_that_found_no_free_connection_was_not_sent(telegram: TelegramStandIn) -> None:
    telegram.fail(Fault.HANG, times=1)
    async with bot_at(telegram, connections=1) as bot:
        holding_the_connection = asyncio.create_task(bot.send_message(1, "Chờ"))
        await telegram.wait_for_sent(1)
        error = await failure_of(bot, pool_timeout=0.01, connect_timeout=0.01)
        holding_the_connection.cancel()
    assert isinstance(error, TimedOut)
    assert outcome_of(error) is Outcome.NOT_DELIVERED
    assert not telegram.sent_to(CHAT)
    assert not [said for said in everything_said(error) if TOKEN in said]


async def test_no_more_connections_than_allowed_are_opened(telegram: TelegramStandIn) -> None:
    async with bot_at(telegram, connections=3) as bot:
        await asyncio.gather(*(bot.send_message(CHAT, f"Tin {i}") for i in range(30)))
        assert telegram.connections <= 3
    assert len(telegram.sent) == 30


@pytest.mark.parametrize("content", [b"noi dung", io.BytesIO(b"noi dung")])
async def test_a_file_arrives_with_its_vietnamese_name(telegram: TelegramStandIn, content: Any) -> None:
    async with bot_at(telegram) as bot:
        file = InputFile(content, filename="Báo cáo tuần 47.xlsx", read_file_handle=False)
        await bot.send_document(CHAT, file, caption="Báo cáo")
    [call] = telegram.sent
    upload = call.uploads["document"]
    assert (upload.filename, upload.content, call.text) == ("Báo cáo tuần 47.xlsx", b"noi dung", "Báo cáo")


async def test_a_file_people_sent_is_downloaded(telegram: TelegramStandIn) -> None:
    telegram.push_document(CHAT, b"du lieu", "danh sách.xlsx")
    async with bot_at(telegram) as bot:
        [update] = await bot.get_updates()
        assert update.message is not None
        assert update.message.document is not None
        file = await update.message.document.get_file()
        assert bytes(await file.download_as_bytearray()) == b"du lieu"


async def test_calls_go_through_the_proxy(telegram: TelegramStandIn) -> None:
    async with HttpProxy() as proxy, bot_at(telegram, proxy=proxy.url) as bot:
        await bot.send_message(CHAT, "Qua proxy")
        assert [line.split()[0] for line in proxy.asked] == ["POST"]
    assert [call.text for call in telegram.sent] == ["Qua proxy"]


async def test_the_proxy_is_given_its_user_and_password(telegram: TelegramStandIn) -> None:
    async with HttpProxy("can:bo") as proxy, bot_at(telegram, proxy=proxy.url_for("can:bo")) as bot:
        await bot.send_message(CHAT, "Qua proxy")
    assert len(telegram.sent) == 1


@pytest.mark.parametrize("api_url", [None, "https://telegram.invalid/bot"])
async def test_a_proxy_that_wants_another_password_is_the_operators_matter(
    telegram: TelegramStandIn, api_url: str | None
) -> None:
    async with HttpProxy("can:bo") as proxy:
        wrong = proxy.url_for("can:sai")
        async with bot_at(telegram, api_url=api_url, proxy=wrong) as bot:
            error = await failure_of(bot)
    assert outcome_of(error) is Outcome.MISCONFIGURED
    assert not [said for said in everything_said(error) if TOKEN in said or "sai" in said]


async def test_an_unreachable_proxy_means_not_delivered_and_keeps_its_password(
    telegram: TelegramStandIn,
) -> None:
    async with HttpProxy() as gone:
        url = gone.url_for("can:matkhau")
    async with bot_at(telegram, proxy=url) as bot:
        error = await failure_of(bot)
    assert outcome_of(error) is Outcome.NOT_DELIVERED
    assert not [said for said in everything_said(error) if "matkhau" in said]


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1080", "127.0.0.1:3128", "http://"])
def test_a_proxy_that_cannot_be_used_is_told_to_the_operator(proxy: str) -> None:
    with pytest.raises(ProxyUnsupportedError, match=r"TELEGRAM_PROXY: .* http://127\.0\.0\.1:3128"):
        AiohttpRequest(proxy=proxy)


@pytest.mark.parametrize("api_url", ["http:///bot", "ftp://127.0.0.1/bot", "http://127.0.0.1:cong/bot"])
async def test_an_address_that_cannot_be_right_is_the_operators_matter(telegram: TelegramStandIn, api_url: str) -> None:
    async with bot_at(telegram, api_url=api_url) as bot:
        error = await failure_of(bot)
    assert outcome_of(error) is Outcome.MISCONFIGURED
    assert not [said for said in everything_said(error) if TOKEN in said]


@pytest.mark.parametrize("wait", [7, timedelta(seconds=7)])
@pytest.mark.parametrize("opted_in", ["true", "false"])
@pytest.mark.filterwarnings("ignore:.*retry_after.*")
def test_the_wait_is_seconds_in_whichever_form_the_library_gives_it(
    wait: int | timedelta, opted_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", opted_in)
    assert seconds_to_wait(RetryAfter(wait)) == 7.0


def test_what_is_not_certain_is_unknown() -> None:
    assert outcome_of(NetworkError("?")) is Outcome.UNKNOWN
    assert outcome_of(TelegramError("Invalid server response")) is Outcome.UNKNOWN
    assert outcome_of(KeyError("chat")) is Outcome.UNKNOWN


def test_redaction_leaves_the_rest_of_the_text() -> None:
    text = f"GET http://can:bo@127.0.0.1:8081/bot{TOKEN}/getMe 401, file/bot42:TEST/photo.jpg lúc 07:30"
    expected = "GET http://***@127.0.0.1:8081/bot***/getMe 401, file/bot***/photo.jpg lúc 07:30"
    assert redact(text) == expected


async def test_a_session_opens_again_after_it_was_closed(telegram: TelegramStandIn) -> None:
    request = AiohttpRequest()
    bot = Bot(TOKEN, telegram.api_url, request=request)
    for text in ("Lần một", "Lần hai"):
        await request.initialize()
        await bot.send_message(CHAT, text)
        await request.shutdown()
    assert [call.text for call in telegram.sent] == ["Lần một", "Lần hai"]

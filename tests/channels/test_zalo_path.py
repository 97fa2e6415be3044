"""The whole way over Zalo: a real bot on a real database against the stand-in, polling and webhook."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from io import BytesIO

import aiohttp
import pytest
from PIL import Image
from sqlmodel import select

from bot.app import App
from bot.channels.zalo import SECRET_HEADER, ZaloChannel
from handlers.turn import House
from storage.clock import Clock
from storage.database import Database
from storage.invites import create_invite
from storage.models import Account, Evidence, InboxMessage, OutboxMessage, OutboxState, StoredFile
from tests import cast
from tests.channels.running import join, running, until_up
from tests.standins.zalo import TOKEN, ZaloStandIn, id_of
from tests.standins.zalo_faults import Fault


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloStandIn]:
    """Zalo, on this machine."""
    async with ZaloStandIn() as standin:
        yield standin


def polling(db: Database, house: House, zalo: ZaloStandIn, **settings: object) -> AbstractAsyncContextManager[App]:
    """The bot, polling."""
    return running(db, house, zalo_token=zalo.token, zalo_api_url=zalo.api_url, web_port=0, **settings)


def on_webhook(
    db: Database, house: House, zalo: ZaloStandIn, port: int, **settings: object
) -> AbstractAsyncContextManager[App]:
    """The bot with a webhook."""
    url = f"http://127.0.0.1:{port}"
    return running(
        db, house, zalo_token=zalo.token, zalo_api_url=zalo.api_url, web_port=port, public_url=url, **settings
    )


def picture() -> bytes:
    """A small JPEG."""
    made = BytesIO()
    Image.new("RGB", (64, 48), "green").save(made, "JPEG")
    return made.getvalue()


async def test_a_stranger_joins_by_typing_a_code_and_answers_by_number(
    city: Database, house: House, zalo: ZaloStandIn
) -> None:
    code = city.write_now(lambda s: create_invite(s, cast.cadre_id(s, "CHI"), None, house.clock.now()))
    async with polling(city, house, zalo):
        zalo.push_text("chi", "em chào")
        zalo.push_text("chi", code)
        _, notice = await zalo.wait_for_sent(2, "chi")
        assert notice.text.endswith("1. Đồng ý\n2. Không đồng ý\nTrả lời bằng số hoặc chữ. (gõ: hủy)")
        zalo.push_text("chi", "1")
        *_, welcome = await zalo.wait_for_sent(3, "chi")
    assert "Chào đồng chí Phạm Lan Chi" in welcome.text
    account = city.read_now(lambda s: s.exec(select(Account)).one())
    assert (account.channel, account.chat_id) == ("zalo", id_of("chi"))


async def test_an_empty_poll_is_no_error(
    city: Database, house: House, zalo: ZaloStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    zalo.poll_seconds = 0.01
    with caplog.at_level(logging.WARNING):
        async with polling(city, house, zalo):
            await zalo.wait_for(lambda z: sum(c.method == "getUpdates" for c in z.calls) > 2)
            zalo.push_text("an", "/menu")
            await zalo.wait_for_sent(1, "an")
    assert not caplog.records


async def test_what_was_polled_is_stored_before_the_next_poll_even_while_the_database_is_away(
    city: Database, house: House, zalo: ZaloStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with polling(city, house, zalo) as app:
        channel = app.channels["zalo"]
        assert isinstance(channel, ZaloChannel)
        away = [OSError("disk full")]
        store, batches = channel._batches.store, channel._batches

        async def failing(row: dict[str, object]) -> None:
            if away:
                raise away.pop()
            await store(row)

        monkeypatch.setattr(batches, "store", failing)
        monkeypatch.setattr("bot.channels.zalo.STORE_AGAIN_SECONDS", 0.01)
        zalo.push_text("an", "một")
        zalo.push_text("an", "hai")
        await zalo.wait_for_sent(2, "an")
    said = city.read_now(lambda s: [row.body for row in s.exec(select(InboxMessage).order_by("seq"))])
    assert ["một" in said[0], "hai" in said[1]] == [True, True]


@pytest.mark.parametrize("envelope", [True, False])
async def test_over_a_webhook_both_shapes_are_understood(
    city: Database, house: House, zalo: ZaloStandIn, unused_tcp_port: int, envelope: bool
) -> None:
    join(city, house, "zalo", id_of("an"), "AN")
    zalo.envelope = envelope
    async with on_webhook(city, house, zalo, unused_tcp_port):
        zalo.push_text("an", "/menu")
        [menu] = await zalo.wait_for_sent(1, "an")
    assert "1. Ghi hoạt động" in menu.text
    assert zalo.delivered == [200]


async def test_the_secret_is_asked_before_the_body_is_read(
    city: Database, house: House, zalo: ZaloStandIn, unused_tcp_port: int
) -> None:
    async with on_webhook(city, house, zalo, unused_tcp_port), aiohttp.ClientSession() as stranger:
        await until_up(stranger, f"http://127.0.0.1:{unused_tcp_port}")
        await zalo.wait_for(lambda z: bool(z.webhook))
        url, right = zalo.webhook["url"], {SECRET_HEADER: zalo.webhook["secret_token"]}
        for headers in ({}, {SECRET_HEADER: "guess"}, {SECRET_HEADER: ""}):
            assert (await stranger.post(url, data=b"{" * 100, headers=headers)).status == 403
        answers = [
            (await stranger.post(url, data=body, headers=right)).status
            for body in (b"", b"{", b"[]", b'{"event_name": "x"}', b"{" + b" " * 1_020_000)
        ]
        assert answers == [200, 400, 400, 400, 413]
        assert (await stranger.post(url)).status == 200  # Zalo looks whether somebody is there
    assert city.read_now(lambda s: s.exec(select(InboxMessage)).all()) == []


async def test_what_is_delivered_twice_is_answered_once(
    city: Database, house: House, zalo: ZaloStandIn, unused_tcp_port: int
) -> None:
    join(city, house, "zalo", id_of("an"), "AN")
    async with on_webhook(city, house, zalo, unused_tcp_port):
        await zalo.wait_for(lambda z: bool(z.webhook))
        update = zalo.push_text("an", "/menu")
        for _ in range(4):
            zalo.deliver(update)
        await zalo.wait_for(lambda z: len(z.delivered) == 5)
        zalo.push_text("an", "/trogiup")
        await zalo.wait_for_sent(2, "an")
    assert zalo.delivered == [200] * 6
    assert len(city.read_now(lambda s: s.exec(select(InboxMessage)).all())) == 2


@pytest.mark.parametrize(
    "event", ["message.sticker.received", "message.voice.received", "message.unsupported.received", "message.new.kind"]
)
async def test_what_cannot_be_read_is_answered_with_a_hint(
    city: Database, house: House, zalo: ZaloStandIn, event: str
) -> None:
    join(city, house, "zalo", id_of("an"), "AN")
    async with polling(city, house, zalo):
        zalo.push(event, "an")
        [hint] = await zalo.wait_for_sent(1, "an")
    assert "chưa dùng được loại tin này" in hint.text


async def test_a_group_is_told_to_write_in_private(city: Database, house: House, zalo: ZaloStandIn) -> None:
    async with polling(city, house, zalo):
        zalo.push_text("group", "nói chuyện với nhau", chat_type="GROUP")
        zalo.push_text("group", "/tiendo", chat_type="GROUP")
        [answer] = await zalo.wait_for_sent(1, "group")
    assert "chat riêng" in answer.text


@pytest.mark.parametrize("name", ["photo", "photo_url"])
async def test_a_picture_is_fetched_at_once_so_that_its_address_may_expire(
    city: Database, house: House, zalo: ZaloStandIn, name: str
) -> None:
    join(city, house, "zalo", id_of("an"), "AN")
    async with polling(city, house, zalo) as app:
        for number, said in enumerate(("/ghi giờ tình nguyện", "hôm qua", "19h-21h", "Dọn kênh"), 1):
            zalo.push_text("an", said)
            await zalo.wait_for_sent(number, "an")
        zalo.push_picture("an", picture(), name)
        await zalo.wait_for_sent(5, "an")
        await _until(lambda: city.read_now(lambda s: s.exec(select(StoredFile)).all()) != [])
        zalo.pictures.clear()  # the address is dead
        zalo.push_text("an", "lưu")
        *_, saved = await zalo.wait_for_sent(6, "an")
        assert "Đã ghi" in saved.text
        keeper = app.parts(("intake",))["evidence"].__self__  # type: ignore[attr-defined]  # a bound method
        await keeper.step()
    kept = city.read_now(lambda s: s.exec(select(StoredFile, Evidence).where(Evidence.file_id == StoredFile.id)).one())
    assert Image.open(BytesIO(kept[0].content)).size == (64, 48)


@pytest.mark.parametrize(
    ("fault", "state", "statuses"),
    [
        (Fault.TOO_MANY, OutboxState.SENT, [429, 200]),
        (Fault.TOO_MANY_OK, OutboxState.SENT, [200, 200]),
        (Fault.REFUSED, OutboxState.DEAD, [200]),
    ],
)
async def test_a_refused_send_is_repeated_only_where_that_may_help(
    city: Database, house: House, zalo: ZaloStandIn, fault: Fault, state: OutboxState, statuses: list[int]
) -> None:
    house.clock = Clock()
    join(city, house, "zalo", id_of("an"), "AN")
    zalo.fail(fault, "sendMessage", times=1)
    async with polling(city, house, zalo):
        zalo.push_text("an", "/menu")
        await zalo.wait_for(lambda z: sum(c.method == "sendMessage" for c in z.calls) >= len(statuses))
        await _until(lambda: [r.state for r in city.read_now(lambda s: s.exec(select(OutboxMessage)).all())] == [state])
    assert [call.status for call in zalo.calls if call.method == "sendMessage"] == statuses


async def test_one_channel_that_is_down_or_misconfigured_does_not_touch_the_page(
    city: Database, house: House, zalo: ZaloStandIn, unused_tcp_port: int
) -> None:
    zalo.fail(Fault.UNAUTHORIZED)
    async with (
        on_webhook(city, house, zalo, unused_tcp_port),
        aiohttp.ClientSession() as browser,
    ):
        await until_up(browser, f"http://127.0.0.1:{unused_tcp_port}")
        async with browser.get(f"http://127.0.0.1:{unused_tcp_port}/readyz") as answer:
            assert answer.status == 200


async def test_the_token_is_in_no_log(
    city: Database, house: House, zalo: ZaloStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    join(city, house, "zalo", id_of("an"), "AN")
    with caplog.at_level(logging.DEBUG):
        async with polling(city, house, zalo):
            zalo.push_text("an", "/menu")
            await zalo.wait_for_sent(1, "an")
            zalo.fail(Fault.DROP, "sendMessage", times=1)
            zalo.push_text("an", "/menu")
            await zalo.wait_for_sent(2, "an")
            await zalo.go_down()
            await _until(lambda: "trying again" in caplog.text)
    assert TOKEN not in caplog.text


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - the database rings no bell here
            await asyncio.sleep(0.02)

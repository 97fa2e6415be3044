"""What each answer of Zalo's says of the call, and of the message that was being sent."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.base import Outcome
from bot.channels.zalo_http import ZaloApi, ZaloError
from tests.standins.zalo import TOKEN, ZaloStandIn, id_of
from tests.standins.zalo_faults import Fault

MESSAGE = {"chat_id": id_of("an"), "text": "xin chào"}


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloStandIn]:
    """Zalo, on this machine."""
    async with ZaloStandIn() as standin:
        yield standin


@pytest.fixture
async def api(zalo: ZaloStandIn) -> AsyncIterator[ZaloApi]:
    """The bot's side."""
    client = ZaloApi(zalo.api_url, zalo.token)
    yield client
    await client.close()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault.TOO_MANY, Outcome.RETRY_AFTER),
        (Fault.TOO_MANY_OK, Outcome.RETRY_AFTER),
        (Fault.REFUSED, Outcome.PERMANENT),
        (Fault.UNAUTHORIZED, Outcome.MISCONFIGURED),
        (Fault.INTERNAL, Outcome.UNKNOWN),
        (Fault.SLOW_DOWN, Outcome.UNKNOWN),
        (Fault.SERVER_ERROR, Outcome.UNKNOWN),
        (Fault.NO_CODE, Outcome.UNKNOWN),
        (Fault.DROP, Outcome.UNKNOWN),
    ],
)
async def test_whatever_is_not_certain_is_unknown(
    zalo: ZaloStandIn, api: ZaloApi, fault: Fault, outcome: Outcome
) -> None:
    zalo.fail(fault, "sendMessage")
    with pytest.raises(ZaloError) as raised:
        await api.call("sendMessage", MESSAGE)
    assert raised.value.outcome is outcome
    assert TOKEN not in f"{raised.value.detail} {raised.value!r} {raised.value.__cause__!r}"


async def test_a_call_that_is_never_answered_may_have_taken_effect(zalo: ZaloStandIn, api: ZaloApi) -> None:
    zalo.fail(Fault.HANG, "sendMessage")
    with pytest.raises(ZaloError) as raised:
        await api.call("sendMessage", MESSAGE, seconds=0.2)
    assert raised.value.outcome is Outcome.UNKNOWN
    assert len(zalo.sent) == 1


async def test_where_nobody_listens_nothing_was_delivered(zalo: ZaloStandIn, api: ZaloApi) -> None:
    await zalo.go_down()
    with pytest.raises(ZaloError) as raised:
        await api.call("sendMessage", MESSAGE)
    assert raised.value.outcome is Outcome.NOT_DELIVERED


async def test_the_wait_doubles_with_each_refusal_and_begins_anew_after_a_success(
    zalo: ZaloStandIn, api: ZaloApi
) -> None:
    async def refused() -> float:
        with pytest.raises(ZaloError) as raised:
            await api.call("sendMessage", MESSAGE)
        return raised.value.seconds

    zalo.fail(Fault.TOO_MANY, "sendMessage", times=3)
    assert [await refused() for _ in range(3)] == [2, 4, 8]
    await api.call("sendMessage", MESSAGE)
    zalo.fail(Fault.TOO_MANY_OK, "sendMessage", times=1)
    assert await refused() == 2


@pytest.mark.parametrize("end", ["", "/"])
@pytest.mark.parametrize("bot", ["", "/bot"])
async def test_the_address_is_taken_with_and_without_its_ending(zalo: ZaloStandIn, bot: str, end: str) -> None:
    api = ZaloApi(zalo.api_url.removesuffix("/bot") + bot + end, zalo.token)
    about = await api.call("getMe")
    assert about["account_name"] == "Bot Cán bộ Đoàn"
    await api.close()


async def test_a_method_that_answers_nothing_is_a_success(zalo: ZaloStandIn, api: ZaloApi) -> None:
    async def nothing(_params: object) -> None:
        return None

    zalo._do_sendChatAction = nothing  # type: ignore[attr-defined]  # the stand-in looks its methods up by name
    assert await api.call("sendChatAction", {"chat_id": "x", "action": "typing"}) is None


async def test_many_calls_at_once_are_all_answered(zalo: ZaloStandIn, api: ZaloApi) -> None:
    sent = await asyncio.gather(*(api.call("sendMessage", MESSAGE) for _ in range(300)))
    assert len({answer["message_id"] for answer in sent}) == 300

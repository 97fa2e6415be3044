"""Whatever runs or fails, no log holds a token, a code, a secret or a word that somebody wrote."""

import logging

import pytest
from sqlmodel import Session, select

from bot.channels.base import Outcome, SendFailed
from bot.delivery import Delivery
from bot.logs import Redaction
from bot.studio import Studio
from bot.wake import Bell
from bot.worker import Worker
from handlers.turn import House, Turn
from storage.database import Database
from storage.invites import create_invite
from storage.models import Account, AppState, InboxMessage, InboxState
from tests import cast
from tests.bot.test_delivery import Service, put
from tests.bot.test_worker import PlainChannel
from tests.bot.test_worker import put as take_in
from tests.frozen import FrozenClock

WORDS = "Chuyện riêng không ai được đọc"
TOKEN = "123456789:AAstandinstandinstandinstandinstan_"
FLOW = ("/start", "/menu", "/ghi volunteer_hours", "hôm qua", "19h-21h", WORDS, "lưu", "/lichsu", "/canxem", "/dulieu")


def link(db: Database, house: House, code: str) -> None:
    """The chat "a" speaks for ``code``."""

    def work(session: Session) -> None:
        now, who = house.clock.now(), cast.cadre_id(session, code)
        session.add(Account(channel="plain", chat_id="a", cadre_id=who, joined_at=now, last_used_at=now))

    db.write_now(work)


@pytest.mark.parametrize("level", [logging.INFO, logging.DEBUG])
async def test_flows_and_failures_leave_nothing_private_in_the_log(
    city: Database,
    house: House,
    clock: FrozenClock,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    level: int,
) -> None:
    caplog.handler.setFormatter(Redaction("%(levelname)s %(name)s: %(message)s"))
    for ours in ("bot", "handlers", "storage", "scheduler"):
        caplog.set_level(level, ours)
    code = city.write_now(lambda s: create_invite(s, cast.cadre_id(s, "CHI"), None, house.clock.now()))
    link(city, house, "BINH")
    worker = Worker(city, house, {"plain": PlainChannel()}, Bell(), lambda: None)
    said = [*FLOW, f"/start {code}", WORDS]
    take_in(city, house, [(str(number), "a", text) for number, text in enumerate(said)])
    take_in(city, house, [("code", "b", f"/start {code}"), ("wrong", "c", "/start AAAAAAAAAAAAAAAAAAAAAA")])
    while await worker.step():
        pass

    def broken(turn: Turn, _: object) -> None:
        if turn.inbound.message_id == "refused":
            for _ in range(2):
                turn.session.add(AppState(name=WORDS, value=WORDS))
                turn.session.flush()
                turn.session.expunge_all()
        raise ValueError(f"cannot read {TOKEN}")

    with monkeypatch.context() as during:
        during.setattr("bot.worker.handle", broken)
        take_in(city, house, [("refused", "d", WORDS)])
        take_in(city, house, [("poison", "a", f"{WORDS} {code}")])
        for _ in range(6):
            await worker.step()
            clock.move(minutes=1)
    service = Service([SendFailed(outcome, "as told") for outcome in Outcome])
    for number in range(12):
        put(city, house, f"k{number}", WORDS, chat_id=str(number))
    delivery = Delivery(city, house, service, Studio(city, house), Bell())
    await delivery.drain()
    await city.write(delivery._rescue)
    states = city.read_now(lambda s: {row.state for row in s.exec(select(InboxMessage))})
    assert states == {InboxState.DONE, InboxState.DEAD}
    written = caplog.text
    assert "set aside" in written, "the failures were logged"
    assert "IntegrityError" in written
    for private in (TOKEN, TOKEN.split(":")[1], code, WORDS, "AAAAAAAAAAAAAAAAAAAAAA", "Võ Thanh Bình"):
        assert private not in written

"""Whatever runs or fails, no log holds a token, a code, a secret or a word that somebody wrote."""

import json
import logging

import pytest
from sqlmodel import Session, select

from bot.channels.base import Outcome, SendFailed
from bot.delivery import Delivery
from bot.logs import Structured
from bot.studio import Studio
from bot.wake import Bell
from bot.worker import Worker
from handlers.registry import COMMANDS
from handlers.turn import House, Turn
from storage.database import Database
from storage.invites import create_invite
from storage.models import Account, AppState, InboxMessage, InboxState
from storage.models.base import Row
from tests import cast
from tests.bot.test_delivery import Service, put
from tests.bot.test_worker import PlainChannel
from tests.bot.test_worker import put as take_in
from tests.frozen import FrozenClock

WORDS = "Chuyện riêng không ai được đọc"
TOKEN = "123456789:AAstandinstandinstandinstandinstan_"
ALL_COMMANDS = tuple(
    said for name in sorted(COMMANDS) for said in (f"/{name}", WORDS, f"/{name} {WORDS}", WORDS, "/huy")
)
FLOW = ("/start", "/menu", "/ghi volunteer_hours", "hôm qua", "19h-21h", WORDS, "lưu", "/lichsu", "/canxem", "/dulieu")


def link(db: Database, house: House, code: str, chat_id: str = "a") -> None:
    """The chat speaks for ``code``."""

    def work(session: Session) -> None:
        now, who = house.clock.now(), cast.cadre_id(session, code)
        session.add(Account(channel="plain", chat_id=chat_id, cadre_id=who, joined_at=now, last_used_at=now))

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
    caplog.handler.setFormatter(Structured())
    for ours in ("bot", "handlers", "storage", "scheduler"):
        caplog.set_level(level, ours)
    code = city.write_now(lambda s: create_invite(s, cast.cadre_id(s, "CHI"), None, house.clock.now()))
    link(city, house, "BINH")
    link(city, house, "GIANG", "admin")
    worker = Worker(city, house, {"plain": PlainChannel()}, Bell(), lambda: None)
    said = [*FLOW, *ALL_COMMANDS, f"/start {code}", WORDS]
    take_in(city, house, [(str(number), "a", text) for number, text in enumerate(said)])
    take_in(city, house, [(f"admin {number}", "admin", text) for number, text in enumerate(ALL_COMMANDS)])
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


def test_a_row_is_told_by_its_key_alone() -> None:
    for mapper in Row._sa_registry.mappers:
        row = mapper.class_()
        for column in mapper.columns:
            setattr(row, mapper.get_property_by_column(column).key, WORDS if not column.primary_key else 7)
        assert WORDS not in f"{row!r} {row}", mapper.class_.__name__


def test_a_log_line_is_an_object_with_its_pattern() -> None:
    record = logging.LogRecord("bot.x", logging.WARNING, "", 1, "row %s: %s", (7, f"at {TOKEN}"), None)
    told = json.loads(Structured().format(record))
    assert (told["level"], told["logger"], told["event"], told["pattern"]) == (
        "WARNING",
        "bot.x",
        "row 7: at ***",
        "row %s: %s",
    )

"""The words of messages are forgotten after a week; keys stay, and nothing that waits is touched."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from storage.database import Database
from storage.inbox import inbox_row
from storage.message_words import AT_ONCE, WAITED_LONG_ENOUGH, Forgotten, forget_words
from storage.models import InboxMessage, InboxState, OutboxMessage, OutboxState
from storage.outbox import enqueue
from tests.world import local

NOW, WORDS_KEPT = local("2026-11-20 10:00"), timedelta(days=7)
OLD, YOUNG = NOW - WORDS_KEPT - timedelta(minutes=1), NOW - WORDS_KEPT + timedelta(minutes=1)


def received(session: Session, key: str, at: datetime, state: InboxState = InboxState.DONE) -> None:
    session.add(InboxMessage(**{**inbox_row("web", key, "chat", f"/start mã-{key}", at), "state": state}))
    session.flush()


def sent(session: Session, key: str, at: datetime, state: OutboxState = OutboxState.SENT) -> None:
    enqueue(session, key=key, channel="web", chat_id="chat", kind="reply", body={"text": f"mã {key}"}, now=at)
    row = session.exec(select(OutboxMessage).where(OutboxMessage.dedupe_key == key)).one()
    row.state = state
    session.add(row)
    session.flush()


def words(session: Session) -> tuple[dict[str, str], dict[str, object]]:
    inbox = {row.update_id: row.body for row in session.exec(select(InboxMessage))}
    return inbox, {row.dedupe_key: row.body for row in session.exec(select(OutboxMessage))}


def test_old_words_are_forgotten_and_keys_stay(db: Database) -> None:
    def work(session: Session) -> None:
        for at, key in ((OLD, "old"), (YOUNG, "young")):
            received(session, key, at)
            sent(session, key, at)
        assert forget_words(session, NOW, WORDS_KEPT) == Forgotten(1, 1)
        inbox, outbox = words(session)
        assert (inbox["old"], outbox["old"]) == ("", {})
        assert "mã" in inbox["young"]
        assert outbox["young"] == {"text": "mã young"}
        assert forget_words(session, NOW, WORDS_KEPT) == Forgotten(0, 0)
        assert forget_words(session, NOW + timedelta(days=1), WORDS_KEPT) == Forgotten(1, 1)

    db.write_now(work)


@pytest.mark.parametrize("state", [OutboxState.PENDING, OutboxState.CLAIMED, OutboxState.SENDING])
def test_what_waits_keeps_its_words_and_is_come_back_to(db: Database, state: OutboxState) -> None:
    def work(session: Session) -> None:
        received(session, "open", OLD, InboxState.OPEN)
        received(session, "later", OLD)
        sent(session, "waits", OLD, state)
        sent(session, "later", OLD)
        assert forget_words(session, NOW, WORDS_KEPT) == Forgotten(0, 0)
        for row in [*session.exec(select(InboxMessage)), *session.exec(select(OutboxMessage))]:
            row.state = InboxState.DONE if isinstance(row, InboxMessage) else OutboxState.SENT
            session.add(row)
        session.flush()
        assert forget_words(session, NOW, WORDS_KEPT) == Forgotten(2, 2)

    db.write_now(work)


def test_an_unknown_outcome_is_final_and_holds_nothing_up(db: Database) -> None:
    def work(session: Session) -> None:
        sent(session, "unknown", OLD, OutboxState.UNKNOWN)
        sent(session, "sent", OLD)
        assert forget_words(session, NOW, WORDS_KEPT) == Forgotten(0, 2)
        assert words(session)[1] == {"unknown": {}, "sent": {}}

    db.write_now(work)


def test_what_has_waited_for_months_holds_nothing_up(db: Database) -> None:
    def work(session: Session) -> None:
        sent(session, "stuck", NOW - WAITED_LONG_ENOUGH - timedelta(days=1), OutboxState.PENDING)
        sent(session, "sent", OLD)
        assert forget_words(session, NOW, WORDS_KEPT) == Forgotten(0, 1)
        assert words(session)[1] == {"stuck": {"text": "mã stuck"}, "sent": {}}

    db.write_now(work)


def test_many_are_forgotten_in_small_parts(db: Database) -> None:
    def work(session: Session) -> list[int]:
        for number in range(AT_ONCE + 3):
            received(session, str(number), OLD)
        return [forget_words(session, NOW, WORDS_KEPT).received for _ in range(3)]

    assert db.write_now(work) == [AT_ONCE, 3, 0]

"""A code works once, within seven days, for one cadre; guessing locks the chat."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from storage.database import Database
from storage.invites import (
    InviteOutcome,
    account_of,
    accounts_of,
    check_code,
    code_in,
    create_invite,
    link_account,
    redeem,
    unlink,
)
from storage.models import Invite
from tests import cast

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
WRONG = "wrongwrongwrongwrong12"


def invite(db: Database, code: str = "AN") -> str:
    return db.write_now(lambda s: create_invite(s, cast.cadre_id(s, code), None, NOW))


def outcome(db: Database, chat: str, code: str, now: datetime = NOW) -> InviteOutcome:
    return db.write_now(lambda s: check_code(s, "web", chat, code, now)).outcome


def use(db: Database, chat: str, code: str, now: datetime = NOW) -> InviteOutcome:
    return db.write_now(lambda s: redeem(s, "web", chat, code, now)).outcome


def whose(db: Database, chat: str) -> int | None:
    def look(session: Session) -> int | None:
        account = account_of(session, "web", chat)
        return account.cadre_id if account else None

    return db.read_now(look)


def test_a_code_is_short_enough_for_a_link_and_never_kept(city: Database) -> None:
    codes = [invite(city) for _ in range(20)]
    kept = city.read_now(lambda s: s.exec(select(Invite.code_hash)).all())
    assert len(set(codes)) == 20
    assert all(len(code) == 22 and code[0] not in "-_" for code in codes)
    assert not set(codes) & set(kept)


def test_a_code_opens_the_chat_once(city: Database) -> None:
    code = invite(city)
    assert outcome(city, "c1", code) is InviteOutcome.OK
    assert use(city, "c1", code) is InviteOutcome.OK
    assert whose(city, "c1") == city.read_now(lambda s: cast.cadre_id(s, "AN"))
    assert use(city, "c2", code) is InviteOutcome.USED
    assert whose(city, "c2") is None


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(days=7) - timedelta(seconds=1), InviteOutcome.OK),
        (timedelta(days=7), InviteOutcome.EXPIRED),
    ],
)
def test_a_code_lasts_seven_days(city: Database, age: timedelta, expected: InviteOutcome) -> None:
    assert use(city, "c1", invite(city), NOW + age) is expected


def test_five_wrong_codes_lock_the_chat_for_an_hour_even_for_the_right_one(city: Database) -> None:
    code = invite(city)
    guesses = [outcome(city, "c1", WRONG) for _ in range(6)]
    assert guesses == [InviteOutcome.WRONG] * 5 + [InviteOutcome.LOCKED]
    assert use(city, "c1", code) is InviteOutcome.LOCKED
    assert outcome(city, "c2", code) is InviteOutcome.OK
    assert use(city, "c1", code, NOW + timedelta(hours=1)) is InviteOutcome.OK


def test_a_used_code_tried_again_is_no_guess(city: Database) -> None:
    code = invite(city)
    use(city, "c1", code)
    assert [outcome(city, "c1", code) for _ in range(6)] == [InviteOutcome.USED] * 6


def test_the_code_is_found_in_a_pasted_link(city: Database) -> None:
    code = invite(city)
    assert code_in(f"https://t.me/canbodoan_bot?start={code}") == code
    assert code_in(f"Mã của đồng chí: {code}.") == code
    assert code_in("mã 12345") is None
    assert use(city, "c1", f"https://bot.example/?code={code} ") is InviteOutcome.OK


def test_a_chat_speaks_for_one_cadre_and_a_cadre_in_many_chats(city: Database) -> None:
    def link(session: Session) -> list[str]:
        an, binh = cast.cadre_id(session, "AN"), cast.cadre_id(session, "BINH")
        link_account(session, "web", "c1", binh, NOW)
        link_account(session, "web", "c1", an, NOW)
        link_account(session, "telegram", "7", an, NOW + timedelta(hours=1))
        assert accounts_of(session, binh) == []
        return [account.channel for account in accounts_of(session, an)]

    assert city.write_now(link) == ["telegram", "web"]


def test_leaving_unties_the_chat_only(city: Database) -> None:
    use(city, "c1", invite(city))
    assert city.write_now(lambda s: unlink(s, "web", "c1")) is True
    assert whose(city, "c1") is None
    assert city.write_now(lambda s: unlink(s, "web", "c1")) is False

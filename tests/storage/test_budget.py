"""A month's messages: who still gets one when few are left, who is told, and what is written down."""

from typing import Any

import pytest
from sqlmodel import Session, select

from storage.budget import Budget, Taken
from storage.clock import Clock
from storage.database import Database
from storage.models import Account, OutboxMessage
from storage.outbox import REPLY, Claimed
from tests import cast
from tests.frozen import FrozenClock


@pytest.fixture
def budget(clock: FrozenClock) -> Budget:
    """A hundred messages a month."""
    return Budget("zalo", 100, clock)


def row(kind: str, *about: str) -> Claimed:
    """A claimed row; a reminder is about the subjects named."""
    body: dict[str, Any] = {"about": [f"{subject} 2026-11-19" for subject in about]} if about else {"text": "xin chào"}
    return Claimed(1, f"{kind}:1", "zalo", "c", None, kind, body, 1, False)


def take(db: Database, budget: Budget, *rows: Claimed) -> Taken:
    """What the budget says of ``rows``."""
    return db.write_now(lambda session: budget.take(session, rows, budget.clock.now()))


def used(db: Database, budget: Budget) -> int:
    """How many messages of the month are used."""
    return db.read_now(lambda session: budget.used(session, budget.clock.now()))


def warnings(db: Database) -> list[str]:
    """The keys of the warnings in the outbox."""
    return db.read_now(lambda s: list(s.exec(select(OutboxMessage.dedupe_key))))


KINDS = {
    "reply": row(REPLY),
    "nudge": row("reminder", "week_nudge"),
    "pace": row("reminder", "month_pace"),
    "shirt": row("reminder", "shirt"),
    "week's last call": row("reminder", "week_last_call"),
    "month's last day": row("reminder", "month_end"),
    "merged": row("reminder", "week_nudge", "month_end"),
    "second part": row("reminder"),
    "deadline": row("deadline", "deadline"),
    "digest": row("digest"),
    "returned": row("returned"),
}


@pytest.mark.parametrize(
    ("before", "withheld"),
    [
        (0, set()),
        (69, set()),
        (70, {"nudge", "pace", "shirt"}),
        (89, {"nudge", "pace", "shirt"}),
        (90, {"nudge", "pace", "shirt", "week's last call", "digest"}),
        (94, {"nudge", "pace", "shirt", "week's last call", "digest"}),
        (95, set(KINDS) - {"reply"}),
        (99, set(KINDS) - {"reply"}),
        (100, set(KINDS)),
    ],
)
def test_as_it_runs_low_only_what_is_told_last_still_goes(
    city: Database, budget: Budget, before: int, withheld: set[str]
) -> None:
    take(city, budget, *[row(REPLY)] * before)
    held = set()
    for name, one in KINDS.items():
        if take(city, budget, one).withheld:
            held.add(name)
        else:
            city.write_now(lambda session: budget.give_back(session, budget.clock.now()))
    assert held == withheld


def test_it_is_never_exceeded_and_says_why(city: Database, budget: Budget) -> None:
    taken = take(city, budget, *[row(REPLY)] * 103)
    assert (len(taken.admitted), used(city, budget)) == (100, 100)
    assert {reason for _, reason in taken.withheld} == {"budget: all 100 messages of the month are used"}


def test_what_did_not_go_out_is_given_back(city: Database, budget: Budget) -> None:
    take(city, budget, row(REPLY), row(REPLY))
    city.write_now(lambda session: budget.give_back(session, budget.clock.now()))
    assert used(city, budget) == 1


def test_a_month_begins_at_local_midnight(city: Database, budget: Budget, clock: FrozenClock) -> None:
    take(city, budget, row(REPLY))
    clock.set_now(Clock().at(clock.today().replace(day=30), 24 * 60 - 1))
    assert used(city, budget) == 1
    clock.move(minutes=1)
    assert used(city, budget) == 0


def test_admins_are_told_at_seventy_and_ninety_percent_once_a_month(
    city: Database, budget: Budget, clock: FrozenClock
) -> None:
    def joined(session: Session) -> None:
        for code in ("GIANG", "AN"):
            who, now = cast.cadre_id(session, code), clock.now()
            session.add(Account(channel="web", chat_id=code, cadre_id=who, joined_at=now, last_used_at=now))

    city.write_now(joined)
    for count, told in ((69, 0), (1, 1), (10, 1), (10, 2), (9, 2)):
        take(city, budget, *[row(REPLY)] * count)
        assert len(warnings(city)) == told
    city.write_now(lambda session: budget.give_back(session, clock.now()))
    take(city, budget, row(REPLY))
    assert sorted(warnings(city)) == ["budget:zalo:2026-11:70:GIANG", "budget:zalo:2026-11:90:GIANG"]

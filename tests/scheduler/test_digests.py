"""Who gets the digest of the closed week, once, for which units."""

from datetime import date

import pytest
from sqlmodel import Session

from storage.models import Entry, OutboxState, Position
from storage.terms import EntryKind, PositionTitle, RecognisedBy, Right
from tests import cast
from tests.handlers.logged import log
from tests.world import World, local

MONDAY = "2026-11-23 07:30"


def test_everyone_who_follows_a_unit_gets_its_digest_on_monday(world: World) -> None:
    world.join("GIANG", "DUNG", "AN", "CHI", "BINH", "HOA")
    world.start("2026-11-23 07:29")
    assert world.keys(MONDAY) == [
        "digest:DCS1:AN:2026-W47",
        "digest:DUB:DUNG:2026-W47",
        "digest:TD:GIANG:2026-W47",
        "digest:XP01:HOA:2026-W47",
    ]
    assert world.keys("2026-11-23 07:31") == []


def test_nobody_gets_a_digest_of_a_unit_below_another_they_follow(world: World) -> None:
    def more_units(session: Session) -> None:
        for unit in ("CD11", "XP01"):
            session.add(
                Position(
                    cadre_id=cast.cadre_id(session, "AN"),
                    unit_id=cast.unit_id(session, unit),
                    title=PositionTitle.SECRETARY,
                    access_right=Right.FOLLOW,
                    start_day=date(2026, 1, 1),
                )
            )

    world.db.write_now(more_units)
    world.join("AN")
    world.start("2026-11-23 07:29")
    assert world.keys(MONDAY) == ["digest:DCS1:AN:2026-W47", "digest:XP01:AN:2026-W47"]


@pytest.mark.parametrize(
    ("when", "week"),
    [("2026-01-05 07:30", "2026-W01"), ("2027-01-04 07:30", "2026-W53"), ("2027-01-11 07:30", "2027-W01")],
)
def test_the_week_is_named_by_its_iso_year(world: World, when: str, week: str) -> None:
    world.join("HOA")
    world.start(when.replace("07:30", "07:29"))
    assert world.keys(when) == [f"digest:XP01:HOA:{week}"]


def test_a_follower_on_leave_or_in_a_pause_gets_none(world: World) -> None:
    world.join("HOA", "AN")
    world.leave("HOA", "2026-11-23", "2026-11-27")
    world.prefer("AN", paused_until=date(2026, 11, 30))
    world.start("2026-11-23 07:29")
    assert world.keys(MONDAY) == []


def test_the_hours_of_the_reader_hold_the_digest(world: World) -> None:
    world.join("HOA", earliest_minute=17 * 60)
    world.start("2026-11-23 07:29")
    world.at(MONDAY)
    (row,) = world.fresh()
    assert (row.not_before, row.state) == (local("2026-11-23 17:00"), OutboxState.PENDING)
    assert row.expires_at == local("2026-11-25 07:30")


def test_the_digest_tells_of_initiatives_that_wait_until_they_are_recognised(world: World) -> None:
    world.join("AN", "HOA")
    entry = log(world.db, "BINH", EntryKind.INITIATIVE, date(2026, 11, 10), title="Số hóa sổ", applied=True)
    world.start("2026-11-23 07:29")
    world.at(MONDAY)
    rows = {row.dedupe_key.split(":")[2]: row for row in world.fresh() if row.kind == "digest"}
    said = {code: reply.text for code, row in rows.items() if (reply := world.write(row)) is not None}
    assert "Sáng kiến chờ công nhận: 1" in said["AN"]
    assert "Sáng kiến chờ công nhận" not in said["HOA"]

    def recognise(session: Session) -> None:
        found = session.get_one(Entry, entry)
        found.recognised_by, found.recognised_on = RecognisedBy.AGENCY_HEAD, date(2026, 11, 20)
        session.add(found)

    world.db.write_now(recognise)
    reply = world.write(rows["AN"])
    assert reply is not None
    assert "Sáng kiến chờ công nhận" not in reply.text

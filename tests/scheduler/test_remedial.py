"""Next month's list of remedial work (T-07): at a month's end, to who leads and who supervises, while it is open."""

from datetime import date

import pytest
from sqlmodel import Session

from storage.access import load_actor
from storage.models import OutboxMessage, RemedialGroup
from storage.remedial import find_group, settle_point, write_group
from tests import cast
from tests.scheduler.test_deadlines import of_deadlines
from tests.world import World

on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def one_group(world: World, lead: str = "Ban Tuyên giáo") -> int:
    """AN leads DCS1; CHI supervises its one group."""

    def work(session: Session) -> int:
        an = cast.cadre_id(session, "AN")
        row = RemedialGroup(
            unit_id=cast.unit_id(session, "DCS1"),
            year=2026,
            title="Tuyên truyền",
            measures="Mỗi quý một buổi ở khu trọ",
            lead=lead,
            supervisor_id=cast.cadre_id(session, "CHI"),
            written_by=an,
            written_at=world.clock.now(),
        )
        return write_group(session, row, [("Chưa tới khu trọ", False)], date(2026, 11, 1)).id or 0

    return world.db.write_now(work)


def told(world: World, rows: list[OutboxMessage]) -> dict[str, str]:
    """What each row says, by its key."""
    return {row.dedupe_key: reply.text for row in rows if (reply := world.write(row)) is not None}


@on_sqlite
def test_leader_and_supervisor_hear_of_it_on_the_last_day_of_the_month_alone(world: World) -> None:
    world.join("AN", "CHI", "BINH", "HOA")
    one_group(world)
    world.start("2026-11-28 08:01")
    assert of_deadlines(world, "2026-11-29 08:00") == []
    said = told(world, of_deadlines(world, "2026-11-30 08:00"))
    assert set(said) == {"unit_deadline:AN:2026-11-30", "unit_deadline:CHI:2026-11-30"}
    for text in said.values():
        assert "Nhắc việc tháng 12/2026 – Đoàn cơ sở Sở Nội vụ" in text
        assert "Tuyên truyền (Ban Tuyên giáo): Mỗi quý một buổi ở khu trọ" in text


@on_sqlite
def test_what_was_put_right_meanwhile_is_silent(world: World) -> None:
    world.join("AN", "CHI")
    group_id = one_group(world)
    world.start("2026-11-30 07:59")
    rows = of_deadlines(world, "2026-11-30 08:00")

    def work(session: Session) -> None:
        actor = load_actor(session, cast.cadre_id(session, "CHI"), world.clock.today())
        assert actor is not None
        group = find_group(session, actor, group_id, world.clock.today())
        assert group is not None
        settle_point(session, group, group.points[0].id or 0, actor.cadre_id, world.clock.today())

    world.db.write_now(work)
    assert told(world, rows) == {}


@on_sqlite
def test_who_leads_a_unit_that_leads_a_group_hears_of_it_too(world: World) -> None:
    world.join("AN", "CHI", "BINH", "LAN")
    one_group(world, lead="Chi đoàn Văn phòng Sở Nội vụ")
    world.start("2026-11-29 08:01")
    said = told(world, of_deadlines(world, "2026-11-30 08:00"))
    assert set(said) == {f"unit_deadline:{code}:2026-11-30" for code in ("AN", "CHI", "BINH")}
    assert "Mỗi quý một buổi ở khu trọ" in said["unit_deadline:BINH:2026-11-30"]

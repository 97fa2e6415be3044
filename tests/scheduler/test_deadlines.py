"""Deadlines of plans at work: who owes is reminded, who waits is told after it passed, and what is done is silent."""

from datetime import date

import pytest
from sqlmodel import Session

from scheduler.deadlines import mornings
from storage.access import load_actor
from storage.criticism import advance, kinds, open_round, steps
from storage.deadlines import Task, hand_in, own_tasks, review
from storage.models import CriticismRound, OutboxMessage
from storage.plan_work import activate
from storage.text import fold
from tests import cast
from tests.world import World, local

on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def run_template(world: World, plan_id: str = "kien-giang-2019", unit: str = "DUB", year: int = 2026) -> None:
    """Let a template run for ``unit`` in ``year``."""

    def work(session: Session) -> None:
        day = date(year, 1, 1)
        giang = load_actor(session, cast.cadre_id(session, "GIANG"), day)
        assert giang is not None
        unit_id, last = cast.unit_id(session, unit), date(year, 12, 31)
        activate(session, giang, world.house.plan, plan_id, unit_id, day, last, "", local(f"{year}-01-01 08:00"), day)

    world.db.write_now(work)


def task_of(session: Session, world: World, code: str, deadline: str) -> Task:
    """What the units that ``code`` leads owe by ``deadline``."""
    tasks = own_tasks(session, world.house.plan, cast.cadre_id(session, code), world.clock.today())
    return next(task for task in tasks if task.occurrence.deadline.id == deadline)


def submit(world: World, code: str, deadline: str) -> int:
    """Let ``code`` hand in."""

    def work(session: Session) -> int:
        task, who = task_of(session, world, code, deadline), cast.cadre_id(session, code)
        row = hand_in(session, world.clock, task, who, world.clock.now())
        return row.id or 0 if row is not None else 0

    return world.db.write_now(work)


def give_back(world: World, code: str, submission: int) -> None:
    """Let ``code`` return what was handed in."""

    def work(session: Session) -> None:
        actor = load_actor(session, cast.cadre_id(session, code), world.clock.today())
        assert actor is not None
        assert review(session, actor, submission, world.clock.today(), world.clock.now(), reason="Thiếu biểu")

    world.db.write_now(work)


def of_deadlines(world: World, when: str) -> list[OutboxMessage]:
    """What a tick at ``when`` put into the outbox about deadlines of plans at work."""
    world.at(when)
    return [row for row in world.fresh() if row.kind in {"unit_deadline", "escalation"}]


def keys(world: World, when: str) -> list[str]:
    """The keys of those."""
    return [row.dedupe_key for row in of_deadlines(world, when)]


@on_sqlite
@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-11-29", False),
        ("2026-11-30", True),
        ("2026-12-01", False),
        ("2026-12-07", True),
        ("2026-12-11", True),
        ("2026-12-13", True),
        ("2026-12-14", True),  # the last day: "trước ngày 15/12"
        ("2026-12-15", False),
    ],
)
def test_the_owner_is_reminded_on_the_days_before(world: World, day: str, told: bool) -> None:
    run_template(world)
    world.join("AN")
    world.start(f"{day} 07:59")
    rows = of_deadlines(world, f"{day} 08:00")
    said = "\n".join(reply.text for row in rows if (reply := world.write(row)) is not None)
    assert ("bao cao ket qua nam kem bieu" in fold(said)) == told


@on_sqlite
def test_what_was_handed_in_is_silent_until_it_is_returned(world: World) -> None:
    run_template(world)
    world.join("AN")
    world.start("2026-12-07 07:00")
    submission = submit(world, "AN", "annual_report")
    world.start("2026-12-07 07:59")
    assert "unit_deadline:AN:2026-12-07" not in keys(world, "2026-12-07 08:00")
    give_back(world, "DUNG", submission)
    world.start("2026-12-11 07:59")
    assert keys(world, "2026-12-11 08:00") == ["unit_deadline:AN:2026-12-11"]


@on_sqlite
def test_a_reminder_that_came_too_late_says_nothing(world: World) -> None:
    run_template(world)
    world.join("AN")
    world.start("2026-12-07 07:59")
    (row,) = (row for row in of_deadlines(world, "2026-12-07 08:00") if row.kind == "unit_deadline")
    submit(world, "AN", "annual_report")
    assert world.write(row) is None


@on_sqlite
def test_after_the_deadline_the_superior_is_told_once_and_again_in_a_week(world: World) -> None:
    run_template(world)
    world.join("AN", "DUNG", "GIANG", "HOA")
    world.start("2026-12-15 07:59")
    (row,) = of_deadlines(world, "2026-12-15 08:00")
    assert row.dedupe_key == "escalation:DUNG:2026-12-15"
    reply = world.write(row)
    assert reply is not None
    assert "Đoàn cơ sở Sở Nội vụ" in reply.text
    assert "14/12/2026" in reply.text
    assert keys(world, "2026-12-15 08:05") == []
    world.start("2026-12-16 07:59")
    assert keys(world, "2026-12-16 08:00") == []
    world.start("2026-12-21 07:59")
    assert "escalation:DUNG:2026-12-21" in keys(world, "2026-12-21 08:00")


@on_sqlite
def test_nobody_is_told_of_what_came_in_time(world: World) -> None:
    run_template(world)
    world.join("DUNG")
    world.start("2026-12-14 09:00")
    submit(world, "AN", "annual_report")
    world.start("2026-12-15 07:59")
    assert keys(world, "2026-12-15 08:00") == []


@on_sqlite
def test_cadres_of_the_unit_and_below_are_reminded_of_their_form(world: World) -> None:
    run_template(world, year=2027)
    world.join("CHI", "BINH", "HOA", "GIANG")
    world.start("2027-01-17 07:59")
    rows = of_deadlines(world, "2027-01-17 08:00")
    assert [row.dedupe_key for row in rows] == ["unit_deadline:BINH:2027-01-17", "unit_deadline:CHI:2027-01-17"]
    reply = world.write(rows[0])
    assert reply is not None
    assert "Nộp bản đăng ký rèn luyện" in reply.text


@on_sqlite
def test_the_nearest_follower_learns_whose_form_is_missing(world: World) -> None:
    run_template(world, year=2027)
    world.join("AN", "DUNG", "GIANG", "HOA")
    world.start("2027-02-01 07:59")
    said = {row.dedupe_key.split(":")[1]: world.write(row) for row in of_deadlines(world, "2027-02-01 08:00")}
    texts = {who: reply.text for who, reply in said.items() if reply is not None}
    assert "còn 3 đồng chí chưa nộp (Phạm Lan Chi, Võ Thanh Bình, Đặng Ngọc Lan)" in texts["AN"]
    assert "còn 1 đồng chí chưa nộp (Nguyễn Hoài An)" in texts["DUNG"]
    assert "còn 1 đồng chí chưa nộp (Trần Mỹ Dung)" in texts["GIANG"]
    assert "HOA" not in texts


@on_sqlite
def test_the_binding_plan_is_silent_about_what_was_handed_in(world: World) -> None:
    world.join("DUNG")
    world.start("2026-10-22 07:00")
    submit(world, "DUNG", "annual_report")
    world.start("2026-10-22 07:59")
    assert world.keys("2026-10-22 08:00") == []


@on_sqlite
def test_who_waits_learns_that_the_annual_report_of_the_binding_plan_is_missing(world: World) -> None:
    world.join("GIANG", "DUNG")
    world.start("2026-10-30 07:59")
    assert keys(world, "2026-10-30 08:00") == ["escalation:GIANG:2026-10-30"]


@on_sqlite
def test_silence_that_was_asked_for_is_kept(world: World) -> None:
    run_template(world)
    world.join("AN", paused_until=date(2026, 12, 14))
    world.start("2026-12-14 07:59")
    assert keys(world, "2026-12-14 08:00") == []


def test_two_ticks_say_it_once(world: World) -> None:
    run_template(world)
    world.join("AN")
    world.start("2026-12-14 07:59")
    assert len(keys(world, "2026-12-14 08:00")) == 1
    world.clock.set_now(local("2026-12-14 07:30"))
    assert keys(world, "2026-12-14 08:10") == []


def test_every_morning_comes_once(world: World) -> None:
    house = world.house
    found = list(mornings(house, local("2026-12-13 08:00"), local("2026-12-15 08:00")))
    assert found == [date(2026, 12, 14), date(2026, 12, 15)]


def open_criticism(world: World) -> int:
    """AN owns a quarterly round of DCS1 at which he set the reporting back for 7/12."""

    def work(session: Session) -> int:
        unit, an, today = cast.unit_id(session, "DCS1"), cast.cadre_id(session, "AN"), world.clock.today()
        (kind,) = kinds(session, world.house.plan, unit, today)
        dues = {step: date(2026, 12, 7) for step in steps(kind.round)}
        row = open_round(session, kind, unit, an, [], dues, world.clock.now(), committee=True)
        return row.id or 0

    return world.db.write_now(work)


@on_sqlite
def test_the_owner_of_a_criticism_round_is_reminded_of_the_day_they_set_until_the_step_is_done(world: World) -> None:
    world.join("AN", "CHI")
    number = open_criticism(world)

    def go_on(session: Session) -> None:
        row = session.get_one(CriticismRound, number)
        advance(session, row, world.clock.now())

    world.db.write_now(go_on)  # the review, which the plan dates itself, is done; the report back waits
    world.start("2026-12-04 07:59")
    (row,) = of_deadlines(world, "2026-12-04 08:00")
    reply = world.write(row)
    assert row.dedupe_key == "unit_deadline:AN:2026-12-04"
    assert reply is not None
    assert "hạn đồng chí đặt 7/12/2026, còn 3 ngày" in reply.text
    world.db.write_now(go_on)
    assert world.write(row) is None

"""Each template played through its whole year in the chat: activated, handed in by every owner, accepted above."""

from datetime import date

import pytest
from sqlmodel import Session, select

from handlers.turn import House
from storage.database import Database
from storage.deadlines import Task, tasks_of
from storage.models import DeadlineState, DeadlineSubmission
from storage.periods import PeriodKind
from storage.plan_work import load_units, runs
from storage.plans import load_plan
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.world import local

# Who hands in for a unit, and who accepts it there.
OWNERS = {"DUB": ("DUNG", "GIANG"), "DCS1": ("AN", "DUNG"), "CD11": ("BINH", "AN"), "CD12": ("LAN", "AN")}
TITLES = {
    "kien-giang-2012": "Góp ý, tự phê bình",
    "kien-giang-2015": "Phong trào “3 trách nhiệm”",
    "kien-giang-2019": "Rèn luyện tác phong",
    "remedial-2021": "Khắc phục hạn chế",
}

_WAITING = select(DeadlineSubmission.id).where(DeadlineSubmission.state == DeadlineState.SUBMITTED)


def activated(db: Database, house: House, clock: FrozenClock, plan_id: str) -> None:
    """GIANG lets the template run for DUB in 2027."""
    clock.set_now(local("2026-12-28 09:00"))
    Chat(db, house, cadre="GIANG").play(
        [
            ("/kehoachmoi", "Kích hoạt kế hoạch nào"),
            (f"[{TITLES[plan_id]}]", "Cho đơn vị nào"),
            ("DUB", "Cho thời gian nào"),
            ("[Năm 2027]", "Số văn bản"),
            ("[Không có số]", "Không thay đổi chỉ tiêu giờ"),
            ("[Kích hoạt]", "Đã kích hoạt"),
        ]
    )


def year_of(db: Database, house: House) -> list[Task]:
    """Everything that units owe in 2027 by the template."""
    days = date(2027, 1, 1), date(2027, 12, 31)

    def work(session: Session) -> list[Task]:
        found = [run for run in runs(session, house.plan, *days) if run.unit_id is not None]
        return tasks_of(session, found, load_units(session, days[0]), None, *days)

    return db.read_now(work)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("plan_id", sorted(TITLES))
def test_a_template_runs_through_its_year(city: Database, house: House, clock: FrozenClock, plan_id: str) -> None:
    activated(city, house, clock, plan_id)
    dated = {
        deadline.id for deadline in load_plan(plan_id).file.deadlines if deadline.is_set and deadline.is_of_units
    } - {"interim_review", "final_review"}  # one-offs of later years
    tasks = year_of(city, house)
    assert {task.occurrence.deadline.id for task in tasks} == dated
    chats = {code: Chat(city, house, cadre=code) for pair in OWNERS.values() for code in pair}
    for task in tasks:
        owner, superior = OWNERS[task.unit.code]
        clock.set_now(local(f"{task.last_day} 09:00"))
        chats[owner].play([(f"/hannop {task.ref}", task.title), ("Báo cáo số 1", "Đúng chưa"), ("[Nộp]", "Đúng hạn")])
        waiting = city.read_now(lambda session: session.exec(_WAITING).one())
        chats[superior].play([(f"/hanxet {waiting}", task.title), ("[Nhận]", "Đã nhận")])
    after = year_of(city, house)
    assert {task.state for task in after} == {DeadlineState.ACCEPTED}
    assert not any(task.submission is None or task.submission.is_late for task in after)


def test_the_remedial_year_has_twelve_months_four_quarters_and_a_report_before_november(
    city: Database, house: House, clock: FrozenClock
) -> None:
    activated(city, house, clock, "remedial-2021")
    tasks = year_of(city, house)
    counts = dict.fromkeys(PeriodKind, 0)
    for task in tasks:
        counts[task.occurrence.deadline.every] += 1
    assert (counts[PeriodKind.MONTH], counts[PeriodKind.QUARTER], counts[PeriodKind.HALF]) == (36, 4, 2)
    (report,) = (task for task in tasks if task.occurrence.deadline.id == "result_report")
    assert report.last_day == date(2027, 10, 31)

"""The year of a remedial plan (T-01 – T-13): from the activated template to the report before 1/11 and December."""

import pytest
from sqlmodel import select

from handlers.turn import House
from storage.database import Database
from storage.models import DeadlineState, DeadlineSubmission
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.handlers.test_plan_year import activated, year_of
from tests.handlers.year import attached, file_of, words_of
from tests.world import World, local

WORK = {"monthly_evaluation", "next_month_list", "progress_quarter", "progress_half", "progress_year"}


def note_all(chat: Chat, period: str, words: str) -> None:
    """DUNG says the same of the four fields, one after another."""
    for number in (1, 2, 3, 4):
        chat.play([(f"/khacphucghi {number} {period}", "không kết luận về một người"), (words, "Đã ghi phần")])


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_year_from_the_template_to_december(world: World, city: Database, house: House, clock: FrozenClock) -> None:
    activated(city, house, clock, "remedial-2021")
    world.join("DUNG")
    clock.set_now(local("2027-01-04 09:00"))
    chat = Chat(city, house, cadre="DUNG")
    chat.play(
        [
            ("/khacphuc", "chưa có nhóm nào"),
            ("[Lấy nhóm từ kế hoạch]", "phụ trách"),
            ("Mỹ Dung", "Tổ chức hoạt động phong trào"),
            ("[Lưu]", "Đã ghi 4 nhóm"),
            ("/khacphuc", "4 lĩnh vực, 8 hạn chế, đã khắc phục 0"),
            (
                "[Xem: Tuyên truyền, giáo dục]",
                "Chủ trì: Ban Tuyên giáo; phối hợp: Ban Phong trào",
            ),
        ]
    )
    for month in range(1, 13):
        day = f"2027-{month:02}-27"
        clock.set_now(local(f"{day} 09:00"))
        note_all(chat, f"2027-{month:02}", f"Tháng {month}: làm đúng tiến độ")
        if month % 3 == 0:
            note_all(chat, f"2027-Q{month // 3}", f"Quý {month // 3}: đạt yêu cầu")
        if month % 6 == 0:
            note_all(chat, f"2027-H{month // 6}", "Sáu tháng: đạt yêu cầu")
        if month == 4:
            continue  # in April nobody tells of next month's work in a meeting: the bot does, see below
        chat.play([("/khacphucnhac DUB", "Nhắc việc"), ("[Đã nhắc trong phiên họp]", "Đã ghi là đã nhắc")])
    clock.set_now(local("2027-12-28 09:00"))
    note_all(chat, "2027", "Cả năm: sáu điều đã xong")
    work = [task for task in year_of(city, house) if task.occurrence.deadline.id in WORK]
    open_still = [(task.title, task.last_day.month) for task in work if task.is_owed]
    assert open_still == [("Danh sách nhắc việc tháng sau", 4)]
    assert not any(task.submission.is_late for task in work if task.submission is not None)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_at_the_end_of_april_the_bot_tells_what_comes_in_may(
    world: World, city: Database, house: House, clock: FrozenClock
) -> None:
    activated(city, house, clock, "remedial-2021")
    world.join("DUNG")
    clock.set_now(local("2027-04-28 09:00"))
    Chat(city, house, cadre="DUNG").play(
        [("/khacphucmau DUB", "phụ trách"), ("DUNG", "Lấy các nhóm"), ("lưu", "4 nhóm")]
    )
    world.start("2027-04-30 07:59")
    world.at("2027-04-30 08:00")
    said = [reply.text for row in world.fresh() if row.kind == "unit_deadline" and (reply := world.write(row))]
    assert len(said) == 1  # one message for the list and for all that is due that day
    assert "Nhắc việc tháng 5/2027 – Đoàn UBND thành phố" in said[0]
    assert "Đánh giá việc khắc phục trong tháng" in said[0]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_report_is_handed_in_before_november_with_its_figures_by_field_and_by_point(
    city: Database, house: House, clock: FrozenClock
) -> None:
    activated(city, house, clock, "remedial-2021")
    chat = Chat(city, house, cadre="DUNG")
    clock.set_now(local("2027-10-29 09:00"))
    chat.play([("/khacphucmau DUB", "phụ trách"), ("DUNG", "Lấy các nhóm"), ("lưu", "4 nhóm")])
    chat.play([("/khacphucghi 1 2027-10", "tháng 10"), ("Đã giao chỉ tiêu từ tháng 1", "Đã ghi phần tháng 10/2027")])
    chat.play([("/khacphucnhom 1", "Hạn chế"), ("[Xong: Còn một chỉ tiêu thành phần]", "✓ 29/10/2027")])
    chat.play([("/khacphucbc DUB 2027", "4 lĩnh vực, 8 hạn chế, đã khắc phục 1")])
    printed = words_of(file_of(city, house, attached(chat, "remedial_docx")))
    assert "có 4 lĩnh vực cần khắc phục (4 mới, 0 chuyển từ năm trước) với 8 hạn chế" in printed
    assert "đã khắc phục 1, còn 7." in printed
    assert "Tháng 10/2027: Đã giao chỉ tiêu từ tháng 1" in printed
    assert "TM. BAN CHẤP HÀNH" in printed  # the unit has no standing committee
    (task,) = (one for one in year_of(city, house) if one.occurrence.deadline.id == "result_report")
    assert f"{task.last_day}" == "2027-10-31"
    chat.play([(f"/hannop {task.ref}", task.title), ("Báo cáo số 5", "Đúng chưa"), ("[Nộp]", "Đúng hạn")])


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_report_in_november_is_late_and_says_so(city: Database, house: House, clock: FrozenClock) -> None:
    activated(city, house, clock, "remedial-2021")
    (task,) = (one for one in year_of(city, house) if one.occurrence.deadline.id == "result_report")
    clock.set_now(local("2027-11-01 08:00"))
    Chat(city, house, cadre="DUNG").play(
        [(f"/hannop {task.ref}", task.title), ("Báo cáo số 6", "Đúng chưa"), ("[Nộp]", "trễ")]
    )
    rows = city.read_now(lambda s: list(s.exec(select(DeadlineSubmission))))
    assert [(row.state, row.is_late) for row in rows] == [(DeadlineState.SUBMITTED, True)]

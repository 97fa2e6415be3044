"""The self-review (C-07): registered beside done, every word of judgement the person's own."""

from datetime import date

import pytest
from sqlmodel import Session

from handlers.turn import House
from storage.database import Database
from storage.models import DocumentState, Entry
from storage.terms import DocumentKind, EntryKind, EntryState
from tests.cast import cadre_id
from tests.chat import Chat
from tests.handlers.year import SELF_REVIEW, attached, file_of, form_of, move_in_march, register, words_of

REVIEW = DocumentKind.SELF_REVIEW


def log(city: Database, house: House) -> None:
    def work(session: Session) -> None:
        for day, minutes in ((date(2026, 11, 3), 150), (date(2026, 11, 15), 60)):
            session.add(
                Entry(
                    cadre_id=cadre_id(session, "BINH"),
                    kind=EntryKind.VOLUNTEER_HOURS,
                    day=day,
                    minutes=minutes,
                    title="Dọn <rác> & trồng cây",
                    state=EntryState.CONFIRMED if minutes == 60 else EntryState.DECLARED,
                    created_at=house.clock.now(),
                )
            )

    city.write_now(work)


def test_registered_stands_beside_done(city: Database, house: House) -> None:
    register(city, house, "BINH")
    log(city, house)
    chat = Chat(city, house, cadre="BINH")
    chat.play(SELF_REVIEW[:1])
    assert "đăng ký 2,5 giờ mỗi tuần; 3,5 giờ đã ghi, 1 giờ đã xác nhận" in chat.text
    assert "không gợi ý và không viết thay" in chat.text
    chat.play(SELF_REVIEW[1:])
    printed = words_of(file_of(city, house, attached(chat, "year_form")))
    for phrase in (
        "BẢN TỰ KIỂM ĐIỂM",
        "Không có hồ sơ trễ hẹn",
        "Ít xuống cơ sở",
        "Dọn <rác> & trồng cây",
        "3,5 giờ đã ghi",
        "TM. BAN CHẤP HÀNH",
    ):
        assert phrase in printed


def test_nothing_of_the_judgement_is_written_for_the_person(city: Database, house: House) -> None:
    register(city, house, "BINH")
    Chat(city, house, cadre="BINH").play(SELF_REVIEW[:5])
    answers = form_of(city, "BINH", REVIEW).content["answers"]
    assert set(answers) == {"result.0", "result.1", "result.2", "donts"}
    assert not form_of(city, "BINH", REVIEW).content.get("rating")


@pytest.mark.parametrize("said", ["Xuất sắc", "9", "hoàn thành tốt nhiệm vụ"])
def test_only_levels_of_the_scale_are_taken(city: Database, house: House, said: str) -> None:
    register(city, house, "BINH")
    Chat(city, house, cadre="BINH").play([*SELF_REVIEW[:-2], (said, "Tốt, Khá, Trung bình, Yếu")])


def test_a_review_needs_a_registration(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play([("/kiemdiem", "chưa có bản đăng ký năm 2026"), ("[Đăng ký năm]", "1/3 – TRÁCH NHIỆM")])
    chat.play([("Trả hồ sơ đúng hẹn", "nhìn vào đâu"), ("/kiemdiem", "còn là bản nháp")])


def test_a_returned_registration_holds_the_review_back(city: Database, house: House) -> None:
    register(city, house, "BINH")
    form = form_of(city, "BINH")
    Chat(city, house, cadre="AN").play([(f"/traphieu {form.id}", "vì sao"), ("Chưa rõ cách đo", "Đã trả lại")])
    chat = Chat(city, house, cadre="BINH")
    chat.play([("/kiemdiem", "đang được trả lại"), ("/dangky", "Chưa rõ cách đo"), ("[Nộp]", "Đã nộp bản đăng ký")])
    chat.play(SELF_REVIEW[:1])


def test_a_registration_returned_meanwhile_keeps_the_review_a_draft(city: Database, house: House) -> None:
    register(city, house, "BINH")
    chat = Chat(city, house, cadre="BINH")
    chat.play(SELF_REVIEW[:-1])
    form = form_of(city, "BINH")
    Chat(city, house, cadre="AN").play([(f"/traphieu {form.id}", "vì sao"), ("Chưa rõ cách đo", "Đã trả lại")])
    chat.play([("[Nộp]", "đang được trả lại")])
    assert form_of(city, "BINH", REVIEW).state is DocumentState.DRAFT


def test_who_moved_in_march_takes_the_form_along(city: Database, house: House) -> None:
    register(city, house, "BINH")
    move_in_march(city, "BINH", "CD31")
    chat = Chat(city, house, cadre="BINH")
    chat.play(SELF_REVIEW)
    head = form_of(city, "BINH", REVIEW).content["head"]
    assert (head["unit"], head["superior"]) == ("Chi đoàn khóm 3", "Đoàn phường Cái Khế")
    form = form_of(city, "BINH", REVIEW)
    Chat(city, house, cadre="AN").play([(f"/phieu {form.id}", "không thuộc phần đồng chí duyệt")])
    Chat(city, house, cadre="HOA").play([("/hoso", "Võ Thanh Bình"), (f"/phieu {form.id}", "Ít xuống cơ sở")])
    assert form.state is DocumentState.SUBMITTED

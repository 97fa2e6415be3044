"""Registering for the year in chat (C-07, C-08): every answer is kept, one form a year, editable until approved."""

import pytest
from sqlmodel import Session, select

from handlers.turn import House
from storage.compliance import evaluate
from storage.database import Database
from storage.models import Document, DocumentState
from storage.records_of import load_person, load_tree
from storage.terms import Requirement, Status
from tests import cast
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.handlers.year import REGISTRATION, activate, attached, file_of, form_of, register, state_of, words_of


def test_a_registration_is_written_and_printed(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play(REGISTRATION)
    row = form_of(city, "BINH")
    assert row.state is DocumentState.SUBMITTED
    assert row.content["answers"]["hours"] == "2,5"
    assert row.content["answers"]["donts"] == ["formalism"]
    printed = words_of(file_of(city, house, attached(chat, "year_form")))
    for phrase in ("BẢN ĐĂNG KÝ", "Võ Thanh Bình", "CHI ĐOÀN VĂN PHÒNG SỞ NỘI VỤ", "Trả hồ sơ đúng hẹn", "hết quý II"):
        assert phrase in printed
    assert "2,5 giờ mỗi tuần" in printed


def test_what_the_plan_asks_is_shown_with_its_clause(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play(REGISTRATION[:10])
    assert "ít nhất 2 giờ (C-27)" in chat.text


def test_the_city_has_set_no_month_yet(city: Database, house: House) -> None:
    Chat(city, house, cadre="BINH").play([("/dangky", "chưa ấn định hạn nộp")])


def test_every_answer_is_kept_for_weeks(city: Database, house: House, clock: FrozenClock) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play([*REGISTRATION[:5], ("/huy", "Bản nháp vẫn được giữ")])
    assert state_of(city, "BINH") is DocumentState.DRAFT
    clock.move(days=30)
    other = Chat(city, house, cadre="BINH")
    other.play([("/dangky", "viết tiếp bản nháp, 4 câu đã có"), ("Sổ chấm công", "thời hạn")])
    other.play([("quay lại", "Đang ghi: Sổ chấm công"), ("[Giữ nguyên]", "thời hạn")])


def test_another_form_does_not_lose_the_draft(city: Database, house: House) -> None:
    Chat(city, house, cadre="BINH").play([*REGISTRATION[:3], ("/nhacnho", "Bản nháp vẫn được giữ")])
    assert form_of(city, "BINH").content["answers"]["what.0"] == "Trả hồ sơ đúng hẹn"


def test_a_second_registration_shows_the_first(city: Database, house: House) -> None:
    register(city, house, "BINH")
    chat = Chat(city, house, cadre="BINH")
    chat.play(
        [
            ("/dangky", "Mỗi năm một bản"),
            ("[Sửa]", "viết tiếp bản nháp"),
            ("[Sửa: Trung thực]", "Đang ghi: Báo cáo đúng số liệu"),
            ("Báo cáo đúng và đủ", "nhìn vào đâu"),
            ("[Giữ nguyên]", "thời hạn"),
            ("[Giữ nguyên]", "Đồng chí xem lại"),
        ]
    )
    assert state_of(city, "BINH") is DocumentState.DRAFT
    chat.play([("[Nộp]", "Đã nộp")])
    assert form_of(city, "BINH").content["answers"]["what.2"] == "Báo cáo đúng và đủ"
    assert len(city.read_now(lambda s: s.exec(select(Document)).all())) == 1


@pytest.mark.parametrize(
    ("steps", "said", "expected"),
    [
        (1, "x", "cần từ 3 đến"),
        (10, "nhiều lắm", "ví dụ: 2 hoặc 2,5"),
        (10, "-3", "ví dụ: 2 hoặc 2,5"),
        (11, "2,5", "ví dụ: 3"),
        (11, "999", "ví dụ: 3"),
        (13, "[Xong]", "gõ số, ví dụ: 1, 3"),
        (13, "gì cũng được", "gõ số, ví dụ: 1, 3"),
        (15, "ừ", "bấm Nộp"),
        (13, "1, 99", "gõ số, ví dụ: 1, 3"),
        (13, "1, 3", "Đã chọn:"),
        (3, "99/99/2026", "Ngày ấy không có hoặc đã qua"),
        (3, "hôm qua", "Ngày ấy không có hoặc đã qua"),
        (3, "30/12", "GƯƠNG MẪU"),
        (2, "<sticker>", "chỉ đọc được chữ"),
        (2, "<photo>", "chưa cần ảnh"),
    ],
)
def test_bad_answers_are_met_with_an_example(
    city: Database, house: House, steps: int, said: str, expected: str
) -> None:
    Chat(city, house, cadre="BINH").play([*REGISTRATION[:steps], (said, expected)])


@pytest.mark.parametrize("year", ["1999", "2030", "²", "năm ngoái"])
def test_other_years_are_refused(city: Database, house: House, year: str) -> None:
    Chat(city, house, cadre="BINH").play([(f"/dangky {year}", "ví dụ: /dangky 2026")])


def test_a_year_that_is_over_is_not_registered_for(city: Database, house: House) -> None:
    Chat(city, house, cadre="BINH").play([("/dangky 2025", "đã qua"), ("/suadangky 2025", "đã qua")])
    Chat(city, house, cadre="BINH").play([("/dangky 2027", "Năm 2027, ở nội dung này")])


def test_the_deadline_of_an_activated_plan_is_told_and_kept(city: Database, house: House) -> None:
    activate(city, house, "DUB")
    chat = Chat(city, house, cadre="BINH")
    chat.play([("/dangky", "Hạn nộp 31/1/2026 (K-12) đã qua; tôi vẫn nhận"), ("/huy", "giữ")])
    chat.play([*REGISTRATION[:1], *REGISTRATION[1:-1], ("[Nộp]", "(muộn hạn)")])
    assert form_of(city, "BINH").is_late
    Chat(city, house, cadre="HOA").play([("/dangky", "chưa ấn định hạn nộp")])


def test_a_registration_handed_in_counts(city: Database, house: House) -> None:
    def status(session: Session) -> tuple[Status, float, float]:
        today = house.clock.today()
        person = load_person(session, cast.cadre_id(session, "BINH"), today.replace(month=1, day=1), today)
        results = evaluate(house.plan, load_tree(session), house.calendar, person, today).results
        found = next(r for r in results if r.requirement is Requirement.REGISTRATION)
        return found.status, found.declared, found.confirmed

    assert city.read_now(status)[1] == 0
    register(city, house, "BINH")
    assert city.read_now(status) == (Status.MET, 1, 0)
    chat = Chat(city, house, cadre="AN")
    chat.play([("/hoso", "Võ Thanh Bình"), ("[Võ Thanh Bình]", "Trả hồ sơ đúng hẹn"), ("[Duyệt]", "Đã duyệt")])
    assert city.read_now(status) == (Status.MET, 1, 1)
    Chat(city, house, cadre="BINH").play([("/suadangky 2026", "Bản đã duyệt không sửa được")])

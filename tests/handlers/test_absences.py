"""/nghi: leave and exemptions of people and units below. Today is Friday 20/11/2026."""

from datetime import date

import pytest
from sqlmodel import Session, select

from handlers.turn import House
from storage.database import Database
from storage.models import Absence
from tests.cast import cadre_id, unit_id
from tests.chat import Chat
from tests.handlers.logged import grant_leave


def kept(db: Database) -> list[Absence]:
    return db.read_now(lambda session: list(session.exec(select(Absence).order_by(Absence.id)).all()))  # type: ignore[arg-type]  # a column at class level


def test_leave_of_a_person_in_six_answers(city: Database, house: House) -> None:
    Chat(city, house, cadre="AN").play(
        [
            ("/nghi", "Hiện không có đợt nghỉ"),
            ("[Ghi nghỉ mới]", "Ai nghỉ?"),
            ("thanh binh", "Nghỉ từ ngày nào?"),
            ("24/11", "Nghỉ từ 24/11/2026 đến hết ngày nào?"),
            ("5 ngày", "Lý do là gì?"),
            ("[Nghỉ phép năm]", "Số quyết định"),
            ("12-QĐ/ĐTN", "Từ 24/11/2026 đến hết 28/11/2026 (5 ngày)"),
            ("[Lưu]", "Đã ghi nghỉ cho Võ Thanh Bình"),
            ("/nghi", "Võ Thanh Bình: 24/11/2026–28/11/2026, Nghỉ phép năm, số 12-QĐ/ĐTN"),
        ]
    )
    (absence,) = kept(city)
    assert absence.cadre_id == city.read_now(lambda s: cadre_id(s, "BINH"))
    assert absence.created_by == city.read_now(lambda s: cadre_id(s, "AN"))
    assert (absence.start_day, absence.end_day) == (date(2026, 11, 24), date(2026, 11, 28))


def test_exemption_of_a_whole_unit(city: Database, house: House) -> None:
    Chat(city, house, cadre="AN").play(
        [
            ("/nghi moi", "Ai nghỉ?"),
            ("[Cả Đoàn cơ sở Sở Nội vụ]", "từ ngày nào"),
            ("[Hôm nay]", "đến hết ngày nào"),
            ("[Hết tháng]", "Lý do"),
            ("Bão số 9", "Số quyết định"),
            ("[Không có số]", "Cả Đoàn cơ sở Sở Nội vụ"),
            ("Lưu", "Đã ghi nghỉ"),
        ]
    )
    (absence,) = kept(city)
    assert absence.unit_id == city.read_now(lambda s: unit_id(s, "DCS1"))
    assert (absence.end_day, absence.reason, absence.decision_no) == (date(2026, 11, 30), "Bão số 9", "")


def test_bad_answers_lose_nothing(city: Database, house: House) -> None:
    Chat(city, house, cadre="AN").play(
        [
            ("/nghi moi", "Ai nghỉ?"),
            ("Huỳnh Thị Hoa", "không tìm thấy người hay đơn vị"),
            ("Nguyễn Hoài An", "do cấp trên ghi"),
            ("<sticker>", "chỉ đọc được chữ"),
            ("x" * 4000, "không tìm thấy"),
            ("LAN", "từ ngày nào"),
            ("31/2", "chưa đọc được ngày"),
            ("tháng sau", "chưa đọc được ngày"),
            ("24/11/2099", "hơn một năm"),
            ("<photo>", "chưa cần ảnh"),
            ("24/11", "đến hết ngày nào"),
            ("20/11", "đứng trước ngày đầu"),
            ("24/11/2028", "dài nhất là một năm"),
            ("quay lại", "từ ngày nào"),
            ("mai", "Nghỉ từ 21/11/2026"),
            ("[Chỉ một ngày]", "Lý do"),
            ("l" * 201, "dài nhất 200 chữ"),
            ("ốm", "Số quyết định"),
            ("9" * 61, "dài nhất 60 chữ"),
            ("khong co so", "(1 ngày)"),
            ("gì cũng được", "chọn Lưu để ghi"),
            ("[Sửa]", "muốn sửa phần nào"),
            ("[Lý do]", "Lý do là gì?"),
            ("[Nghỉ ốm]", "Lý do: Nghỉ ốm"),
            ("/huy", "Đã bỏ việc ghi nghỉ"),
        ]
    )
    assert kept(city) == []


def test_a_later_first_day_asks_for_the_last_again(city: Database, house: House) -> None:
    Chat(city, house, cadre="AN").play(
        [
            ("/nghi LAN", "từ ngày nào"),
            ("24/11", "đến hết ngày nào"),
            ("25/11", "Lý do"),
            ("ốm", "Số quyết định"),
            ("không có số", "24/11/2026 đến hết 25/11/2026"),
            ("sửa", "phần nào"),
            ("[Từ ngày]", "từ ngày nào"),
            ("30/11", "Nghỉ từ 30/11/2026 đến hết ngày nào"),
            ("một tuần", "6/12/2026 (7 ngày)"),
        ]
    )


def test_days_that_are_taken_already_are_pointed_out(city: Database, house: House) -> None:
    grant_leave(city, "LAN", date(2026, 11, 23), date(2026, 11, 27))
    Chat(city, house, cadre="AN").play(
        [
            ("/nghi LAN", "từ ngày nào"),
            ("24/11", "ngày nào"),
            ("[Chỉ một ngày]", "Lý do"),
            ("ốm", "Số"),
            ("[Không có số]", "Đã có một đợt nghỉ khác"),
        ]
    )


def test_leave_is_cancelled_after_a_question(city: Database, house: House) -> None:
    grant_leave(city, "LAN", date(2026, 11, 23), date(2026, 11, 27))
    chat = Chat(city, house, cadre="AN")
    chat.play(
        [
            ("/nghi", "Đặng Ngọc Lan: 23/11/2026–27/11/2026"),
            ("[Hủy: Đặng Ngọc Lan]", "Hủy đợt nghỉ này?"),
            ("ừ", "chọn mục bên dưới"),
            ("giữ nguyên", "Đã bỏ việc hủy đợt nghỉ"),
            ("/nghi", "Đặng Ngọc Lan: 23/11/2026–27/11/2026"),
            ("[Hủy: Đặng Ngọc Lan]", "Hủy đợt nghỉ này?"),
            ("[Hủy đợt nghỉ]", "Đã hủy đợt nghỉ"),
            ("/nghi", "Hiện không có"),
        ]
    )
    assert kept(city)[0].cancelled_at is not None


@pytest.mark.parametrize("who", ["HOA", "LAN"])
def test_leave_elsewhere_is_neither_seen_nor_cancelled(city: Database, house: House, who: str) -> None:
    grant_leave(city, "LAN", date(2026, 11, 23), date(2026, 11, 27))
    absence = kept(city)[0].id
    chat = Chat(city, house, cadre=who)
    chat.say("/nghi")
    assert "Đặng Ngọc Lan" not in chat.text
    chat.press_data(f"/huynghi {absence}")
    assert "Đã hủy" not in chat.text
    assert kept(city)[0].cancelled_at is None


@pytest.mark.parametrize("forged", ["d:lạ", "d:2026-99-99", "r:99", "c:HOA", "u:TD", "x:y", "f:khac"])
def test_forged_buttons_are_bad_answers(city: Database, house: House, forged: str) -> None:
    chat = Chat(city, house, cadre="AN")
    for said in ("/nghi moi", "LAN", "24/11", "25/11", "ốm"):
        chat.say(said)
        version = chat.standing.version if chat.standing else 0
        chat.press_data(f"{version}:{forged}")
        assert chat.replies
    assert kept(city) == []


def test_nothing_is_saved_for_one_who_has_left_meanwhile(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    for said in ("/nghi LAN", "24/11", "25/11", "ốm", "Không có số"):
        chat.say(said)

    def leave(session: Session) -> None:
        from storage.models import Position

        position = session.exec(select(Position).where(Position.cadre_id == cadre_id(session, "LAN"))).one()
        position.end_day = date(2026, 11, 1)
        session.add(position)

    city.write_now(leave)
    chat.play([("Lưu", "không còn thuộc phạm vi")])
    assert kept(city) == []

"""Remedial plans (C-15, T-01 – T-13): groups of a year, what is said of them, what is carried over, who may see it."""

import pytest
from sqlmodel import select

from handlers.turn import House
from storage.database import Database
from storage.models import DeadlineSubmission
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.handlers.test_plan_year import activated
from tests.world import local


def add_group(
    chat: Chat, title: str, points: str = "Họp Ban Thường vụ có lúc chưa đúng kỳ", who: str = "Lan Chi"
) -> None:
    chat.play(
        [
            ("/khacphucthem DCS1 2026", "Lĩnh vực (nhóm) cần khắc phục"),
            (title, "mỗi dòng một điều"),
            (points, "Giải pháp, mỗi dòng một việc"),
            ("Ra lịch họp cả năm ngay tháng 1", "chủ trì"),
            ("Văn phòng", "phối hợp"),
            ("[Không có]", "phụ trách"),
            (who, "Xong trước ngày nào"),
            ("31/12", "Đồng chí xem lại giúp"),
            ("[Lưu]", f"Đã ghi nhóm “{title}”"),
        ]
    )


def test_a_secretary_writes_groups_and_fields_and_points_are_counted_apart(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.play([("/khacphuc", "chưa có nhóm nào")])
    add_group(chat, "Xây dựng tổ chức", "Họp có lúc chưa đúng kỳ\n* Văn bản trình còn trễ")
    add_group(chat, "Tuyên truyền")
    chat.play(
        [
            ("/khacphuc", "2 lĩnh vực (1 lĩnh vực có điều chuyển từ năm trước), 3 hạn chế, đã khắc phục 0"),
            ("[Xem: Xây dựng tổ chức]", "Văn bản trình còn trễ (chuyển từ năm trước)"),
            ("[Xong: Văn bản trình còn trễ]", "✓ 20/11/2026"),
            ("/khacphuc", "đã khắc phục 1"),
            ("[Xem: Xây dựng tổ chức]", "Chủ trì: Văn phòng"),
            ("[Chưa xong: Văn bản trình còn trễ]", "Văn bản trình còn trễ (chuyển từ năm trước)\nGiải pháp"),
            ("[Bỏ nhóm]", "vẫn được giữ"),
            ("thôi kệ", "bấm Bỏ nhóm"),
            ("[Bỏ nhóm]", "Đã bỏ nhóm “Xây dựng tổ chức”"),
            ("/khacphuc", "1 lĩnh vực, 1 hạn chế"),
        ]
    )


def test_nonsense_is_answered_with_an_example_and_nothing_is_lost(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.play(
        [
            ("/khacphucthem DCS1 2026", "Lĩnh vực"),
            ("x", "ví dụ: Xây dựng tổ chức Đoàn"),
            ("Tuyên truyền", "mỗi dòng một điều"),
            ("ừ", "ví dụ: Họp Ban Chấp hành"),
            ("Tuyên truyền ma túy chưa tới khu trọ", "Giải pháp"),
            ("Mỗi quý một buổi ở khu trọ", "chủ trì"),
            ("Ban Tuyên giáo", "phối hợp"),
            ("Văn phòng", "phụ trách"),
            ("Người Không Có Thật", "Không thấy người ấy"),
            ("Bình", "Xong trước"),
            ("1/1/2020", "đã qua"),
            ("quay lại", "phụ trách"),
            ("CHI", "Xong trước"),
            ("[Không ấn định]", "Phụ trách: Phạm Lan Chi"),
            ("hả", "gõ: lưu"),
            ("lưu", "Đã ghi nhóm"),
            ("/khacphucghi 999 2026-11", "Không thấy mục này"),
            ("/khacphucghi 1 2030-11", "Không thấy mục này"),
            ("/khacphucxong 1 abc", "Không thấy mục này"),
        ]
    )


def test_who_supervises_a_group_says_how_it_goes_and_others_of_the_unit_do_not(city: Database, house: House) -> None:
    add_group(Chat(city, house, cadre="AN"), "Tuyên truyền")
    Chat(city, house, cadre="CHI").play(
        [
            ("/khacphuc", "Phạm Lan Chi phụ trách; tháng 11/2026: chưa nhận xét"),
            ("[Xem: Tuyên truyền]", "Giải pháp"),
            ("[Nhận xét tháng 11/2026]", "không kết luận về một người"),
            ("Tốt", "ví dụ: Đã họp đúng kỳ"),
            ("Đã họp đúng kỳ, còn chậm gửi tài liệu", "Đã ghi phần tháng 11/2026"),
            ("/khacphuc", "tháng 11/2026: đã nhận xét"),
            ("/khacphucthem DCS1 2026", "Không thấy mục này"),
            ("/khacphucbo 1", "Không thấy mục này"),
        ]
    )
    Chat(city, house, cadre="BINH").play(
        [("/khacphuc DCS1", "Không thấy mục này"), ("/khacphucnhom 1", "Không thấy mục này")]
    )
    Chat(city, house, cadre="HOA").play([("/khacphucnhom 1", "Không thấy mục này")])
    Chat(city, house, cadre="DUNG").play([("/khacphuc DCS1", "Tuyên truyền"), ("/khacphucghi 1 2026-11", "Không thấy")])


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_what_is_left_open_is_carried_into_the_next_year_by_one_press(
    city: Database, house: House, clock: FrozenClock
) -> None:
    chat = Chat(city, house, cadre="AN")
    add_group(chat, "Tuyên truyền", "Chưa tới khu trọ\nÍt cách làm mới")
    chat.play([("/khacphucnhom 1", "Chưa tới khu trọ"), ("[Xong: Chưa tới khu trọ]", "✓")])
    clock.set_now(local("2027-01-05 09:00"))
    chat.play(
        [
            ("/khacphuc", "năm 2027: chưa có nhóm nào"),
            ("[Chuyển hạn chế năm trước]", "Đã chuyển 1 hạn chế"),
            ("/khacphuc", "1 lĩnh vực (1 lĩnh vực có điều chuyển từ năm trước), 1 hạn chế"),
            ("/khacphucchuyen DCS1 2027", "Năm trước không còn hạn chế nào"),
            ("/khacphuc DCS1 2026", "2 hạn chế, đã khắc phục 1"),
        ]
    )


def test_next_months_list_names_what_is_open_who_leads_it_and_its_day(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    add_group(chat, "Tuyên truyền")
    chat.play(
        [
            ("/khacphucnhac DCS1", "Nhắc việc tháng 12/2026"),
            (
                "/khacphucnhac DCS1",
                "• Tuyên truyền (Văn phòng, xong trước 31/12/2026): Ra lịch họp cả năm ngay tháng 1",
            ),
            ("/khacphucnhom 1", "Hạn chế"),
            ("[Xong: Họp Ban Thường vụ có lúc chưa đúng kỳ]", "✓"),
            ("/khacphucnhac DCS1", "Không còn hạn chế nào mở"),
        ]
    )


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_last_note_of_a_period_hands_its_deadline_in(city: Database, house: House, clock: FrozenClock) -> None:
    activated(city, house, clock, "remedial-2021")
    clock.set_now(local("2027-03-29 09:00"))
    chat = Chat(city, house, cadre="DUNG")
    chat.play(
        [
            ("/khacphuc", "chưa có nhóm nào"),
            ("[Lấy nhóm từ kế hoạch]", "phụ trách"),
            ("DUNG", "Lãnh đạo, điều hành"),
            ("[Lưu]", "Đã ghi 4 nhóm"),
            ("/khacphuc", "4 lĩnh vực, 8 hạn chế"),
        ]
    )
    for kind, key in (("tháng 3/2027", "2027-03"), ("quý I/2027", "2027-Q1")):
        for number in (1, 2, 3, 4):
            last = "được tính là đã nộp" if number == 4 else f"Đã ghi phần {kind}"
            chat.play([(f"/khacphucghi {number} {key}", kind), ("Đã làm được hai phần ba", last)])
    chat.play([("/khacphucnhac DUB", "Nhắc việc tháng 4/2027"), ("[Đã nhắc trong phiên họp]", "Đã ghi là đã nhắc")])
    handed = city.read_now(
        lambda s: {(r.deadline_id, r.period_key, r.is_late) for r in s.exec(select(DeadlineSubmission))}
    )
    assert handed == {
        ("monthly_evaluation", "2027-03", False),
        ("progress_quarter", "2027-Q1", False),
        ("next_month_list", "2027-03", False),
    }


def test_a_group_is_changed_field_by_field_and_what_is_put_right_stays_so(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    add_group(chat, "Tuyên truyền", "Chưa tới khu trọ\nÍt cách làm mới")
    chat.play(
        [
            ("/khacphucnhom 1", "Chưa tới khu trọ"),
            ("[Xong: Chưa tới khu trọ]", "✓ 20/11/2026"),
            ("[Sửa nhóm]", "Sửa phần nào"),
            ("gì cũng được", "ví dụ: Giải pháp"),
            ("[Hạn chế]", "Đang ghi:\nChưa tới khu trọ\nÍt cách làm mới"),
            ("Chưa tới khu trọ\n* Đăng tin còn chậm", "• Đăng tin còn chậm (chuyển từ năm trước)"),
            ("[Sửa lại]", "Sửa phần nào"),
            ("giải pháp", "Đang ghi:\nRa lịch họp cả năm ngay tháng 1"),
            ("Mỗi quý một buổi ở khu trọ", "Mỗi quý một buổi ở khu trọ"),
            ("[Lưu]", "Đã ghi nhóm “Tuyên truyền”"),
            (
                "/khacphucnhom 1",
                "• Chưa tới khu trọ ✓ 20/11/2026\n• Đăng tin còn chậm (chuyển từ năm trước)\nGiải pháp",
            ),
            ("/khacphuc", "1 lĩnh vực (1 lĩnh vực có điều chuyển từ năm trước), 2 hạn chế, đã khắc phục 1"),
        ]
    )
    assert "Ít cách làm mới" not in chat.say("/khacphucnhom 1")[0].text
    for other in ("CHI", "DUNG", "BINH"):
        Chat(city, house, cadre=other).play([("/khacphucsua 1", "Không thấy mục này")])


def test_a_unit_named_as_lead_sees_its_own_group_and_says_how_it_goes(city: Database, house: House) -> None:
    """T-11: BINH is deputy secretary of the branch that leads the second group; LAN's branch joins it."""
    chat = Chat(city, house, cadre="AN")
    add_group(chat, "Tuyên truyền")
    add_group(chat, "Xây dựng tổ chức")
    chat.play(
        [
            ("/khacphucsua 2", "Sửa phần nào"),
            ("[Chủ trì]", "Đang ghi:\nVăn phòng"),
            ("chi đoàn văn phòng sở nội vụ", "Bot sẽ nhắc người phụ trách của: Chi đoàn Văn phòng Sở Nội vụ."),
            ("[Sửa lại]", "Sửa phần nào"),
            ("[Phối hợp]", "phối hợp"),
            ("CD12; Ban Phong trào", "Chi đoàn Văn phòng Sở Nội vụ, Chi đoàn Thanh tra Sở Nội vụ."),
            ("[Lưu]", "Đã ghi nhóm"),
        ]
    )
    binh = Chat(city, house, cadre="BINH")
    binh.play(
        [
            ("/khacphuc", "Xây dựng tổ chức"),
            ("[Xem: Xây dựng tổ chức]", "Giải pháp"),
            ("[Nhận xét tháng 11/2026]", "không kết luận"),
            ("Đã họp đúng kỳ", "Đã ghi phần tháng 11/2026"),
            ("/khacphucxong 2 2", "Không thấy mục này"),
            ("/khacphucsua 2", "Không thấy mục này"),
            ("/khacphucbc DCS1 2026", "Không thấy mục này"),
            ("/khacphucnhom 1", "Không thấy mục này"),
        ]
    )
    assert "Tuyên truyền" not in binh.say("/khacphuc")[0].text
    Chat(city, house, cadre="LAN").play([("/khacphucnhom 2", "Đã họp đúng kỳ"), ("/khacphucghi 2 2026-11", "Không")])

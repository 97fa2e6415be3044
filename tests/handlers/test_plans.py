"""Activating and ending plans in the chat: admins do, everybody sees what runs for them."""

import pytest

from handlers.turn import House
from storage.database import Database
from tests.chat import Chat

ACTIVATE = [
    ("/kehoachmoi", "Kích hoạt kế hoạch nào"),
    ("[Rèn luyện tác phong]", "Cho đơn vị nào"),
    ("Đoàn UBND thành phố", "Cho thời gian nào"),
    ("2027", "Số văn bản kích hoạt"),
    ("12-KH/TĐTN", "dời 8 năm"),
    ("[Kích hoạt]", "Đã kích hoạt"),
]


@pytest.fixture
def giang(city: Database, house: House) -> Chat:
    """The chat of the city's admin."""
    return Chat(city, house, cadre="GIANG")


def test_an_admin_activates_and_ends_a_template(giang: Chat) -> None:
    giang.play(ACTIVATE)
    giang.play(
        [
            ("/kehoach", "Đoàn UBND thành phố và bên dưới, 1/1/2027–31/12/2027"),
            ("[Kết thúc: Rèn luyện]", "Kết thúc Rèn luyện tác phong"),
            ("ừ", "bấm Kết thúc"),
            ("[Kết thúc]", "Đã kết thúc"),
            ("/kehoach", "Chưa có kế hoạch nào khác"),
        ]
    )


def test_bad_answers_are_asked_again_with_an_example(giang: Chat) -> None:
    giang.play(
        [
            ("/kehoachmoi", "Kích hoạt kế hoạch nào"),
            ("kế hoạch sao Hỏa", "không thấy kế hoạch này"),
            ("[Góp ý, tự phê bình]", "Cho đơn vị nào"),
            ("Đoàn Hà Nội", "không thấy đơn vị"),
            ("DCS1", "Cho thời gian nào"),
            ("ba tháng tới", "chưa đọc được thời gian"),
            ("2024", "đã qua"),
            ("1/3/2027 - 30/11/2027", "Số văn bản"),
            ("x" * 61, "dài nhất 60"),
            ("[Không có số]", "Từ 1/3/2027 đến hết 30/11/2027"),
            ("quay lại", "Số văn bản"),
            ("không số", "Số văn bản: không số"),
            ("[Sửa]", "Kích hoạt kế hoạch nào"),
            ("/huy", "Chưa có gì được lưu"),
        ]
    )


def test_a_second_activation_for_the_same_time_is_refused(giang: Chat) -> None:
    giang.play(ACTIVATE)
    giang.play([*ACTIVATE[:-1], ("[Kích hoạt]", "đã được kích hoạt")])


@pytest.mark.parametrize("code", ["AN", "BINH"])
def test_others_see_what_runs_for_them_but_change_nothing(city: Database, house: House, giang: Chat, code: str) -> None:
    giang.play(ACTIVATE)
    chat = Chat(city, house, cadre=code)
    chat.play(
        [
            ("/kehoach", "Đoàn UBND thành phố"),
            ("/kehoachmoi", "dành cho quản trị"),
            ("/kehoachket 1", "dành cho quản trị"),
        ]
    )


def test_a_stranger_to_the_unit_does_not_see_its_plans(city: Database, house: House, giang: Chat) -> None:
    giang.play(ACTIVATE)
    chat = Chat(city, house, cadre="HOA")
    chat.play([("/kehoach", "Chưa có kế hoạch nào khác")])


def test_everybody_can_read_what_a_plan_holds(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play(
        [
            ("/kehoach tatca", "Ban Thường vụ một Tỉnh đoàn (văn bản không nêu tên)"),
            ("/kehoach kien-giang-2015", "Trách nhiệm với cộng đồng"),
            ("/kehoach kien-giang-2012", "Lấy ý kiến góp ý → Tiếp thu"),
            ("/kehoach kien-giang-2012", "Về: Tư tưởng chính trị"),
            ("/kehoach remedial-2021", "Ban Tuyên giáo chủ trì, phối hợp Ban Phong trào"),
            ("/kehoach khong-co", "Kế hoạch đang chạy"),
        ]
    )

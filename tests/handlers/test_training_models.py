"""Training models of units (C-04, C-06, C-16): written by who leads the unit, read from above, not copied down."""

import pytest

from handlers.turn import House
from storage.database import Database
from tests.chat import Chat

IDEA = "Cán bộ nhận giúp một đoàn viên yếu thế để gần cơ sở hơn"
WAY = "Mỗi tháng mỗi người đến nhà một lần, cuối tháng kể lại ở buổi sinh hoạt"


def write(chat: Chat, name: str, idea: str = IDEA, way: str = WAY, command: str = "/mohinhmoi") -> None:
    chat.play(
        [
            (command, "Tên mô hình"),
            (name, "Ý tưởng"),
            (idea, "Cách làm"),
            (way, "Đồng chí xem lại giúp"),
            ("[Lưu]", "Đã ghi mô hình"),
        ]
    )


def test_a_secretary_writes_changes_and_ends_the_model_of_the_unit(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.play([("/mohinh", "Đoàn cơ sở Sở Nội vụ: chưa có mô hình")])
    write(chat, "Một kèm một")
    chat.play([("/mohinh DCS1", "Từ 20/11/2026, do Nguyễn Hoài An ghi")])
    write(chat, "Một kèm hai", command="/mohinhmoi DCS1")
    chat.play(
        [
            ("/mohinh DCS1", "đã sửa 1 lần"),
            ("/mohinhket DCS1", "thôi tính mô hình này"),
            ("sao cũng được", "bấm Kết thúc"),
            ("[Kết thúc]", "Đã kết thúc mô hình “Một kèm hai”"),
            ("/mohinh", "Đoàn cơ sở Sở Nội vụ: chưa có mô hình"),
        ]
    )


def test_the_same_name_is_allowed_and_like_texts_are_laid_side_by_side(city: Database, house: House) -> None:
    write(Chat(city, house, cadre="HOA"), "Một kèm một")
    chat = Chat(city, house, cadre="LAN")
    chat.play(
        [
            ("/mohinhmoi", "Tên mô hình"),
            ("một kèm một", "Ý tưởng"),
            ("cán bộ nhận giúp đoàn viên yếu thế ở cơ quan mình", "Cách làm"),
            ("mỗi tháng mỗi người đến nhà một lần", "Đoàn phường Cái Khế, “Một kèm một”"),
            ("[Lưu]", "Đã ghi mô hình “một kèm một”"),
        ]
    )


def test_the_superiors_text_is_shown_but_not_saved_unchanged(city: Database, house: House) -> None:
    write(Chat(city, house, cadre="AN"), "Một kèm một")
    Chat(city, house, cadre="LAN").play(
        [
            ("/mohinhmoi", "Tên mô hình"),
            ("Một kèm một", "Ý tưởng"),
            ("[Xem mô hình của cấp trên]", "để tham khảo"),
            (IDEA.upper(), "Cách làm"),
            (f"  {WAY}  ", "giống hệt mô hình của cấp trên"),
            ("Thứ Bảy đầu tháng chi đoàn Thanh tra đến hai nhà ở khóm 4", "Đồng chí xem lại giúp"),
            ("[Lưu]", "Đã ghi"),
        ]
    )


def test_the_unit_above_sees_who_has_one(city: Database, house: House) -> None:
    write(Chat(city, house, cadre="LAN"), "Sổ tay thanh tra trẻ")
    Chat(city, house, cadre="AN").play(
        [
            ("mô hình", "1/2 đơn vị có mô hình"),
            ("[Cấp dưới: Đoàn cơ sở Sở Nội vụ]", "Chi đoàn Thanh tra Sở Nội vụ: “Sổ tay thanh tra trẻ”"),
            ("[Xem: Chi đoàn Thanh tra Sở Nội vụ]", "do Đặng Ngọc Lan ghi"),
        ]
    )


@pytest.mark.parametrize(
    ("code", "said", "answer"),
    [
        ("CHI", "/mohinh", "Đồng chí nhờ Bí thư đơn vị mình"),
        ("CHI", "/mohinhmoi DCS1", "Đồng chí nhờ Bí thư đơn vị mình"),
        ("LAN", "/mohinhmoi DCS1", "không còn, hoặc không thuộc"),
        ("LAN", "/mohinh XP01", "không còn, hoặc không thuộc"),
        ("HOA", "/mohinhket DCS1", "không còn, hoặc không thuộc"),
        ("HOA", "/mohinhduoi DCS1", "không còn, hoặc không thuộc"),
        ("LAN", "/mohinhduoi DCS1", "dành cho người theo dõi"),
    ],
)
def test_strangers_neither_write_nor_read(city: Database, house: House, code: str, said: str, answer: str) -> None:
    write(Chat(city, house, cadre="AN"), "Một kèm một")
    chat = Chat(city, house, cadre=code)
    assert answer in chat.say(said)[0].text
    assert "Một kèm một" not in chat.text


@pytest.mark.parametrize(("said", "answer"), [("", "3–120 chữ"), ("x", "3–120 chữ"), ("x" * 121, "3–120 chữ")])
def test_a_name_too_short_or_long_is_asked_again(city: Database, house: House, said: str, answer: str) -> None:
    chat = Chat(city, house, cadre="LAN")
    chat.say("/mohinhmoi")
    assert answer in chat.say(said)[0].text


def test_a_text_too_short_is_asked_again(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="LAN")
    chat.play([("/mohinhmoi", "Tên"), ("Sổ tay", "Ý tưởng"), ("ok", "10–1500 chữ"), ("quay lại", "Tên"), ("/huy", "")])


@pytest.mark.parametrize(("code", "shown", "hidden"), [("BINH", "Mô hình", "Chỉ tiêu"), ("AN", "Chỉ tiêu", "Duyệt")])
def test_the_units_work_stands_behind_one_button(
    city: Database, house: House, code: str, shown: str, hidden: str
) -> None:
    chat = Chat(city, house, cadre=code)
    chat.play([("/menu", "Đồng chí muốn làm gì"), ("[Việc của đơn vị]", f"• {shown}:")])
    assert f"• {hidden}:" not in chat.text

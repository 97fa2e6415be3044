"""/quydinh: my own obligations, each with its source."""

import pytest

from handlers.turn import House
from storage.database import Database
from tests.chat import Chat
from tests.frozen import FrozenClock

READ_BY = (
    ("AN", ["Nhóm 1", "ít nhất 2 giờ [C-19, mục IV.2.2]", "ít nhất 3 lần [C-21", "ít nhất 1 sáng kiến [C-22"]),
    ("AN", ["hết Chủ nhật 22/11 [C-19]", "hết thứ Hai 30/11 [C-21]", "chậm nhất 31/12/2026 [C-22]"]),
    ("AN", ["Nộp bản đăng ký rèn luyện: kế hoạch chưa ấn định ngày", "Họp tự phê bình và phê bình"]),
    ("BINH", ["Nhóm 2", "số liệu theo cấp Chi đoàn", "ít nhất 2 giờ [C-27", "ít nhất 1 nội dung [C-29"]),
    ("BINH", ["không nêu số cho chức vụ của đồng chí: hoạt động tình nguyện hoặc sinh hoạt chi đoàn"]),
    ("CHI", ["Nhóm 2", "ít nhất 3 lần [C-28"]),
    ("DUNG", ["cấp huyện và tương đương", "ít nhất 4 lần [C-20", "hết thứ Hai 30/11 [C-20]"]),
    ("DUNG", ["Gửi báo cáo kết quả năm về Thành đoàn: chậm nhất 29/10/2027 [C-36]"]),
    ("GIANG", ["cấp thành phố", "không nêu số cho chức vụ của đồng chí: hoạt động tình nguyện"]),
    ("HOA", ["Bí thư Đoàn phường Cái Khế", "ít nhất 3 lần [C-21"]),
    ("KHANH", ["C-01", "không có chỉ tiêu nào"]),
)


def test_each_cadre_reads_their_own(city: Database, house: House) -> None:
    for cadre, phrases in READ_BY:
        chat = Chat(city, house, cadre=cadre)
        chat.say("/quydinh")
        for phrase in phrases:
            assert phrase in chat.text


def test_what_does_not_concern_a_cadre_is_left_out(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.say("quy định của tôi")
    assert "tham dự" not in chat.text
    assert "C-36" not in chat.text
    chat.press("Điều cần giữ")
    assert "C-32" in chat.text
    assert "C-26" not in chat.text


@pytest.mark.parametrize(
    ("cadre", "shown", "hidden"),
    [
        ("AN", ["I-1", "I-2", "cần Thành đoàn xác nhận"], ["I-4", "I-5", "I-6", "I-10"]),
        ("BINH", ["I-4", "I-8"], ["I-1,", "I-5", "I-9"]),
        ("HOA", ["I-6"], ["I-4", "I-5"]),
    ],
)
def test_rulings_are_shown_to_whom_they_concern(
    city: Database, house: House, cadre: str, shown: list[str], hidden: list[str]
) -> None:
    chat = Chat(city, house, cadre=cadre)
    chat.play([("/quydinh", "Văn bản:"), ("[Cách hiểu]", "Đang áp dụng")])
    assert all(f"[{ruling}," in chat.text or ruling in chat.text for ruling in shown)
    assert not any(f"[{ruling}," in chat.text for ruling in hidden)


def test_outside_the_time_of_the_plan_nothing_is_asked(city: Database, house: House, clock: FrozenClock) -> None:
    clock.move(days=500)
    Chat(city, house, cadre="AN").play([("/quydinh", "không còn hiệu lực"), ("/tiendo", "không còn hiệu lực")])


def test_a_stranger_is_told_how_to_join(city: Database, house: House) -> None:
    Chat(city, house).play([("/quydinh", "chưa biết đồng chí là ai")])

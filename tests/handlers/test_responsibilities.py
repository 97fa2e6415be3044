"""The three responsibilities (C-05, S003): tagged by who cares, reviewed as a unit, reported by the hour."""

import pytest
from sqlmodel import select

from handlers.turn import House
from storage.database import Database
from storage.models import DeadlineSubmission, Entry
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.world import local

ACTIVATE = [
    ("/kehoachmoi", "Kích hoạt kế hoạch nào"),
    ("[Phong trào “3 trách nhiệm”]", "Cho đơn vị nào"),
    ("DUB", "Cho thời gian nào"),
    ("2026", "Số văn bản"),
    ("[Không có số]", "Từ 1/1/2026"),
    ("[Kích hoạt]", "Đã kích hoạt"),
]


def tag(chat: Chat, said: str, responsibility: str) -> None:
    chat.play(
        [
            (said, "xem lại"),
            ("[Sửa]", "sửa chỗ nào"),
            ("[Ba trách nhiệm]", "Không bắt buộc"),
            (f"[{responsibility}]", f"• Ba trách nhiệm: {responsibility}"),
            ("[Lưu]", "Đã ghi"),
        ]
    )


def test_nobody_is_asked_for_a_tag(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.say("tối hôm qua 2 tiếng dọn kênh")
    assert "trách nhiệm" not in chat.text
    chat.play([("[Lưu]", "Đã ghi")])
    assert city.read_now(lambda session: session.exec(select(Entry.responsibility)).one()) is None


def test_a_tagged_entry_is_told_in_the_units_review(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    tag(chat, "tối hôm qua 2 tiếng dọn kênh", "Trách nhiệm với Nhân dân")
    chat.play([("/lichsu", "dọn kênh"), ("[19/11]", "Ba trách nhiệm: Trách nhiệm với Nhân dân")])
    Chat(city, house, cadre="AN").play(
        [
            ("3 trách nhiệm", "Trách nhiệm với Nhân dân: 1 lượt ghi, 0 đã xác nhận"),
            ("/batrachnhiem DCS1 2026", "19/11 Giờ tình nguyện"),
            ("/batrachnhiem CD12 2026", "Trách nhiệm với Nhân dân: 0 lượt ghi"),
            ("/batrachnhiem DCS1 2026-H1", "Trách nhiệm với Nhân dân: 0 lượt ghi"),
            ("/batrachnhiem DCS1 2027", "chưa đọc được thời gian"),
        ]
    )
    assert "Bình" not in chat.text


def test_a_tag_can_be_taken_off_and_nonsense_is_asked_again(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play(
        [
            ("tối hôm qua 2 tiếng dọn kênh", "xem lại"),
            ("[Sửa]", "sửa chỗ nào"),
            ("[Ba trách nhiệm]", "Không bắt buộc"),
            ("trách nhiệm với vũ trụ", "ví dụ: Không gắn"),
            ("[Trách nhiệm với công việc]", "• Ba trách nhiệm: Trách nhiệm với công việc"),
            ("[Sửa]", "sửa chỗ nào"),
            ("[Ba trách nhiệm]", "Không bắt buộc"),
            ("[Không gắn]", "xem lại"),
        ]
    )
    assert "Ba trách nhiệm" not in chat.text


@pytest.mark.parametrize(("code", "said"), [("LAN", "/batrachnhiem"), ("HOA", "/batrachnhiem DCS1")])
def test_strangers_see_nothing(city: Database, house: House, code: str, said: str) -> None:
    tag(Chat(city, house, cadre="BINH"), "tối hôm qua 2 tiếng dọn kênh", "Trách nhiệm với Nhân dân")
    chat = Chat(city, house, cadre=code)
    chat.say(said)
    assert "lượt ghi" not in chat.text


@pytest.mark.parametrize(
    ("moment", "outcome"), [("2026-11-30 16:00", "Đúng hạn"), ("2026-11-30 16:01", "muộn")], ids=["in time", "late"]
)
def test_the_older_wording_runs_its_year(
    city: Database, house: House, clock: FrozenClock, moment: str, outcome: str
) -> None:
    Chat(city, house, cadre="GIANG").play(ACTIVATE)
    tag(Chat(city, house, cadre="BINH"), "tối hôm qua 2 tiếng dọn kênh", "Trách nhiệm với cộng đồng")
    secretary = Chat(city, house, cadre="AN")
    secretary.play(
        [
            ("/batrachnhiem DCS1 2026", "Trách nhiệm với cộng đồng: 1 lượt ghi"),
            ("[Hạn và nộp báo cáo]", "Gửi báo cáo năm"),
        ]
    )
    clock.set_now(local(moment))
    secretary.play(
        [
            ("/han", "Gửi báo cáo năm"),
            ("[Gửi báo cáo năm]", "30/11"),
            ("[Nộp]", "gửi ảnh chụp"),
            ("Báo cáo 12, kèm mô hình Một kèm một", "Đúng chưa"),
            ("[Nộp]", outcome),
        ]
    )
    row = city.read_now(lambda session: session.exec(select(DeadlineSubmission)).one())
    Chat(city, house, cadre="DUNG").play(
        [
            (f"/hanxet {row.id}", "Gửi báo cáo năm"),
            ("[Trả lại]", "Vì sao trả lại"),
            ("thiếu báo cáo mô hình", "Đã trả lại"),
        ]
    )
    secretary.play(
        [
            (f"/hannop {ref(secretary)}", "gửi ảnh chụp"),
            ("Báo cáo 12 đã bổ sung", "Đúng chưa"),
            ("[Nộp]", outcome),
        ]
    )


def ref(chat: Chat) -> str:
    """The short name of the returned report among the secretary's own tasks."""
    chat.say("/han")
    return chat.data_of("Gửi báo cáo năm").rpartition(" ")[2]

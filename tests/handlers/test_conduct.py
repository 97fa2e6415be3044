"""Do's and don'ts (C-02, C-12): the unit's lists, the month's meeting, seen from above as done or not yet."""

import pytest

from handlers.turn import House
from storage.database import Database
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.world import local

LOGGED = [
    ("/nenlam", "Tháng 11/2026: chưa ghi buổi sinh hoạt"),
    ("[Ghi buổi sinh hoạt]", "vào ngày nào"),
    ("15/11", "Buổi ấy bàn những điều nào"),
    ("1, 9", "– Xung kích\n– Phát ngôn không đúng"),
    ("[Lưu]", "Đã ghi buổi sinh hoạt ngày 15/11/2026"),
]


def test_a_branch_logs_its_meeting_and_the_unit_above_sees_done_or_not_yet(city: Database, house: House) -> None:
    Chat(city, house, cadre="BINH").play([*LOGGED, ("/han", "… Sinh hoạt những điều nên làm")])
    Chat(city, house, cadre="AN").play(
        [
            ("/nenlam", "Nên làm:"),
            ("[Cấp dưới tháng này]", "1/2 đơn vị cấp dưới"),
            (
                "/nenlamduoi DCS1",
                "✓ Chi đoàn Văn phòng Sở Nội vụ: đã sinh hoạt\n• Chi đoàn Thanh tra Sở Nội vụ: chưa ghi",
            ),
        ]
    )


def test_a_month_later_it_is_to_be_done_again(city: Database, house: House, clock: FrozenClock) -> None:
    Chat(city, house, cadre="BINH").play(LOGGED)
    clock.set_now(local("2026-12-02 09:00"))
    Chat(city, house, cadre="BINH").play([("/nenlam", "Tháng 12/2026: chưa ghi buổi sinh hoạt")])


def test_it_is_at_hand_from_the_deadlines(city: Database, house: House) -> None:
    Chat(city, house, cadre="BINH").play(
        [("/han", "Sinh hoạt"), ("[30/11 · Sinh hoạt]", "C-12"), ("[Ghi buổi sinh hoạt]", "Nên làm:")]
    )


def test_a_unit_words_them_itself_and_units_below_take_them_over(city: Database, house: House) -> None:
    Chat(city, house, cadre="AN").play(
        [
            ("/nenlamviet DCS1", "mỗi dòng một điều"),
            ("x", "Cần 1 đến 20 điều"),
            ("1. Đúng giờ\n2. Gần đoàn viên", "không nên làm"),
            ("Nói suông; Đùn đẩy", "3. Nói suông\n4. Đùn đẩy"),
            ("gì", "bấm Lưu"),
            ("[Lưu]", "Theo danh mục của Đoàn cơ sở Sở Nội vụ, từ 20/11/2026"),
        ]
    )
    Chat(city, house, cadre="LAN").play([("/nenlam", "Theo danh mục của Đoàn cơ sở Sở Nội vụ")])
    Chat(city, house, cadre="HOA").play([("/nenlam", "Theo danh mục của kế hoạch")])


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("mai", "Ngày ấy chưa tới"),
        ("khi nào đó", "gõ ngày giúp"),
    ],
)
def test_a_day_that_cannot_be_is_asked_again(city: Database, house: House, said: str, answer: str) -> None:
    Chat(city, house, cadre="BINH").play([LOGGED[0], LOGGED[1], (said, answer), ("hom nay", "những điều nào")])


@pytest.mark.parametrize("said", ["0", "17", "1, hai", "không nhớ"])
def test_numbers_that_are_not_on_the_list_are_asked_again(city: Database, house: House, said: str) -> None:
    Chat(city, house, cadre="BINH").play([*LOGGED[:3], (said, "gõ số thứ tự"), ("[Tất cả]", "Đúng chưa")])


def test_strangers_neither_see_nor_write(city: Database, house: House) -> None:
    Chat(city, house, cadre="HOA").play(
        [
            ("/nenlam DCS1", "Không thấy đơn vị này"),
            ("/nenlamghi CD11", "Không thấy đơn vị này"),
            ("/nenlamduoi DUB", "Không thấy đơn vị này"),
        ]
    )
    Chat(city, house, cadre="CHI").play([("/nenlam", "do Bí thư, Phó Bí thư")])

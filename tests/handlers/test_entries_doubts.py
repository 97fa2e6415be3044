"""What looks odd is asked back before it is saved. Today is Friday 20/11/2026; offices work 7-11 and 13-17."""

from datetime import date, datetime

import pytest
from sqlmodel import Session, select

from handlers.turn import House
from storage.database import Database
from storage.entries import NewEntry, add_entry
from storage.models import Absence, Entry
from storage.terms import EntryKind
from tests.cast import cadre_id
from tests.chat import Chat
from tests.frozen import FrozenClock

THURSDAY = date(2026, 11, 19)


def logged(db: Database, house: House, new: NewEntry) -> None:
    """Have BINH log ``new`` beforehand."""
    db.write_now(lambda s: add_entry(s, cadre_id(s, "BINH"), new, house.clock.now()).id)


def hours(chat: Chat, day: str, time: str, expected: str) -> None:
    """Log volunteer hours up to what follows the last answer."""
    chat.play([("/ghi volunteer_hours", "hôm nào"), (day, "bao lâu"), (time, "đã làm gì"), ("Trồng cây", expected)])


@pytest.mark.parametrize(
    ("day", "time", "expected"),
    [
        ("hôm qua", "8h-10h", "không giờ nào được tính"),
        ("hôm qua", "16h-18h", "chỉ tính 1 giờ trong 2 giờ"),
        ("hôm qua", "11h-13h", "Tính cho: 2 giờ tình nguyện"),  # the noon break
        ("hôm qua", "17h-19h", "Tính cho: 2 giờ tình nguyện"),
        ("hôm qua", "2 giờ", "Tính cho: 2 giờ tình nguyện"),  # no clock times: as declared
        ("t7", "8h-10h", "Tính cho: 2 giờ tình nguyện"),  # a Saturday
        ("22/8", "8h-10h", "không giờ nào được tính"),  # a Saturday that is worked
        ("2/9", "8h-10h", "Tính cho: 2 giờ tình nguyện"),  # National Day
        ("hôm qua", "6h-19h", "thành 13 giờ"),
        ("hôm qua", "23h", "thành 23 giờ"),
        ("1/7/2025", "2h", "hơn một năm trước"),
        ("30/6/2025", "2h", "không giữ chức vụ nào"),
    ],
)
def test_odd_hours_are_asked_back(city: Database, house: House, day: str, time: str, expected: str) -> None:
    hours(Chat(city, house, cadre="BINH"), day, time, expected)


def test_leave_makes_office_hours_free(city: Database, house: House) -> None:
    def leave(session: Session) -> None:
        now = house.clock.now()
        me = cadre_id(session, "BINH")
        session.add(Absence(cadre_id=me, start_day=THURSDAY, end_day=THURSDAY, reason="Nghỉ bù", created_at=now))

    city.write_now(leave)
    hours(Chat(city, house, cadre="BINH"), "hôm qua", "8h-10h", "Tính cho: 2 giờ tình nguyện")


def test_a_doubt_is_settled_by_yes_or_by_mending(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    hours(chat, "hôm qua", "16h-18h", "hỏi lại cho chắc")
    chat.play(
        [
            ("hả", "chọn một mục"),
            ("[Sửa thời gian]", "bao lâu"),
            ("15h-18h", "chỉ tính 1 giờ trong 3 giờ"),
            ("đúng", "Tính cho: 1 giờ tình nguyện tuần 47"),
            ("[Sửa]", "sửa chỗ nào"),
            ("[Nội dung]", "đã làm gì"),
            ("Trồng rừng", "Tính cho"),  # another title is no reason to ask again
            ("[Sửa]", "sửa chỗ nào"),
            ("[Thời gian]", "bao lâu"),
            ("9h-10h", "không giờ nào được tính"),
            ("quay lại", "bao lâu"),
            ("5h-6h", "Tính cho: 1 giờ tình nguyện"),
            ("[Lưu]", "1/2 giờ"),
        ]
    )


def test_what_is_logged_already_adds_to_the_day(city: Database, house: House) -> None:
    logged(city, house, NewEntry(EntryKind.VOLUNTEER_ACTIVITY, THURSDAY, minutes=600, title="Chiến dịch"))
    chat = Chat(city, house, cadre="BINH")
    hours(chat, "hôm qua", "2 giờ", "Tính cho")
    hours(chat, "hôm qua", "3 giờ", "thành 13 giờ")
    hours(chat, "hôm qua", "15h", "quá 24 giờ")
    assert not any("cứ ghi" in choice.label for choice in chat.choices)
    chat.play([("đúng", "chọn một mục"), ("[Sửa ngày]", "hôm nào"), ("t7", "thành 15 giờ"), ("[cứ ghi]", "chọn Lưu")])


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("19h-20h", "chỉ tính một lần"),
        ("20h-21h", "Tính cho"),
        ("1 giờ", "Tính cho"),
    ],
)
def test_the_same_event_twice_is_pointed_out(city: Database, house: House, time: str, expected: str) -> None:
    chat = Chat(city, house, cadre="BINH")
    hours(chat, "hôm qua", "19h-21h", "Tính cho")
    chat.play([("[Lưu]", "Đã ghi")])
    hours(chat, "hôm qua", time, expected)


def test_the_same_without_a_start_may_be_told_apart_by_clock_times(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    hours(chat, "hôm qua", "1 giờ", "Tính cho")
    chat.play([("[Lưu]", "Đã ghi")])
    hours(chat, "hôm qua", "1 giờ", "ghi giờ bắt đầu và kết thúc")
    chat.play([("[Sửa thời gian]", "bao lâu"), ("19h-20h", "Tính cho"), ("[Lưu]", "2/2 giờ")])


def test_the_shirt_is_worn_on_mondays_at_work(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play([("/ghi ao", "thứ Hai nào")])
    assert [c.label for c in chat.choices][:5] == [
        *("Thứ Hai 16/11", "Thứ Hai 9/11", "Thứ Hai 2/11", "Thứ Hai 26/10", "Thứ Hai 19/10")
    ]
    chat.play(
        [
            ("hôm qua", "không phải thứ Hai đi làm"),
            ("[Sửa ngày]", "thứ Hai nào"),
            ("t2", "Tính cho"),
            ("[Lưu]", "Đã ghi"),
            ("/ghi ao", "thứ Hai nào"),
            ("16/11", "đã ghi áo Thanh niên ngày này"),
            ("[Sửa ngày]", "thứ Hai nào"),
        ]
    )
    assert chat.choices[0].label == "Thứ Hai 9/11"


def test_on_monday_morning_the_shirt_of_today_comes_first(city: Database, house: House, clock: FrozenClock) -> None:
    clock.set_now(datetime.fromisoformat("2026-11-16T06:45:00+07:00"))
    chat = Chat(city, house, cadre="BINH")
    chat.play([("/ghi youth_shirt", "thứ Hai nào"), ("[Hôm nay]", "16/11/2026"), ("[Lưu]", "1/5")])


def test_doubts_decide_nothing_by_themselves(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    hours(chat, "30/6/2025", "13h", "hỏi lại cho chắc")
    chat.play([("[cứ ghi]", "chọn Lưu"), ("[Lưu]", "Đã ghi")])
    entry = city.read_now(lambda s: s.exec(select(Entry)).one())
    assert (entry.day, entry.minutes) == (date(2025, 6, 30), 780)

"""When a cadre may be reminded: hours, pauses, snoozes."""

from datetime import date, timedelta

import pytest
from sqlmodel import delete, select

from handlers.conversations.reminders import read_hours, read_until
from handlers.flow import BadInput
from handlers.turn import House
from storage.database import Database
from storage.models import Preference
from tests.chat import Chat
from tests.frozen import FrozenClock

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("7h-20h", (420, 1200)),
        ("từ 7h30 đến 20:00", (450, 1200)),
        ("6:30–21:00", (390, 1260)),
        ("7g toi 9g15", (420, 555)),
        ("8 giờ sáng đến 5 giờ chiều", (480, 1020)),
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, minutes: tuple[int, int]) -> None:
    assert read_hours(typed) == minutes


@pytest.mark.parametrize("typed", ["5h-20h", "7h-22h", "20h-7h", "7h", "sáng", "٧h-20h", "7h-8h-9h", "", "7h75-20h75"])
def test_other_hours_are_refused_with_an_example(typed: str) -> None:
    with pytest.raises(BadInput, match="ví dụ: 7h-20h"):
        read_hours(typed)


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("30/11", date(2026, 11, 30)),
        ("5.1.2027", date(2027, 1, 5)),
        ("đến 5/1", date(2027, 1, 5)),
        ("2 tuần", date(2026, 12, 4)),
        ("một tháng", date(2026, 12, 20)),
        ("10 ngay", date(2026, 11, 30)),
        ("hết năm", date(2026, 12, 31)),
        ("20/11", TODAY),
    ],
)
def test_the_end_of_a_pause_is_read_as_people_type_it(typed: str, until: date) -> None:
    assert read_until(typed, TODAY) == until


@pytest.mark.parametrize("typed", ["31/2", "19/11", "19/11/2026", "5/1/2030", "lâu lâu", "0", "999 năm", "29/2"])
def test_other_ends_are_refused_with_an_example(typed: str) -> None:
    with pytest.raises(BadInput, match="ví dụ: 30/11"):
        read_until(typed, TODAY)


def preference(db: Database) -> Preference:
    return db.read_now(lambda session: session.exec(select(Preference)).one())


TABLES: tuple[list[tuple[str, str]], ...] = (
    [("/nhacnho", "6:30–21:00"), ("[Chiều tối]", "trong khoảng 17:00–21:00"), ("/nhacnho", "17:00–21:00")],
    [("nhắc nhở", "7h-20h"), ("7h đến 20h", "Đã ghi: tôi chỉ nhắc đồng chí trong khoảng 7:00–20:00")],
    [("nhac nho", "7h-20h"), ("lúc nào rảnh", "ví dụ: 7h-20h"), ("8h-9h", "8:00–9:00")],
    [("/nhacnho", "6:30"), ("<sticker>", "chưa đọc được nhãn dán"), ("/huy", "Chưa có gì được lưu")],
    [("/nhacnho 7h-20h", "Đã ghi"), ("/nhacnho 7h-23h", "ví dụ: 7h-20h")],
    [("/nhacnho", "thứ Hai: không"), ("[Bật nhắc áo]", "6:45 thứ Hai"), ("/nhacnho", "thứ Hai: có")],
    [("/nhacnho", "đang bật"), ("tam dung nhac", "đến hết ngày nào"), ("quay lại", "đang bật")],
    [("/nhacnho", "đang bật"), ("[Tạm dừng]", "đến hết ngày nào"), ("hôm kia", "ví dụ: 30/11"), ("/huy", "Đã bỏ")],
    [("/tamdung", "đến hết ngày nào"), ("[Một tuần]", "đến hết thứ Sáu 27/11/2026")],
    [("/tamdung 30/11", "thứ Hai 30/11/2026"), ("/nhacnho", "tạm dừng đến hết 30/11/2026")],
    [("/tamdung 1 tháng", "20/12/2026"), ("/nhacnho", "tạm dừng"), ("[Nhắc trở lại]", "nhắc đồng chí trở lại")],
    [("/tamdung 1 thang", "20/12/2026"), ("/tieptuc", "trở lại"), ("/nhacnho", "đang bật")],
    [("/nhaclai", "19:30 thứ Bảy 21/11")],
)


def test_conversations(city: Database, house: House) -> None:
    for table in TABLES:
        Chat(city, house, cadre="BINH").play(table)
        city.write_now(lambda session: session.execute(delete(Preference)))


def test_what_was_said_is_what_is_kept(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play([("/nhacnho 7h-20h", "Đã ghi"), ("/tamdung 30/11", "Đã ghi"), ("/nhaclai", "Đã ghi")])
    kept = preference(city)
    assert (kept.earliest_minute, kept.latest_minute, kept.paused_until) == (420, 1200, date(2026, 11, 30))
    assert kept.snoozed_until == house.clock.at(date(2026, 11, 21), 19 * 60 + 30)


def test_a_snooze_stays_within_the_hours_in_which_one_may_be_reminded(city: Database, house: House) -> None:
    Chat(city, house, cadre="BINH").play([("/nhacnho 11h-13h", "Đã ghi"), ("/nhaclai", "12:30 thứ Bảy 21/11")])


def test_a_snooze_on_the_last_day_of_a_week_says_so(city: Database, house: House, clock: FrozenClock) -> None:
    clock.set_now(clock.now() + timedelta(days=2))
    Chat(city, house, cadre="BINH").play([("/nhaclai", "tuần 47 (16/11–22/11/2026) kết thúc trong hôm nay")])


def test_a_stranger_has_no_settings(city: Database, house: House) -> None:
    Chat(city, house).play([("/nhacnho", "chưa biết đồng chí là ai"), ("/nhaclai", "mã mời")])

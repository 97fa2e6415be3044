"""/donvi and its people: what a follower sees, and what nobody else does. Today is Friday 20/11/2026."""

from datetime import date

import pytest

from handlers.texts import common
from handlers.turn import House
from storage.database import Database
from storage.terms import EntryKind, EntryState
from tests.chat import Chat
from tests.handlers.logged import grant_leave, log

HOURS = EntryKind.VOLUNTEER_HOURS
MONDAY = date(2026, 11, 16)


@pytest.fixture
def logged(city: Database) -> Database:
    """BINH has done his two hours, confirmed; CHI half of hers, declared; LAN nothing."""
    log(city, "BINH", HOURS, MONDAY, minutes=120, title="Dọn kênh", state=EntryState.CONFIRMED)
    log(city, "CHI", HOURS, MONDAY, minutes=60, title="Dọn kênh")
    log(city, "CHI", HOURS, date(2026, 11, 10), minutes=120, title="Trực hè")
    return city


def test_a_secretary_sees_the_unit_and_goes_down_and_up(logged: Database, house: House) -> None:
    chat = Chat(logged, house, cadre="AN")
    chat.play(
        [
            ("/donvi", "Đoàn cơ sở Sở Nội vụ"),
            ("đơn vị", "1/4 người đạt (đã xác nhận 1), kỳ trước 1/4; 3 giờ tự khai, 2 đã xác nhận"),
            ("[Chi đoàn Văn phòng]", "1/1 người đạt"),
            ("[Lên cấp trên]", "4 cán bộ, 4 thuộc diện"),
            ("[Danh sách cán bộ]", "Võ Thanh Bình – Phó Bí thư, Chi đoàn Văn phòng Sở Nội vụ: ✅ 2/2 giờ"),
            ("[Phạm Lan Chi]", "Giờ tình nguyện: 1/2 giờ"),
            ("/cangiup DCS1", "Đặng Ngọc Lan (Chi đoàn Thanh tra Sở Nội vụ): giờ tình nguyện 0/2"),
        ]
    )


def test_the_name_of_a_unit_can_be_typed_roughly(logged: Database, house: House) -> None:
    Chat(logged, house, cadre="DUNG").play(
        [
            ("/donvi so noi vu", "Có vài đơn vị giống tên này"),
            ("[Đoàn cơ sở Sở Nội vụ]", "4 cán bộ"),
            ("/donvi chi doan thanh tra so noi vu", "📊 Chi đoàn Thanh tra Sở Nội vụ"),
            ("/donvi dcs1", "Đoàn cơ sở Sở Nội vụ"),
            ("/donvi Cái Khế", "không thấy đơn vị này trong phạm vi"),
            ("/canbo binh", "Võ Thanh Bình"),
            ("/canbo Khánh", "không thấy cán bộ này"),
        ]
    )


@pytest.mark.parametrize(
    "said", ["/donvi DUB", "/donvi TD", "/donvi XP01", "/danhsach DUB", "/cangiup TD", "/donvi #9"]
)
def test_nobody_sees_beside_or_above(city: Database, house: House, said: str) -> None:
    replies = Chat(city, house, cadre="AN").say(said)
    assert "UBND" not in replies[0].text
    assert "Thành đoàn" not in replies[0].text
    assert "Cái Khế" not in replies[0].text


@pytest.mark.parametrize("code", ["DUNG", "GIANG", "HOA", "0", "' OR 1=1 --", "#", "\x00"])
def test_a_forged_cadre_is_not_found(city: Database, house: House, code: str) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.press_data(f"/canbo {code}")
    assert "không thấy cán bộ này" in chat.text


@pytest.mark.parametrize(
    "command", ["donvi", "danhsach DCS1", "cangiup DCS1", "canbo LAN", "duyet", "nghi", "moi", "baocao", "report"]
)
def test_commands_of_followers_are_refused_to_others(city: Database, house: House, command: str) -> None:
    assert Chat(city, house, cadre="BINH").say(f"/{command}")[0].text == common.NOT_ALLOWED


def test_leave_is_shown_and_takes_people_off_the_list_of_need(logged: Database, house: House) -> None:
    grant_leave(logged, "LAN", date(2026, 11, 16), date(2026, 11, 22))
    chat = Chat(logged, house, cadre="AN")
    chat.play([("/canbo LAN", "Nghỉ, miễn"), ("/canbo LAN", "12/QĐ"), ("/donvi", "1/3 người đạt")])
    chat.say("/cangiup DCS1 2026-W47")
    assert "0/2" not in next((line for line in chat.text.splitlines() if "Lan" in line and "Thanh tra" in line), "")


def test_many_people_and_units_come_in_pages(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="GIANG")
    chat.say("/danhsach TD")
    assert "cán bộ 1–8 trong 8" in chat.text
    chat.say("/danhsach TD #2")
    assert "chưa có cán bộ nào" in chat.text

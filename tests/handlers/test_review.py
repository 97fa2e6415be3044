"""/duyet: plain entries at once, odd ones one by one, never one's own, never another unit's."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from handlers.turn import House
from storage.database import Database
from storage.models import Entry, EntryChange, OutboxMessage
from storage.terms import EntryKind, EntryState
from tests.cast import cadre_id
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.handlers.logged import log

HOURS, MEETING = EntryKind.VOLUNTEER_HOURS, EntryKind.BRANCH_MEETING
SUNDAY = date(2026, 11, 15)


@pytest.fixture
def waiting(city: Database) -> dict[str, int]:
    """Two people at one meeting, one long day, one hour in office time, one of the reviewer, one elsewhere."""
    return {
        "binh": log(city, "BINH", MEETING, SUNDAY, "CD12", title="Sinh hoạt tháng 11"),
        "lan": log(city, "LAN", MEETING, SUNDAY, "CD12", title="sinh hoat thang 11"),
        "long": log(city, "CHI", HOURS, SUNDAY, minutes=600, title="Hội trại"),
        "office": log(
            city, "CHI", HOURS, date(2026, 11, 17), minutes=120, start_minute=540, end_minute=660, title="Trồng cây"
        ),
        "own": log(city, "AN", HOURS, SUNDAY, minutes=120, title="Của chính mình"),
        "elsewhere": log(city, "HOA", HOURS, SUNDAY, minutes=120, title="Phường khác"),
    }


def state(db: Database, entry_id: int) -> EntryState:
    entry = db.read_now(lambda session: session.get(Entry, entry_id))
    assert entry is not None
    return entry.state


def test_plain_entries_of_one_event_are_confirmed_together(
    city: Database, house: House, waiting: dict[str, int]
) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.play(
        [
            ("/duyet", "Đặng Ngọc Lan, Võ Thanh Bình"),
            ("duyệt", "2 mục thường, 2 mục cần xem kỹ"),
            ("[Xác nhận cả 2 mục]", "Đã xác nhận 2 mục"),
        ]
    )
    assert {name for name, entry in waiting.items() if state(city, entry) is EntryState.CONFIRMED} == {"binh", "lan"}
    trace = city.read_now(lambda s: s.exec(select(EntryChange).where(EntryChange.action == "confirm")).all())
    assert len(trace) == 2


def test_odd_entries_are_shown_one_by_one_with_why(city: Database, house: House, waiting: dict[str, int]) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.play(
        [
            ("/duyet", "cần xem kỹ"),
            ("[Xem mục cần để ý (2)]", "dài hơn 8 giờ"),
            ("[Để sau]", "trùng giờ hành chính"),
            ("[Xác nhận]", "Đã xác nhận 1 mục"),
            ("[Trả lại]", "Trả lại vì sao?"),
            ("x", "từ 3 đến 300 chữ"),
            ("[Sai ngày hoặc giờ]", "Đã trả lại mục của Phạm Lan Chi"),
        ]
    )
    assert state(city, waiting["office"]) is EntryState.CONFIRMED
    assert state(city, waiting["long"]) is EntryState.RETURNED


def test_one_of_an_event_can_be_returned(city: Database, house: House, waiting: dict[str, int]) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.play(
        [
            ("/duyet", "Sinh hoạt"),
            ("[15/11 (2) Sinh hoạt]", "• Đặng Ngọc Lan"),
            ("[Trả lại: Đặng Ngọc Lan]", "Trả lại vì sao?"),
            ("Buổi này Lan vắng", "Đã trả lại mục của Đặng Ngọc Lan"),
        ]
    )
    assert state(city, waiting["lan"]) is EntryState.RETURNED
    assert state(city, waiting["binh"]) is EntryState.DECLARED


def test_the_author_is_told_once_and_not_at_night(
    city: Database, house: House, clock: FrozenClock, waiting: dict[str, int]
) -> None:
    author = Chat(city, house, cadre="LAN")
    chat = Chat(city, house, cadre="AN")
    clock.move(hours=13)  # 23:00
    chat.play([(f"/tralai {waiting['lan']}", "vì sao"), ("Thiếu ảnh", "Tôi sẽ báo cho người ghi")])

    def notices(session: Session) -> list[OutboxMessage]:
        return list(session.exec(select(OutboxMessage).where(OutboxMessage.kind == "returned")).all())

    (notice,) = city.read_now(notices)
    assert notice.chat_id == author.chat_id
    assert "Thiếu ảnh (Nguyễn Hoài An)" in notice.body["text"]
    assert notice.body["choices"] == [[["Xem và sửa", f"/muc {waiting['lan']}"]]]
    assert house.clock.local(notice.not_before).strftime("%d %H:%M") == "21 06:30"


def test_what_has_changed_since_is_shown_again(city: Database, house: House, waiting: dict[str, int]) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.say("/duyet")
    button = chat.data_of("Xác nhận cả 2 mục")

    def edit(session: Session) -> None:
        entry = session.get(Entry, waiting["lan"])
        assert entry is not None
        entry.title = "Buổi khác hẳn"
        session.add(entry)

    city.write_now(edit)
    chat.press_data(button)
    assert "vừa thay đổi" in chat.text
    assert state(city, waiting["binh"]) is EntryState.DECLARED


@pytest.mark.parametrize("name", ["own", "elsewhere"])
@pytest.mark.parametrize("command", ["xacnhan muc {} 0123456789abcdef", "tralai {}", "duyetnhom {}", "duyetle {}"])
def test_forged_ids_reach_nothing(
    city: Database, house: House, waiting: dict[str, int], name: str, command: str
) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.press_data("/" + command.format(waiting[name]))
    assert "Của chính mình" not in chat.text
    assert "Phường khác" not in chat.text
    assert state(city, waiting[name]) is EntryState.DECLARED


@pytest.mark.parametrize("args", ["", "tatca", "nhom", "nhom x y", "muc ² 1", "muc 99999999999999999999 1", "lạ 1 2"])
def test_nonsense_in_a_button_is_answered(city: Database, house: House, args: str) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.press_data(f"/xacnhan {args}")
    assert "Không có mục nào chờ" in chat.text


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"minutes": 60, "start_minute": 23 * 60, "end_minute": 24 * 60}, "ban đêm"),
        ({"minutes": 60, "start_minute": 4 * 60, "end_minute": 5 * 60}, "ban đêm"),
        ({"minutes": 60, "day": date(2026, 10, 1)}, "hơn 14 ngày"),
        ({"minutes": 481}, "dài hơn 8 giờ"),
    ],
)
def test_why_an_entry_deserves_a_look(city: Database, house: House, values: dict[str, Any], why: str) -> None:
    log(city, "LAN", HOURS, title="Việc", **{"day": SUNDAY, **values})
    chat = Chat(city, house, cadre="AN")
    chat.play([("/duyetle", why)])


def test_nearly_the_same_on_one_day_deserves_a_look(city: Database, house: House) -> None:
    log(city, "LAN", HOURS, SUNDAY, minutes=60, title="Dọn vệ sinh tuyến kênh Cái Khế")
    log(city, "LAN", HOURS, SUNDAY, minutes=90, title="Don ve sinh tuyen kenh Cai Khe.")
    log(city, "LAN", HOURS, date(2026, 11, 14), minutes=90, title="Dọn vệ sinh tuyến kênh Cái Khế")
    Chat(city, house, cadre="AN").play([("/duyet", "1 mục thường, 2 mục cần xem kỹ"), ("/duyetle", "gần giống")])


def test_a_follower_of_the_city_reviews_what_is_below(city: Database, house: House, waiting: dict[str, int]) -> None:
    Chat(city, house, cadre="GIANG").play([("/duyet", "Phường khác"), ("/duyet", "Của chính mình")])
    assert city.read_now(lambda s: cadre_id(s, "GIANG")) > 0
    assert waiting["own"]


def test_a_confirmation_can_be_taken_back(city: Database, house: House, waiting: dict[str, int]) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.play(
        [
            ("/duyet", "2 mục thường"),
            ("[Xác nhận cả 2 mục]", "Đã xác nhận 2 mục"),
            ("/canbo LAN", "Đặng Ngọc Lan"),
            ("[Mục đã ghi]", "sinh hoat thang 11 (Chi đoàn Thanh tra Sở Nội vụ) – đã xác nhận"),
            ("[Trả lại: 15/11]", "Trả lại vì sao?"),
            ("[Trùng với mục khác]", "Đã trả lại mục của Đặng Ngọc Lan"),
            ("/muccanbo LAN", "bị trả lại"),
        ]
    )
    assert state(city, waiting["lan"]) is EntryState.RETURNED


@pytest.mark.parametrize("who", ["AN", "HOA", "DUNG", "x"])
def test_entries_of_others_are_not_listed(city: Database, house: House, waiting: dict[str, int], who: str) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.press_data(f"/muccanbo {who}")
    assert "Của chính mình" not in chat.text
    assert "Phường khác" not in chat.text
    assert waiting


def test_nothing_waits(city: Database, house: House) -> None:
    Chat(city, house, cadre="HOA").play([("/duyet", "Không có mục nào chờ"), ("/duyetle", "Không có mục nào")])
    assert city.read_now(lambda s: s.exec(select(col(Entry.id))).all()) == []

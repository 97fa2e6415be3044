"""/lichsu, /muc, /suamuc, /xoamuc, /themanh: one's own entries, looked at, changed and deleted."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from handlers.turn import House
from storage.access import load_actor
from storage.database import Database
from storage.entries import NewEntry, add_entry, confirm_entries, count_evidence, return_entry
from storage.models import Entry, EntryChange
from storage.terms import EntryKind, EntryState, RecognisedBy
from tests.cast import cadre_id
from tests.chat import Chat

YESTERDAY = date(2026, 11, 19)
HOURS = NewEntry(EntryKind.VOLUNTEER_HOURS, YESTERDAY, 1140, 1260, 120, "Dạy kèm học sinh")


def logged(db: Database, house: House, new: NewEntry = HOURS, who: str = "BINH") -> int:
    """The id of a fresh entry."""
    return db.write_now(lambda s: add_entry(s, cadre_id(s, who), new, house.clock.now()).id) or 0


def reviewed(db: Database, house: House, entry: int, reason: str = "") -> None:
    """Have AN confirm the entry, or return it with a reason."""

    def work(session: Session) -> None:
        actor = load_actor(session, cadre_id(session, "AN"), house.clock.today())
        assert actor is not None
        if reason:
            return_entry(session, actor, entry, reason, house.clock.now(), house.clock.today())
        else:
            confirm_entries(session, actor, [entry], house.clock.now(), house.clock.today())

    db.write_now(work)


def stored(db: Database, entry: int) -> Entry:
    """The row of an entry."""
    return db.read_now(lambda s: s.exec(select(Entry).where(Entry.id == entry)).one())


def test_the_list_names_states_by_month_and_opens_each_entry(city: Database, house: House) -> None:
    first, second, third = (
        logged(city, house, NewEntry(EntryKind.VOLUNTEER_HOURS, day, minutes=60, title=title))
        for day, title in ((date(2026, 10, 4), "Trồng cây"), (YESTERDAY, "Dạy kèm"), (YESTERDAY, "Dọn kênh"))
    )
    reviewed(city, house, first)
    reviewed(city, house, second, "Chưa có ảnh")
    chat = Chat(city, house, cadre="BINH")
    chat.play([("/lichsu", "Tháng 11/2026"), ("lich su", "Tháng 10/2026")])
    assert "• Giờ tình nguyện 19/11, 1 giờ, Dọn kênh – chờ xác nhận" in chat.text
    assert "Dạy kèm – bị trả lại: Chưa có ảnh" in chat.text
    assert "Trồng cây – đã xác nhận" in chat.text
    assert [c.key for c in chat.choices] == [f"/muc {third}", f"/muc {second}", f"/muc {first}"]
    chat.play([("[Dạy kèm]", "• Trạng thái: bị trả lại: Chưa có ảnh")])


def test_long_lists_have_pages(city: Database, house: House) -> None:
    for ago in range(17):
        logged(city, house, NewEntry(EntryKind.CULTURE_SPORT, YESTERDAY - timedelta(days=ago), title=f"Bài {ago}"))
    chat = Chat(city, house, cadre="BINH")
    chat.play([("/lichsu", "Bài 7"), ("[Cũ hơn]", "Bài 15"), ("[Cũ hơn]", "Bài 16"), ("[Mới hơn]", "Bài 8")])
    chat.play([("/lichsu 9", "Không còn mục nào cũ hơn")])
    for odd in ("0", "-1", "²", "9" * 20, "abc"):
        chat.play([(f"/lichsu {odd}", "Bài 0")])


def test_an_entry_is_changed_on_its_card(city: Database, house: House) -> None:
    entry = logged(city, house)
    chat = Chat(city, house, cadre="BINH")
    chat.play(
        [
            (f"/muc {entry}", "19:00–21:00 (2 giờ)"),
            ("[Sửa]", "sửa chỗ nào"),
            ("[Thời gian]", "bao lâu"),
            ("18h-21h", "• Thời gian: 18:00–21:00 (3 giờ)"),
            ("[Lưu]", "3/2 giờ"),
            ("[Xem mục này]", "3 giờ"),
        ]
    )
    assert stored(city, entry).minutes == 180
    actions = city.read_now(lambda s: s.exec(select(EntryChange.action).order_by(col(EntryChange.id))).all())
    assert actions == ["create", "edit"]


def test_back_from_the_choice_of_fields_shows_the_card(city: Database, house: House) -> None:
    entry = logged(city, house)
    chat = Chat(city, house, cadre="BINH")
    chat.play([(f"/suamuc {entry}", "sửa chỗ nào"), ("quay lại", "chọn Lưu"), ("[Lưu]", "không có gì thay đổi")])
    chat.play([(f"/suamuc {entry}", "sửa chỗ nào"), ("/huy", "Đã bỏ việc sửa")])


@pytest.mark.parametrize(
    ("reason", "said", "state"),
    [
        ("", "cần xác nhận lại", EntryState.DECLARED),
        ("Chưa có ảnh", "gửi duyệt lại", EntryState.DECLARED),
    ],
)
def test_a_reviewed_entry_that_is_changed_waits_anew(
    city: Database, house: House, reason: str, said: str, state: EntryState
) -> None:
    entry = logged(city, house)
    reviewed(city, house, entry, reason)
    Chat(city, house, cadre="BINH").play(
        [(f"/suamuc {entry}", "chỗ nào"), ("[Nội dung]", "làm gì"), ("Dạy tin học", "chọn Lưu"), ("[Lưu]", said)]
    )
    assert (stored(city, entry).state, stored(city, entry).return_reason) == (state, "")


def test_nothing_changed_keeps_the_confirmation(city: Database, house: House) -> None:
    entry = logged(city, house)
    reviewed(city, house, entry)
    chat = Chat(city, house, cadre="BINH")
    chat.play(
        [(f"/suamuc {entry}", "chỗ nào"), ("quay lại", "chọn Lưu"), ("<photo>", "Ảnh: 1"), ("[Lưu]", "Đã giữ ảnh")]
    )
    assert stored(city, entry).state is EntryState.CONFIRMED
    assert city.read_now(lambda s: count_evidence(s, entry)) == 1


@pytest.mark.parametrize(
    ("new", "field", "answer", "shown"),
    [
        (NewEntry(EntryKind.BRANCH_MEETING, YESTERDAY, title="Sinh hoạt"), "Thời gian", "19h-20h30", "1 giờ 30 phút"),
        (NewEntry(EntryKind.VOLUNTEER_ACTIVITY, YESTERDAY, title="Ra quân"), "Đơn vị tổ chức", "CD12", "Thanh tra"),
        (NewEntry(EntryKind.CULTURE_SPORT, YESTERDAY, title="Môn thể thao: Cờ"), "Thể loại", "bài hát", "Bài hát"),
        (NewEntry(EntryKind.YOUTH_SHIRT, YESTERDAY), "Ngày", "t2", "thứ Hai 16/11/2026"),
        (NewEntry(EntryKind.SUMMONED_MEETING, YESTERDAY, on_time=True), "Giờ đến", "đến muộn", "Đến muộn"),
        (
            NewEntry(
                EntryKind.INITIATIVE,
                YESTERDAY,
                title="Số hóa",
                recognised_by=RecognisedBy.AGENCY_HEAD,
                recognised_on=YESTERDAY,
                note="12/QĐ",
            ),
            "Số quyết định",
            "15/QĐ",
            "15/QĐ",
        ),
    ],
)
def test_every_kind_can_be_changed(
    city: Database, house: House, new: NewEntry, field: str, answer: str, shown: str
) -> None:
    entry = logged(city, house, new, "AN")
    Chat(city, house, cadre="AN").play(
        [(f"/suamuc {entry}", "chỗ nào"), (f"[{field}]", "?"), (answer, shown), ("[Lưu]", "Đã sửa")]
    )


def test_what_an_imported_entry_leaves_open_is_asked_before_it_is_changed(city: Database, house: House) -> None:
    entry = logged(city, house, NewEntry(EntryKind.CULTURE_SPORT, YESTERDAY, title="Hát"))
    Chat(city, house, cadre="BINH").play(
        [
            (f"/muc {entry}", "• Nội dung: Hát"),
            ("[Sửa]", "loại nào"),
            ("[Bài hát]", "sửa chỗ nào"),
            ("[Nội dung]", "Tên bài hát"),
            ("Lên đàng", "• Nội dung: Lên đàng"),
            ("[Lưu]", "Bài hát: Lên đàng"),
        ]
    )


def test_deleting_is_asked_once_and_leaves_the_figures(city: Database, house: House) -> None:
    entry = logged(city, house)
    chat = Chat(city, house, cadre="BINH")
    chat.play(
        [
            (f"/muc {entry}", "Dạy kèm học sinh"),
            ("[Xóa]", "Xóa “Giờ tình nguyện 19/11, 2 giờ, Dạy kèm học sinh”?"),
            ("có", "ví dụ gõ: giữ lại"),
            ("[Giữ lại]", "chưa xóa gì"),
            (f"/xoamuc {entry}", "không tính nữa"),
            ("xóa mục này", "Đã xóa"),
            (f"/muc {entry}", "không tìm thấy mục này"),
            ("/lichsu", "chưa ghi mục nào"),
        ]
    )
    assert stored(city, entry).state is EntryState.DELETED


def test_a_photo_is_added_afterwards(city: Database, house: House) -> None:
    entry = logged(city, house)
    chat = Chat(city, house, cadre="BINH")
    chat.play(
        [
            (f"/themanh {entry}", "gửi một ảnh"),
            ("đây", "cần một tấm ảnh"),
            ("<sticker>", "chỉ đọc được chữ và lựa chọn"),
            ("<photo>", "Đã giữ ảnh cùng mục này (1)"),
        ]
    )
    assert city.read_now(lambda s: count_evidence(s, entry)) == 1


@pytest.mark.parametrize("command", ["muc", "suamuc", "xoamuc", "themanh"])
def test_only_ones_own_entries_are_found(city: Database, house: House, command: str) -> None:
    entry = logged(city, house)
    stranger = Chat(city, house, cadre="AN")
    for number in (str(entry), "999999", "", "abc", "-1", "²", "9" * 30, f"{entry} OR 1=1"):
        stranger.play([(f"/{command} {number}", "không tìm thấy mục này")])
    assert stored(city, entry).state is EntryState.DECLARED


def test_an_entry_deleted_meanwhile_is_not_changed(city: Database, house: House) -> None:
    entry = logged(city, house)
    here, there = (Chat(city, house, cadre="BINH", channel=channel) for channel in ("web", "telegram"))
    here.play([(f"/suamuc {entry}", "chỗ nào"), ("[Nội dung]", "làm gì"), ("Khác", "chọn Lưu")])
    there.play([(f"/xoamuc {entry}", "Xóa"), ("[Xóa mục này]", "Đã xóa")])
    here.play([("[Lưu]", "không tìm thấy mục này")])

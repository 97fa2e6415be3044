"""/dulieu: a short text and a workbook with everything about me, and nothing about anybody else."""

from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from handlers.messages import Attachment
from handlers.turn import House
from handlers.views.makers import MAKERS
from storage.consents import agree
from storage.database import Database
from storage.entries import NewEntry, add_entry, delete_entry
from storage.models import Preference
from storage.terms import EntryKind, EntryState
from tests.cast import cadre_id
from tests.chat import Chat
from tests.handlers.logged import grant_leave, log

DAY = date(2026, 11, 18)


def workbook(db: Database, house: House, file: Attachment) -> Workbook:
    maker = MAKERS[file.maker]
    gathered = db.read_now(lambda session: maker.gather(session, house, file.args, house.clock.now()))
    return load_workbook(BytesIO(maker.draw(gathered)))


def ask(db: Database, house: House, cadre: str = "BINH") -> Workbook:
    (reply,) = Chat(db, house, cadre=cadre, channel="telegram", chat_id="77").say("/dulieu")
    (file,) = reply.attachments
    assert (file.name, file.is_picture) == ("du-lieu-cua-toi.xlsx", False)
    return workbook(db, house, file)


def rows(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return list(book[sheet].iter_rows(min_row=2, values_only=True))


def test_the_text_counts_and_the_file_is_attached(city: Database, house: House) -> None:
    log(city, "BINH", EntryKind.VOLUNTEER_HOURS, DAY, minutes=60, state=EntryState.CONFIRMED)
    log(city, "BINH", EntryKind.VOLUNTEER_HOURS, DAY, minutes=60, start_minute=1080)
    Chat(city, house, channel="web", cadre="BINH").play(
        [("/dulieu", "2 mục đã ghi (đơn vị đã xác nhận 1)"), ("dữ liệu của tôi", "trang web")]
    )


def test_every_kind_of_data_has_its_sheet(city: Database, house: House) -> None:
    log(city, "BINH", EntryKind.VOLUNTEER_HOURS, DAY, "CD11", minutes=90, start_minute=1110, title="Dọn kênh")
    log(city, "CHI", EntryKind.VOLUNTEER_HOURS, DAY, minutes=60, title="Việc của người khác")
    grant_leave(city, "BINH", date(2026, 11, 23), date(2026, 11, 24))
    now = house.clock.now()
    city.write_now(lambda s: agree(s, cadre_id(s, "BINH"), "telegram", "77", "2026-11", now))
    city.write_now(lambda s: s.add(Preference(cadre_id=cadre_id(s, "BINH"), shirt_reminder=True)))
    book = ask(city, house)
    assert rows(book, "Cán bộ") == [("BINH", "Võ Thanh Bình")]
    assert rows(book, "Chức vụ")[0][:2] == ("Chi đoàn Văn phòng Sở Nội vụ", "Phó Bí thư")
    (entry,) = rows(book, "Đã ghi")
    assert entry[1].date() == DAY
    assert entry[2:8] == ("Giờ tình nguyện", "Dọn kênh", "18:30", None, 1.5, "Chi đoàn Văn phòng Sở Nội vụ")
    assert rows(book, "Nghỉ")[0][2:4] == ("nghỉ phép", "12/QĐ")
    assert rows(book, "Đồng ý") == [("2026-11", "Telegram", "77", "20/11/2026 10:00", None)]
    assert rows(book, "Kênh")[0][:3] == ("Telegram", "77", "20/11/2026 10:00")
    assert rows(book, "Nhắc nhở") == [("6:30", "21:00", None, None, "x")]
    assert "Việc của người khác" not in str([list(sheet.values) for sheet in book])


def test_history_is_shown_as_words_deleted_entries_included(city: Database, house: House) -> None:
    now = house.clock.now()

    def write(session: Any) -> None:
        binh = cadre_id(session, "BINH")
        new = NewEntry(kind=EntryKind.VOLUNTEER_HOURS, day=DAY, minutes=90, title="Dọn kênh")
        entry = add_entry(session, binh, new, now)
        delete_entry(session, binh, entry.id or 0, now)

    city.write_now(write)
    book = ask(city, house)
    assert rows(book, "Đã ghi")[0][13] == "đã xóa"
    created, deleted = rows(book, "Sửa đổi")
    assert created[2:4] == ("Võ Thanh Bình", "ghi mới")
    assert "thời lượng: 1 giờ 30 phút" in created[4]
    assert deleted[3:] == ("xóa", "trạng thái: tự khai → đã xóa")


def test_what_a_person_typed_is_never_a_formula_or_a_link(city: Database, house: House) -> None:
    for number, typed in enumerate(("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "https://example.org", "\x00 lạ")):
        log(
            city,
            "BINH",
            EntryKind.VOLUNTEER_HOURS,
            DAY,
            minutes=60,
            start_minute=number,
            title=typed.replace("\x00", ""),
        )
    sheet = ask(city, house)["Đã ghi"]
    titles = [row[3] for row in sheet.iter_rows(min_row=2)]
    assert [cell.data_type for cell in titles] == ["s"] * 5
    assert [cell.hyperlink for cell in titles] == [None] * 5

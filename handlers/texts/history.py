"""What /lichsu says, and what is said about one entry."""

from collections.abc import Sequence
from datetime import date

from handlers.messages import Choice, Rows, rows
from handlers.texts import entries as entry_texts
from storage.models import Entry
from storage.terms import EntryState

MENU_LABEL = "Lịch sử"
MENU_HELP = "xem, sửa, xóa các mục đã ghi"
DELETE_TITLE = "xóa mục đã ghi"
PHOTO_TITLE = "thêm ảnh"
NOTHING_YET = "Đồng chí chưa ghi mục nào. Chọn Ghi hoạt động để bắt đầu."
NO_MORE = "Không còn mục nào cũ hơn."
HEADING = "Các mục đã ghi, mới nhất trước. Chọn một mục để xem, sửa hoặc xóa."
NOT_FOUND = "Tôi không tìm thấy mục này trong các mục của đồng chí; có thể mục đã được xóa. Xem lại, ví dụ: /lichsu"
BACK_TO_LIST: Rows = ((Choice("Lịch sử", "/lichsu"),),)
EDIT, DELETE, ADD_PHOTO = "Sửa", "Xóa", "Thêm ảnh"
OLDER, NEWER = "Cũ hơn ›", "‹ Mới hơn"
YES_DELETE, KEEP = "Xóa mục này", "Giữ lại"
KEPT = "Vẫn giữ mục này, chưa xóa gì."
BAD_DELETE = "Đồng chí chọn Xóa mục này hoặc Giữ lại, ví dụ gõ: giữ lại"
SEND_PHOTO = "Đồng chí gửi một ảnh minh chứng cho mục này."
BAD_PHOTO = "Bước này cần một tấm ảnh. Đồng chí gửi ảnh, hoặc gõ /huy để thôi."


def month(day: date) -> str:
    """Heading of a month."""
    return f"Tháng {day.month}/{day.year}"


def state(entry: Entry) -> str:
    """ "chờ xác nhận", "bị trả lại: thiếu ảnh"."""
    word = entry_texts.STATES[entry.state]
    return f"{word}: {entry.return_reason}" if entry.return_reason else word


def line(entry: Entry) -> str:
    """An entry in the list."""
    return f"• {entry_texts.summary(entry.kind, entry.day, entry.minutes, _cut(entry.title, 60))} – {state(entry)}"


def button(entry: Entry) -> str:
    """The button that opens an entry."""
    return _cut(f"{entry.day.day}/{entry.day.month} {entry.title or entry.kind.label}", entry_texts.LONGEST_LABEL)


def page(months: Sequence[tuple[str, Sequence[str]]]) -> str:
    """A page of the list, by month."""
    return "\n\n".join((HEADING, *("\n".join((name, *lines)) for name, lines in months)))


def entry_card(entry: Entry, lines: Sequence[tuple[str, str]], photos: int) -> str:
    """One entry with everything it says."""
    notes = [f"• Trạng thái: {state(entry)}"]
    return entry_texts.card(entry.kind.label, lines, photos, notes)


def ask_delete(entry: Entry) -> str:
    """Before an entry is deleted."""
    confirmed = " Mục này đã được xác nhận." if entry.state is EntryState.CONFIRMED else ""
    what = entry_texts.summary(entry.kind, entry.day, entry.minutes, _cut(entry.title, 60))
    return f"Xóa “{what}”?{confirmed} Xóa rồi thì không tính nữa."


def deleted(entry: Entry) -> str:
    """After it is deleted."""
    return f"Đã xóa: {entry_texts.summary(entry.kind, entry.day, entry.minutes, _cut(entry.title, 60))}."


def photos_added(count: int) -> str:
    """After photos are kept; ``count`` is how many the entry now has, or got."""
    return f"Đã giữ ảnh cùng mục này ({count})."


def after_change(entry_id: int) -> Rows:
    """The buttons under a change."""
    return rows(Choice("Xem mục này", f"/muc {entry_id}"), Choice("Lịch sử", "/lichsu"))


def entry_buttons(entry_id: int) -> Rows:
    """What can be done with an entry."""
    return rows(
        Choice(EDIT, f"/suamuc {entry_id}"),
        Choice(DELETE, f"/xoamuc {entry_id}"),
        Choice(ADD_PHOTO, f"/themanh {entry_id}"),
        Choice("‹ Lịch sử", "/lichsu"),
    )


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"

"""What /duyet says to a reviewer, and what the author of a returned entry reads."""

from collections.abc import Sequence

from handlers.texts import entries as entry_texts
from handlers.texts.wording import clock, day
from storage.entries import Waiting
from storage.models import Entry
from storage.review import Event, Reviewed

TITLE = "trả lại mục"
NOTHING = "Không có mục nào chờ đồng chí duyệt. 👍"
CHANGED = "Danh sách vừa thay đổi nên tôi chưa xác nhận gì. Đồng chí xem lại giúp."
GONE = "Mục này không còn chờ duyệt, hoặc không thuộc đơn vị đồng chí theo dõi."
HEADING = "📋 Các mục chờ duyệt, gộp theo sự kiện:"
ODD_FIRST = "Có gì cần xem kỹ:"
ODD_BUTTON, LATER, CONFIRM, RETURN, BACK = "Xem mục cần để ý", "Để sau", "Xác nhận", "Trả lại", "Về danh sách duyệt"
ASK_REASON = "Trả lại vì sao? Chọn bên dưới hoặc gõ ngắn gọn; người ghi sẽ đọc được lý do này."
REASON_EXAMPLE = "Lý do cần từ 3 đến 300 chữ, ví dụ: Sai ngày, buổi này diễn ra 15/11"
REASONS = (
    "Sai ngày hoặc giờ",
    "Trùng với mục khác",
    "Chưa rõ nội dung",
    "Chưa rõ đơn vị tổ chức",
    "Cần ảnh minh chứng",
    "Không phải việc của Đoàn",
)
MEND = "Xem và sửa"
NOTHING_LOGGED = "Chưa ghi mục nào, hoặc mục của người này không do đồng chí duyệt."
LONGEST_LIST_TITLE = 60


def counts(plain: int, odd: int) -> str:
    """How many of each wait."""
    return f"{plain} mục thường, {odd} mục cần xem kỹ từng cái." if odd else f"{plain} mục thường."


def event_line(event: Event) -> str:
    """One event with its people."""
    entry = event.first.waiting.entry
    names = ", ".join(item.waiting.cadre_name for item in event.items[:3])
    more = f" và {len(event.items) - 3} người" if len(event.items) > 3 else ""
    return f"• {_what(entry)}{_organiser(event.first.waiting)} – {names}{more}"


def _what(entry: Entry) -> str:
    title = entry.title if len(entry.title) <= LONGEST_LIST_TITLE else f"{entry.title[: LONGEST_LIST_TITLE - 1]}…"
    return entry_texts.summary(entry.kind, entry.day, entry.minutes, title)


def _organiser(waiting: Waiting) -> str:
    return f" ({waiting.organiser_name})" if waiting.organiser_name else ""


def further_events(count: int) -> str:
    """Events that come after those shown."""
    return f"… và {count} sự kiện nữa, xem sau khi duyệt các mục trên."


def confirm_all(count: int) -> str:
    """The button that confirms everything shown."""
    return f"✔ Xác nhận cả {count} mục" if count > 1 else "✔ Xác nhận mục này"


def odd_button(count: int) -> str:
    """The button that goes through the odd ones."""
    return f"{ODD_BUTTON} ({count})"


def event_button(event: Event) -> str:
    """The button that opens an event."""
    entry = event.first.waiting.entry
    return f"{entry.day.day}/{entry.day.month} ({len(event.items)}) {entry.title or entry.kind.label}"


def event_page(event: Event, shown: int) -> str:
    """An event with everybody in it."""
    entry = event.first.waiting.entry
    people = [f"• {item.waiting.cadre_name}{_details(item.waiting.entry)}" for item in event.items[:shown]]
    return "\n".join([f"{_what(entry)}{_organiser(event.first.waiting)}", *people])


def _details(entry: Entry) -> str:
    if entry.start_minute is None or entry.end_minute is None:
        return ""
    return f": {clock(entry.start_minute)}–{clock(entry.end_minute)}"


def return_of(name: str) -> str:
    """The button that returns somebody's entry."""
    return f"Trả lại: {name}"


def odd_page(item: Reviewed, place: int, total: int) -> str:
    """One odd entry with what to look at."""
    why = (f"⚠️ {oddity.label}" for oddity in item.oddities)
    return "\n".join([f"Mục {place}/{total}", *card(item.waiting), ODD_FIRST, *why])


def card(waiting: Waiting) -> list[str]:
    """One entry, line by line."""
    entry = waiting.entry
    lines = [f"👤 {waiting.cadre_name}", f"{_what(entry)}{_organiser(waiting)}"]
    if entry.start_minute is not None and entry.end_minute is not None:
        lines.append(f"Từ {clock(entry.start_minute)} đến {clock(entry.end_minute)}")
    if entry.recognised_by is not None:
        on = f", ngày {day(entry.recognised_on)}" if entry.recognised_on else ""
        lines.append(f"Công nhận: {entry.recognised_by.label}{on}")
    if waiting.photos:
        lines.append(f"📷 {waiting.photos} ảnh")
    return lines


def of_cadre(label: str, found: Sequence[Waiting]) -> str:
    """The latest entries of a cadre, with what has become of each."""
    lines = [f"• {_what(one.entry)}{_organiser(one)} – {entry_texts.STATES[one.entry.state]}" for one in found]
    return "\n".join([f"👤 {label}", *(lines or [NOTHING_LOGGED])])


def brief(entry: Entry) -> str:
    """An entry as a button names it."""
    return f"{entry.day.day}/{entry.day.month} {entry.title or entry.kind.label}"


def confirmed(count: int) -> str:
    """After confirming."""
    return f"Đã xác nhận {count} mục."


def returned(name: str, *, told: bool) -> str:
    """After returning."""
    return f"Đã trả lại mục của {name}. " + ("Tôi sẽ báo cho người ghi." if told else "Người ghi chưa kết nối với bot.")


def notice(entry: Entry, reason: str, reviewer: str) -> str:
    """What the author reads."""
    what = entry_texts.summary(entry.kind, entry.day, entry.minutes, entry.title)
    return (
        f"↩️ Một mục của đồng chí được trả lại để bổ sung:\n{what}\nLý do: {reason} ({reviewer}).\n"
        "Đồng chí sửa lại là mục được duyệt tiếp."
    )

"""The words of initiatives on their way to recognition."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.texts.wording import day
from storage.entries import Waiting
from storage.initiatives import Recognition, Stage
from storage.models import Entry

TITLE = "ghi công nhận sáng kiến"
NOTHING = "Chưa có sáng kiến nào ở bước này."
GONE = "Sáng kiến này không còn chờ công nhận, hoặc không thuộc đơn vị đồng chí theo dõi."
SAVE, EDIT, SEE = "Lưu", "Sửa", "Xem mục này"
CARD_EXAMPLE = "Đồng chí bấm Lưu để ghi công nhận, hoặc Sửa để nhập lại, ví dụ: Lưu"
FOOT = "Chỉ sáng kiến đã được công nhận mới tính [C-22]. Sáng kiến của chính mình thì đồng chí tự ghi ở /lichsu."


def overview(stage: Stage, counts: Mapping[Stage, int], found: Sequence[Waiting], today: date) -> str:
    """How many are at each stage, and those at ``stage`` with their age."""
    head = " · ".join(f"{one.label}: {count}" for one, count in counts.items())
    lines = [f"💡 Sáng kiến của cán bộ đơn vị theo dõi\n{head}", "", f"{stage.label}:"]
    lines += [f"• {_line(one, today)}" for one in found] or [NOTHING]
    return "\n".join([*lines, "", FOOT])


def further(left: int) -> str:
    """Opens the next page."""
    return f"Xem tiếp {left} sáng kiến"


def _line(one: Waiting, today: date) -> str:
    entry = one.entry
    if entry.recognised_by is not None:
        return f"{one.cadre_name} – {entry.title}: {_paper(entry)}"
    return f"{one.cadre_name} – {entry.title}: ghi ngày {day(entry.day)}, chờ {(today - entry.day).days} ngày"


def _paper(entry: Entry) -> str:
    parts = [entry.recognised_by.label if entry.recognised_by else "", entry.note]
    parts.append(day(entry.recognised_on) if entry.recognised_on else "chưa có ngày")
    return ", ".join(part for part in parts if part)


def recognise_button(one: Waiting) -> str:
    """Write the recognition of one down."""
    return f"Công nhận: {one.cadre_name} – {one.entry.title}"


def card(one: Waiting, recognition: Recognition) -> str:
    """What will be written down."""
    return "\n".join(
        [
            "Đồng chí xem lại giúp:",
            f"Sáng kiến: {one.entry.title}",
            f"Của: {one.cadre_name}",
            f"Cấp công nhận: {recognition.by.label}",
            f"Ngày công nhận: {day(recognition.on)}",
            f"Số quyết định: {recognition.decision or 'không ghi'}",
        ]
    )


def saved(name: str, *, told: bool) -> str:
    """After writing it down."""
    return f"Đã ghi công nhận sáng kiến của {name}. " + (
        "Tôi sẽ báo cho đồng chí ấy." if told else "Đồng chí ấy chưa kết nối với bot."
    )


def notice(entry: Entry, who: str) -> str:
    """What the person reads."""
    return f"💡 Sáng kiến “{entry.title}” của đồng chí đã được ghi công nhận: {_paper(entry)} ({who} ghi)."

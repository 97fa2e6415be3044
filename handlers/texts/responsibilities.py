"""The words of the review of the three responsibilities."""

from datetime import date

from handlers.texts.wording import day
from storage.people import UnitRow
from storage.periods import Period
from storage.responsibilities import ResponsibilityFigure

NOTHING_RUNS = "Kế hoạch đang chạy ở đơn vị này không nêu ba trách nhiệm."
BAD_PERIOD = "Tôi chưa đọc được thời gian. Đồng chí thử, ví dụ: /batrachnhiem 2026-H1 hoặc /batrachnhiem 2026"
HAND_IN = "Hạn và nộp báo cáo"
FOOT = (
    "Số của cả đơn vị, theo các mục cán bộ tự gắn khi ghi (Sửa → Ba trách nhiệm). Mục chưa gắn không có ở đây; "
    "đánh giá là việc của tập thể."
)
SHOWN = 8


def review(unit: UnitRow, period: Period, as_of: date, figures: list[ResponsibilityFigure]) -> str:
    """What the unit did under each responsibility."""
    head = f"Ba trách nhiệm, {period.label} – {unit.name}, đến {day(as_of)}"
    return "\n".join([head, *(_section(one) for one in figures), "", FOOT])


def _section(one: ResponsibilityFigure) -> str:
    lines = [f"\n{one.item.title}: {one.declared} lượt ghi, {one.confirmed} đã xác nhận"]
    lines += [
        f"• {on.day}/{on.month} {kind.label}{f': {title}' if title else ''}" for on, kind, title in one.events[:SHOWN]
    ]
    if len(one.events) > SHOWN:
        lines.append(f"… và {len(one.events) - SHOWN} việc nữa")
    return "\n".join(lines)

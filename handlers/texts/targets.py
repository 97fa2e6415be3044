"""The words of targets in %: a unit's figures, never a person's."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.wording import day
from storage.headcount import Named
from storage.people import UnitRow
from storage.targets import TargetFigure

NOTHING = "Không có kế hoạch nào đang chạy ở đơn vị này đặt chỉ tiêu phần trăm."
GONE = "Tôi không thấy đơn vị này trong năm đó. Đồng chí chọn lại giúp, ví dụ: /chitieu 2026"
BACK = "Mọi chỉ tiêu"
ALL_DONE = "Không còn thiếu ai."
FOOT = "Chỉ tiêu là của đơn vị và cấp dưới, không phải điểm của một người. Mỗi người tính một lần."
SHOWN = 40


def heading(unit: UnitRow, year: int, as_of: date, *, is_over: bool) -> str:
    """Whose figures these are, and until when they count."""
    return f"🎯 Chỉ tiêu năm {year} – {unit.name}\n{'Trọn năm' if is_over else 'Lũy kế'} đến {day(as_of)}"


def line(figure: TargetFigure) -> str:
    """ "• Cán bộ có bản đăng ký [C-07]: 41/58, đạt 70% (chỉ tiêu 100%)" and the denominator in words."""
    target = figure.target
    if figure.percent is None:
        return f"• {target.title} [{target.clause}]: không có đối tượng"
    count = f"{figure.reached}/{figure.due}, {figure.percent}% (chỉ tiêu {target.percent}%)"
    return f"• {target.title} [{target.clause}]: {count}\n   Mẫu số: {target.denominator}"


def missing_button(figure: TargetFigure) -> str:
    """Who is missing for one target."""
    return f"Còn thiếu {len(figure.missing)}: {figure.target.title}"


def missing(figure: TargetFigure, as_of: date) -> str:
    """The names that one target lacks."""
    what = "Đơn vị" if figure.of_units else "Người"
    head = f"{figure.target.title} [{figure.target.clause}], đến {day(as_of)}"
    if not figure.missing:
        return f"{head}\n{ALL_DONE}"
    names = [f"• {_name(one)}" for one in figure.missing[:SHOWN]]
    if len(figure.missing) > SHOWN:
        names.append(f"… và {len(figure.missing) - SHOWN} nữa; xem từng đơn vị cấp dưới để thấy đủ.")
    return "\n".join([head, f"{what} còn thiếu ({len(figure.missing)}):", *names])


def plans_named(figures: Sequence[TargetFigure]) -> list[str]:
    """The titles of the plans, each before its figures where there are several."""
    return list(dict.fromkeys(figure.plan.file.title for figure in figures))


def _name(one: Named) -> str:
    return f"{one.name} – {one.unit}" if one.unit else one.name

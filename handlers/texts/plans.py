"""What /kehoach says: which plans run for whom, what is in them, and how an admin activates or ends one."""

from collections.abc import Iterable, Mapping
from datetime import date

from handlers.texts.wording import day
from storage.models import PlanActivation
from storage.plans import Plan
from storage.plans.schema import Clause, Role
from storage.plans.sections import Item, RemedialGroup, Round

TITLE = "kích hoạt kế hoạch"
END_TITLE = "kết thúc kế hoạch"
HEADING = "Kế hoạch đang chạy:"
NO_OTHERS = "Chưa có kế hoạch nào khác được kích hoạt."
ACTIVATE, ALL, BACK = "Kích hoạt kế hoạch", "Xem các kế hoạch", "Kế hoạch đang chạy"
LIBRARY = "Các kế hoạch có sẵn:"
WHICH = "Kích hoạt kế hoạch nào? Chỉ lịch, danh mục và biểu mẫu của kế hoạch chạy; chỉ tiêu hằng tuần không đổi."
WHICH_EXAMPLE = "Tôi không thấy kế hoạch này. Đồng chí chọn một nút bên dưới, ví dụ: Góp ý, tự phê bình và phê bình"
UNIT = "Cho đơn vị nào (và mọi đơn vị bên dưới)? Chọn, hoặc gõ tên hay mã đơn vị, ví dụ: Đoàn phường Cái Khế"
UNIT_EXAMPLE = "Tôi không thấy đơn vị này trong phạm vi đồng chí quản trị. Ví dụ: Đoàn phường Cái Khế"
SEVERAL = "Có vài đơn vị giống tên này, đồng chí chọn giúp:"
PERIOD = "Cho thời gian nào? Chọn, hoặc gõ năm, quý, tháng, hay hai ngày, ví dụ: 2027, hoặc 1/3/2027 - 30/11/2027"
PERIOD_EXAMPLE = "Tôi chưa đọc được thời gian này. Ví dụ: 2027, hoặc 1/3/2027 - 30/11/2027"
PERIOD_OVER = "Thời gian này đã qua. Đồng chí gõ thời gian chưa kết thúc, ví dụ: 2027"
PERIOD_LONG = "Mỗi lần kích hoạt dài nhất là năm năm. Ví dụ: 2027"
DECISION = "Số văn bản kích hoạt? Ví dụ: 12-KH/TĐTN. Không có thì bấm nút bên dưới."
DECISION_EXAMPLE = "Số văn bản dài nhất 60 chữ, ví dụ: 12-KH/TĐTN"
NO_DECISION = "Không có số"
SAVE, CHANGE = "Kích hoạt", "Sửa"
CARD_EXAMPLE = "Đồng chí bấm Kích hoạt để chạy kế hoạch, Sửa để chọn lại, ví dụ: Kích hoạt"
REALLY_END = "Kết thúc"
END_EXAMPLE = "Đồng chí bấm Kết thúc để dừng kế hoạch, hoặc /huy để giữ nguyên, ví dụ: Kết thúc"
GONE = "Không thấy kế hoạch đang chạy này trong phạm vi đồng chí quản trị; có thể nó đã kết thúc."


def binding(plan: Plan) -> str:
    """The plan that measures everybody."""
    return f"• {plan.file.title} ({plan.file.issuer}): áp dụng cho mọi đơn vị."


def running(plan: Plan, unit_name: str, row: PlanActivation, who: str) -> str:
    """A plan that was activated."""
    paper = f", số {row.decision_no}" if row.decision_no else ""
    return (
        f"• {plan.file.title}: {unit_name} và bên dưới, {day(row.first_day)}–{day(row.last_day)}"
        f" (mẫu {plan.file.id}; {who} kích hoạt{paper})"
    )


def end_button(plan: Plan, unit_name: str) -> str:
    """Ends one."""
    return f"Kết thúc: {plan.file.title} – {unit_name}"


def summary(plan: Plan, today: date) -> str:
    """A plan in a line."""
    force = plan.file.in_force
    until = day(force.last) if force.last else "khi có văn bản mới"
    role = "có hiệu lực" if plan.file.role is Role.BINDS and plan.in_force(today) else "dùng làm mẫu"
    return f"• {plan.file.title} – {plan.file.issuer} ({day(force.first)}–{until}; {role})"


def plan_page(plan: Plan, clauses: Iterable[tuple[str, Clause]]) -> str:
    """What a plan says in words, with what it holds."""
    file = plan.file
    lists = (file.contents, file.responsibilities, file.dos, file.donts)
    parts = [f"{file.title}\n{file.issuer}\nVăn bản: {file.document}"]
    parts += [f"{one.title}: {'; '.join(item.title for item in one.items)} [{one.clause}]" for one in lists if one]
    if file.rounds:
        parts += [f"{one.title}: {' → '.join(step.title for step in one.steps)} [{one.clause}]" for one in file.rounds]
    for one in file.rounds:
        parts += [f"{words}: {'; '.join(item.title for item in items)}" for words, items in _asked(one) if items]
    if file.remedial is not None:
        titles = {one.id: one.title for one in file.departments}
        parts += [_group(one, titles) for one in file.remedial.groups]
    if words := [f"• {clause.text} [{name}]" for name, clause in clauses]:
        parts.append("\n".join(words))
    dated = [one for one in file.deadlines if one.is_set]
    parts.append(f"{len(dated)} hạn có ngày, {len(file.deadlines) - len(dated)} việc chưa ấn định ngày.")
    return "\n\n".join(parts)


def _group(one: RemedialGroup, titles: Mapping[str, str]) -> str:
    points = "; ".join(point.title for point in one.shortcomings)
    joint = f", phối hợp {', '.join(titles[name] for name in one.joint)}" if one.joint else ""
    return f"{one.field} ({titles[one.lead]} chủ trì{joint}): {points} [{one.clause}]"


def _asked(one: Round) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    return ("Lấy ý kiến của", one.contributors), ("Về", one.themes)


def card(
    plan: Plan, unit_name: str, first: date, last: date, decision: str, moved: int, deadlines: tuple[int, int]
) -> str:
    """Everything to be saved."""
    lines = [
        f"Kích hoạt: {plan.file.title}",
        f"Nguồn: {plan.file.issuer}",
        f"Cho: {unit_name} và mọi đơn vị bên dưới",
        f"Từ {day(first)} đến hết {day(last)}",
        f"Số văn bản: {decision or 'không có'}",
    ]
    if moved and any(deadline.years for deadline in plan.file.deadlines):
        lines.append(f"Các đợt một lần của văn bản gốc được dời {moved} năm.")
    lines.append(counted(*deadlines))
    lines.append("Không thay đổi chỉ tiêu giờ, số lần tham dự của cán bộ.")
    return "\n".join([*lines, "", "Đúng chưa ạ?"])


def counted(dated: int, undated: int) -> str:
    """How many deadlines an activation brings."""
    more = f", {undated} việc chưa ấn định ngày" if undated else ""
    return f"Trong thời gian này có {dated} hạn có ngày{more}."


def activated(plan: Plan, unit_name: str, dated: int, undated: int) -> str:
    """After it is saved."""
    return f"Đã kích hoạt {plan.file.title} cho {unit_name}. {counted(dated, undated)} Xem ở /han."


def really_end(plan: Plan, unit_name: str, row: PlanActivation) -> str:
    """Asks before ending."""
    return (
        f"Kết thúc {plan.file.title} của {unit_name} ({day(row.first_day)}–{day(row.last_day)})? "
        "Từ hôm nay không có hạn mới; những gì đã nộp vẫn giữ."
    )


def ended(plan: Plan, unit_name: str) -> str:
    """After it is ended."""
    return f"Đã kết thúc {plan.file.title} của {unit_name}."

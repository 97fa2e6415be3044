"""What /quydinh says."""

from collections.abc import Iterable
from datetime import date

from handlers.texts.wording import capital, day, weekday
from storage.compliance import Standing
from storage.periods import PeriodKind
from storage.plans import Obligation, Plan
from storage.plans.schema import Clause, Deadline, Ruling
from storage.terms import Level

PRINCIPLES = "Điều cần giữ"
READINGS = "Cách hiểu đang áp dụng"
DEADLINES = "Hạn"
OVERVIEW = "Quy định của tôi"
PROGRESS = "Tiến độ"
TO_CONFIRM = "cần Thành đoàn xác nhận"
NO_PRINCIPLES = "Kế hoạch không nêu điều nào thêm cho chức vụ của đồng chí."
NO_READINGS = "Không có chỗ nào phải chọn cách hiểu cho chức vụ của đồng chí."
_EVERY = {
    PeriodKind.WEEK: "Mỗi tuần",
    PeriodKind.MONTH: "Mỗi tháng",
    PeriodKind.QUARTER: "Mỗi quý",
    PeriodKind.HALF: "Mỗi sáu tháng",
    PeriodKind.YEAR: "Mỗi năm",
}


def heading(plan: Plan, standing: Standing, positions: Iterable[str]) -> str:
    """Whose obligations these are, and by which document."""
    held = "; ".join(positions) or "không có chức vụ"
    group = f"Nhóm {standing.group[1:]} ({standing.group.label})" if standing.group else "chưa xếp nhóm"
    level = f", số liệu theo {_level(standing.level)}" if standing.level else ""
    file = plan.file
    return f"{file.title}, {file.issuer}\nVăn bản: {file.document}\n\nĐồng chí: {held}\n{group}{level}"


def _level(level: Level) -> str:
    return level.label if level.label.startswith("cấp") else f"cấp {level.label}"


def outside() -> str:
    """For whoever the plan does not bind."""
    return (
        "Kế hoạch chỉ áp dụng cho cán bộ Đoàn thuộc khối cán bộ, công chức, viên chức (C-01, mục II), "
        "nên đồng chí không có chỉ tiêu nào. Nếu danh sách ghi nhầm, đồng chí báo bí thư giúp."
    )


def no_position(on: date) -> str:
    """For whoever holds no position now."""
    return f"Ngày {day(on)} đồng chí không giữ chức vụ nào trong danh sách, nên không có chỉ tiêu nào."


def not_in_force(plan: Plan, on: date) -> str:
    """Outside the plan's own time."""
    return f"Ngày {day(on)} {plan.file.title} chưa hoặc không còn hiệu lực, nên chưa có chỉ tiêu nào."


def asked(plan: Plan, obligations: Iterable[Obligation]) -> str:
    """What is asked, grouped by period, each with its clause."""
    by_period: dict[PeriodKind, list[str]] = {}
    nothing: list[str] = []
    for obligation in obligations:
        rule = plan.rule(obligation.requirement)
        if rule is None or obligation.clause is None:
            continue
        if obligation.owed:
            clause = plan.clause(obligation.clause)
            by_period.setdefault(rule.period, []).append(
                f"• {rule.title}: {_amount(obligation, rule.unit)} [{obligation.clause}, mục {clause.section}]"
            )
        else:
            nothing.append(obligation.requirement.label[:1].lower() + obligation.requirement.label[1:])
    blocks = ["\n".join((every.upper(), *by_period[period])) for period, every in _EVERY.items() if period in by_period]
    if nothing:
        blocks.append(f"Kế hoạch không nêu số cho chức vụ của đồng chí: {'; '.join(nothing)}.")
    return "\n\n".join(blocks)


def _amount(obligation: Obligation, unit: str) -> str:
    return "mọi lần" if obligation.minimum is None else f"ít nhất {obligation.minimum} {unit}"


def deadlines(found: Iterable[tuple[Deadline, str, date | None]]) -> str:
    """When things are due; ``None`` where the plan leaves it open."""
    lines = [f"• {deadline.title}: {_due(deadline, last)} [{clause}]" for deadline, clause, last in found]
    return "\n".join((DEADLINES.upper(), *lines)) if lines else ""


def _due(deadline: Deadline, last: date | None) -> str:
    if last is None:
        return "kế hoạch chưa ấn định ngày"
    if deadline.every is not PeriodKind.YEAR:
        return f"hết {weekday(last)}"
    return f"chậm nhất {day(last)}"


def principles(found: Iterable[tuple[str, Clause]]) -> str:
    """Clauses that are kept, not counted."""
    lines = [f"• {clause.text} [{clause_id}, mục {clause.section}]" for clause_id, clause in found]
    if not lines:
        return NO_PRINCIPLES
    return "\n".join((f"{PRINCIPLES.upper()} (không tính bằng số)", *lines))


def readings(found: Iterable[Ruling]) -> str:
    """The rulings, each with what it says and what it could have said."""
    blocks = [_reading(ruling) for ruling in found]
    return "\n\n".join((READINGS.upper(), *blocks)) if blocks else NO_READINGS


def _reading(ruling: Ruling) -> str:
    flag = f" ({TO_CONFIRM})" if ruling.to_confirm else ""
    others = "; ".join(text for name, text in ruling.readings.items() if name != ruling.chosen)
    clauses = ", ".join(ruling.clauses)
    return (
        f"• {ruling.question} [{ruling.id}, về {clauses}]\n"
        f"  Đang áp dụng{flag}: {ruling.readings[ruling.chosen]}.\n"
        f"  Cách khác: {capital(others)}."
    )

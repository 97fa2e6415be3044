"""A plan as plain text: who owes what by which clause, the targets, the deadlines and the readings chosen."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from storage.periods import PeriodKind
from storage.plans.plan import Plan
from storage.plans.schema import Clause, ClauseKind, ClauseState, Deadline, Holder, RequirementRule
from storage.terms import Group, Level

_COLUMNS: tuple[tuple[Group, Level], ...] = (
    (Group.G1, Level.CITY),
    (Group.G1, Level.DISTRICT),
    (Group.G1, Level.GRASSROOTS),
    (Group.G1, Level.GRASSROOTS_BRANCH),
    (Group.G2, Level.GRASSROOTS),
    (Group.G2, Level.GRASSROOTS_BRANCH),
    (Group.G2, Level.BRANCH),
)
_HEADINGS = {
    Level.CITY: "Thành phố",
    Level.DISTRICT: "Cấp huyện",
    Level.GRASSROOTS: "Đoàn cơ sở",
    Level.GRASSROOTS_BRANCH: "CĐ cơ sở",
    Level.BRANCH: "Chi đoàn",
}
_EVERY = {
    PeriodKind.WEEK: "tuần",
    PeriodKind.MONTH: "tháng",
    PeriodKind.QUARTER: "quý",
    PeriodKind.HALF: "6 tháng",
    PeriodKind.YEAR: "năm",
}


_HOLDERS = {
    Holder.SELF: "đơn vị kích hoạt",
    Holder.DIRECT: "đơn vị trực tiếp bên dưới",
    Holder.EVERY: "mọi đơn vị",
}
STATES = {
    ClauseState.COMPUTED: "tính",
    ClauseState.WORKFLOW: "quy trình",
    ClauseState.TEXT: "hiện chữ",
    ClauseState.PEOPLE: "để con người",
}


def clause_table(plans: Iterable[Plan]) -> str:
    """Every clause of ``plans``: plan, id, state, and where it lives in the product or why it does not."""
    rows = [("KẾ HOẠCH", "ĐIỀU", "CÁCH LÀM", "Ở ĐÂU / VÌ SAO")]
    rows += [
        (plan.id, name, STATES[clause.state], _where(clause))
        for plan in plans
        for name, clause in plan.file.clauses.items()
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = ["  ".join([*(c.ljust(w) for c, w in zip(row[:3], widths, strict=True)), row[3]]) for row in rows]
    counts = Counter(row[2] for row in rows[1:])
    total = ", ".join(f"{counts[word]} {word}" for word in STATES.values())
    return "\n".join([*lines, "", f"{len(rows) - 1} điều: {total}."])


def _where(clause: Clause) -> str:
    return f"{', '.join(clause.where) or clause.reason}  ({clause.text})"


def describe(plan: Plan, on: date) -> str:
    """The whole plan as it is on ``on``, in lines of text for a terminal."""
    file = plan.file
    first, last = file.in_force.first, file.in_force.last
    until = f"{last:%d/%m/%Y}" if last else "khi có văn bản mới"
    asked = obligation_table(plan, on) if file.requirements else []
    parts = {
        f"{plan.id}: {file.title}": [
            f"{file.issuer}. {file.document}",
            f"Hiệu lực {first:%d/%m/%Y} – {until}; rà soát lần cuối {file.reviewed:%d/%m/%Y}",
        ],
        f"AI PHẢI LÀM GÌ (ngày {on:%d/%m/%Y})": asked,
        "VIỆC CỦA CÁN BỘ": _clauses(plan, {ClauseKind.PERSON}),
        "CHỈ TIÊU CỦA ĐƠN VỊ": _clauses(plan, {ClauseKind.UNIT}),
        "VIỆC VÀ BÁO CÁO": _clauses(plan, {ClauseKind.TASK, ClauseKind.REPORT}),
        "KHÔNG TÍNH BẰNG SỐ": _clauses(plan, {ClauseKind.TEXT}),
        "HẠN": [_deadline(deadline) for deadline in file.deadlines],
        "CÁCH HIỂU ĐANG DÙNG": _rulings(plan),
    }
    return "\n\n".join("\n".join([heading, *lines]) for heading, lines in parts.items() if lines) + "\n"


def obligation_table(plan: Plan, on: date) -> list[str]:
    """Lines of the table of requirements by group and level; a cell shows the number and its clause."""
    heading = ["Nội dung", *(f"{group} {_HEADINGS[level]}" for group, level in _COLUMNS)]
    rows = [heading]
    for rule in plan.file.requirements:
        name = f"{rule.id.label} ({rule.unit}/{_EVERY[rule.period]})"
        rows.append([name, *(_cell(plan, rule, group, level, on) for group, level in _COLUMNS)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(heading))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return [lines[0].rstrip(), "  ".join("-" * width for width in widths), *(line.rstrip() for line in lines[1:])]


def _cell(plan: Plan, rule: RequirementRule, group: Group, level: Level, on: date) -> str:
    owed = plan.obligation(rule.id, group, level, on)
    if not owed.owed:
        return "–"
    amount = "tất cả" if owed.minimum is None else f"≥ {owed.minimum}"
    return f"{amount} [{owed.clause}]"


def _clauses(plan: Plan, kinds: Iterable[ClauseKind]) -> list[str]:
    wanted = set(kinds)
    return [f"{name}  {clause.text}" for name, clause in plan.file.clauses.items() if clause.kind in wanted]


def _deadline(deadline: Deadline) -> str:
    if not deadline.is_set:
        when = "chưa ấn định"
    elif deadline.month is None:
        when = f"hết mỗi {_EVERY[deadline.every]}"
    else:
        hour = f"{deadline.hour:%H:%M} " if deadline.hour else ""
        word = "chậm nhất" if deadline.inclusive else "trước"
        years = f"năm {', '.join(map(str, deadline.years))}" if deadline.years else "hằng năm"
        when = f"{word} {hour}{deadline.day}/{deadline.month} {years}"
    who = [*deadline.groups, *(kind.label for kind in deadline.unit_types)]
    who += [_HOLDERS[deadline.holder]] if deadline.holder else []
    return f"{deadline.clause}  {deadline.title}: {when} ({'; '.join(who)})"


def _rulings(plan: Plan) -> list[str]:
    return [
        f"{ruling.id}  {ruling.question} {ruling.readings[ruling.chosen]}"
        + (" (cần xác nhận)" if ruling.to_confirm else "")
        for ruling in plan.file.rulings
    ]

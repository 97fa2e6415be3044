"""One Vietnamese sentence on the cheapest way to close a gap, aware of what can be chosen and what is possible."""

from dataclasses import dataclass
from datetime import date

from storage.compliance.counting import Context, Measure, Reason, worth
from storage.compliance.results import Alternative, Result
from storage.compliance.tallying import candidates
from storage.terms import EntryKind, Requirement, UnitType

_BRANCHES = {UnitType.BRANCH, UnitType.GRASSROOTS_BRANCH}


@dataclass(frozen=True, slots=True)
class Advice:
    """What the sentence is made from: the result, the cadre, the day, why entries did not count."""

    result: Result
    context: Context
    on: date
    reasons: tuple[Reason, ...]


def advise(case: Advice) -> str:
    """The sentence for a result that still lacks something."""
    return _SENTENCES[case.result.requirement](case)


def branches_below(case: Advice) -> int:
    """How many branches the cadre could visit: a branch meets about once a month, so that many meetings."""
    tree, on = case.context.tree, case.on
    found: set[str] = set()
    for position in case.context.person.positions:
        if position.holds(on) and tree.find(position.unit, on):
            found.update(code for code in tree.subtree(position.unit, on) if _is_branch(case, code, position.unit))
    return len(found)


def _is_branch(case: Advice, code: str, own: str) -> bool:
    kind = case.context.tree.at(code, case.on).type
    return kind in _BRANCHES if code != own else kind is UnitType.GRASSROOTS_BRANCH


def _number(figure: float) -> str:
    return f"{figure:g}".replace(".", ",")


def _hours(case: Advice) -> str:
    result = case.result
    lack = _number(round((result.required or 0) - result.declared, 2))
    text = f"Còn thiếu {lack} giờ tình nguyện ngoài giờ hành chính"
    text += f" (đã có {_number(result.declared)}/{_number(result.required or 0)} giờ)."
    unclear = case.reasons.count(Reason.NO_DURATION)
    return f"Bổ sung số giờ cho {unclear} mục đã ghi. {text}" if unclear else text


def _attendance(case: Advice) -> str:
    combine = case.context.plan.combine
    ways = [(max(0, (way.required or 0) - way.declared), way) for way in case.result.alternatives]
    if case.reasons.count(Reason.UNKNOWN_ORGANISER) and combine == "either":
        return f"Bổ sung đơn vị tổ chức cho mục đã ghi. {_either(case, ways)}"
    if combine == "either":
        return _either(case, ways)
    if combine == "both":
        return f"Còn thiếu {' và '.join(_way(gap, way) for gap, way in ways if gap)}."
    gap = _number((case.result.required or 0) - case.result.declared)
    return f"Còn thiếu {gap} lần dự hoạt động tình nguyện hoặc sinh hoạt chi đoàn."


def _either(case: Advice, ways: list[tuple[int, Alternative]]) -> str:
    branches = branches_below(case)
    possible = [
        (gap, way)
        for gap, way in ways
        if way.activity is not EntryKind.BRANCH_MEETING or branches >= (way.required or 0)
    ]
    least = min(gap for gap, _ in possible)
    text = f"Còn thiếu {' hoặc '.join(_way(gap, way) for gap, way in possible if gap == least)}."
    if len(possible) < len(ways):
        text += f" Bên dưới chỉ có {branches} chi đoàn, khó đủ số buổi sinh hoạt trong tháng."
    return text


def _way(gap: int, way: Alternative) -> str:
    name = "buổi sinh hoạt chi đoàn" if way.activity is EntryKind.BRANCH_MEETING else "hoạt động tình nguyện"
    return f"{gap} {name} (đã có {way.declared}/{way.required})"


def _initiative(case: Advice) -> str:
    if Reason.NO_RECOGNITION_DAY in case.reasons:
        return "Bổ sung ngày công nhận cho sáng kiến đã ghi."
    if Reason.NOT_RECOGNISED in case.reasons:
        return "Sáng kiến đã ghi cần được thủ trưởng đơn vị hoặc Đoàn cấp trên công nhận."
    return "Còn thiếu 1 sáng kiến được thủ trưởng đơn vị hoặc Đoàn cấp trên công nhận."


def _culture(_: Advice) -> str:
    return "Chỉ cần tập một bài hát, một điệu múa tập thể hoặc một môn thể thao."


def _shirt(case: Advice) -> str:
    context = case.context
    person, calendar = context.person, context.calendar
    entries = candidates(Measure.SHIRTS, person, case.result.period, case.on)
    worn = {entry.day for entry in entries if worth(Measure.SHIRTS, entry, context).amount}
    due = [day for day in calendar.shirt_mondays(case.result.period) if not person.is_absent(day) and day not in worn]
    passed = [f"{day.day}/{day.month}" for day in due if day <= case.on]
    ahead = [f"{day.day}/{day.month}" for day in due if day > case.on]
    said = [f"Chưa ghi áo Thanh niên thứ Hai {', '.join(passed)}."] if passed else []
    return " ".join([*said, *([f"Sắp tới: thứ Hai {', '.join(ahead)}."] if ahead else [])])


def _form(case: Advice) -> str:
    return f"Chưa nộp {case.result.requirement.label.lower()} {case.result.period.label}."


_SENTENCES = {
    Requirement.VOLUNTEER_HOURS: _hours,
    Requirement.ATTENDANCE: _attendance,
    Requirement.INITIATIVE: _initiative,
    Requirement.CULTURE_SPORT: _culture,
    Requirement.YOUTH_SHIRT: _shirt,
    Requirement.REGISTRATION: _form,
    Requirement.SELF_REVIEW: _form,
}

"""What evaluation answers, and its JSON form (the contract of ``compliance --json``)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from storage.periods import Period
from storage.terms import EntryKind, Group, Level, Requirement, Status, Term


class Note(Term):
    """Why a result is what it is, where the figures alone do not tell."""

    MET_IF_COMBINED = "met_if_combined", "đủ số nếu tính gộp cả hai loại"
    PARTLY_COVERED = "partly_covered", "chức vụ chỉ trong một phần của kỳ"
    SHORT_YEAR = "short_year", "chức vụ chưa đủ sáu tháng trong năm"
    DAYS_OFF = "days_off", "mọi ngày làm việc trong kỳ đều nghỉ"
    NO_MONDAYS = "no_mondays", "trong tháng không có thứ Hai nào phải mặc áo"
    NO_ROLL_CALL = "no_roll_call", "chưa có danh sách triệu tập nên không xét"
    NO_NUMBER = "no_number", "kế hoạch không đặt số cho nhóm và cấp này"
    OUTSIDE_BLOC = "outside_bloc", "ngoài khối công chức, viên chức"
    NO_POSITION = "no_position", "không giữ chức vụ nào vào ngày này"
    PLAN_NOT_IN_FORCE = "plan_not_in_force", "kế hoạch không có hiệu lực vào ngày này"


class Alternative(NamedTuple):
    """One of the two ways to fulfil attendance, in times."""

    activity: EntryKind
    declared: int
    required: int | None


class Result(NamedTuple):
    """One requirement in one period. Figures are hours for volunteer hours and counts otherwise.

    A tuple rather than a dataclass: reports build eight of these for each of very many cadres.
    """

    requirement: Requirement
    clause: str | None
    period: Period
    status: Status
    required: float | None
    declared: float
    confirmed: float
    note: Note | None = None
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How one cadre stands with one plan at the end of the day ``on``.

    ``calendar_known`` is False when the holidays of that year are not in the calendar: figures that depend
    on working days then rest on weekends alone, and whoever shows them should say so.
    """

    cadre: str
    on: date
    plan: str
    group: Group | None
    level: Level | None
    results: tuple[Result, ...]
    calendar_known: bool = True

    def of(self, requirement: Requirement) -> Result:
        """The result of ``requirement``."""
        return next(result for result in self.results if result.requirement is requirement)


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """``evaluation`` as ``compliance --json`` prints it."""
    return {
        "cadre": evaluation.cadre,
        "on": evaluation.on.isoformat(),
        "plan": evaluation.plan,
        "group": evaluation.group and evaluation.group.value,
        "results": [_result_to_json(result) for result in evaluation.results],
    }


def _result_to_json(result: Result) -> dict[str, Any]:
    period = result.period
    found: dict[str, Any] = {
        "requirement": result.requirement.value,
        "clause": result.clause,
        "period": {
            "kind": period.kind.value,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
        },
        "status": result.status.value,
        "required": result.required,
        "declared": result.declared,
        "confirmed": result.confirmed,
        "note": result.note and result.note.value,
    }
    if result.requirement is Requirement.ATTENDANCE:
        found["alternatives"] = [
            {"activity": way.activity.value, "declared": way.declared, "required": way.required}
            for way in result.alternatives
        ]
    return found

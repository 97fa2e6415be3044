"""What a follower reads about units and people (/donvi, /danhsach, /canbo, /cangiup)."""

from collections.abc import Iterable, Sequence

from handlers.texts.progress import SHORT
from handlers.texts.wording import day, days, number
from storage.compliance import Result
from storage.compliance.records import AbsenceRecord
from storage.figures import PersonFigures, Score, UnitFigures
from storage.periods import Period
from storage.terms import Requirement, Status

CHOOSE = "Đồng chí theo dõi các đơn vị sau, chọn một đơn vị để xem:"
WHICH = "Có vài đơn vị giống tên này, đồng chí chọn giúp:"
NOT_FOUND = (
    "Tôi không thấy đơn vị này trong phạm vi đồng chí theo dõi. Đồng chí gõ mã hoặc tên, ví dụ: /donvi Sở Nội vụ"
)
CADRE_NOT_FOUND = (
    "Tôi không thấy cán bộ này trong phạm vi đồng chí theo dõi. Đồng chí gõ mã hoặc tên, ví dụ: /canbo Thanh Bình"
)
WHICH_CADRE = "Có vài người giống tên này, đồng chí chọn giúp:"
BELOW = "Cấp dưới trực tiếp: chọn bên dưới để xem từng đơn vị."
PEOPLE, HELP, REVIEW, REPORT, UP = "Danh sách cán bộ", "Ai cần giúp?", "Duyệt mục chờ", "Báo cáo", "Lên cấp trên"
ENTRIES, ABSENCE, INVITE, MORE = "Mục đã ghi", "Ghi nghỉ, miễn", "Mã mời", "Xem tiếp"
NOBODY_IN_NEED = "Trong kỳ này chưa thấy ai cần giúp. 👍"
PRIVATE = "Danh sách chỉ để đồng chí hỏi han, hỗ trợ; xin không chuyển tiếp."
NO_PEOPLE = "Đơn vị này chưa có cán bộ nào trong danh sách."
MARKS = {Status.MET: "✅", Status.IN_PROGRESS: "⏳", Status.NOT_MET: "⚠️", Status.EXCUSED: "🏖"}
_LISTED = (Requirement.VOLUNTEER_HOURS, Requirement.ATTENDANCE)


def people_heading(name: str, first: int, last: int, total: int) -> str:
    """Above a page of a unit's people."""
    return f"👥 {name}: cán bộ {first}–{last} trong {total}"


def person_line(person: PersonFigures) -> str:
    """One of a unit's people: this week's hours, this month's attendance."""
    scores = (person.scores[requirement] for requirement in _LISTED if requirement in person.scores)
    shown = [_figures(score) for score in scores if score.status is not Status.NOT_APPLICABLE]
    waiting = f"; chờ duyệt {person.waiting}" if person.waiting else ""
    return f"• {person.name} – {person.title.label}, {person.unit_name}: {', '.join(shown) or 'không áp dụng'}{waiting}"


def _figures(score: Score) -> str:
    result = score.results[-1]
    required = f"/{number(result.required)}" if result.required is not None else ""
    unit = "giờ" if score.requirement is Requirement.VOLUNTEER_HOURS else "lần"
    return f"{MARKS.get(score.status, '')} {number(result.declared)}{required} {unit}"


def need_heading(figures: UnitFigures) -> str:
    """Above the people who may need help."""
    title = f"🤝 {figures.total.name}, {figures.period.label}"
    return f"{title}\nTính đến {day(figures.as_of)}: {len(figures.in_need)} người có thể cần giúp"


def need_line(person: PersonFigures, period: Period) -> str:
    """Somebody who may need help, and with what; ``period`` is the one that the heading names."""
    needs = (need(score.open_results, period) for score in person.needs)
    return f"• {person.name} ({person.unit_name}): {'; '.join(needs)}"


def need(results: Sequence[Result], period: Period) -> str:
    """What is missing of one requirement, in the latest of its periods, and in how many more."""
    last = results[-1]
    name = SHORT[last.requirement]
    when = [last.period.label] if last.period != period else []
    more = [f"và {len(results) - 1} kỳ khác"] if len(results) > 1 else []
    words = [name[:1].lower() + name[1:], f"{number(last.declared)}/{number(last.required or 0)}", *when, *more]
    return " ".join(words)


def absences(records: Iterable[AbsenceRecord]) -> str:
    """Leave and exemptions, a line each."""
    lines = [f"• {days(r.start, r.end)}: {r.reason or 'nghỉ'}{_paper(r.decision_no)}" for r in records]
    return "\n".join(["Nghỉ, miễn:", *lines]) if lines else ""


def _paper(decision_no: str | None) -> str:
    return f" (số {decision_no})" if decision_no else ""


def waiting(count: int) -> str:
    """Entries that wait for review."""
    return f"Chờ xác nhận: {count} mục."


def and_more(count: int) -> str:
    """Lines that are left off."""
    return f"… và {count} người nữa."

"""What /tiendo and /visao say."""

from collections.abc import Iterable, Mapping
from datetime import date

from handlers.texts.wording import capital, day, number
from storage.compliance import Note, Result
from storage.compliance.records import EntryRecord
from storage.periods import Period, PeriodKind
from storage.plans import Plan
from storage.plans.schema import Clause
from storage.terms import EntryKind, EntryState, Requirement, Status

MARKS = {
    Status.MET: "✅",
    Status.IN_PROGRESS: "⏳",
    Status.NOT_MET: "⚠️",
    Status.EXCUSED: "🏖",
    Status.NOT_APPLICABLE: "➖",
}
SHORT = {
    Requirement.VOLUNTEER_HOURS: "Giờ tình nguyện",
    Requirement.ATTENDANCE: "Hoạt động, sinh hoạt",
    Requirement.INITIATIVE: "Sáng kiến",
    Requirement.CULTURE_SPORT: "Văn nghệ, thể thao",
    Requirement.YOUTH_SHIRT: "Áo Thanh niên",
    Requirement.SUMMONED_MEETINGS: "Họp triệu tập",
    Requirement.REGISTRATION: "Bản đăng ký",
    Requirement.SELF_REVIEW: "Bản tự kiểm điểm",
}
NOTES = {
    Note.MET_IF_COMBINED: "tính gộp cả hai loại thì đủ, nhưng cách hiểu đang áp dụng cần đủ ở một loại",
    Note.PARTLY_COVERED: "đồng chí không giữ chức vụ này suốt kỳ",
    Note.SHORT_YEAR: "giữ chức vụ này chưa đủ sáu tháng trong năm",
    Note.DAYS_OFF: "cả kỳ là ngày nghỉ",
    Note.NO_MONDAYS: "tháng này không có thứ Hai nào phải mặc",
    Note.NO_ROLL_CALL: "chưa có danh sách triệu tập để đối chiếu",
    Note.NO_NUMBER: "kế hoạch không nêu số cho chức vụ của đồng chí",
    Note.OUTSIDE_BLOC: "kế hoạch chỉ áp dụng cho khối cán bộ, công chức, viên chức",
    Note.NO_POSITION: "đồng chí không giữ chức vụ nào vào ngày này",
    Note.PLAN_NOT_IN_FORCE: "kế hoạch chưa hoặc không còn hiệu lực vào ngày này",
}
# On the line of a list the rest is told by "Vì sao?".
BRIEF = {
    **NOTES,
    Note.MET_IF_COMBINED: "gộp hai loại thì đủ",
    Note.NO_ROLL_CALL: "chưa có danh sách để đối chiếu",
    Note.NO_NUMBER: "",
}
FORMS = {Requirement.REGISTRATION, Requirement.SELF_REVIEW}
FORM_MISSING = "chưa nộp"
HAND_IN = {Requirement.REGISTRATION: ("Đăng ký năm", "/dangky"), Requirement.SELF_REVIEW: ("Tự kiểm điểm", "/kiemdiem")}
PERIOD_EXAMPLE = (
    "Tôi xem được tiến độ theo tuần, tháng hoặc năm, từ nay về trước, ví dụ: /tiendo tuần trước hoặc /tiendo 2026-10"
)
WHAT_TO_EXPLAIN = "Đồng chí muốn hỏi về nội dung nào?"
CLOSED = "Kỳ này đã qua. Việc đã làm mà chưa ghi thì vẫn ghi bổ sung được."
AHEAD = "Sắp tới"
NO_MARK = "ℹ️"
LOG = "Ghi hoạt động"
LOG_NOW = "Ghi ngay"
LOG_WAYS = {
    EntryKind.VOLUNTEER_ACTIVITY: "Ghi hoạt động tình nguyện",
    EntryKind.BRANCH_MEETING: "Ghi sinh hoạt chi đoàn",
}
HISTORY = "Lịch sử"
PROGRESS = "Tiến độ"
LONGEST_LABEL = 30
_WAYS = {EntryKind.VOLUNTEER_ACTIVITY: "hoạt động", EntryKind.BRANCH_MEETING: "buổi sinh hoạt"}
_BEFORE = {PeriodKind.WEEK: "Tuần trước", PeriodKind.MONTH: "Tháng trước", PeriodKind.YEAR: "Năm trước"}
_STATES = {EntryState.DECLARED: "chờ xác nhận", EntryState.CONFIRMED: "đã xác nhận", EntryState.RETURNED: "bị trả lại"}


def heading(name: str, on: date) -> str:
    """First line of the text."""
    return f"Tiến độ của đồng chí {name}, tính đến hết {day(on)}"


def picture_title(name: str) -> str:
    """Title of the picture."""
    return f"Tiến độ: {name}"


def picture_subtitle(on: date) -> str:
    """Second line of the picture."""
    return f"Tính đến hết ngày {day(on)}"


def picture_alt(on: date) -> str:
    """What the picture shows, for whoever cannot see it."""
    return f"Biểu đồ tiến độ đến hết {day(on)}, cùng số liệu với tin này."


def nothing_owed(note: Note | None) -> str:
    """Instead of figures, where the plan asks nothing of this person."""
    return f"Đồng chí không có chỉ tiêu nào: {NOTES[note or Note.NO_NUMBER]}. Việc đã ghi vẫn được giữ: /lichsu"


def no_calendar(year: int) -> str:
    """Where the days off of a year are not known."""
    return f"(Chưa có lịch nghỉ lễ năm {year}: chỉ trừ thứ Bảy, Chủ nhật.)"


def line(plan: Plan, result: Result) -> str:
    """One requirement: mark, name, figures, and a note where the figures alone do not tell."""
    return f"{mark(result)} {SHORT[result.requirement]}: {standing(plan, result, BRIEF)}"


def mark(result: Result) -> str:
    """The sign of how a result stands; none of them where it cannot be judged."""
    return NO_MARK if result.note is Note.NO_ROLL_CALL else MARKS[result.status]


def standing(plan: Plan, result: Result, notes: Mapping[Note, str] = NOTES) -> str:
    """The figures and the note of a result, in the words of ``notes``: "1,5/2 giờ (đã xác nhận 0)"."""
    note = notes[result.note] if result.note else ""
    if result.status is Status.NOT_APPLICABLE:
        return f"{Status.NOT_APPLICABLE.label} ({note})" if note else Status.NOT_APPLICABLE.label
    if result.requirement in FORMS and result.status in {Status.IN_PROGRESS, Status.NOT_MET}:
        return FORM_MISSING
    words = figures(plan, result)
    if result.declared != result.confirmed:
        words += f" (đã xác nhận {number(result.confirmed)})"
    if result.status is Status.EXCUSED and result.note is not Note.NO_ROLL_CALL:
        words = f"{Status.EXCUSED.label}; đã ghi {words}" if result.declared else Status.EXCUSED.label
    return f"{words}; {note}" if note else words


def figures(plan: Plan, result: Result) -> str:
    """What was done of what is asked: "1,5/2 giờ", "1/3 hoạt động hoặc 2/3 buổi sinh hoạt"."""
    if result.alternatives and plan.combine != "mixed" and result.required is not None:
        joint = " hoặc " if plan.combine == "either" else " và "
        return joint.join(f"{way.declared}/{way.required} {_WAYS[way.activity]}" for way in result.alternatives)
    unit = unit_of(plan, result.requirement)
    if result.required is None:
        return f"đã ghi {number(result.declared)} {unit}"
    return f"{number(result.declared)}/{number(result.required)} {unit}"


def unit_of(plan: Plan, requirement: Requirement) -> str:
    """What the figures of ``requirement`` count: "giờ", "ngày thứ Hai"."""
    rule = plan.rule(requirement)
    return rule.unit if rule else ""


def picture_words(plan: Plan, result: Result) -> str:
    """The short words at the right of a bar."""
    status = _PICTURE_STATUS.get(result.status, result.status.label)
    if result.requirement in FORMS and result.status in {Status.IN_PROGRESS, Status.NOT_MET}:
        return FORM_MISSING
    if result.note is Note.NO_ROLL_CALL:
        return figures(plan, result)
    if result.required is None or result.status is Status.EXCUSED:
        return status
    unit = " giờ" if result.requirement is Requirement.VOLUNTEER_HOURS else ""
    return f"{number(result.declared)}/{number(result.required)}{unit} · {status}"


_PICTURE_STATUS = {Status.MET: "✓ đạt", Status.IN_PROGRESS: "còn hạn"}


def way_label(activity: EntryKind, place: int, combine: str) -> str:
    """The label of one of the two bars of attendance."""
    joint = "hoặc" if combine == "either" else "và"
    return f"{joint} {activity.label[:1].lower()}{activity.label[1:]}" if place else activity.label


def way_words(declared: int, required: int, status: Status | None) -> str:
    """The words of one of these bars; ``status`` only on the one that is nearer to the goal."""
    done = f"{declared}/{required}"
    if status is None:
        return done
    return f"{done} · {_PICTURE_STATUS.get(status, status.label)}"


def section(period: Period) -> str:
    """Heading of a period."""
    return capital(period.label)


def why_label(requirement: Requirement) -> str:
    """The button that asks for the grounds of a result."""
    short = SHORT[requirement]
    return f"Vì sao: {short[:1].lower()}{short[1:]}"


def before_label(kind: PeriodKind) -> str:
    """The button that shows the period before."""
    return _BEFORE[kind]


def why_heading(plan: Plan, result: Result) -> str:
    """What is explained, and how it stands."""
    status = "" if result.note is Note.NO_ROLL_CALL else f" – {result.status.label}"
    return f"{result.requirement.label}, {result.period.label}{status}\n{mark(result)} {standing(plan, result)}"


def source(plan: Plan, clause_id: str, clause: Clause) -> str:
    """The clause in our own words, with where it stands."""
    return f"Quy định {clause_id} (mục {clause.section}, {plan.file.title}): {clause.text}"


def reading(question: str, chosen: str) -> str:
    """A ruling that concerns the result."""
    return f"Cách hiểu đang áp dụng – {question} {chosen}."


def used(entries: Iterable[tuple[EntryRecord, float, str]], unit: str, more: int) -> str:
    """The entries that count, a line each."""
    lines = [
        f"• {_entry(entry)}: {number(amount)} {unit}, {_STATES[entry.state]}{f', {remark}' if remark else ''}"
        for entry, amount, remark in entries
    ]
    return "\n".join(("Được tính:", *lines, *_more(more))) if lines else "Được tính: chưa có mục nào."


def unused(entries: Iterable[tuple[EntryRecord, str]], more: int) -> str:
    """The entries that do not count, and why, a line each; "" when there are none."""
    lines = [f"• {_entry(entry)}: {reason}" for entry, reason in entries]
    return "\n".join(("Chưa tính:", *lines, *_more(more))) if lines else ""


def cheapest(sentence: str) -> str:
    """The least that would do."""
    if sentence.startswith(AHEAD):
        return sentence
    return f"Cách gọn nhất: {sentence[:1].lower()}{sentence[1:]}" if sentence else ""


def mend_label(entry: EntryRecord) -> str:
    """The button that opens an entry which does not count yet."""
    return _cut(f"Sửa {entry.day.day}/{entry.day.month} {entry.title or entry.kind.label}", LONGEST_LABEL)


def _entry(entry: EntryRecord) -> str:
    return f"{entry.day.day}/{entry.day.month} {_cut(entry.title, 60) or entry.kind.label}"


def _more(count: int) -> tuple[str, ...]:
    return (f"… và {count} mục nữa: /lichsu",) if count else ()


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"

"""What /han says: deadlines of one's own and of one's units, what was handed in, and what waits."""

from collections.abc import Iterable
from datetime import date, datetime

from handlers.texts import wording
from storage.deadlines import Task
from storage.models import DeadlineEvent, DeadlineState, DeadlineSubmission
from storage.people import UnitRow
from storage.plan_work import Occurrence

TITLE = "nộp theo hạn"
RETURN_TITLE = "trả lại"
NOTHING = "Đồng chí không có hạn nào trong những tháng tới."
HEADING = "Hạn của đồng chí và đơn vị:"
GONE = "Không thấy hạn này trong các đơn vị của đồng chí, hoặc nó đã xong. Đây là danh sách hiện nay."
ACCEPTED_ALREADY = "Việc này đã được cấp trên nhận, không cần nộp lại."
ASK_WHAT = (
    "Đồng chí gửi ảnh chụp, hoặc gõ vài chữ: số văn bản, đường dẫn, kết quả chính. "
    "Ví dụ: Báo cáo số 45-BC/ĐTN ngày 28/10. Không kèm gì thì bấm nút bên dưới."
)
WORDS_EXAMPLE = "Nội dung dài nhất 1.000 chữ. Ví dụ: Báo cáo số 45-BC/ĐTN ngày 28/10"
CARD_EXAMPLE = "Đồng chí bấm Nộp để gửi, Sửa để viết lại, ví dụ: Nộp"
NOTHING_ATTACHED = "Không kèm gì"
SEND, CHANGE, SEE_ALL, HAND_IN_AGAIN = "Nộp", "Sửa", "Các hạn", "Nộp lại"
WAITING_HEADING = "Chờ đồng chí nhận:"
NOTHING_WAITS = "Không có gì chờ đồng chí nhận."
WAITING_GONE = "Mục này không còn chờ, hoặc không thuộc đơn vị đồng chí theo dõi."
ACCEPT, RETURN = "Nhận", "Trả lại"
ASK_REASON = "Vì sao trả lại? Gõ một câu để đơn vị biết sửa gì, ví dụ: Thiếu biểu số liệu"
REASON_EXAMPLE = "Lý do từ 3 đến 300 chữ, ví dụ: Thiếu biểu số liệu"
MORE = "Xem tiếp"
NO_DAY = "chưa ấn định ngày"
CALENDAR = "Lịch trên điện thoại"
FORMS = {"registration": ("Viết bản đăng ký", "/dangky"), "self_review": ("Viết tự kiểm điểm", "/kiemdiem")}
# Deadlines that another form works off.
ROUND = ("Đợt góp ý", "/gopy")
REMEDIAL = ("Khắc phục hạn chế", "/khacphuc")
WORKED_BY = {
    "branch_do_and_dont": ("Ghi buổi sinh hoạt", "/nenlam"),
    **dict.fromkeys(
        (
            *("monthly_evaluation", "next_month_list", "progress_quarter", "progress_half", "progress_year"),
            *("result_report", "december_summary"),
        ),
        REMEDIAL,
    ),
    **dict.fromkeys(("criticism_round", "collect_opinions", "review_meeting", "report_back"), ROUND),
}


def waiting_button(count: int) -> str:
    """Opens what waits."""
    return f"Chờ tôi nhận ({count})"


def when(occurrence: Occurrence, today: date) -> str:
    """The last day, with the hour where there is one, and how far away it is."""
    if not occurrence.deadline.is_set:
        return NO_DAY
    left = (occurrence.last_day - today).days
    hour = occurrence.deadline.hour
    word = "chậm nhất" if occurrence.deadline.inclusive else "trước"
    at = f"{word} {hour:%H:%M} " if hour else "hạn hết "
    far = f"còn {left} ngày" if left > 0 else "hôm nay" if left == 0 else f"quá {-left} ngày"
    return f"{at}{wording.day(occurrence.last_day)} ({far})"


def state(task: Task) -> str:
    """How the unit stands; late is said."""
    late = ", muộn" if task.submission is not None and task.submission.is_late else ""
    return f"{task.state.label}{late}"


def line(task: Task, today: date) -> str:
    """One task in the list."""
    mark = {DeadlineState.ACCEPTED: "✓", DeadlineState.SUBMITTED: "…", DeadlineState.RETURNED: "↩"}.get(task.state, "•")
    return f"{mark} {task.title} – {task.unit.name}: {when(task.occurrence, today)}, {state(task)}"


def task_button(task: Task) -> str:
    """Opens one task; the day tells apart what comes round again."""
    day = f"{task.last_day.day}/{task.last_day.month}" if task.occurrence.deadline.is_set else str(task.last_day.year)
    return f"{day} · {task.title}"


def form_line(occurrence: Occurrence, today: date, done: str) -> str:
    """A deadline of the cadre's own."""
    return f"• {occurrence.deadline.title} (của đồng chí): {when(occurrence, today)}{done}"


def round_line(title: str, unit: str, step: str, last: date, today: date) -> str:
    """A step of a criticism round, by the day that its owner set."""
    left = (last - today).days
    ahead = f"còn {left} ngày" if left else "hôm nay là ngày cuối"
    return f"• {title} – {unit}, {step}: hạn đồng chí đặt {wording.day(last)}, {ahead}"


def further(count: int) -> str:
    """What the list leaves off."""
    return f"… và {count} hạn xa hơn."


def card(task: Task, today: date, trace: Iterable[tuple[DeadlineEvent, str, datetime]]) -> str:
    """A task with its source and what happened to it."""
    deadline = task.occurrence.deadline
    plan = task.occurrence.run.plan
    departments = {one.id: one.title for one in plan.file.departments}
    lines = [
        task.title,
        f"Đơn vị: {task.unit.name}",
        f"Kỳ: {task.occurrence.period.label}",
        wording.capital(when(task.occurrence, today)),
        f"Tình trạng: {state(task)}",
        f"Theo: {plan.file.title} [{deadline.clause}, {deadline.source}]",
    ]
    if deadline.departments:
        lines.append(f"Bộ phận làm: {', '.join(departments[name] for name in deadline.departments)}")
    if deadline.receiver:
        lines.append(f"Nơi nhận: {deadline.receiver}")
    return "\n".join([*lines, *(event(*one) for one in trace)])


def event(happened: DeadlineEvent, name: str, local: datetime) -> str:
    """One line of the trace."""
    what = {DeadlineState.SUBMITTED: "nộp", DeadlineState.ACCEPTED: "nhận", DeadlineState.RETURNED: "trả lại"}
    words = f": {happened.words}" if happened.words else ""
    return f"– {wording.moment(local)} {name} {what.get(happened.state, '')}{words}"


def hand_in_card(task: Task, today: date, words: str, *, photo: bool) -> str:
    """What is about to be handed in."""
    attached = "kèm một ảnh" if photo else "không kèm ảnh"
    late = "\n⚠️ Đã quá hạn, sẽ ghi là nộp muộn." if task.last_day < today and task.submission is None else ""
    return f"Nộp: {task.title} – {task.unit.name}\nNội dung: {words or 'không ghi'} ({attached}){late}\n\nĐúng chưa ạ?"


def handed_in(task: Task, submission: DeadlineSubmission, local: datetime, *, told: bool) -> str:
    """After it is handed in."""
    in_time = "Nộp muộn" if submission.is_late else "Đúng hạn"
    waits = "Cấp trên đã được báo." if told else "Cấp trên sẽ thấy trong danh sách chờ nhận."
    return f"Đã ghi: {task.title} – {task.unit.name}, {wording.moment(local)}. {in_time}. {waits}"


def submission_line(title: str, unit: UnitRow, submission: DeadlineSubmission, local: datetime) -> str:
    """What waits for a superior."""
    late = ", muộn" if submission.is_late else ""
    return f"• {title} – {unit.name}, nộp {wording.moment(local)}{late}"


def submission_card(title: str, unit: UnitRow, submission: DeadlineSubmission, local: datetime, name: str) -> str:
    """What waits, in full."""
    photo = "\nCó kèm ảnh." if submission.photo else ""
    late = " (nộp muộn)" if submission.is_late else ""
    return (
        f"{title}\nĐơn vị: {unit.name}\nNgười nộp: {name}, {wording.moment(local)}{late}\n"
        f"Nội dung: {submission.words or 'không ghi'}{photo}"
    )


def reviewed(title: str, unit: UnitRow, *, reason: str) -> str:
    """After a superior decided."""
    return f"Đã trả lại: {title} – {unit.name}." if reason else f"Đã nhận: {title} – {unit.name}."


def notice_submitted(title: str, unit: UnitRow) -> str:
    """Tells who waits."""
    return f"📥 {unit.name} vừa nộp: {title}."


def notice_reviewed(title: str, unit: UnitRow, reviewer: str, *, reason: str) -> str:
    """Tells who handed in."""
    if reason:
        return f"↩ {title} – {unit.name} được {reviewer} trả lại: {reason}"
    return f"✓ {title} – {unit.name} đã được {reviewer} nhận."


def reminder_head(name: str) -> str:
    """Above what is due soon."""
    return f"🔔 Đồng chí {name} có hạn sắp đến:"


def overdue_head(name: str) -> str:
    """Above what units below still owe."""
    return f"⏳ Đồng chí {name}, các việc sau đã quá hạn mà chưa nhận được:"


def overdue_line(title: str, names: list[str], last_day: date) -> str:
    """One deadline with the units that owe it."""
    shown = ", ".join(names[:5]) + (f" và {len(names) - 5} đơn vị khác" if len(names) > 5 else "")
    return f"• {title} (hạn {wording.day(last_day)}): {shown}"


def missed_line(title: str, names: list[str], last_day: date) -> str:
    """One form with the people below who have not handed it in."""
    shown = ", ".join(names[:5]) + ("…" if len(names) > 5 else "")
    return f"• {title} (hạn {wording.day(last_day)}): còn {len(names)} đồng chí chưa nộp ({shown})"

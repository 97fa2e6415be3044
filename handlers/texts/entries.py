"""What the bot says while something is logged or changed."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers.reading import Problem
from handlers.texts import wording
from storage.compliance.counting import Measure, Reason
from storage.entries import NewEntry
from storage.periods import Period, PeriodKind
from storage.terms import EntryKind, EntryState

LOG_TITLE = "ghi hoạt động"
EDIT_TITLE = "sửa mục đã ghi"
MENU_LABEL = "Ghi hoạt động"
MENU_HELP = "ghi giờ tình nguyện, buổi sinh hoạt, sáng kiến và các việc khác"
LONGEST_LABEL = 30
LONGEST_TITLE = 200
MOST_PHOTOS = 10

ASK_KIND = "Đồng chí muốn ghi việc gì? Chọn, hoặc gõ tên việc."
BAD_KIND = "Tôi chưa rõ đồng chí muốn ghi việc nào. Đồng chí chọn một loại, ví dụ: Sinh hoạt chi đoàn"
BAD_CHOICE = "Tôi chưa hiểu. Đồng chí chọn một mục giúp, hoặc gõ đúng tên mục, ví dụ: {example}"

FIELDS = {
    "form": "Thể loại",
    "day": "Ngày",
    "organiser": "Đơn vị tổ chức",
    "time": "Thời gian",
    "title": "Nội dung",
    "stage": "Tình trạng",
    "applied": "Áp dụng",
    "by": "Cấp công nhận",
    "recognised_on": "Ngày công nhận",
    "decision": "Số quyết định",
    "on_time": "Giờ đến",
    "responsibility": "Ba trách nhiệm",
}
ASK_RESPONSIBILITY = "Việc này gắn với trách nhiệm nào? Không bắt buộc, không đổi cách tính."
NO_RESPONSIBILITY = "Không gắn"
CONVENER = "Đơn vị triệu tập"

ASK_DAY = {
    EntryKind.VOLUNTEER_HOURS: "Đồng chí làm việc này hôm nào?",
    EntryKind.VOLUNTEER_ACTIVITY: "Hoạt động diễn ra hôm nào?",
    EntryKind.BRANCH_MEETING: "Buổi sinh hoạt diễn ra hôm nào?",
    EntryKind.CULTURE_SPORT: "Đồng chí tập hôm nào?",
    EntryKind.YOUTH_SHIRT: "Đồng chí mặc áo Thanh niên thứ Hai nào?",
    EntryKind.SUMMONED_MEETING: "Cuộc họp diễn ra hôm nào?",
}
ASK_RECOGNISED_ON = "Sáng kiến được công nhận ngày nào?"
DAY_HINT = "Chọn, hoặc gõ ngày, ví dụ: {example}"
TODAY = "Hôm nay"
YESTERDAY = "Hôm qua"

ASK_TIME = "Đồng chí làm trong bao lâu? Chọn, hoặc gõ, ví dụ: 2 tiếng rưỡi hoặc 19h-21h"
ASK_TIME_OR_NOT = "Hoạt động kéo dài bao lâu (để tính giờ tình nguyện)? Chọn, hoặc gõ, ví dụ: 2h30 hoặc 7h-9h"
NO_TIME = "Không ghi giờ"
TIME_UNKNOWN = "không ghi"
TIME_NEEDED = "Giờ tình nguyện cần có số giờ, ví dụ: 2 giờ hoặc 19h-21h"

ASK_ORGANISER = {
    EntryKind.VOLUNTEER_HOURS: "Đơn vị nào tổ chức?",
    EntryKind.VOLUNTEER_ACTIVITY: "Đơn vị nào tổ chức?",
    EntryKind.BRANCH_MEETING: "Chi đoàn nào sinh hoạt?",
    EntryKind.SUMMONED_MEETING: "Đơn vị nào triệu tập?",
}
BELOW_COUNTS = "Chỉ việc do đơn vị cấp dưới tổ chức mới tính cho số lần trong tháng."
OWN_COUNTS = "Việc của chính chi đoàn cơ sở được tính cho số lần trong tháng."
ORGANISER_HINT = "Chọn, hoặc gõ tên đơn vị, ví dụ: {example}"
UNKNOWN_ORGANISER = "Bỏ qua"
ORGANISER_OPEN = "chưa rõ"
WHICH_UNIT = "Đồng chí chọn đơn vị, hoặc gõ tên rõ hơn:"

ASK_TITLE = {
    EntryKind.VOLUNTEER_HOURS: "Đồng chí đã làm gì? Gõ ngắn gọn, ví dụ: Dọn vệ sinh tuyến kênh",
    EntryKind.VOLUNTEER_ACTIVITY: "Tên hoạt động là gì? Ví dụ: Ra quân Ngày Chủ nhật xanh",
    EntryKind.BRANCH_MEETING: "Nội dung buổi sinh hoạt? Chọn, hoặc gõ, ví dụ: Sinh hoạt chuyên đề chuyển đổi số",
    EntryKind.INITIATIVE: "Tên sáng kiến là gì? Ví dụ: Số hóa hồ sơ đoàn viên",
    EntryKind.CULTURE_SPORT: "Tên bài hát, điệu múa hoặc môn thể thao? Ví dụ: Thanh niên làm theo lời Bác",
    EntryKind.SUMMONED_MEETING: "Họp về việc gì? Ví dụ: Sơ kết công tác quý IV",
}
USUAL_TITLES = {EntryKind.BRANCH_MEETING: ("Sinh hoạt định kỳ", "Sinh hoạt chuyên đề")}
NO_TITLE = "không ghi"
TITLE_EXAMPLES = {
    EntryKind.VOLUNTEER_HOURS: "Dạy kèm học sinh",
    EntryKind.VOLUNTEER_ACTIVITY: "Hiến máu tình nguyện",
    EntryKind.BRANCH_MEETING: "Sinh hoạt tháng 11",
    EntryKind.INITIATIVE: "Số hóa hồ sơ đoàn viên",
    EntryKind.CULTURE_SPORT: "Bóng chuyền",
    EntryKind.SUMMONED_MEETING: "Sơ kết công tác quý IV",
}

ASK_FORM = "Đồng chí tập loại nào?"
ASK_STAGE = "Sáng kiến đang ở bước nào? (Chỉ sáng kiến được công nhận mới tính cho năm.)"
ASK_APPLIED = "Sáng kiến đã được áp dụng vào thực tế chưa?"
ASK_BY = "Ai công nhận sáng kiến?"
ASK_DECISION = "Số quyết định hoặc văn bản công nhận? Ví dụ: 12/QĐ-SNV"
NO_DECISION = "Bỏ qua"
BAD_DECISION = "Số quyết định dài quá, tôi giữ được nhiều nhất 100 chữ, ví dụ: 12/QĐ-SNV"
ASK_ON_TIME = "Đồng chí có đến đúng giờ không?"
YES_APPLIED, NOT_APPLIED = "Đã áp dụng", "Chưa áp dụng"
ON_TIME, LATE = "Đúng giờ", "Đến muộn"

SAVE, EDIT, ADD_PHOTO, LOOK_AGAIN = "Lưu", "Sửa", "Thêm ảnh", "Xem lại"
ASK_FIELD = "Đồng chí muốn sửa chỗ nào?"
BAD_CARD = "Đồng chí chọn Lưu để ghi, Sửa để đổi lại, hoặc gõ: lưu"
SEND_PHOTO = "Đồng chí gửi ảnh vào đây. Ảnh được giữ cùng mục này khi chọn Lưu."
ALL_RIGHT = "Đúng, cứ ghi"
BAD_DOUBT = "Đồng chí chọn một mục giúp, hoặc gõ: đúng"
CHECK_CARD = "Đồng chí xem lại rồi chọn Lưu:"
CHECK_DOUBTS = "Tôi hỏi lại cho chắc:"
LOG_MORE, PROGRESS, EDIT_OR_DELETE = "Ghi tiếp", "Tiến độ", "Sửa / Xóa mục này"
NOT_OWED = "Kế hoạch không đặt chỉ tiêu này cho chức vụ của đồng chí; mục vẫn được lưu."
SAME_AS_BEFORE = "Mục này không có gì thay đổi."
DECLARED_ANEW = "Mục này đã được xác nhận; sửa rồi thì cần xác nhận lại."
SENT_ANEW = "Mục này được gửi duyệt lại."

TOO_LONG_DAY = "Một ngày chỉ có 24 giờ. Nếu là phút thì ghi p, ví dụ: 90p"
TIME_PROBLEMS = {
    Problem.ZERO: "Số giờ phải lớn hơn 0, ví dụ: 1 giờ hoặc 45p",
    Problem.TOO_LONG: TOO_LONG_DAY,
    Problem.BACKWARDS: (
        "Giờ kết thúc phải sau giờ bắt đầu, ví dụ: 19h-21h. "
        "Nếu làm qua nửa đêm, ghi đến 24h, phần còn lại ghi cho hôm sau."
    ),
}
BAD_TIME = "Tôi chưa đọc được thời gian này. Đồng chí gõ số giờ hoặc giờ đầu–giờ cuối, ví dụ: 1,5 hoặc 19h-21h"

MEASURES = {
    Measure.HOURS: "giờ tình nguyện",
    Measure.ACTIVITIES: "hoạt động tình nguyện",
    Measure.MEETINGS: "buổi sinh hoạt",
    Measure.INITIATIVES: "sáng kiến được công nhận",
    Measure.CULTURE: "văn nghệ, thể thao",
    Measure.SHIRTS: "áo Thanh niên",
    Measure.SUMMONED: "họp triệu tập đúng giờ",
}
STATES = {
    EntryState.DECLARED: "chờ xác nhận",
    EntryState.CONFIRMED: "đã xác nhận",
    EntryState.RETURNED: "bị trả lại",
}
_ONE = {Measure.ACTIVITIES: "một ", Measure.MEETINGS: "một ", Measure.SUMMONED: "một cuộc "}
_SHORT_NAMES = (("Chi đoàn cơ sở ", "CĐCS "), ("Chi đoàn ", "CĐ "), ("Đoàn cơ sở ", "ĐCS "))


def day_label(day: date, today: date) -> str:
    """A button for ``day``."""
    ago = (today - day).days
    return {0: TODAY, 1: YESTERDAY}.get(ago) or wording.capital(wording.weekday(day))


def full_day(day: date) -> str:
    """ "thứ Năm 19/11/2026"."""
    return f"{wording.WEEKDAYS[day.weekday()]} {wording.day(day)}"


def day_problem(problem: Problem, today: date) -> str:
    """Why a day is asked again, with examples that lie in the past."""
    some_day = today - timedelta(days=5)
    short = f"{some_day.day}/{some_day.month}"
    match problem:
        case Problem.FUTURE:
            last_year = f"{short}/{some_day.year - 1}"
            return (
                f"Ngày đó chưa tới; tôi chỉ ghi việc đã làm, ví dụ: hôm qua, {short}. Nếu là năm trước, gõ: {last_year}"
            )
        case Problem.NO_SUCH_DAY:
            return f"Lịch không có ngày đó. Đồng chí gõ ngày/tháng, ví dụ: {short}"
        case Problem.LUNAR:
            return f"Tôi chỉ đọc được ngày dương lịch, ví dụ: {short}"
        case _:
            return f"Tôi chưa đọc được ngày này. Đồng chí gõ, ví dụ: hôm qua, thứ 7, {short}"


def unit_label(name: str) -> str:
    """A unit's name on a button."""
    for long, short in _SHORT_NAMES:
        if len(name) > LONGEST_LABEL and name.startswith(long):
            name = short + name.removeprefix(long)
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1].rstrip()}…"


def no_such_unit(example: str) -> str:
    """No unit is called anything like what was typed."""
    return f"Tôi không tìm thấy đơn vị nào tên như vậy. Đồng chí gõ lại, ví dụ: {example}"


def bad_title(kind: EntryKind) -> str:
    """A title without words."""
    return f"Đồng chí ghi nội dung bằng vài chữ giúp, ví dụ: {TITLE_EXAMPLES[kind]}"


def long_title(kind: EntryKind, length: int) -> str:
    """A title that does not fit on a card."""
    example = TITLE_EXAMPLES[kind]
    return f"Nội dung dài {length} chữ, tôi giữ được {LONGEST_TITLE} chữ. Đồng chí viết ngắn lại, ví dụ: {example}"


def time(start: int | None, end: int | None, minutes: int | None) -> str:
    """ "19:00–21:00 (2 giờ)", "2 giờ", "không ghi"."""
    lasting = wording.duration(minutes) if minutes is not None else ""
    if start is None:
        return lasting or TIME_UNKNOWN
    clock = f"{wording.clock(start)}–{wording.clock(end)}" if end is not None else f"từ {wording.clock(start)}"
    return f"{clock} ({lasting})" if lasting else clock


def card(heading: str, lines: Sequence[tuple[str, str]], photos: int, notes: Sequence[str]) -> str:
    """All that was said, a line a field, and what it counts for."""
    shown = [f"• {label}: {value}" for label, value in lines]
    if photos:
        shown.append(f"• Ảnh: {photos}")
    return "\n".join((heading, *shown, *notes))


def counts(measure: Measure, period: str, amount: int) -> str:
    """ "2 giờ tình nguyện tuần 47"."""
    if measure is Measure.HOURS:
        return f"{wording.duration(amount)} tình nguyện {period}"
    return f"{_ONE.get(measure, '')}{MEASURES[measure]} {period}"


def counts_for(found: Sequence[str]) -> str:
    """What an entry counts for."""
    return f"Tính cho: {'; '.join(found)}."


def counts_not(measure: Measure, reason: Reason) -> str:
    """Why an entry does not count for a measure."""
    return f"Chưa tính cho {MEASURES[measure]}: {reason.label}."


def period(value: Period) -> str:
    """ "tuần 47", "tháng 11", "năm 2026"."""
    match value.kind:
        case PeriodKind.WEEK:
            return f"tuần {value.start.isocalendar().week}"
        case PeriodKind.MONTH:
            return f"tháng {value.start.month}"
        case _:
            return value.label


def photo_kept(count: int) -> str:
    """A photo came while the form is open."""
    return f"Đã nhận ảnh ({count}). Ảnh được giữ cùng mục này khi đồng chí chọn Lưu."


TOO_MANY_PHOTOS = f"Mỗi mục giữ nhiều nhất {MOST_PHOTOS} ảnh; tôi không lấy thêm ảnh này."


def doubt_office_hours(said: int, counted: int) -> str:
    """Part or all of the time lies in office hours (ruling I-11)."""
    left = (
        f"chỉ tính {wording.duration(counted)} trong {wording.duration(said)}" if counted else "không giờ nào được tính"
    )
    return (
        f"Thời gian này trùng giờ hành chính của ngày làm việc nên {left}. "
        "Nếu hôm đó đồng chí nghỉ phép hoặc nghỉ bù, nhờ bí thư ghi ngày nghỉ thì được tính đủ."
    )


def doubt_long_day(day: date, total: int) -> str:
    """More than twelve hours on one day, with what is logged already."""
    return f"Cộng lại, ngày {day.day}/{day.month} thành {wording.duration(total)}."


def doubt_impossible_day(day: date, total: int) -> str:
    """More than a day has."""
    return f"{doubt_long_day(day, total)[:-1]}, quá 24 giờ. Đồng chí sửa lại giúp."


def doubt_long_ago(day: date) -> str:
    """More than a year back."""
    return f"Ngày {wording.day(day)} đã hơn một năm trước."


def doubt_no_position(day: date) -> str:
    """Before the first or after the last position."""
    return f"Ngày {wording.day(day)} đồng chí không giữ chức vụ nào trong danh sách, nên mục này chưa được tính."


def doubt_same(new: NewEntry) -> str:
    """The same kind, day, start and organiser is logged already."""
    mend = " Nếu là việc khác, đồng chí ghi giờ bắt đầu và kết thúc." if new.start_minute is None else ""
    return f"Đồng chí đã ghi một mục cùng loại, cùng ngày, cùng giờ, cùng đơn vị; hai mục chỉ tính một lần.{mend}"


DOUBT_SAME_SHIRT = "Đồng chí đã ghi áo Thanh niên ngày này rồi; hai mục chỉ tính một lần."


def doubt_not_a_shirt_day(day: date) -> str:
    """Not a Monday on which the shirt is due."""
    return f"{wording.capital(full_day(day))} không phải thứ Hai đi làm nên không tính vào số ngày thứ Hai."


def fix_label(field: str) -> str:
    """The button that leads back to ``field``."""
    return f"Sửa {FIELDS[field][0].lower()}{FIELDS[field][1:]}"


def saved(what: str, standing: Sequence[str], photos: int) -> str:
    """After the entry is written."""
    kept = f" Kèm {photos} ảnh." if photos else ""
    return "\n".join((f"Đã ghi: {what}.{kept}", *standing))


def changed(what: str, notes: Sequence[str]) -> str:
    """After an entry is changed."""
    return "\n".join((f"Đã sửa: {what}.", *notes))


def summary(kind: EntryKind, day: date, minutes: int | None, title: str) -> str:
    """An entry in half a line: "Giờ tình nguyện 19/11, 2 giờ, Dạy kèm học sinh"."""
    parts = [f"{kind.label} {day.day}/{day.month}", wording.duration(minutes) if minutes else "", title]
    return ", ".join(part for part in parts if part)


def standing(period_name: str, figures: str) -> str:
    """How a measure stands now: "Tuần 47: ✅ Giờ tình nguyện: 3/2 giờ"."""
    return f"{wording.capital(period_name)}: {figures}"

"""The words of remedial plans of units."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from handlers.texts.wording import capital, day
from storage.models import RemedialPoint
from storage.people import UnitRow
from storage.periods import Period, PeriodKind
from storage.remedial import Counts, Group

TITLE, NOTE_TITLE, END_TITLE, TEMPLATE_TITLE = (
    "nhóm khắc phục hạn chế",
    "nhận xét việc khắc phục",
    "bỏ nhóm khắc phục",
    "lấy nhóm từ kế hoạch",
)
NO_UNIT = "Kế hoạch khắc phục do Bí thư, Phó Bí thư hoặc người được giao của đơn vị lập. Đồng chí nhờ Bí thư giúp."
GONE = "Không thấy mục này trong phần của đồng chí, hoặc nó đã được bỏ. Đây là danh sách hiện nay."
ADD, NEXT, REPORT, SEE, SEE_ALL = "Thêm nhóm", "Nhắc việc tháng sau", "Báo cáo (.docx)", "Xem", "Khắc phục hạn chế"
FROM_PLAN, CARRY, PROGRESS, REMOVE, TOLD = (
    "Lấy nhóm từ kế hoạch",
    "Chuyển hạn chế năm trước",
    "Báo cáo tiến độ",
    "Bỏ nhóm",
    "Đã nhắc trong phiên họp",
)
CHANGE = "Sửa nhóm"
FIELDS = {
    "title": "Tên nhóm",
    "points": "Hạn chế",
    "measures": "Giải pháp",
    "lead": "Chủ trì",
    "joint": "Phối hợp",
    "who": "Người phụ trách",
    "due": "Ngày xong",
}
ASK_FIELD = "Sửa phần nào?"
FIELD_EXAMPLE = "Đồng chí bấm một nút bên dưới, ví dụ: Giải pháp"
SAVE, EDIT, NONE = "Lưu", "Sửa lại", "Không có"
ASK_TITLE = "Lĩnh vực (nhóm) cần khắc phục? Ví dụ: Xây dựng tổ chức Đoàn"
TITLE_EXAMPLE = "Tên nhóm dài 3–120 chữ, ví dụ: Xây dựng tổ chức Đoàn"
ASK_POINTS = (
    "Các hạn chế, mỗi dòng một điều. Điều chuyển từ năm trước thì thêm dấu * ở đầu dòng.\n"
    "Ví dụ:\nHọp Ban Thường vụ có lúc chưa đúng kỳ\n* Văn bản trình còn trễ"
)
POINTS_EXAMPLE = "Đồng chí viết 1–10 dòng, mỗi dòng 5–300 chữ, ví dụ: Họp Ban Chấp hành có lúc chưa đúng kỳ"
ASK_MEASURES = "Giải pháp, mỗi dòng một việc. Ví dụ: Ra lịch họp cả năm ngay tháng 1"
MEASURES_EXAMPLE = "Đồng chí viết 1–10 dòng, mỗi dòng 5–300 chữ, ví dụ: Ra lịch họp cả năm ngay tháng 1"
ASK_LEAD = "Ban, đơn vị nào chủ trì? Ví dụ: Ban Tổ chức – Kiểm tra"
ASK_JOINT = "Ban, đơn vị nào phối hợp? Ví dụ: Văn phòng; Ban Phong trào. Không có thì bấm nút dưới."
NAME_EXAMPLE = "Tên dài 2–200 chữ, ví dụ: Ban Tổ chức – Kiểm tra"
ASK_WHO = "Đồng chí nào phụ trách, theo dõi nhóm này? Gõ tên hoặc mã, ví dụ: Hoài An"
WHO_EXAMPLE = "Không thấy người ấy trong đơn vị. Đồng chí gõ tên hoặc mã cán bộ, ví dụ: Hoài An"
WHICH = "Đồng chí nào?"
ASK_DUE = "Xong trước ngày nào? Ví dụ: 30/6. Không ấn định thì bấm nút dưới."
DUE_EXAMPLE = "Ngày ấy chưa đọc được hoặc đã qua. Ví dụ: 30/6"
NO_DUE = "Không ấn định"
CARD_EXAMPLE = "Đồng chí bấm Lưu, Sửa lại, hoặc gõ: lưu"
WORDS_EXAMPLE = "Đồng chí viết 5–1.000 chữ, ví dụ: Đã họp đúng kỳ hai tháng liền, còn chậm gửi tài liệu"
ABOUT_WORK = "Nhận xét về công việc của nhóm và ban chủ trì; bot không xếp loại và không kết luận về một người (C-15)."
REALLY_END = "Bấm Bỏ nhóm để nhóm này không còn trong kế hoạch; những gì đã ghi vẫn được giữ."
END_EXAMPLE = "Đồng chí bấm Bỏ nhóm hoặc Hủy, hoặc gõ: bỏ nhóm"
NOTHING_LEFT = "Không còn hạn chế nào mở trong kế hoạch năm nay, nên chưa có gì phải nhắc."
REPORT_ALT = "báo cáo khắc phục hạn chế"
NOT_RUNNING = "Đơn vị không có hạn nhắc việc nào đang mở trong tháng này, nên chưa ghi gì thêm."
TOLD_DONE = "Đã ghi là đã nhắc việc trong phiên họp ✓"


def heading(unit: UnitRow, year: int, found: Counts) -> str:
    """The unit's plan in one line of figures: fields and points are counted apart (T-03)."""
    if not found.fields:
        return f"Khắc phục hạn chế – {unit.name}, năm {year}: chưa có nhóm nào."
    carried = f" ({found.carried_fields} lĩnh vực có điều chuyển từ năm trước)" if found.carried_fields else ""
    return (
        f"Khắc phục hạn chế – {unit.name}, năm {year}: {found.fields} lĩnh vực{carried}, "
        f"{found.points} hạn chế, đã khắc phục {found.settled}."
    )


def group_line(number: int, group: Group, month: Period) -> str:
    """One group of the list."""
    said = "đã nhận xét" if month.key in group.notes else "chưa nhận xét"
    left = len(group.open_points)
    state = f"còn {left} hạn chế" if left else "đã khắc phục xong"
    return f"{number}. {group.row.title}: {state}; {group.supervisor} phụ trách; {month.label}: {said}"


def group_page(group: Group, unit: UnitRow | None, shown: Sequence[Period]) -> str:
    """One group as it stands, with what was said in the periods ``shown``."""
    row = group.row
    lines = [f"{row.title} – {unit.name if unit else ''}, năm {row.year}", "Hạn chế:", *map(_point, group.points)]
    lines += ["Giải pháp:", *(f"• {one}" for one in group.measures), _people(group)]
    if row.due_on is not None:
        lines.append(f"Xong trước: {day(row.due_on)}")
    said = [f"{capital(one.label)}: {group.notes[one.key].words}" for one in shown if one.key in group.notes]
    return "\n".join([*lines, *said])


def _point(point: RemedialPoint) -> str:
    state = f" ✓ {day(point.settled_on)}" if point.settled_on is not None else ""
    return f"• {point.title}{' (chuyển từ năm trước)' if point.carried else ''}{state}"


def _people(group: Group) -> str:
    joint = f"; phối hợp: {group.row.joint}" if group.row.joint else ""
    return f"Chủ trì: {group.row.lead}{joint}. Phụ trách: {group.supervisor}."


def point_button(title: str, *, done: bool) -> str:
    """Says of a point that it is put right, or not after all."""
    return f"{'Chưa xong' if done else 'Xong'}: {title}"


def note_button(value: Period) -> str:
    """Opens the form for what is said of a period."""
    return f"{'Nhận xét' if value.kind is PeriodKind.MONTH else 'Tiến độ'} {value.label}"


def card(title: str, points: Sequence[tuple[str, bool]], measures: Sequence[str], people: str, due: date | None) -> str:
    """What will be saved."""
    listed = [f"• {point}{' (chuyển từ năm trước)' if carried else ''}" for point, carried in points]
    lines = ["Đồng chí xem lại giúp:", title, "Hạn chế:", *listed, "Giải pháp:", *(f"• {one}" for one in measures)]
    return "\n".join([*lines, people, f"Xong trước: {day(due)}" if due is not None else "Không ấn định ngày xong."])


def card_people(lead: str, joint: str, supervisor: str) -> str:
    """Who leads, joins and supervises, on the card."""
    return f"Chủ trì: {lead}{f'; phối hợp: {joint}' if joint else ''}. Phụ trách: {supervisor}."


def linked(names: Iterable[str]) -> str:
    """Which of the names written are units of the bot, whose leaders will be told."""
    return f"Bot sẽ nhắc người phụ trách của: {', '.join(names)}."


def saved(title: str) -> str:
    """After saving a group."""
    return f"Đã ghi nhóm “{title}” ✓"


def removed(title: str) -> str:
    """After taking a group out."""
    return f"Đã bỏ nhóm “{title}”."


def carried(points: int) -> str:
    """After carrying over."""
    return f"Đã chuyển {points} hạn chế chưa xong của năm trước sang năm nay ✓" if points else NOTHING_CARRIED


NOTHING_CARRIED = "Năm trước không còn hạn chế nào chưa xong để chuyển."


def template_card(title: str, fields: Collection[str], supervisor: str) -> str:
    """The groups of an activated plan that will be taken."""
    listed = "\n".join(f"• {field}" for field in fields)
    return f"Lấy các nhóm của “{title}”, giao {supervisor} phụ trách (sửa từng nhóm sau được):\n{listed}"


def taken(count: int) -> str:
    """After taking the groups of a plan."""
    return f"Đã ghi {count} nhóm ✓ Hạn chế nào không đúng với đơn vị thì đồng chí bỏ nhóm rồi ghi nhóm của mình."


def ask_words(group: Group, value: Period, before: str) -> str:
    """Asks for what is to be said."""
    known = f"\nĐã ghi: {before}" if before else ""
    return f"{group.row.title}, {value.label}. Kết quả và mức độ hoàn thành?{known}\n{ABOUT_WORK}"


def noted(value: Period, *, complete: bool) -> str:
    """After saving what was said."""
    rest = " Các nhóm đã đủ, phần này được tính là đã nộp." if complete else ""
    return f"Đã ghi phần {value.label} ✓{rest}"


def next_list(unit: UnitRow, groups: Sequence[Group], month: Period) -> str:
    """What to think of in ``month`` (T-07): what is still open, who leads it, and its day."""
    lines = [f"Nhắc việc {month.label} – {unit.name}:"]
    for group in groups:
        due = f", xong trước {day(group.row.due_on)}" if group.row.due_on is not None else ""
        lines.append(f"• {group.row.title} ({group.row.lead}{due}): {'; '.join(group.measures)}")
    if month.start.month == 1:
        lines.append("Hạn chế chưa xong có thể chuyển sang kế hoạch năm mới: /khacphuc")
    return "\n".join(lines)

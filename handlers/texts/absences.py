"""What /nghi says: leave and exemptions of people and units."""

from collections.abc import Iterable
from datetime import date

from handlers.texts.wording import day, days
from storage.absences import ListedAbsence

TITLE = "ghi nghỉ, miễn"
CANCEL_TITLE = "hủy đợt nghỉ"
NONE = "Hiện không có đợt nghỉ, miễn nào trong phạm vi đồng chí theo dõi."
LIST = "Các đợt nghỉ, miễn đang và sắp có hiệu lực:"
NEW, LIST_AGAIN = "Ghi nghỉ mới", "Danh sách nghỉ"
WHO = "Ai nghỉ? Gõ tên hoặc mã cán bộ, ví dụ: Thanh Bình. Cả đơn vị nghỉ thì chọn bên dưới hoặc gõ tên đơn vị."
WHO_EXAMPLE = (
    "Tôi không tìm thấy người hay đơn vị này trong phạm vi đồng chí theo dõi. Đồng chí gõ tên hoặc mã, "
    "ví dụ: Thanh Bình, hoặc: Chi đoàn Văn phòng"
)
NOT_ONESELF = "Nghỉ của chính đồng chí thì do cấp trên ghi. Đồng chí gõ tên người khác, ví dụ: Thanh Bình"
SEVERAL = "Có vài kết quả giống tên này, đồng chí chọn giúp:"
FIRST = "Nghỉ từ ngày nào? Ví dụ: 24/11 hoặc 24/11/2026"
DAY_EXAMPLE = "Tôi chưa đọc được ngày này. Đồng chí gõ ngày/tháng, ví dụ: 24/11 hoặc 24/11/2026"
TOO_FAR = "Ngày này cách hôm nay hơn một năm. Đồng chí kiểm tra lại giúp, ví dụ: 24/11/2026"
LAST_BEFORE_FIRST = "Ngày cuối đứng trước ngày đầu. Đồng chí gõ lại ngày cuối, ví dụ: 30/11"
TOO_LONG = "Một đợt nghỉ dài nhất là một năm. Đồng chí gõ lại ngày cuối, ví dụ: 30/11"
REASON = "Lý do là gì? Chọn bên dưới hoặc gõ ngắn gọn."
REASON_EXAMPLE = "Lý do dài nhất 200 chữ, ví dụ: Nghỉ thai sản"
DECISION = "Số quyết định hoặc số giấy phép? Ví dụ: 12-QĐ/ĐTN. Không có thì chọn “Không có số”."
DECISION_EXAMPLE = "Số văn bản dài nhất 60 chữ, ví dụ: 12-QĐ/ĐTN"
NO_DECISION = "Không có số"
SAVE, CHANGE, REALLY_CANCEL, KEEP = "Lưu", "Sửa", "Hủy đợt nghỉ", "Giữ nguyên"
WHAT_TO_CHANGE = "Đồng chí muốn sửa phần nào?"
CARD_EXAMPLE = "Đồng chí chọn Lưu để ghi, Sửa để chỉnh, ví dụ: Lưu"
CANCEL_EXAMPLE = "Đồng chí chọn mục bên dưới để hủy đợt nghỉ, hoặc gõ: giữ nguyên"
NOT_FOUND = "Không tìm thấy đợt nghỉ này; có thể nó đã được hủy, hoặc không thuộc đơn vị đồng chí theo dõi."
CANCELLED = "Đã hủy đợt nghỉ. Chỉ tiêu của những ngày đó được tính lại như bình thường."
NO_LONGER = "Người hoặc đơn vị này không còn thuộc phạm vi đồng chí theo dõi, nên tôi chưa ghi gì."

REASONS = ("Nghỉ phép năm", "Nghỉ ốm", "Nghỉ thai sản", "Đi học, đi thi", "Công tác dài ngày", "Thiên tai, dịch bệnh")
FIELDS = (
    ("Ai nghỉ", "who"),
    ("Từ ngày", "first"),
    ("Đến ngày", "last"),
    ("Lý do", "reason"),
    ("Số quyết định", "decision"),
)
ALL_OF = "Cả "
TODAY, TOMORROW, NEXT_MONDAY = "Hôm nay", "Ngày mai", "Thứ Hai tới"
ONE_DAY, ONE_WEEK, MONTH_END = "Chỉ một ngày", "Một tuần", "Hết tháng"


def whole_unit(name: str) -> str:
    """Everybody of a unit."""
    return f"{ALL_OF}{name}"


def last(first: date) -> str:
    """Asks for the last day."""
    return f"Nghỉ từ {day(first)} đến hết ngày nào? Ví dụ: 30/11 hoặc 5 ngày"


def card(who: str, first: date, until: date, reason: str, decision_no: str, *, overlaps: bool) -> str:
    """Everything to be saved."""
    days = (until - first).days + 1
    lines = [
        f"Nghỉ, miễn: {who}",
        f"Từ {day(first)} đến hết {day(until)} ({days} ngày)",
        f"Lý do: {reason}",
        f"Số quyết định: {decision_no or 'không có'}",
    ]
    if overlaps:
        lines.append("⚠️ Đã có một đợt nghỉ khác chạm vào những ngày này.")
    return "\n".join([*lines, "", "Đúng chưa ạ?"])


def saved(who: str, first: date, until: date) -> str:
    """After it is saved."""
    name = f"cả {who.removeprefix(ALL_OF)}" if who.startswith(ALL_OF) else who
    return (
        f"Đã ghi nghỉ cho {name}, {days(first, until)}. Tuần, tháng mà mọi ngày làm việc đều nghỉ sẽ được miễn; "
        "thứ Hai trong đợt nghỉ không tính áo Thanh niên."
    )


def line(listed: ListedAbsence) -> str:
    """One absence."""
    absence = listed.absence
    who = whole_unit(listed.name) if listed.is_of_unit else listed.name
    paper = f", số {absence.decision_no}" if absence.decision_no else ""
    return f"• {who}: {days(absence.start_day, absence.end_day)}, {absence.reason or 'nghỉ'}{paper}"


def listing(found: Iterable[ListedAbsence]) -> str:
    """All of them."""
    return "\n".join([LIST, *map(line, found)])


def cancel_button(listed: ListedAbsence) -> str:
    """The button that cancels one."""
    return f"Hủy: {listed.name}"


def really_cancel(listed: ListedAbsence) -> str:
    """Asks before cancelling."""
    return f"Hủy đợt nghỉ này?\n{line(listed)}"

"""What /dulieu says, and the words of its workbook."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.texts import wording
from storage.terms import EntryKind, EntryState, RecognisedBy, Term

FILE_NAME = "du-lieu-cua-toi.xlsx"
FILE_ALT = "Toàn bộ dữ liệu đang lưu về đồng chí, mỗi loại một trang tính."
NO = "không"
BY_SYSTEM = "nhập từ tệp của đơn vị"
EVIDENCE = "gửi ảnh"

PERSON = ("Cán bộ", ("Mã cán bộ", "Họ và tên"))
POSITIONS = (
    "Chức vụ",
    ("Đơn vị", "Chức vụ", "Chuyên trách", "Khối CCVC", "Quyền", "Từ ngày", "Đến ngày"),
)
ENTRIES = (
    "Đã ghi",
    (
        "Số",
        "Ngày",
        "Loại",
        "Nội dung",
        "Bắt đầu",
        "Kết thúc",
        "Số giờ",
        "Đơn vị tổ chức",
        "Đã áp dụng",
        "Cấp công nhận",
        "Ngày công nhận",
        "Đúng giờ",
        "Ghi chú",
        "Trạng thái",
        "Lý do trả lại",
        "Duyệt lúc",
        "Ghi lúc",
        "Ba trách nhiệm",
    ),
)
CHANGES = ("Sửa đổi", ("Mục số", "Lúc", "Người làm", "Việc", "Thay đổi"))
ABSENCES = ("Nghỉ", ("Từ ngày", "Đến ngày", "Lý do", "Số quyết định", "Đã hủy lúc"))
CONSENTS = ("Đồng ý", ("Bản thông báo", "Kênh", "Mã cuộc trò chuyện", "Đồng ý lúc", "Rút lại lúc"))
ACCOUNTS = ("Kênh", ("Kênh", "Mã cuộc trò chuyện", "Tham gia lúc", "Dùng lần cuối"))
INVITES = ("Mã mời", ("Tạo lúc", "Hết hạn", "Dùng lúc"))
PREFERENCES = ("Nhắc nhở", ("Nhắc từ", "Nhắc đến", "Tạm dừng đến hết", "Hoãn đến", "Nhắc áo thứ Hai"))
DEADLINES = ("Hạn", ("Kế hoạch", "Việc", "Kỳ", "Đơn vị", "Lúc", "Đã làm", "Nội dung"))
LOOKED = ("Ai đã xem", ("Lúc", "Người xem", "Bằng lệnh", "Kênh"))
OPINIONS = ("Góp ý", ("Gửi lúc", "Về", "Lời góp ý", "Kết quả", "Giải thích"))
THE_COMMITTEE = "tập thể"
OUTCOMES = {
    "": "chưa có kết quả",
    "accepted": "tiếp thu",
    "explained": "giải trình",
    "declined": "không tiếp thu",
    "set_aside": "gác lại",
}
CALENDARS = ("Liên kết lịch", ("Tạo lúc",))

ACTIONS = {
    "create": "ghi mới",
    "edit": "sửa",
    "delete": "xóa",
    "confirm": "xác nhận",
    "return": "trả lại",
    "import": "nhập từ tệp",
    "evidence": "thêm ảnh",
}
_FIELDS = {
    "kind": "loại",
    "day": "ngày",
    "start_minute": "bắt đầu",
    "end_minute": "kết thúc",
    "minutes": "thời lượng",
    "title": "nội dung",
    "organiser_id": "đơn vị tổ chức",
    "applied": "đã áp dụng",
    "recognised_by": "cấp công nhận",
    "recognised_on": "ngày công nhận",
    "on_time": "đúng giờ",
    "note": "ghi chú",
    "responsibility": "ba trách nhiệm",
    "state": "trạng thái",
    "return_reason": "lý do trả lại",
}
_TERMS: dict[str, type[Term]] = {"kind": EntryKind, "state": EntryState, "recognised_by": RecognisedBy}


def mark(flag: bool) -> str:
    """A flag as the roster writes it."""
    return "x" if flag else ""


def difference(before: dict[str, Any] | None, after: dict[str, Any] | None, units: Mapping[int | None, str]) -> str:
    """Which fields of an entry changed: "thời lượng: 2 giờ → 1 giờ 30 phút". ``units`` names units by their ids."""
    old, new = before or {}, after or {}
    changed = [name for name in _FIELDS if old.get(name) != new.get(name)]
    if before is None:
        return "; ".join(f"{_FIELDS[name]}: {_shown(name, new[name], units)}" for name in changed if new.get(name))
    return "; ".join(
        f"{_FIELDS[name]}: {_shown(name, old.get(name), units)} → {_shown(name, new.get(name), units)}"
        for name in changed
    )


def _shown(name: str, value: Any, units: Mapping[int | None, str]) -> str:
    if value is None or value == "":
        return "(trống)"
    if isinstance(value, bool):
        return "có" if value else NO
    if name == "minutes":
        return wording.duration(int(value))
    if name in {"start_minute", "end_minute"}:
        return wording.clock(int(value))
    if name in {"day", "recognised_on"}:
        return wording.day(date.fromisoformat(str(value)))
    if name == "organiser_id":
        return units.get(value) or str(value)
    if name in _TERMS:
        return next((term.label for term in _TERMS[name] if term == value), str(value))
    return str(value)


def summary(name: str, entries: int, confirmed: int, positions: int, absences: int, channels: list[str]) -> str:
    """The short answer that comes with the file."""
    return "\n".join(
        (
            f"Dữ liệu đang lưu về đồng chí {name}:",
            f"• {positions} chức vụ, {absences} đợt nghỉ",
            f"• {entries} mục đã ghi (đơn vị đã xác nhận {confirmed})",
            f"• Trò chuyện qua: {', '.join(channels)}",
            "Tệp kèm theo có đủ từng dòng, cả lịch sử sửa đổi và các lần đồng ý.",
            "Thấy sai? Mục tự ghi: sửa ở /lichsu. Họ tên, chức vụ: báo bí thư để sửa danh sách.",
            "Rời bot: /roi. Xóa hết: /xoadulieu",
        )
    )

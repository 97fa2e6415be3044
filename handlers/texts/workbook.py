"""Headings of the report's workbook; widths are in characters."""

from typing import NamedTuple


class Column(NamedTuple):
    """A column; those with the same ``group`` stand under that heading."""

    heading: str
    width: int
    group: str = ""


TITLE = "Kết quả rèn luyện cán bộ Đoàn"
PAGE = "Trang &P/&N"

SUMMARY, UNITS, PEOPLE, ENTRIES, DEFINITIONS = "Tổng hợp", "Đơn vị", "Cán bộ", "Hoạt động", "Cách tính"
NOTES = {
    SUMMARY: "Số người, trừ các cột ghi khác. Cách tính ở trang cuối.",
    UNITS: "Mỗi dòng gồm cả cấp dưới của đơn vị; mỗi người tính một lần.",
    PEOPLE: "“Lượt” là số tuần hoặc tháng của từng người.",
    ENTRIES: "Các mục đã ghi, kể cả mục bị trả lại; từ thứ Hai của tuần đầu tiên thuộc kỳ.",
}

SUMMARY_COLUMNS = (
    Column("Nội dung", 34),
    Column("Điều khoản", 18),
    Column("Đơn vị tính", 14),
    Column("Phải thực hiện", 10),
    Column("Đạt (tự khai)", 10),
    Column("Đạt (đã xác nhận)", 10),
    Column("Đang thực hiện", 10),
    Column("Chưa đạt", 10),
    Column("Được miễn", 10),
    Column("Không áp dụng", 10),
    Column("Lượt đến hạn", 10),
    Column("Lượt đạt (tự khai)", 10),
    Column("Lượt đạt (đã xác nhận)", 10),
    Column("Tổng tự khai", 10),
    Column("Tổng đã xác nhận", 10),
    Column("Kỳ trước: phải thực hiện", 10),
    Column("Kỳ trước: đạt (tự khai)", 10),
)
UNIT_COLUMNS = (
    Column("Mã đơn vị", 12),
    Column("Tên đơn vị", 42),
    Column("Cán bộ", 9),
    Column("Thuộc diện", 9),
    Column("Mục chờ xác nhận", 10),
    Column("Có thể cần giúp", 10),
)
NARROW = 8
DUE, MET, MET_CONFIRMED = "Phải thực hiện", "Đạt (tự khai)", "Đạt (đã xác nhận)"
TIMES_DUE, TIMES_MET = "Lượt đến hạn", "Lượt đạt (tự khai)"
STATUS, DECLARED, CONFIRMED = "Trạng thái", "Tự khai", "Đã xác nhận"
WIDTHS = {STATUS: 15}
PEOPLE_COLUMNS = (
    Column("Mã cán bộ", 12),
    Column("Họ và tên", 26),
    Column("Đơn vị", 36),
    Column("Chức vụ", 16),
    Column("Nhóm", 8),
    Column("Mục chờ xác nhận", 10),
)
ENTRY_COLUMNS = (
    Column("Mã cán bộ", 12),
    Column("Họ và tên", 26),
    Column("Đơn vị", 34),
    Column("Loại", 22),
    Column("Ngày", 12),
    Column("Bắt đầu", 9),
    Column("Kết thúc", 9),
    Column("Số giờ", 8),
    Column("Nội dung", 44),
    Column("Đơn vị tổ chức", 34),
    Column("Ngày công nhận", 12),
    Column("Trạng thái", 14),
    Column("Tuần", 11),
    Column("Tháng", 10),
)
TARGETS = "Chỉ tiêu"
TARGET_COLUMNS = (
    Column("Kế hoạch", 30),
    Column("Chỉ tiêu", 36),
    Column("Điều", 8),
    Column("Đạt", 8),
    Column("Đối tượng", 10),
    Column("Tỷ lệ %", 9),
    Column("Phải đạt %", 10),
    Column("Mẫu số", 44),
    Column("Còn thiếu", 60),
)
DEFINITION_COLUMNS = (Column("Nội dung", 34), Column("Cách tính", 110))


def further(count: int) -> str:
    """How many more names a target lacks."""
    return f"… và {count} nữa (xem /chitieu của từng đơn vị cấp dưới)"

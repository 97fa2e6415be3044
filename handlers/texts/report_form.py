"""What /baocao and /report ask and answer."""

TITLE = "lập báo cáo"
WHICH_UNIT = "Đồng chí cần báo cáo của đơn vị nào? Chọn bên dưới hoặc gõ tên, ví dụ: Sở Nội vụ"
UNIT_EXAMPLE = "Tôi chưa tìm thấy đơn vị này trong phạm vi đồng chí theo dõi. Đồng chí gõ mã hoặc tên, ví dụ: Sở Nội vụ"
SEVERAL_UNITS = "Có vài đơn vị giống tên này, đồng chí chọn giúp:"
PERIOD_EXAMPLE = (
    "Tôi chưa hiểu kỳ này. Đồng chí gõ ví dụ: tuần này, tháng 10, quý 4, năm 2026, hoặc 2026-W47, 2026-11, 2026-Q4"
)
NOT_BEGUN = "Kỳ này chưa bắt đầu nên chưa có số liệu. Đồng chí chọn kỳ khác, ví dụ: tuần này"
HELP, UNIT, AGAIN = "Ai cần giúp?", "Xem đơn vị", "Báo cáo kỳ khác"

PERIODS = (
    ("Tuần này", "tuan nay"),
    ("Tuần trước", "tuan truoc"),
    ("Tháng này", "thang nay"),
    ("Tháng trước", "thang truoc"),
    ("Quý này", "quy nay"),
    ("Năm nay", "nam nay"),
)


def which_period(unit_name: str) -> str:
    """Asks for the period."""
    return f"{unit_name}: báo cáo của kỳ nào? Chọn bên dưới hoặc gõ, ví dụ: tháng 10"

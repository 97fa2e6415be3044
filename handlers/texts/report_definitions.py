"""Sentences of the sheet "Cách tính"."""

PLAN = "Căn cứ"
PERIOD = "Kỳ báo cáo"
CUT_OFF = "Thời điểm chốt"
CUT_OFF_MEANS = "Chỉ tính việc đã làm đến hết ngày này; việc ghi bổ sung về sau chưa có trong báo cáo."
WHO = "Ai được tính"
WHO_MEANS = (
    "Người giữ chức vụ tại đơn vị hoặc cấp dưới ít nhất một ngày trong kỳ. Mỗi người tính một lần, tại đơn vị cao nhất "
    "mà người đó giữ chức vụ trong phạm vi báo cáo. Dòng của một đơn vị gồm cả cấp dưới."
)
BOUND = "Thuộc diện"
BOUND_MEANS = "Cán bộ khối công chức, viên chức (C-01) có ít nhất một nội dung phải thực hiện trong kỳ."
READINGS = "Hai cách đọc"
READINGS_MEANS = (
    "“Tự khai”: mọi mục đã ghi, trừ mục bị trả lại. “Đã xác nhận”: chỉ các mục đã được đơn vị xác nhận. "
    "Đạt hay chưa đạt tính theo tự khai; số đạt theo mục đã xác nhận ghi ở cột riêng."
)
SEVERAL = "Nhiều tuần, nhiều tháng"
SEVERAL_MEANS = (
    "Mỗi tuần, mỗi tháng xét riêng, không bù trừ. Tuần thuộc kỳ chứa Chủ nhật của tuần đó. Một người đạt khi mọi tuần "
    "(tháng) phải thực hiện đều đạt; “lượt” là số tuần (tháng) của từng người cộng lại. "
    "Nội dung theo năm trong kỳ ngắn hơn một năm thì ghi lũy kế từ đầu năm."
)
STATUSES = "Trạng thái"
STATUSES_MEANS = (
    "Đạt; chưa đạt (kỳ đã hết); đang thực hiện (kỳ chưa hết); "
    "được miễn (nghỉ, nhận chức vụ giữa kỳ, cả kỳ là ngày nghỉ);"
    " không áp dụng (kế hoạch không giao, hoặc ngoài khối công chức, viên chức)."
)
BEFORE = "So với kỳ trước"
HELP = "Có thể cần giúp"
HELP_MEANS = (
    "Có tuần, tháng hoặc năm đã hết mà chưa đạt, hoặc kỳ đang chạy chưa có giờ hay lần tham dự nào. "
    "Chỉ dành cho người theo dõi đơn vị, không phải xếp loại."
)
RULING = "Cách hiểu"


def before_means(label: str) -> str:
    """What the figures are compared with."""
    return f"Trọn {label}, tính cùng một cách, với những người giữ chức vụ trong kỳ đó."


def judged(count: int, first: str, last: str) -> str:
    """The natural periods that a requirement is judged for."""
    return f"Xét {count} kỳ, từ {first} đến {last}."

"""What /dangky asks."""

TITLE = "viết bản đăng ký"
BY_CHOICES = ("Hằng tuần", "Hằng tháng", "Hết tháng 6", "Cả năm")
NONE = "Không đăng ký"
ALL, DONE = "Tất cả", "Xong"
WHAT_EXAMPLE = "Trả lời hồ sơ của người dân đúng hẹn"
MEASURE_EXAMPLE = "Không hồ sơ nào trễ hẹn"
BY_EXAMPLE = "Hết quý II"
HOURS = "Mỗi tuần đồng chí đăng ký bao nhiêu giờ tình nguyện (ngoài giờ hành chính)?"
HOURS_EXAMPLE = "Số giờ từ 0,5 đến 60, ví dụ: 2 hoặc 2,5"
ATTENDANCE = "Mỗi tháng đồng chí đăng ký dự bao nhiêu hoạt động tình nguyện hoặc buổi sinh hoạt chi đoàn?"
ATTENDANCE_EXAMPLE = "Số lần từ 1 đến 60, ví dụ: 3"
INITIATIVE = "Trong năm đồng chí đăng ký sáng kiến nào? Gõ tên, hoặc bấm Không đăng ký."
INITIATIVE_EXAMPLE = "Số hóa sổ họp chi đoàn"
DONTS = "Những điều nào đồng chí tự nhắc mình không làm? Bấm để chọn hoặc bỏ, rồi bấm Xong."
BY_DATE_EXAMPLE = "Ngày ấy không có hoặc đã qua. Đồng chí gõ thời hạn khác, ví dụ: 30/12/{year}, Hết quý IV"
DONTS_EXAMPLE = "Đồng chí bấm từng điều (hoặc gõ số, ví dụ: 1, 3) rồi bấm Xong; bấm Tất cả để chọn hết."
PAST = "Năm {year} đã qua nên không đăng ký mới được nữa. Đồng chí đăng ký năm nay, ví dụ: /dangky"
CARD = "Đồng chí xem lại, rồi bấm Nộp:"
PLAN_ASKS = "Kế hoạch yêu cầu ít nhất {amount} ({clause})."


def what(name: str, place: int, total: int, year: int) -> str:
    """The first question of one content."""
    return f"{place}/{total} – {name.upper()}\nNăm {year}, ở nội dung này đồng chí đăng ký làm gì?"


def measure(name: str) -> str:
    """How it will be seen."""
    return f"{name}: nhìn vào đâu để biết đã làm được? Ví dụ: {MEASURE_EXAMPLE}"


def by(name: str) -> str:
    """Until when."""
    return f"{name}: thời hạn? Bấm chọn hoặc gõ, ví dụ: {BY_EXAMPLE}"


def edit(name: str) -> str:
    """The button that asks one part anew."""
    return f"Sửa: {name}"


FIGURES, WATCHED = "các con số", "điều không nên làm"

"""Sentences that every conversation shares."""

from handlers.messages import Choice, Rows

BACK_LABEL = "‹ Quay lại"
CANCEL_LABEL = "✕ Hủy"

MENU_BUTTON: Rows = ((Choice("Menu", "/menu"),),)

CANNOT_READ = "Bước này tôi chỉ đọc được chữ và lựa chọn, chưa đọc được nhãn dán, giọng nói hay tệp."
NO_PHOTO_HERE = "Bước này chưa cần ảnh; đồng chí chọn hoặc trả lời bằng chữ giúp."
ALREADY_FIRST = "Đây là câu hỏi đầu tiên, không còn bước nào trước đó."
MOVED_ON = "Nút này thuộc một bước đã qua, biểu mẫu đã đi tiếp."
FORM_OVER = f"{MOVED_ON} Bấm lại không ghi thêm gì; xem việc đã ghi: /lichsu"
NOTHING_TO_CANCEL = "Không có biểu mẫu nào đang dở."
NOTHING_TO_GO_BACK = "Không có bước nào để quay lại. Đồng chí chọn một việc trong menu."
UNKNOWN = "Tôi chưa hiểu tin này. Đồng chí chọn một việc bên dưới, hoặc gõ ví dụ: /ghi"
UNKNOWN_FILE = "Tôi chưa dùng được loại tin này. Để ghi hoạt động kèm ảnh, đồng chí chọn Ghi hoạt động rồi gửi ảnh."
TOO_LONG = "Tin dài quá, tôi chỉ đọc được đến 4.000 chữ. Đồng chí viết ngắn lại, ví dụ: Dọn vệ sinh tuyến kênh"
UNIT_WORK = "Việc của đơn vị:"
ADMINS_ONLY = "Việc này dành cho quản trị. Đồng chí nhờ quản trị của đơn vị làm giúp."
NOT_ALLOWED = "Việc này dành cho người theo dõi đơn vị. Nếu đồng chí được giao, hãy nhờ quản trị cấp quyền."
NOT_JOINED = (
    "Tôi chưa biết đồng chí là ai. Đồng chí gửi mã mời đã nhận từ bí thư, ví dụ: /start Ab3xY9…\n"
    "Chưa có mã? Hãy xin bí thư hoặc quản trị đơn vị một mã mời."
)
PRIVATE_ONLY = "Để giữ riêng tư, tôi chỉ trả lời trong chat riêng. Đồng chí nhắn riêng cho tôi giúp, ví dụ: /menu"
FAILED = (
    "Xin lỗi đồng chí, tôi chưa xử lý được tin vừa rồi dù đã thử nhiều lần. Tin vẫn được giữ lại và người vận hành "
    "đã được báo. Đồng chí có thể làm lại, ví dụ: /menu"
)


def cancelled(title: str) -> str:
    """After a form is cancelled. ``title`` is what it was for, e.g. "ghi hoạt động"."""
    return f"Đã bỏ việc {title}. Chưa có gì được lưu."


def dropped(title: str) -> str:
    """When another form is opened while one is unfinished."""
    return f"(Biểu mẫu {title} đang dở đã được bỏ, chưa lưu gì.)"


def put_aside(title: str) -> str:
    """When a form that keeps every answer is left unfinished."""
    return f"Đã dừng việc {title}. Bản nháp vẫn được giữ, đồng chí viết tiếp lúc nào cũng được."


HELP = (
    "Tôi hiểu các lệnh sau (gõ có dấu hay không dấu đều được). Đang điền dở thì /huy để bỏ, "
    "“quay lại” để lùi một bước. Rời bot: /roi."
)


def menu(name: str) -> str:
    """The menu's greeting."""
    return f"Chào đồng chí {name}. Đồng chí muốn làm gì?"

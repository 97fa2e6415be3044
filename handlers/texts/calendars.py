"""What /lich says: the deadlines as a calendar on the phone."""

from storage.models import CalendarLink

NAME = "Hạn công tác Đoàn"
FILE_NAME = "han-cong-tac-doan.ics"
FILE_ALT = "Tệp lịch các hạn của đồng chí"
FILE, NEW, REMOVE, BACK = "Tải tệp lịch", "Tạo liên kết lịch", "Tắt liên kết", "Các hạn"
RENEW = "Đổi liên kết"
HERE_IS_FILE = "Tệp lịch các hạn của đồng chí: mở trên điện thoại để thêm vào Lịch. Tệp không tự cập nhật."
REMOVED = "Đã tắt liên kết lịch. Điện thoại không cập nhật được nữa."
NO_ADDRESS = "Bot chưa có địa chỉ công khai nên chưa tạo được liên kết; đồng chí tải tệp lịch giúp."
OPENING = "Đưa các hạn vào lịch điện thoại:\n• Tải tệp lịch: thêm một lần."
WITH_LINK = f"{OPENING}\n• Liên kết lịch: điện thoại tự cập nhật khi hạn thay đổi hoặc đã nộp."


def opening(link: CalendarLink | None, *, public: bool) -> str:
    """What can be had, and whether there is an address already; addresses need a public one of the bot's."""
    if link is None:
        return WITH_LINK if public else OPENING
    made = f"{link.created_at.day}/{link.created_at.month}/{link.created_at.year}"
    return f"{WITH_LINK}\n\nĐồng chí đã có một liên kết (tạo {made}). Đổi liên kết thì liên kết cũ thôi dùng được."


def address(url: str) -> str:
    """The secret address, shown once."""
    return (
        f"Liên kết lịch riêng của đồng chí (chỉ hiện một lần, xin đừng chuyển cho ai):\n{url}\n\n"
        "Trên điện thoại: Cài đặt › Lịch › Thêm lịch đăng ký (iPhone), hoặc Google Lịch › Thêm bằng URL (Android)."
    )

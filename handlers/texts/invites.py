"""What /moi says."""

from collections.abc import Iterable

TITLE = "tạo mã mời"
WHO = "Mời ai? Gõ tên hoặc mã cán bộ, ví dụ: Thanh Bình"
WHO_EXAMPLE = (
    "Tôi không tìm thấy cán bộ này trong phạm vi đồng chí theo dõi. Đồng chí gõ tên hoặc mã, ví dụ: Thanh Bình"
)
SEVERAL = "Có vài người giống tên này, đồng chí chọn giúp:"
NO_LONGER = "Cán bộ này không còn thuộc phạm vi đồng chí theo dõi, nên tôi chưa tạo mã."
MORE_RIGHTS = (
    "Cán bộ này được giao quyền ngoài phạm vi của đồng chí, nên mã mời phải do quản trị cấp trên tạo. Tôi chưa tạo mã."
)
ANOTHER = "Mời người khác"
QR_ALT = "Mã QR của liên kết mời"
QR_NAME = "ma-moi.png"
TELEGRAM, WEB, ZALO = "Telegram", "Trang web", "Zalo"


def type_it(bot: str) -> str:
    """How the code is used where links carry none."""
    return f"tìm “{bot}” và nhắn mã này cho bot"


def invitation(who: str, code: str, until: str, links: Iterable[tuple[str, str]], *, joined: bool) -> str:
    """The code, where it works, until when, and whom it is for."""
    lines = [
        f"Mã mời của {who}:",
        code,
        *(f"{name}: {link}" for name, link in links),
        "",
        f"Mã dùng được một lần, đến {until}. Đồng chí chỉ đưa cho đúng người này: ai dùng mã sẽ vào được với tên họ.",
    ]
    if joined:
        lines.append("Người này đã kết nối rồi; mã dùng để thêm một kênh hoặc đổi máy.")
    return "\n".join(lines)


def warning(inviter: str) -> str:
    """What a cadre who has joined reads when somebody makes a further code for them."""
    return (
        f"🔑 Đồng chí {inviter} vừa tạo một mã mời mới cho đồng chí. Nếu đồng chí không nhờ, hãy hỏi lại ngay: "
        "ai dùng mã này sẽ vào được với tên đồng chí."
    )

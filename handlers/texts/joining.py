"""What joining and leaving say, the privacy notice included."""

from handlers.texts import wording
from storage.invites import InviteOutcome

# The notice a person agreed to is kept by this version: change it whenever the notice's meaning changes.
TEXT_VERSION = "2026-11-27"

TITLE = "tham gia"
TITLE_LEAVE = "rời bot"
AGREE = "Đồng ý"
REFUSE = "Không đồng ý"
SWITCH = "Chuyển người dùng"
KEEP = "Giữ nguyên"
THIS_CHAT = "Chỉ cuộc trò chuyện này"
ALL_CHATS = "Mọi kênh của tôi"
LEAVE = "Rời"
STAY = "Ở lại"
LOG = "Ghi hoạt động"
PROGRESS = "Tiến độ"
MENU = "Menu"

EXAMPLE = "/start Ab3xY9kLm2Qw8ZrT5vN7cd"
CODE_SHAPE = (
    "Mã mời gồm 22 chữ, số, gạch nối liền nhau; đoạn vừa nhận chưa đủ hoặc bị thừa. "
    f"Đồng chí chép cả mã hoặc cả đường dẫn trong lời mời, ví dụ: {EXAMPLE}"
)
OUTCOMES = {
    InviteOutcome.WRONG: f"Mã này không đúng. Đồng chí chép lại cả mã trong lời mời, ví dụ: {EXAMPLE}",
    InviteOutcome.USED: "Mã này đã được dùng rồi; mỗi mã chỉ dùng một lần. Đồng chí xin bí thư một mã mới giúp.",
    InviteOutcome.EXPIRED: "Mã này đã hết hạn (mỗi mã dùng được 7 ngày). Đồng chí xin bí thư một mã mới giúp.",
    InviteOutcome.LOCKED: "Đã năm lần mã không đúng nên việc nhập mã tạm khóa một giờ. Sau đó đồng chí thử lại giúp.",
}
ANSWER_SWITCH = f"Đồng chí chọn “{SWITCH}” hoặc “{KEEP}”."
ANSWER_CONSENT = f"Đồng chí trả lời rõ “{AGREE}” hoặc “{REFUSE}”; im lặng hay câu khác chưa phải là đồng ý."
ANSWER_SCOPE = f"Đồng chí chọn “{THIS_CHAT}” hoặc “{ALL_CHATS}”."
ANSWER_LEAVE = f"Đồng chí chọn “{LEAVE}” để rời, hoặc “{STAY}”."
ASK_CONSENT = "Đồng chí có đồng ý không? (Nội dung ở ngay phía trên.)"
REFUSED = "Vâng, tôi không lưu gì và đồng chí chưa tham gia. Mã chưa bị dùng: còn hạn thì gửi lại lúc nào cũng được."
KEPT = "Vâng, giữ nguyên như cũ. Mã vừa gửi chưa bị dùng."
STAYED = "Vâng, đồng chí ở lại. Không có gì thay đổi."
ASK_SCOPE = "Đồng chí muốn rời ở cuộc trò chuyện này thôi, hay ở mọi kênh?"


# What a channel adds to the notice: through whose hands the messages go.
_WAYS = {
    "telegram": "\nTelegram: tin nhắn đi qua máy chủ ở nước ngoài; ngại thì đồng chí dùng trang web.",
    "zalo": "\nZalo: tin nhắn đi qua máy chủ của Zalo; tệp là đường dẫn mở được trong 48 giờ, ai có đều xem được.",
}


def notice(name: str, plan_title: str, channel: str) -> str:
    """The privacy notice for the cadre whose code it was: what, why, who, how long, and the rights."""
    way = _WAYS.get(channel, "")
    return (
        f"Mã này dành cho đồng chí {name}. Trước khi tham gia, mời đồng chí đọc:\n\n"
        "Lưu gì: họ tên, đơn vị, chức vụ, ngày nghỉ (từ danh sách của đơn vị); việc, ảnh, bản đăng ký và kiểm điểm "
        "đồng chí tự gửi; nhận xét, xếp loại của tập thể; mã cuộc trò chuyện này.\n"
        f"Để làm gì: tính kết quả theo {plan_title}, nhắc riêng đồng chí, lập báo cáo của đơn vị. "
        "Không dùng vào việc khác, không tự xếp loại ai.\n"
        "Ai xem: đồng chí; người được giao theo dõi, ở đơn vị của đồng chí và Đoàn cấp trên; "
        "người vận hành máy chủ.\n"
        "Bao lâu: khi đồng chí còn chức vụ, sau đó theo thời hạn lưu hồ sơ của đơn vị.\n"
        "Lưu ý: hoạt động trong tổ chức chính trị là dữ liệu cá nhân nhạy cảm.\n"
        "Quyền của đồng chí: xem và lấy dữ liệu (/dulieu), sửa, xóa việc tự ghi (/lichsu), "
        "rút lại đồng ý bất cứ lúc nào (/roi), xóa hết (/xoadulieu), phản đối hoặc khiếu nại với đơn vị."
        f"{way}\n"
        "Căn cứ: Luật 91/2025/QH15 và Nghị định 356/2025/NĐ-CP.\n\n"
        "Đồng chí có đồng ý không? Không đồng ý thì tôi không lưu thêm gì, và đồng chí không bị ảnh hưởng gì."
    )


def welcome(name: str, positions: list[str]) -> str:
    """After the agreement was kept."""
    return f"Đã ghi sự đồng ý. Chào đồng chí {name}{_as(positions)}!\nBắt đầu: ghi một việc vừa làm, hoặc xem tiến độ."


def who(name: str, positions: list[str]) -> str:
    """Whose chat this is."""
    return f"Cuộc trò chuyện này là của đồng chí {name}{_as(positions)}."


def already(name: str) -> str:
    """A code for the person who has joined here already."""
    return f"Đồng chí {name} đã tham gia ở đây rồi. Mã vừa gửi chưa bị dùng: có thể dùng để tham gia thêm ở kênh khác."


def _as(positions: list[str]) -> str:
    return f" ({'; '.join(positions)})" if positions else ""


def ask_switch(present: str, other: str) -> str:
    """Another person's code in a chat that speaks for somebody."""
    return (
        f"Cuộc trò chuyện này đang là của đồng chí {present}, còn mã vừa gửi là của đồng chí {other}. "
        f"Chuyển sang đồng chí {other}? Dữ liệu của đồng chí {present} vẫn giữ nguyên."
    )


def ask_leave(channels: list[str], everywhere: bool) -> str:
    """What leaving means, before it is done."""
    where = f"mọi kênh ({', '.join(channels)})" if everywhere else "cuộc trò chuyện này"
    rest = "" if everywhere or len(channels) < 2 else "\nCác kênh khác của đồng chí vẫn dùng được."
    return (
        f"Rời {where}: tôi ghi việc rút lại đồng ý, thôi nhắc và không nhận tin của đồng chí ở đó nữa.{rest}\n"
        "Vẫn giữ: tên, chức vụ trong danh sách của đơn vị và việc đã ghi, vì đơn vị còn phải báo cáo. "
        "Muốn lấy một bản trước: /dulieu. Muốn xóa hẳn: gửi yêu cầu cho bí thư hoặc quản trị.\n"
        "Đồng chí chắc chắn rời?"
    )


def left(channels: list[str]) -> str:
    """After leaving."""
    where = ", ".join(wording.channel(name) for name in dict.fromkeys(channels))
    return f"Đã ghi: đồng chí rút lại đồng ý và rời ở {where}. Muốn trở lại, đồng chí xin bí thư một mã mời mới."

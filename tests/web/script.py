"""What the bot of the browser tests says: a short, believable conversation."""

from io import BytesIO

from PIL import Image, ImageDraw

from handlers.messages import Choice, Inbound, Made, Rows
from tests.web.site import Said, say

MENU: Rows = (
    (Choice("Ghi hoạt động", "/ghi"), Choice("Tiến độ của tôi", "/tiendo")),
    (Choice("Lịch sử", "/lichsu"), Choice("Quy định", "/quydinh")),
)
KINDS: Rows = (
    (Choice("Giờ tình nguyện", "1:volunteer_hours"), Choice("Sinh hoạt chi đoàn", "1:branch_meeting")),
    (Choice("Sáng kiến", "1:initiative"), Choice("Áo Thanh niên", "1:youth_shirt")),
    (Choice("✕ Hủy", "1:cancel"),),
)
CARD = "Đồng chí xem lại giúp:\n\nGiờ tình nguyện · 1 giờ 30 phút\nThứ Năm, 19/11/2026\nDọn vệ sinh tuyến kênh"
WHY = (
    "Tuần 47 (16/11–22/11/2026)\n• Giờ tình nguyện: 1,5/2 giờ, còn thiếu 30 phút (C-19)\n"
    "• Sinh hoạt chi đoàn tháng 11: 2/3 buổi\nMở thêm: /quydinh hoặc https://doan.example/hd?id=7."
)


def answer(inbound: Inbound) -> list[Said]:
    """The bot's part."""
    if inbound.photo:
        return [say("Đã nhận ảnh. Ảnh được lưu cùng mục vừa ghi.")]
    heard = inbound.choice or inbound.text
    answers: dict[str, list[Said]] = {
        "/menu": [("Chào đồng chí Phạm Lan Chi. Đồng chí muốn làm gì?", MENU, None)],
        "/ghi": [("Đồng chí ghi việc gì?", KINDS, None)],
        "1:volunteer_hours": [say("Việc gì, ngày nào, bao lâu? Ví dụ: dọn kênh hôm qua 1 tiếng rưỡi")],
        "dọn kênh hôm qua 1 tiếng rưỡi": [(CARD, ((Choice("Ghi", "2:ok"), Choice("Sửa", "2:edit")),), None)],
        "2:ok": [say("Đã ghi ✓ Tuần này đồng chí có 1,5/2 giờ.")],
        "/tiendo": [
            (WHY, ((Choice("Vì sao?", "/visao"),),), None),
            say("", file=Made("tien-do.png", chart(), "Tiến độ tuần 47: 1,5 trên 2 giờ")),
            say("", file=Made("Tiến độ tuần 47.xlsx", b"PK" + bytes(18_000), "")),
        ],
    }
    return answers.get(heard, [say(f"Tôi nghe: {heard[:200]}")])


def chart() -> bytes:
    """A picture with bars, as large as the bot's own."""
    picture = Image.new("RGB", (800, 500), "white")
    draw = ImageDraw.Draw(picture)
    for number, (share, colour) in enumerate([(0.75, "#0f5bc4"), (0.66, "#0f5bc4"), (1.0, "#2e7d5b")]):
        top = 90 + number * 130
        draw.rounded_rectangle((60, top, 740, top + 56), 14, fill="#e3eefc")
        draw.rounded_rectangle((60, top, 60 + int(680 * share), top + 56), 14, fill=colour)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()

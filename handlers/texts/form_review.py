"""What a follower reads about forms that wait (/hoso), and what their authors are told."""

from handlers.texts import year_forms as shared
from handlers.texts.wording import day
from storage.documents import Waiting
from storage.models import Document

TITLE = "trả lại bản của cán bộ"
NOTHING = "Không có bản đăng ký hay tự kiểm điểm nào chờ đồng chí duyệt. 👍"
HEADING = "📋 Các bản chờ đồng chí duyệt (đơn vị mình và cấp dưới trực tiếp):"
GONE = "Bản này vừa thay đổi hoặc không thuộc phần đồng chí duyệt. Đồng chí mở lại giúp."
APPROVE, RETURN, BACK, ASSESS = "✔ Duyệt", "Trả lại", "Về danh sách", "Đánh giá năm"
ASK_REASON = "Trả lại vì sao? Người viết sẽ đọc được lý do này."
REASON_EXAMPLE = "Lý do cần từ 3 đến 300 chữ, ví dụ: Nội dung Trung thực chưa nêu cách đo"
OPEN_FORM = "Xem và sửa"


def line(waiting: Waiting) -> str:
    """One form that waits."""
    row = waiting.document
    late = ", nộp muộn" if row.is_late else ""
    when = f", nộp {day(row.submitted_on)}{late}" if row.submitted_on else ""
    return f"• {waiting.cadre_name} ({waiting.unit_name}): {shared.NAMES[row.kind]} {row.year}{when}"


def button(waiting: Waiting) -> str:
    """The button that opens it."""
    return f"{waiting.cadre_name} – {shared.NAMES[waiting.document.kind]}"


def further(count: int) -> str:
    """Forms that come after those shown."""
    return f"… và {count} bản nữa, xem sau khi duyệt các bản trên."


def page(waiting: Waiting) -> str:
    """A form with its author and state."""
    return f"👤 {waiting.cadre_name}, {waiting.unit_name}\n{shared.page(waiting.document)}\n\n{state(waiting.document)}"


def state(row: Document) -> str:
    """What has become of it."""
    late = "; nộp muộn" if row.is_late else ""
    return f"Trạng thái: {row.state.label}{late}."


def approved(waiting: Waiting, *, told: bool) -> str:
    """After approving."""
    return f"Đã duyệt {shared.NAMES[waiting.document.kind]} của {waiting.cadre_name}.{_told(told)}"


def returned(waiting: Waiting, *, told: bool) -> str:
    """After returning."""
    return f"Đã trả lại {shared.NAMES[waiting.document.kind]} của {waiting.cadre_name}.{_told(told)}"


def _told(told: bool) -> str:
    return " Tôi sẽ báo cho đồng chí ấy." if told else " Người viết chưa kết nối với bot."


def approved_notice(row: Document, reviewer: str) -> str:
    """What the author reads."""
    return f"✔ {shared.title(row.kind, row.year)} của đồng chí đã được duyệt ({reviewer})."


def returned_notice(row: Document, reviewer: str) -> str:
    """What the author reads."""
    return (
        f"↩️ {shared.title(row.kind, row.year)} của đồng chí được trả lại để bổ sung.\n"
        f"Lý do: {row.return_reason} ({reviewer}). Đồng chí sửa rồi nộp lại."
    )

"""What the bot says to a message that is neither a command nor an answer: see ``handlers/reader``."""

from datetime import date

from handlers.messages import Choice, Rows
from handlers.reader import Route
from handlers.texts import wording

GROUP_TITLE = "ghi các mục này"
SAVE_ALL = "Lưu tất cả"
ONE_BY_ONE = "Sửa từng mục"
BAD_CARD = "Đồng chí bấm Lưu tất cả, hoặc Sửa từng mục để xem và sửa từng thẻ. Ví dụ: lưu tất cả"
PHOTO_FIRST = "Đã nhận ảnh làm minh chứng."
WHICH_ENTRY = "Đồng chí muốn sửa hay xóa mục đã ghi: mục gần nhất đây ạ. Nếu là mục khác, đồng chí bấm Lịch sử."

LEAVE = "Nghỉ phép, thai sản, ốm, đi học do bí thư ghi để chỉ tiêu được tính đúng. Đồng chí báo bí thư giúp."

POINTERS: dict[Route, str] = {
    Route.ANNOUNCEMENT: "Thông báo thì tôi không ghi. Xong việc đồng chí nhắn lại, ví dụ: hôm qua 2 tiếng dọn kênh",
    Route.PLAN: "Việc chưa làm thì tôi chưa ghi. Làm xong đồng chí nhắn lại, ví dụ: hôm nay 2 tiếng dọn kênh",
    Route.NEGATED: "Vâng, tôi không ghi gì. Nếu đồng chí nghỉ phép, nhờ bí thư ghi ở mục Nghỉ, miễn.",
    Route.THIRD_PARTY: "Mỗi đồng chí tự ghi phần của mình, nên tôi không ghi thay. Nhờ đồng chí ấy nhắn cho tôi.",
    Route.NOT_COUNTED: "Việc này không thuộc phần được tính của kế hoạch nên tôi không ghi. Xem: /quydinh",
    Route.SMALLTALK: "Dạ, tôi ghi việc và nhắc hạn giúp. Đồng chí cứ nhắn một câu, ví dụ: hôm qua 2 tiếng dọn kênh",
}


def which_of_day(day: date, count: int) -> str:
    """Before the entries of the day that a correction names."""
    which = "mục này" if count == 1 else f"{count} mục, đồng chí chọn mục cần sửa hay xóa"
    return f"Ngày {day.day}/{day.month} đồng chí đã ghi {which}:"


def none_of_day(day: date) -> str:
    """When the day that a correction names has no entry."""
    return f"Ngày {day.day}/{day.month} đồng chí chưa ghi mục nào. Mục ghi gần nhất đây ạ; mục khác thì bấm Lịch sử."


def group_card(lines: list[str]) -> str:
    """The card of several entries read from one message."""
    numbered = "\n".join(f"{number}) {line}" for number, line in enumerate(lines, 1))
    return f"Tôi hiểu tin này là {len(lines)} mục, đồng chí xem giúp:\n{numbered}"


def group_saved(lines: list[str]) -> str:
    """After all of them are saved."""
    return "\n".join([f"✅ Đã ghi {len(lines)} mục:", *(f"• {line}" for line in lines)])


def unit(text: str, name: str) -> str:
    """An entry's summary with its organiser."""
    return f"{text} ({name})" if name else text


def remembered(title: str) -> str:
    """Before the first question of a form opened by a message that does not say everything."""
    return f"Tôi hiểu đồng chí muốn ghi: {wording.capital(title)}." if title else ""


AFTER: Rows = ((Choice("Tiến độ", "/tiendo"), Choice("Lịch sử", "/lichsu"), Choice("Menu", "/menu")),)

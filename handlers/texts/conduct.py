"""What /nenlam says: the do's and don'ts of a unit, and whether this month's meeting talked them over."""

from collections.abc import Iterable
from datetime import date

from handlers.texts import wording
from storage.conduct import Conduct
from storage.models import ConductTalk
from storage.people import UnitRow
from storage.periods import Period

TITLE = "ghi buổi sinh hoạt điều nên làm"
LIST_TITLE = "danh mục nên làm, không nên làm"
NO_UNIT = "Việc này do Bí thư, Phó Bí thư hoặc người theo dõi đơn vị làm; đồng chí chưa có đơn vị nào như thế."
NO_LIST = "Kế hoạch đang chạy ở đơn vị chưa có danh mục điều nên làm, không nên làm."
GONE = "Không thấy đơn vị này trong phần đồng chí phụ trách. Đây là các đơn vị hiện nay."
CHOOSE = "Những điều nên làm và không nên làm. Đồng chí chọn đơn vị:"
LOG, OWN, BELOW, BACK = "Ghi buổi sinh hoạt", "Viết lại cho đơn vị", "Cấp dưới tháng này", "Các đơn vị"
TODAY, ALL, SAVE, CHANGE = "Hôm nay", "Tất cả", "Lưu", "Sửa"
ASK_DAY = "Buổi sinh hoạt hoặc họp vào ngày nào? Ví dụ: 15/11"
DAY_EXAMPLE = "Đồng chí gõ ngày giúp, ví dụ: 15/11 hoặc hôm qua"
FUTURE = "Ngày ấy chưa tới. Đồng chí ghi sau khi đã sinh hoạt, ví dụ: hôm qua"
ITEMS_EXAMPLE = "Đồng chí gõ số thứ tự, ví dụ: 1, 4, 9; hoặc bấm Tất cả"
ASK_DOS = "Những điều nên làm của đơn vị, mỗi dòng một điều (hoặc cách nhau bằng dấu chấm phẩy):"
ASK_DONTS = "Những điều không nên làm, cũng mỗi dòng một điều:"
LIST_EXAMPLE = "Cần 1 đến 20 điều, mỗi điều 3 đến 200 chữ, ví dụ: Đúng giờ; Gần đoàn viên"
CARD_EXAMPLE = "Đồng chí bấm Lưu hoặc Sửa, ví dụ: Lưu"


def numbered(conduct: Conduct) -> str:
    """Both lists, numbered through."""
    lines, number = [], 0
    for head, items in (("Nên làm:", conduct.dos), ("Không nên làm:", conduct.donts)):
        lines.append(head)
        for item in items:
            number += 1
            lines.append(f"{number}. {item}")
    return "\n".join(lines)


def page(unit: UnitRow, conduct: Conduct, month: Period, found: list[ConductTalk]) -> str:
    """A unit's lists, where they come from, and its meetings of the month."""
    if conduct.unit is not None and conduct.since is not None:
        source = f"Theo danh mục của {conduct.unit.name}, từ {wording.day(conduct.since)}."
    else:
        source = f"Theo danh mục của kế hoạch: {conduct.source}. Đơn vị có thể viết lại cho hợp với mình."
    return "\n\n".join([f"{unit.name}\n{source}", numbered(conduct), meetings(month, found)])


def meetings(month: Period, found: list[ConductTalk]) -> str:
    """The meetings of a month."""
    if not found:
        return f"{wording.capital(month.label)}: chưa ghi buổi sinh hoạt nào về các điều này."
    lines = [f"– {wording.day(row.met_on)}: {'; '.join(row.items.splitlines())}" for row in found]
    return "\n".join([f"{wording.capital(month.label)}: đã sinh hoạt", *lines])


def ask_items(conduct: Conduct) -> str:
    """Which were talked over."""
    return f"Buổi ấy bàn những điều nào? Gõ các số, ví dụ: 1, 4, 9\n\n{numbered(conduct)}"


def talk_card(unit: UnitRow, met_on: date, items: Iterable[str]) -> str:
    """What is about to be kept."""
    lines = [f"– {item}" for item in items]
    return "\n".join([f"{unit.name}, ngày {wording.day(met_on)}, đã bàn:", *lines, "", "Đúng chưa ạ?"])


def list_card(unit: UnitRow, dos: list[str], donts: list[str]) -> str:
    """The unit's own wording before it is kept."""
    return f"Danh mục của {unit.name}\n\n{numbered(Conduct(tuple(dos), tuple(donts)))}\n\nĐúng chưa ạ?"


def logged(unit: UnitRow, met_on: date) -> str:
    """After a meeting is kept."""
    return f"Đã ghi buổi sinh hoạt ngày {wording.day(met_on)} của {unit.name}."


def listed(unit: UnitRow) -> str:
    """After the unit's wording is kept."""
    return f"Đã ghi danh mục của {unit.name}, áp dụng từ hôm nay."


def below_line(unit: UnitRow, *, done: bool) -> str:
    """One unit below."""
    return f"{'✓' if done else '•'} {unit.name}: {'đã sinh hoạt' if done else 'chưa ghi'}"


def below_head(month: Period, done: int, count: int) -> str:
    """Above the units below."""
    return f"{wording.capital(month.label)}: {done}/{count} đơn vị cấp dưới đã ghi buổi sinh hoạt điều nên làm."

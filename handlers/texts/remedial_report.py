"""The words of the printed report of a remedial plan."""

from datetime import date

from handlers.texts.wording import capital, day
from storage.models import RemedialPoint
from storage.periods import Period
from storage.remedial import Counts, Group

TITLE = "BÁO CÁO"
COLUMNS = ("TT", "Lĩnh vực, phân công", "Hạn chế", "Giải pháp")
NOTHING_SAID = "Chưa ghi nhận xét, báo cáo tiến độ."
FOOT = (
    "Lĩnh vực và hạn chế được đếm riêng: một lĩnh vực có thể có nhiều hạn chế; một lĩnh vực là chuyển tiếp khi có ít "
    "nhất một hạn chế chuyển từ năm trước. Báo cáo nói về công việc, không xếp loại cá nhân."
)
LEFT = ("NGƯỜI LẬP BÁO CÁO", "")


def signer(body: str) -> tuple[str, ...]:
    """Who signs for the committee ``body``."""
    return f"TM. {body.upper()}", "BÍ THƯ", ""


def subtitle(year: int) -> str:
    """Under the title."""
    return f"Kết quả khắc phục hạn chế, khuyết điểm năm {year}"


def opening(unit: str, year: int, on: date, found: Counts) -> str:
    """The figures in a sentence."""
    new = found.fields - found.carried_fields
    return (
        f"Tính đến ngày {day(on)}, kế hoạch năm {year} của {unit} có {found.fields} lĩnh vực cần khắc phục "
        f"({new} mới, {found.carried_fields} chuyển từ năm trước) với {found.points} hạn chế "
        f"({found.carried_points} chuyển từ năm trước); đã khắc phục {found.settled}, "
        f"còn {found.points - found.settled}."
    )


def point(row: RemedialPoint) -> str:
    """A shortcoming and how it stands."""
    origin = " (chuyển từ năm trước)" if row.carried else ""
    state = f": đã khắc phục {day(row.settled_on)}" if row.settled_on is not None else ": chưa xong"
    return f"{row.title}{origin}{state}"


def people(group: Group) -> tuple[str, ...]:
    """Who leads, joins and supervises."""
    row = group.row
    lines = [f"Chủ trì: {row.lead}", f"Phối hợp: {row.joint}" if row.joint else "", f"Phụ trách: {group.supervisor}"]
    due = f"Xong trước: {day(row.due_on)}" if row.due_on is not None else ""
    return tuple(line for line in (*lines, due) if line)


def said(value: Period, words: str) -> str:
    """What was said of a period."""
    return f"{capital(value.label)}: {words}"

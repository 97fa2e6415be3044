"""The words of the annex report: in the chat and on paper."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from handlers.texts.wording import day, moment
from storage.annex import Annex, Breach
from storage.headcount import Named

TITLE_ABOVE = "PHỤ LỤC BÁO CÁO"
NEUTRAL_TITLE = "Kết quả rèn luyện tác phong, lề lối công tác của cán bộ Đoàn"
NUMBER, RESULT = "TT", "Kết quả"
FREEZE, DRAFT, AGAIN = "✔ Chốt số liệu", "Xem bản nháp", "Tính lại"
CHANGED = "Số liệu vừa thay đổi nên tôi chưa chốt. Đồng chí xem lại giúp."
GONE = "Tôi không thấy biểu này trong phạm vi đồng chí theo dõi."
READY = "Các dòng đều khớp (3=4+5+6+7; 2≥3), có thể chốt."
NOT_READY = "⚠️ Chưa chốt được vì còn chỗ chưa khớp:"
ALL_REGISTERED = "Mọi cán bộ thuộc diện tính đều đã đăng ký."
DRAFT_LINE = "Bản nháp, chưa chốt; số liệu đến ngày {day}"
SHEET = "Biểu"
SHOWN = 15


def summary(annex: Annex) -> str:
    """The figures of the whole unit, and what keeps them from being frozen."""
    columns = annex.table.table.columns[1:]
    total = annex.rows[0]
    figures = "; ".join(f"{column.title}: {value}" for column, value in zip(columns, total.figures, strict=True))
    lines = [f"📑 Biểu năm {annex.year} – {annex.unit.name}, đến ngày {day(annex.as_of)}", figures, ""]
    if not annex.breaches:
        lines.append(READY)
    else:
        lines.append(NOT_READY)
        lines += [f"• {breach.label}: {people(named)}" for breach, named in annex.breaches.items()]
    if annex.unregistered:
        lines.append(f"Chưa đăng ký ({len(annex.unregistered)}): {people(annex.unregistered)}")
    elif annex.rows[0].figures[0]:
        lines.append(ALL_REGISTERED)
    return "\n".join(lines)


def people(named: Sequence[Named]) -> str:
    """The first names with their units, and how many more."""
    shown = "; ".join(f"{one.name} ({one.unit})" for one in named[:SHOWN])
    return shown if len(named) <= SHOWN else f"{shown}… và {len(named) - SHOWN} người nữa"


def refused(breaches: Mapping[Breach, Sequence[Named]]) -> str:
    """One line for whoever asked for the file: why there is none."""
    return "; ".join(f"{breach.label}: {people(named)}" for breach, named in breaches.items())


def frozen(number: int, year: int) -> str:
    """After freezing."""
    return f"Đã chốt biểu số {number}/{year}. Biểu này giữ nguyên; số liệu đổi thì chốt biểu mới."


def opened(number: int, year: int, at: datetime) -> str:
    """A frozen report shown again."""
    return f"Biểu số {number}/{year}, chốt lúc {moment(at)}."


def button(number: int, at: datetime) -> str:
    """The button that opens it."""
    return f"Biểu số {number} ({day(at)})"


def number_line(number: int, year: int, at: datetime) -> str:
    """On paper, under the title."""
    return f"Biểu số {number}/{year}, chốt lúc {moment(at)}"


def title(content: Mapping[str, Any]) -> str:
    """What the table is about."""
    return str(content["title"]) or NEUTRAL_TITLE


def row_name(row: Mapping[str, Any]) -> str:
    """A unit's name, or the line of its own people."""
    return f"Riêng cán bộ cấp {row['name']}" if row["own"] else str(row["name"])


def notes(content: Mapping[str, Any]) -> list[str]:
    """What the figures count, said under the table."""
    scope = content["scope"]
    until = day(date.fromisoformat(content["as_of"]))
    public = "; chỉ tính khối cán bộ, công chức, viên chức" if scope["public"] else ""
    return [
        f"Cán bộ ({scope['clause']}): {scope['cadre']}{public}; đang giữ chức vụ ngày {until}.",
        f"Đăng ký: đã nộp bản đăng ký năm {content['year']}, không bị trả lại.",
        "Dòng của mỗi đơn vị gồm cả cấp dưới; dòng “Riêng cán bộ cấp …” chỉ gồm cán bộ của chính đơn vị đó.",
        "Người giữ nhiều chức vụ được tính một lần, ở đơn vị cấp cao nhất.",
    ]


def column_heading(column: Mapping[str, Any]) -> str:
    """The number printed under a column's title."""
    return str(column["heading"] or column["number"])


def signers(content: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both sides of the signature block; without a standing committee the executive committee signs."""
    maker, *head = [str(signer) for signer in content["signers"]]
    titles = [part.strip() for signer in head for part in signer.split(",")]
    body = str(content["body"]).upper()
    titles = [f"TM. {body}" if part.startswith("TM.") else part for part in titles]
    return (maker, ""), (*titles, "")

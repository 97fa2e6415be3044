"""The activities file: what cadres did, as rows of plain values."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from storage.importing.cells import read_clock, read_minutes
from storage.importing.errors import Faults
from storage.importing.table import Layout, RowReader, Table, read_tables
from storage.terms import EntryKind, RecognisedBy

ACTIVITIES = Layout(
    "Hoạt động",
    (
        "Mã cán bộ",
        "Loại",
        "Ngày",
        "Bắt đầu",
        "Kết thúc",
        "Số giờ",
        "Nội dung",
        "Đơn vị tổ chức",
        "Đã áp dụng",
        "Cấp công nhận",
        "Ngày công nhận",
        "Đúng giờ",
        "Xác nhận",
    ),
    required=("Mã cán bộ", "Loại", "Ngày"),
)

LONGEST_TITLE = 500
LAST_MINUTE = 24 * 60


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """A row of sheet Hoạt động; ``start`` and ``end`` are minutes of the day, ``minutes`` the duration."""

    row: int
    cadre: str
    kind: EntryKind
    day: date
    start: int | None
    end: int | None
    minutes: int | None
    title: str
    organiser: str | None
    applied: bool
    recognised_by: RecognisedBy | None
    recognised_on: date | None
    on_time: bool | None
    confirmed: bool


@dataclass(slots=True)
class ActivitiesFile:
    """What an activities file says."""

    table: Table
    faults: Faults
    lines: list[ActivityLine]


def read_activities(path: Path) -> ActivitiesFile:
    """Read activities. Raises ImportRefused when there are none; errors of cells are collected in ``faults``."""
    tables, faults = read_tables(path, (ACTIVITIES,), " Nếu đây là danh sách cán bộ, hãy dùng lệnh import roster.")
    table = tables[ACTIVITIES.name]
    return ActivitiesFile(table, faults, table.read(_activity))


def _activity(row: RowReader) -> ActivityLine | None:
    cadre, kind, day = row.code("Mã cán bộ"), row.term("Loại", EntryKind), row.day("Ngày")
    start, end, minutes = _times(row)
    recognised_by, recognised_on = _recognition(row)
    title = row.text("Nội dung", LONGEST_TITLE) or ""
    organiser, applied = row.code("Đơn vị tổ chức"), row.flag("Đã áp dụng")
    on_time, confirmed = row.flag("Đúng giờ"), row.flag("Xác nhận")
    if cadre is None or kind is None or day is None:
        return None
    return ActivityLine(
        row.number,
        cadre,
        kind,
        day,
        start,
        end,
        minutes,
        title,
        organiser,
        applied,
        recognised_by,
        recognised_on,
        on_time if on_time or kind is EntryKind.SUMMONED_MEETING else None,
        confirmed,
    )


def _times(row: RowReader) -> tuple[int | None, int | None, int | None]:
    start, end = row.read("Bắt đầu", read_clock), row.read("Kết thúc", read_clock)
    minutes = row.read("Số giờ", read_minutes)
    if end == 0 and start != 0:  # people write the midnight that ends a day either way
        end = LAST_MINUTE
    if start == LAST_MINUTE:
        row.wrong("Bắt đầu", "24:00 là đầu ngày hôm sau; hãy ghi 00:00 và ngày hôm sau.")
    elif start is not None and end is not None:
        if end <= start:
            row.wrong(
                "Kết thúc",
                f"{_clock(end)} không sau giờ bắt đầu {_clock(start)}; "
                "nếu qua nửa đêm, hãy tách thành hai dòng: đến 24:00, rồi từ 00:00 ngày hôm sau.",
            )
        elif minutes is not None and minutes > end - start + 1:
            row.wrong(
                "Số giờ",
                f"{_hours(minutes)} giờ, nhưng từ {_clock(start)} đến {_clock(end)} chỉ có "
                f"{_hours(end - start)} giờ; hãy sửa số giờ hoặc giờ bắt đầu, kết thúc.",
            )
    return start, end, minutes


def _recognition(row: RowReader) -> tuple[RecognisedBy | None, date | None]:
    by, on = row.term("Cấp công nhận", RecognisedBy), row.day("Ngày công nhận")
    if by is not None and on is None:
        row.wrong("Ngày công nhận", "còn trống mà đã có Cấp công nhận; hãy ghi ngày, ví dụ 15/04/2026.")
    if on is not None and by is None:
        labels = " hoặc ".join(who.label for who in RecognisedBy)
        row.wrong("Cấp công nhận", f"còn trống mà đã có Ngày công nhận; hãy ghi {labels}.")
    return by, on


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")

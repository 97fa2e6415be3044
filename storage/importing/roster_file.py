"""The roster file: units, positions of cadres, absences, as rows of plain values."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from storage.importing.errors import Faults
from storage.importing.table import Layout, RowReader, Table, read_tables
from storage.terms import PositionTitle, Right, UnitType

UNITS = Layout(
    "Đơn vị",
    ("Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Đơn vị cấp trên"),
    required=("Mã đơn vị", "Tên đơn vị", "Loại đơn vị"),
)
CADRES = Layout(
    "Cán bộ",
    (
        "Mã cán bộ",
        "Họ và tên",
        "Đơn vị",
        "Chức vụ",
        "Chuyên trách",
        "Khối CCVC",
        "Từ ngày",
        "Đến ngày",
        "Quyền",
    ),
    required=("Mã cán bộ", "Họ và tên", "Đơn vị", "Chức vụ", "Từ ngày"),
)
ABSENCES = Layout(
    "Nghỉ",
    ("Mã cán bộ", "Đơn vị", "Từ ngày", "Đến ngày", "Lý do", "Số quyết định"),
    required=("Từ ngày", "Đến ngày"),
    optional=True,
)

LONGEST_NAME = 200
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A row of sheet Đơn vị."""

    row: int
    code: str
    name: str
    type: UnitType
    parent: str | None


@dataclass(frozen=True, slots=True)
class PositionLine:
    """A row of sheet Cán bộ: one position."""

    row: int
    code: str
    name: str
    unit: str
    title: PositionTitle
    full_time: bool
    public_sector: bool
    right: Right
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """A row of sheet Nghỉ: of the cadre when one is named, else of everybody of the unit and below."""

    row: int
    cadre: str | None
    unit: str | None
    start: date
    end: date
    reason: str
    decision_no: str


@dataclass(slots=True)
class RosterFile:
    """What a roster file says. ``codes`` are the unit and cadre codes of all rows, faulty ones too."""

    tables: dict[str, Table]
    faults: Faults
    units: list[UnitLine]
    positions: list[PositionLine]
    absences: list[AbsenceLine]
    unit_codes: dict[str, str]
    cadre_codes: dict[str, str]


def read_roster(path: Path) -> RosterFile:
    """Read a roster. Raises ImportRefused when it is no roster; errors of cells are collected in ``faults``."""
    tables, faults = read_tables(
        path, (UNITS, CADRES, ABSENCES), " Nếu đây là tệp hoạt động, hãy dùng lệnh import activities."
    )
    units, positions = tables[UNITS.name], tables[CADRES.name]
    absences = tables.get(ABSENCES.name)
    return RosterFile(
        tables,
        faults,
        units.read(_unit),
        positions.read(_position),
        absences.read(_absence) if absences else [],
        _names(units, "Mã đơn vị", "Tên đơn vị"),
        _names(positions, "Mã cán bộ", "Họ và tên"),
    )


def _unit(row: RowReader) -> UnitLine | None:
    code, name = row.code("Mã đơn vị"), row.text("Tên đơn vị", LONGEST_NAME)
    kind, parent = row.term("Loại đơn vị", UnitType), row.code("Đơn vị cấp trên")
    if code is None or name is None or kind is None:
        return None
    return UnitLine(row.number, code, name, kind, parent)


def _position(row: RowReader) -> PositionLine | None:
    code, name, unit = row.code("Mã cán bộ"), row.text("Họ và tên", LONGEST_NAME), row.code("Đơn vị")
    title, start, end = row.term("Chức vụ", PositionTitle), row.day("Từ ngày"), row.day("Đến ngày")
    full_time, public_sector = row.flag("Chuyên trách"), row.flag("Khối CCVC")
    right = row.term("Quyền", Right) or Right.NONE
    if start and end and end < start:
        row.wrong("Đến ngày", f"{end:%d/%m/%Y} sớm hơn Từ ngày {start:%d/%m/%Y}; hãy xem lại hai ngày.")
    if code is None or name is None or unit is None or title is None or start is None:
        return None
    return PositionLine(row.number, code, name, unit, title, full_time, public_sector, right, start, end)


def _absence(row: RowReader) -> AbsenceLine | None:
    cadre, unit = row.code("Mã cán bộ"), row.code("Đơn vị")
    start, end = row.day("Từ ngày"), row.day("Đến ngày")
    reason = row.text("Lý do", LONGEST_REASON) or ""
    decision_no = row.text("Số quyết định", LONGEST_REASON) or ""
    if cadre is None and unit is None:
        row.wrong("Mã cán bộ", "ghi mã cán bộ, hoặc để trống và ghi mã đơn vị cho cả đơn vị; ví dụ CB0001.")
    if start and end and end < start:
        row.wrong("Đến ngày", f"{end:%d/%m/%Y} sớm hơn Từ ngày {start:%d/%m/%Y}; hãy xem lại hai ngày.")
    if start is None or end is None:
        return None
    return AbsenceLine(row.number, cadre, None if cadre else unit, start, end, reason, decision_no)


def _names(table: Table, code: str, name: str) -> dict[str, str]:
    """Code → name of every row that has a code, for hints and so that one bad cell is one error."""
    found: dict[str, str] = {}
    for row in table:
        key = row.code(code)
        if key is not None:
            found.setdefault(key, row.text(name, LONGEST_NAME) or "")
    return found

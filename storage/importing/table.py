"""A sheet as a table: where its heading row is, which column is which, and its rows read cell by cell."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from storage.importing import cells
from storage.importing.book import Sheet, open_book, refused
from storage.importing.errors import BadCell, Faults, ImportRefused, RowError, SheetFaults
from storage.terms import Term

T = TypeVar("T")
TermT = TypeVar("TermT", bound=Term)

HEADING_WITHIN = 10
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a sheet is called and which columns it has; ``required`` ones must be there and be filled."""

    name: str
    columns: tuple[str, ...]
    required: tuple[str, ...]
    optional: bool = False


@dataclass(slots=True)
class Table:
    """The rows of a sheet below its heading. ``passed_over`` rows fill no required column (a signature)."""

    layout: Layout
    columns: dict[str, int]
    rows: list[tuple[int, Sequence[object]]]
    faults: SheetFaults
    passed_over: int
    blank: int

    def __iter__(self) -> Iterator["RowReader"]:
        """Every row, as something that reads its cells."""
        return (RowReader(self, number, values) for number, values in self.rows)

    def read(self, line: "Callable[[RowReader], T | None]") -> list[T]:
        """The rows that ``line`` could make sense of; the others have their errors noted."""
        return [found for row in self if (found := line(row)) is not None]


class RowReader:
    """One row. Each method reads one cell; what is wrong is noted and the answer is None."""

    __slots__ = ("_table", "_values", "number")

    def __init__(self, table: Table, number: int, values: Sequence[object]) -> None:
        self._table = table
        self._values = values
        self.number = number

    def read(self, column: str, reader: Callable[[object], T]) -> T | None:
        """The cell of ``column`` as ``reader`` understands it; None for an empty one."""
        at = self._table.columns.get(column)
        value = self._values[at] if at is not None and at < len(self._values) else None
        if cells.is_empty(value):
            if column in self._table.layout.required:
                self.wrong(column, "còn trống; ô này bắt buộc phải có.")
            return None
        try:
            return reader(value)
        except BadCell as error:
            self.wrong(column, str(error))
            return None

    def text(self, column: str, longest: int) -> str | None:
        """Text of at most ``longest`` characters."""
        return self.read(column, lambda value: cells.read_text(value, longest))

    def code(self, column: str) -> str | None:
        """A code of a unit or cadre."""
        return self.read(column, cells.read_code)

    def day(self, column: str) -> date | None:
        """A day."""
        return self.read(column, cells.read_day)

    def flag(self, column: str) -> bool:
        """Whether the cell is marked."""
        return self.read(column, cells.read_flag) or False

    def term(self, column: str, terms: type[TermT]) -> TermT | None:
        """One of the fixed words."""
        return self.read(column, lambda value: cells.read_term(value, terms))

    def wrong(self, column: str, message: str) -> None:
        """Note what is wrong with the cell of ``column``."""
        self._table.faults.add(self.number, column, message)


def read_tables(path: Path, layouts: Sequence[Layout], hint: str = "") -> tuple[dict[str, Table], Faults]:
    """The tables of the sheets that ``layouts`` describe, by sheet name, and where their errors go.

    Raises ImportRefused when a sheet, its heading row, or a required column is not found; ``hint`` is said
    where a sheet is missing. Only optional sheets may be missing.
    """
    book = open_book(path, [layout.name for layout in layouts])
    faults = Faults()
    tables: dict[str, Table] = {}
    errors: list[RowError] = []
    missing = [
        f'"{layout.name}"'
        for layout in layouts
        if not layout.optional and cells.squeeze(layout.name) not in book.sheets
    ]
    if missing:
        found = ", ".join(f'"{name}"' for name in book.names)
        raise refused(path, f"thiếu trang {', '.join(missing)}; tệp này có {found}.{hint}")
    for number, layout in enumerate(layouts):
        sheet = book.sheets.get(cells.squeeze(layout.name))
        if sheet is None:
            continue
        try:
            tables[layout.name] = _table(sheet, layout, faults, number)
        except ImportRefused as refusal:
            errors += refusal.errors
    if errors:
        raise ImportRefused(errors)
    return tables, faults


def _table(sheet: Sheet, layout: Layout, faults: Faults, number: int) -> Table:
    heading, columns = _heading(sheet, layout)
    below = [(row, values) for row, values in sheet.rows if row > heading]
    required = [columns[title] for title in layout.required]
    kept = [
        (row, values)
        for row, values in below
        if any(at < len(values) and not cells.is_empty(values[at]) for at in required)
    ]
    blank = (below[-1][0] - heading - len(below)) if below else 0
    table = Table(
        layout, columns, kept, SheetFaults(faults, number, sheet.name, columns), len(below) - len(kept), blank
    )
    _note_merged(table, sheet)
    _note_unset(table, sheet)
    return table


def _heading(sheet: Sheet, layout: Layout) -> tuple[int, dict[str, int]]:
    """The row number of the heading and the index of each known column in it."""
    keys = {cells.squeeze(title): title for title in layout.columns}
    best: tuple[int, list[tuple[str, int]]] = (0, [])
    for number, values in sheet.rows:
        if number > HEADING_WITHIN:
            break
        found = _titles(values, keys)
        if len({title for title, _ in found}) > len({title for title, _ in best[1]}):
            best = number, found
    number, found = best
    if len(found) < min(2, len(layout.required)):
        raise _bad_heading(
            sheet,
            f"không thấy dòng tiêu đề trong {HEADING_WITHIN} dòng đầu; cần có các cột: {', '.join(layout.required)}.",
        )
    titles = [title for title, _ in found]
    missing = [title for title in layout.required if title not in titles]
    if missing:
        raise _bad_heading(
            sheet,
            f"dòng tiêu đề {number} thiếu cột {', '.join(missing)}; đang có: {', '.join(titles)}.",
        )
    double = sorted({title for title in titles if titles.count(title) > 1})
    if double:
        raise _bad_heading(sheet, f"dòng tiêu đề {number} có hai cột cùng tên {', '.join(double)}; hãy giữ một cột.")
    return number, dict(found)


def _titles(values: Sequence[object], keys: dict[str, str]) -> list[tuple[str, int]]:
    """The known titles in a row; remarks in brackets matter only where no column has just the title."""
    texts = [(at, value) for at, value in enumerate(values) if isinstance(value, str)]
    plain = [(keys[key], at) for at, text in texts if (key := cells.squeeze(text)) in keys]
    have = {title for title, _ in plain}
    remarked = [(keys[key], at) for at, text in texts if (key := cells.squeeze(_BRACKETS.sub("", text))) in keys]
    return plain + [(title, at) for title, at in remarked if title not in have]


def _bad_heading(sheet: Sheet, message: str) -> ImportRefused:
    return ImportRefused([RowError(sheet.name, message)])


def _note_merged(table: Table, sheet: Sheet) -> None:
    """Name merged cells that swallow cells of the table: only their first cell holds anything."""
    kept = {number for number, _ in table.rows}
    end = max(kept, default=0)
    for first_column, first_row, last_column, last_row in sheet.merged:
        inside = [
            (row, title)
            for row in range(first_row, min(last_row, end) + 1)
            if row in kept
            for title, at in table.columns.items()
            if first_column <= at + 1 <= last_column
        ]
        if len(inside) < 2:
            continue
        (row, title), *others = inside
        table.faults.add(row, title, "ô bị gộp với ô khác; hãy bỏ gộp ô và điền đủ từng dòng.")
        for other_row, other in others:
            table.faults.silence(other_row, other)


def _note_unset(table: Table, sheet: Sheet) -> None:
    """Name formulas that no program has calculated: read as they are, they would be empty cells."""
    titles = {at + 1: title for title, at in table.columns.items()}
    kept = {number for number, _ in table.rows}
    for row, column in sheet.unset:
        if row in kept and column in titles:
            table.faults.add(
                row, titles[column], "công thức trong ô chưa được tính; hãy mở bằng Excel rồi lưu lại tệp."
            )

"""Opening what an office sends: an .xlsx workbook, or a folder of .csv files named after the sheets."""

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import coordinate_to_tuple, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from storage.importing.cells import is_empty, squeeze
from storage.importing.errors import ImportRefused, RowError

MAX_UNPACKED = 400 * 2**20
MAX_PARTS = 5_000
MAX_ROWS = 200_000
MAX_COLUMNS = 64

BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
)
SAVE_AGAIN = "hãy mở bằng Excel và lưu lại dạng Excel Workbook (.xlsx)."
# What the first bytes of other files tell, and what to do about it.
OTHER_FILES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "đây là tệp PDF; hãy gửi tệp Excel (.xlsx) gốc."),
    (b"\x89PNG", "đây là ảnh; hãy gửi tệp Excel (.xlsx)."),
    (b"\xff\xd8\xff", "đây là ảnh; hãy gửi tệp Excel (.xlsx)."),
    (b"Rar!", f"đây là tệp nén RAR; hãy giải nén rồi {SAVE_AGAIN}"),
    (b"<", f"đây là trang web hoặc XML chứ không phải tệp Excel; {SAVE_AGAIN}"),
)

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_FORMULA_WITHOUT_VALUE = re.compile(rb"<c ([^>]*)>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_REFERENCE = re.compile(rb'\br="([A-Z]+[0-9]+)"')

Row = tuple[int, Sequence[object]]
Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that hold anything, with the numbers Excel shows (from 1), and what a reader should know.

    ``merged`` are areas (first column, first row, last column, last row); ``unset`` are the (row, column)
    of formulas that were never calculated. Columns count from 1 in both.
    """

    name: str
    rows: list[Row]
    merged: tuple[Area, ...] = ()
    unset: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Book:
    """The names of all sheets, and the wanted ones (by squeezed name) that are there."""

    names: list[str]
    sheets: dict[str, Sheet] = field(default_factory=dict)


def open_book(path: Path, wanted: Sequence[str]) -> Book:
    """Read the ``wanted`` sheets of a workbook or folder. Raises ImportRefused when it is neither."""
    if not path.exists():
        raise refused(path, "không có tệp hay thư mục này; hãy xem lại đường dẫn.")
    if path.is_dir():
        return _open_folder(path, wanted)
    if path.suffix.lower() == ".csv":
        raise refused(path, "với CSV, hãy đưa thư mục chứa các tệp mang tên trang, ví dụ thư mục có Cán bộ.csv.")
    try:
        _look_inside(path)
        with warnings.catch_warnings():  # styles and extensions of Excel that do not matter here
            warnings.simplefilter("ignore")
            return _open_workbook(path, wanted)
    except ImportRefused:
        raise
    except PermissionError:
        raise refused(path, "không được phép đọc tệp này; hãy xem lại quyền của tệp.") from None
    except BROKEN:
        raise refused(path, f"tệp bị hỏng hoặc tải về chưa trọn; {SAVE_AGAIN}") from None


def refused(path: Path, message: str) -> ImportRefused:
    """The refusal of a whole file."""
    return ImportRefused([RowError("", f"{unicodedata.normalize('NFC', path.name)}: {message}")])


def _look_inside(path: Path) -> None:
    """Refuse what is not a workbook, by its content rather than its name."""
    with path.open("rb") as file:
        start = file.read(512)
        if start.startswith(b"\xd0\xcf\x11\xe0"):
            locked = "EncryptedPackage".encode("utf-16-le") in start + file.read()
            raise refused(
                path,
                "tệp có mật khẩu; hãy bỏ mật khẩu rồi lưu lại."
                if locked
                else f"đây là tệp Excel đời cũ (.xls); {SAVE_AGAIN}",
            )
    if not start.strip():
        raise refused(path, "tệp trống.")
    for sign, message in OTHER_FILES:
        if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(sign):
            raise refused(path, message)
    if not start.startswith(b"PK"):
        raise refused(path, f"đây không phải tệp Excel (.xlsx); {SAVE_AGAIN}")
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise refused(path, "tệp quá lớn khi giải nén; hãy chép phần số liệu sang một tệp mới.")
    if "xl/workbook.xml" not in names and not any(name.startswith("xl/") for name in names):
        raise refused(path, f"đây không phải bảng tính Excel; {SAVE_AGAIN}")
    if "xl/workbook.bin" in names:
        raise refused(path, f"đây là tệp .xlsb; {SAVE_AGAIN}")


def _open_workbook(path: Path, wanted: Sequence[str]) -> Book:
    workbook = load_workbook(path, read_only=True, data_only=True)
    try:
        tables = list(workbook.worksheets)
        if not tables:
            raise refused(path, f"không đọc được trang tính nào; {SAVE_AGAIN}")
        chosen = _choose(path, [(table.title, table) for table in tables], wanted)
        with zipfile.ZipFile(path) as archive:
            sheets = {key: _sheet(path, table, archive) for key, table in chosen.items()}
        return Book([table.title for table in tables], sheets)
    finally:
        workbook.close()


def _sheet(path: Path, table: Any, archive: zipfile.ZipFile) -> Sheet:
    table.reset_dimensions()  # programs that are not Excel often write them wrong
    values = table.iter_rows(min_row=1, min_col=1, max_col=MAX_COLUMNS, values_only=True)
    rows = _filled(path, values)
    xml = archive.read(table._worksheet_path)  # openpyxl does not tell merged cells when it only reads
    merged = tuple(
        (first_col or 1, first_row or 1, last_col or 1, last_row or 1)
        for first_col, first_row, last_col, last_row in (
            range_boundaries(reference.decode()) for reference in _MERGED.findall(xml)
        )
    )
    return Sheet(table.title, rows, merged, frozenset(_formulas_without_value(xml)))


def _formulas_without_value(xml: bytes) -> Iterator[tuple[int, int]]:
    for match in _FORMULA_WITHOUT_VALUE.finditer(xml) if b"<f" in xml else ():
        reference = _REFERENCE.search(match[1])
        if reference and b't="str"' not in match[1]:
            yield coordinate_to_tuple(reference[1].decode())


def _open_folder(path: Path, wanted: Sequence[str]) -> Book:
    files = sorted(file for file in path.iterdir() if file.suffix.lower() == ".csv")
    if not files:
        raise refused(path, f"thư mục không có tệp .csv nào; cần {', '.join(f'{name}.csv' for name in wanted)}.")
    names = [unicodedata.normalize("NFC", file.stem) for file in files]
    chosen = _choose(path, list(zip(names, files, strict=True)), wanted)
    return Book(names, {key: _csv_sheet(file) for key, file in chosen.items()})


def _csv_sheet(file: Path) -> Sheet:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise refused(file, "tệp không ở dạng UTF-8; trong Excel hãy chọn Lưu thành > CSV UTF-8.") from None
    top = "\n".join(text.splitlines()[:10])
    separator = max(",;\t", key=top.count)
    try:
        rows = _filled(file, csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise refused(file, "tệp CSV bị hỏng; hãy lưu lại dạng CSV UTF-8.") from None
    return Sheet(unicodedata.normalize("NFC", file.stem), rows)


def _choose(path: Path, named: list[tuple[str, Any]], wanted: Sequence[str]) -> dict[str, Any]:
    """The wanted ones of ``named``, by squeezed name. Raises ImportRefused when two have the same name."""
    chosen: dict[str, Any] = {}
    keys = {squeeze(name) for name in wanted}
    for name, found in named:
        key = squeeze(name)
        if key in chosen:
            raise refused(path, f'có hai trang cùng tên "{name}"; hãy giữ một trang.')
        if key in keys:
            chosen[key] = found
    return chosen


def _filled(path: Path, values: Iterable[Sequence[object]]) -> list[Row]:
    """The rows with anything in them, numbered from 1."""
    rows: list[Row] = []
    for number, row in enumerate(values, 1):
        if row.count(None) == len(row) or all(is_empty(value) for value in row):  # the first is the fast way
            continue
        if len(rows) == MAX_ROWS:
            raise refused(path, f"có hơn {MAX_ROWS:,} dòng; hãy chia thành nhiều tệp.".replace(",", "."))
        rows.append((number, row))
    return rows

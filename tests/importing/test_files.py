"""A file that is no workbook is told so, with what to send instead."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from storage.database import Database
from storage.importing import ImportRefused, read_roster
from tests.importing.workbooks import ROSTER, changed, refusal

SAVE = "hãy mở bằng Excel và lưu lại dạng Excel Workbook (.xlsx)."
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def zipped(name: str, content: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "tệp trống."),
        (b"%PDF-1.7 ...", "đây là tệp PDF; hãy gửi tệp Excel (.xlsx) gốc."),
        (b"<html><table>", f"đây là trang web hoặc XML chứ không phải tệp Excel; {SAVE}"),
        (OLD_EXCEL, f"đây là tệp Excel đời cũ (.xls); {SAVE}"),
        (OLD_EXCEL + "EncryptedPackage".encode("utf-16-le"), "tệp có mật khẩu; hãy bỏ mật khẩu rồi lưu lại."),
        (b"STT;M\xe3", f"đây không phải tệp Excel (.xlsx); {SAVE}"),
        (b"PK\x03\x04 and no more", f"tệp bị hỏng hoặc tải về chưa trọn; {SAVE}"),
        (zipped("word/document.xml"), f"đây không phải bảng tính Excel; {SAVE}"),
        (zipped("xl/workbook.bin"), f"đây là tệp .xlsb; {SAVE}"),
        (zipped("xl/workbook.xml", b"<workbook"), f"tệp bị hỏng hoặc tải về chưa trọn; {SAVE}"),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "danh sách.xlsx"
    file.write_bytes(content)
    with pytest.raises(ImportRefused) as refused:
        read_roster(file)
    assert refused.value.lines() == [f"danh sách.xlsx: {says}"]


@pytest.mark.parametrize("part", [0.3, 0.7, 0.99])
def test_a_download_that_broke_off(tmp_path: Path, part: float) -> None:
    content = ROSTER.read_bytes()
    file = tmp_path / "roster.xlsx"
    file.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(ImportRefused, match="tải về chưa trọn"):
        read_roster(file)


def test_a_small_file_that_would_unpack_to_a_huge_one(tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(450):
            part.write(bytes(2**20))
    with pytest.raises(ImportRefused, match="quá lớn khi giải nén"):
        read_roster(file)


def test_a_path_that_leads_nowhere(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="không có tệp hay thư mục này"):
        read_roster(tmp_path / "roster.xlsx")


def test_a_sheet_that_pretends_to_be_vast(office: Database, tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        workbook["Cán bộ"]["XFD1048576"] = " "

    assert refusal(office, changed(ROSTER, tmp_path, change)) == []


def test_the_workbook_may_be_rearranged(office: Database, tmp_path: Path) -> None:
    """Other names of case and encoding, other order of sheets and columns, other sheets, remarks in headings."""

    def change(workbook: Workbook) -> None:
        workbook["Cán bộ"].title = "CAN BO"
        workbook["Đơn vị"].title = "Đơn vi\u0323 "
        workbook.create_sheet("Hướng dẫn", 0)["A1"] = "Đọc trước"
        sheet = workbook["CAN BO"]
        sheet["H5"], sheet["K5"], sheet["B5"] = "TỪ NGÀY (d/m/yyyy)", "Đơn vị (tên)", "mã  CÁN BỘ *"
        sheet.insert_cols(3)
        sheet.move_range("K5:K248", cols=4)

    assert refusal(office, changed(ROSTER, tmp_path, change)) == []


def test_a_folder_with_nothing_in_it(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"không có tệp \.csv nào; cần Đơn vị\.csv, Cán bộ\.csv, Nghỉ\.csv"):
        read_roster(tmp_path)


def test_a_folder_without_one_of_the_sheets(tmp_path: Path) -> None:
    (tmp_path / "Đơn vị.csv").write_text("Mã đơn vị,Tên đơn vị,Loại đơn vị\n", encoding="utf-8")
    with pytest.raises(ImportRefused, match='thiếu trang "Cán bộ"; tệp này có "Đơn vị"'):
        read_roster(tmp_path)


def test_a_csv_in_the_old_encoding_of_windows(tmp_path: Path) -> None:
    (tmp_path / "Đơn vị.csv").write_bytes("Mã".encode("cp1252"))
    with pytest.raises(ImportRefused, match="không ở dạng UTF-8"):
        read_roster(tmp_path)


def test_one_csv_alone(tmp_path: Path) -> None:
    file = tmp_path / "Cán bộ.csv"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(ImportRefused, match="hãy đưa thư mục chứa các tệp"):
        read_roster(file)


def test_an_error_in_a_csv_is_named_like_in_a_workbook(tmp_path: Path) -> None:
    for sheet in load_workbook(ROSTER):
        lines = [
            ",".join(f'"{"" if value is None else value}"' for value in row)
            for row in sheet.iter_rows(values_only=True)
        ]
        (tmp_path / f"{sheet.title}.csv").write_text("\n".join(lines), encoding="utf-8")
    cadres = tmp_path / "Cán bộ.csv"
    cadres.write_text(cadres.read_text("utf-8").replace("17/01/2026", "17/13/2026"), encoding="utf-8")
    file = read_roster(tmp_path)
    with pytest.raises(ImportRefused) as refused:
        file.faults.refuse()
    assert refused.value.lines() == [
        'Cán bộ, dòng 11, cột Từ ngày (H): "17/13/2026" không có trong lịch; hãy xem lại, ví dụ 28/02/2026.'
    ]

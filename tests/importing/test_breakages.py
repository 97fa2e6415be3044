"""What is wrong with a file is said where it is, with what to do about it, and nothing is imported."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlmodel import func, select

from storage.database import Database
from storage.models import Entry, Position
from tests.importing.workbooks import ACTIVITIES, ROSTER, TODAY, Change, cells, changed, few_activities, refusal

UNITS, CADRES, ABSENCES, DONE = "Đơn vị", "Cán bộ", "Nghỉ", "Hoạt động"


def merge(sheet: str, area: str) -> Change:
    return lambda workbook: workbook[sheet].merge_cells(area)


def rename(sheet: str, name: str) -> Change:
    def change(workbook: Workbook) -> None:
        workbook[sheet].title = name

    return change


def drop(sheet: str) -> Change:
    return lambda workbook: workbook.remove(workbook[sheet])


ROSTER_BREAKAGES: list[tuple[str, Change, str]] = [
    (
        "a day that does not exist",
        cells(CADRES, H7="31/2/2026"),
        'Cán bộ, dòng 7, cột Từ ngày (H): "31/2/2026" không có trong lịch; hãy xem lại, ví dụ 28/02/2026.',
    ),
    (
        "month before day",
        cells(CADRES, H7="12/31/2025"),
        'Cán bộ, dòng 7, cột Từ ngày (H): "12/31/2025" không có trong lịch; có phải 31/12/2025? '
        "Hãy ghi ngày trước, tháng sau.",
    ),
    (
        "words for a day",
        cells(CADRES, H7="từ đầu năm"),
        'Cán bộ, dòng 7, cột Từ ngày (H): "từ đầu năm" không phải là ngày; hãy ghi ngày/tháng/năm, ví dụ 01/07/2025.',
    ),
    (
        "a year in two digits",
        cells(CADRES, H7="1/7/25"),
        'Cán bộ, dòng 7, cột Từ ngày (H): "1/7/25" không phải là ngày; hãy ghi ngày/tháng/năm, ví dụ 01/07/2025.',
    ),
    (
        "a day that Excel shows as a number",
        cells(CADRES, H7=45839),
        "Cán bộ, dòng 7, cột Từ ngày (H): ô chứa số 45839 (với Excel là 01/07/2025) chứ không phải ngày; "
        "hãy định dạng ô là Ngày, hoặc gõ dạng 01/07/2025.",
    ),
    (
        "a year of birth",
        cells(CADRES, H7="1/7/1995"),
        "Cán bộ, dòng 7, cột Từ ngày (H): ngày 01/07/1995 có năm 1995; hãy xem lại năm, ví dụ 01/07/2025.",
    ),
    (
        "an end before the start",
        cells(CADRES, H7="1/7/2025", I7="30/06/2025"),
        "Cán bộ, dòng 7, cột Đến ngày (I): 30/06/2025 sớm hơn Từ ngày 01/07/2025; hãy xem lại hai ngày.",
    ),
    (
        "nobody's name",
        cells(CADRES, C7="  "),
        "Cán bộ, dòng 7, cột Họ và tên (C): còn trống; ô này bắt buộc phải có.",
    ),
    (
        "a unit that nobody knows",
        cells(CADRES, D7="XP0I"),
        'Cán bộ, dòng 7, cột Đơn vị (D): không có đơn vị mã "XP0I" trong tệp này cũng như trong danh sách đã nhập. '
        "Có phải XP01 (Đoàn phường Ninh Kiều)?",
    ),
    (
        "a unit by its name",
        cells(CADRES, D7="Đoàn phường Ninh Kiều"),
        'Cán bộ, dòng 7, cột Đơn vị (D): không có đơn vị mã "Đoàn phường Ninh Kiều" trong tệp này cũng như trong '
        "danh sách đã nhập. Có phải XP01 (Đoàn phường Ninh Kiều)?",
    ),
    (
        "a title that is none",
        cells(CADRES, E7="Bí th"),
        'Cán bộ, dòng 7, cột Chức vụ (E): không hiểu "Bí th". Có phải Bí thư? '
        "Hãy chọn một trong: Bí thư; Phó Bí thư; Ủy viên BTV; Ủy viên BCH; Chuyên viên.",
    ),
    (
        "a flag that is no x",
        cells(CADRES, G7="có"),
        'Cán bộ, dòng 7, cột Khối CCVC (G): "có": chỉ ghi x nếu có, để trống nếu không.',
    ),
    (
        "a right that is none",
        cells(CADRES, J7="Xem"),
        'Cán bộ, dòng 7, cột Quyền (J): không hiểu "Xem". Hãy chọn một trong: Theo dõi; Quản trị.',
    ),
    (
        "one code for two people",
        cells(CADRES, B8="CB0002"),
        'Cán bộ, dòng 8, cột Họ và tên (C): mã "CB0002" ở dòng 7 tên là Đỗ Đức Linh, ở đây lại là Phạm Tuấn Như; '
        "hãy ghi giống nhau, hoặc cho mỗi người một mã riêng.",
    ),
    (
        "one position twice at a time",
        cells(CADRES, B8="CB0002", C8="Đỗ Đức Linh", D8="TD", E8="Phó Bí thư", H8="1/9/2025"),
        "Cán bộ, dòng 8, cột Từ ngày (H): trùng thời gian với dòng 7 (cùng người, cùng đơn vị, cùng chức vụ); "
        "hãy giữ một dòng, hoặc ghi Đến ngày cho dòng cũ.",
    ),
    (
        "a code that Excel made a day",
        cells(CADRES, D7=TODAY),
        "Cán bộ, dòng 7, cột Đơn vị (D): Excel đã đổi mã thành ngày giờ (20/11/2026); "
        "hãy định dạng ô là Văn bản rồi gõ lại mã.",
    ),
    (
        "an error of a formula",
        cells(CADRES, C7="#N/A"),
        "Cán bộ, dòng 7, cột Họ và tên (C): công thức trong ô bị lỗi #N/A; hãy sửa công thức hoặc gõ thẳng giá trị.",
    ),
    (
        "a formula that was never calculated",
        cells(CADRES, C7='=PROPER("đỗ đức linh")'),
        "Cán bộ, dòng 7, cột Họ và tên (C): công thức trong ô chưa được tính; hãy mở bằng Excel rồi lưu lại tệp.",
    ),
    (
        "merged cells",
        merge(CADRES, "D7:D9"),
        "Cán bộ, dòng 7, cột Đơn vị (D): ô bị gộp với ô khác; hãy bỏ gộp ô và điền đủ từng dòng.",
    ),
    (
        "a novel for a name",
        cells(CADRES, C7="An " * 100),
        "Cán bộ, dòng 7, cột Họ và tên (C): dài 299 ký tự; hãy rút còn nhiều nhất 200 ký tự.",
    ),
    (
        "a superior that nobody knows",
        cells(UNITS, E7="TDD"),
        'Đơn vị, dòng 7, cột Đơn vị cấp trên (E): không có đơn vị mã "TDD" trong tệp này cũng như trong '
        "danh sách đã nhập. Có phải TD (Thành đoàn Cần Thơ)?",
    ),
    (
        "a circle of superiors",
        cells(UNITS, E7="CD11"),
        "Đơn vị, dòng 7, cột Đơn vị cấp trên (E): cấp trên lặp vòng DUB → CD11 → DCS1 → DUB; "
        "hãy sửa để cấp trên cùng để trống ô này.",
    ),
    (
        "a unit above itself",
        cells(UNITS, E7="DUB"),
        "Đơn vị, dòng 7, cột Đơn vị cấp trên (E): cấp trên lặp vòng DUB → DUB; "
        "hãy sửa để cấp trên cùng để trống ô này.",
    ),
    (
        "one code for two units",
        cells(UNITS, B14="CD21"),
        'Đơn vị, dòng 14, cột Mã đơn vị (B): mã "CD21" đã dùng ở dòng 13 cho Chi đoàn Văn phòng Sở Tài chính; '
        "mỗi đơn vị một mã riêng.",
    ),
    (
        "a kind of unit that is none",
        cells(UNITS, D7="Liên chi đoàn"),
        'Đơn vị, dòng 7, cột Loại đơn vị (D): không hiểu "Liên chi đoàn". Có phải Chi đoàn? '
        "Hãy chọn một trong: Thành đoàn; Tương đương cấp huyện; Đoàn quận/huyện; Đoàn xã/phường; "
        "Đoàn cơ sở; Chi đoàn cơ sở; Chi đoàn.",
    ),
    (
        "leave of nobody",
        cells(ABSENCES, B6=None),
        "Nghỉ, dòng 6, cột Mã cán bộ (B): ghi mã cán bộ, hoặc để trống và ghi mã đơn vị cho cả đơn vị; ví dụ CB0001.",
    ),
    (
        "leave that ends before it begins",
        cells(ABSENCES, E6="4/10/2026"),
        "Nghỉ, dòng 6, cột Đến ngày (E): 04/10/2026 sớm hơn Từ ngày 05/10/2026; hãy xem lại hai ngày.",
    ),
    (
        "the same leave on two decisions",
        cells(ABSENCES, B7="CB0037"),
        "Nghỉ, dòng 7, cột Từ ngày (D): đã có ở dòng 6 với lý do hoặc số quyết định khác; hãy giữ một dòng.",
    ),
    (
        "no sheet of cadres",
        drop(CADRES),
        'roster.xlsx: thiếu trang "Cán bộ"; tệp này có "Đơn vị", "Nghỉ". '
        "Nếu đây là tệp hoạt động, hãy dùng lệnh import activities.",
    ),
    (
        "a sheet under two names",
        rename(ABSENCES, "CAN BO"),
        'roster.xlsx: có hai trang cùng tên "CAN BO"; hãy giữ một trang.',
    ),
    (
        "a column that is missing",
        cells(CADRES, H5="Bắt đầu"),
        "Cán bộ: dòng tiêu đề 5 thiếu cột Từ ngày; đang có: "
        "Mã cán bộ, Họ và tên, Đơn vị, Chức vụ, Chuyên trách, Khối CCVC, Đến ngày, Quyền.",
    ),
    (
        "a column twice",
        cells(CADRES, A5="Đơn vị"),
        "Cán bộ: dòng tiêu đề 5 có hai cột cùng tên Đơn vị; hãy giữ một cột.",
    ),
    (
        "a heading too far down",
        lambda workbook: workbook[CADRES].insert_rows(1, 6),
        "Cán bộ: không thấy dòng tiêu đề trong 10 dòng đầu; "
        "cần có các cột: Mã cán bộ, Họ và tên, Đơn vị, Chức vụ, Từ ngày.",
    ),
]

ACTIVITY_BREAKAGES: list[tuple[str, Change, str]] = [
    (
        "a cadre that nobody knows",
        cells(DONE, B6="CB00O1"),
        'Hoạt động, dòng 6, cột Mã cán bộ (B): không có cán bộ mã "CB00O1" trong danh sách đã nhập. '
        "Có phải CB0001 (Danh Anh An)?",
    ),
    (
        "an organiser that nobody knows",
        cells(DONE, I7="Ninh Kiều"),
        'Hoạt động, dòng 7, cột Đơn vị tổ chức (I): không có đơn vị mã "Ninh Kiều" trong danh sách đã nhập.',
    ),
    (
        "a kind that is none",
        cells(DONE, C6="Giờ tình nguyên lớn"),
        'Hoạt động, dòng 6, cột Loại (C): không hiểu "Giờ tình nguyên lớn". Có phải Giờ tình nguyện? '
        "Hãy chọn một trong: Giờ tình nguyện; Hoạt động tình nguyện; Sinh hoạt chi đoàn; Sáng kiến; "
        "Văn nghệ, thể thao; Áo Thanh niên; Họp triệu tập.",
    ),
    (
        "no hours",
        cells(DONE, G9=0),
        'Hoạt động, dòng 9, cột Số giờ (G): số giờ "0" phải lớn hơn 0 và không quá 24, ví dụ 1,5.',
    ),
    (
        "hours below nothing",
        cells(DONE, G9="-1,5"),
        'Hoạt động, dòng 9, cột Số giờ (G): số giờ "-1,5" phải lớn hơn 0 và không quá 24, ví dụ 1,5.',
    ),
    (
        "more hours than a day has",
        cells(DONE, G9=25),
        'Hoạt động, dòng 9, cột Số giờ (G): số giờ "25" phải lớn hơn 0 và không quá 24, ví dụ 1,5.',
    ),
    (
        "words for hours",
        cells(DONE, G9="cả buổi"),
        'Hoạt động, dòng 9, cột Số giờ (G): "cả buổi" không phải là số giờ; hãy ghi một con số, ví dụ 1,5.',
    ),
    (
        "hours that Excel made a day",
        cells(DONE, G9=TODAY),
        "Hoạt động, dòng 9, cột Số giờ (G): Excel đã đổi số giờ thành ngày 20/11/2026; "
        "hãy gõ lại bằng dấu phẩy, ví dụ 1,5.",
    ),
    (
        "an end before the start",
        cells(DONE, E6="22:00", F6="02:00"),
        "Hoạt động, dòng 6, cột Kết thúc (F): 02:00 không sau giờ bắt đầu 22:00; "
        "nếu qua nửa đêm, hãy tách thành hai dòng: đến 24:00, rồi từ 00:00 ngày hôm sau.",
    ),
    (
        "more hours than between start and end",
        cells(DONE, G6=4),
        "Hoạt động, dòng 6, cột Số giờ (G): 4 giờ, nhưng từ 19:00 đến 22:00 chỉ có 3 giờ; "
        "hãy sửa số giờ hoặc giờ bắt đầu, kết thúc.",
    ),
    (
        "a time that is none",
        cells(DONE, E6="25:00"),
        'Hoạt động, dòng 6, cột Bắt đầu (E): "25:00" không phải giờ trong ngày; ví dụ 19:00.',
    ),
    (
        "a bare number for a time",
        cells(DONE, E6=19),
        'Hoạt động, dòng 6, cột Bắt đầu (E): "19" không phải là giờ; hãy ghi giờ:phút, ví dụ 19:00.',
    ),
    (
        "recognised by somebody, some day",
        cells(DONE, L20=None),
        "Hoạt động, dòng 20, cột Ngày công nhận (L): còn trống mà đã có Cấp công nhận; hãy ghi ngày, ví dụ 15/04/2026.",
    ),
    (
        "recognised by nobody",
        cells(DONE, K20=None),
        "Hoạt động, dòng 20, cột Cấp công nhận (K): còn trống mà đã có Ngày công nhận; "
        "hãy ghi Thủ trưởng đơn vị hoặc Đoàn cấp trên.",
    ),
    (
        "a year that is far off",
        cells(DONE, D6="13/11/2062"),
        "Hoạt động, dòng 6, cột Ngày (D): năm 2062 còn quá xa; hãy xem lại năm, ví dụ 20/11/2026.",
    ),
    (
        "no day",
        cells(DONE, D6=None),
        "Hoạt động, dòng 6, cột Ngày (D): còn trống; ô này bắt buộc phải có.",
    ),
    (
        "a number for a day",
        cells(DONE, D7=46346),
        "Hoạt động, dòng 7, cột Ngày (D): ô chứa số 46346 (với Excel là 20/11/2026) chứ không phải ngày; "
        "hãy định dạng ô là Ngày, hoặc gõ dạng 01/07/2025.",
    ),
]


def named(table: list[tuple[str, Change, str]]) -> list[object]:
    return [pytest.param(change, sentence, id=name) for name, change, sentence in table]


@pytest.mark.parametrize(("change", "sentence"), named(ROSTER_BREAKAGES))
def test_a_broken_roster_is_refused_with_one_sentence(
    office: Database, tmp_path: Path, change: Change, sentence: str
) -> None:
    assert refusal(office, changed(ROSTER, tmp_path, change)) == [sentence]


@pytest.mark.parametrize(("change", "sentence"), named(ACTIVITY_BREAKAGES))
def test_broken_activities_are_refused_with_one_sentence(
    office: Database, tmp_path: Path, change: Change, sentence: str
) -> None:
    assert refusal(office, few_activities(tmp_path, change)) == [sentence]
    assert office.read_now(lambda s: s.exec(select(func.count()).select_from(Entry)).one()) == 0


def test_all_errors_are_named_at_once_in_the_order_of_the_file(office: Database, tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        workbook[CADRES]["H9"] = "hôm qua"
        workbook[CADRES]["D7"] = "KHONGCO"
        workbook[ABSENCES]["E6"] = None
        workbook[UNITS]["D20"] = "Đoàn gì đó"

    places = [line.split(":")[0] for line in refusal(office, changed(ROSTER, tmp_path, change))]
    assert places == [
        "Đơn vị, dòng 20, cột Loại đơn vị (D)",
        "Cán bộ, dòng 7, cột Đơn vị (D)",
        "Cán bộ, dòng 9, cột Từ ngày (H)",
        "Nghỉ, dòng 6, cột Đến ngày (E)",
    ]


def test_a_bad_cell_does_not_make_the_rows_that_need_it_bad(office: Database, tmp_path: Path) -> None:
    lines = refusal(office, changed(ROSTER, tmp_path, cells(UNITS, D7="?")))
    assert len(lines) == 1


def test_a_hopeless_file_is_not_listed_to_the_end(office: Database, tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        for _ in range(994):
            workbook[DONE].append([None, "CB0001", "Sinh hoạt chi đoàn", "?"])

    lines = refusal(office, few_activities(tmp_path, change))
    assert len(lines) == 201
    assert lines[-1] == "… và 794 lỗi nữa."


def test_nothing_is_imported_when_a_single_row_is_bad(db: Database, tmp_path: Path) -> None:
    refusal(db, changed(ROSTER, tmp_path, cells(ABSENCES, E6="?")))
    assert db.read_now(lambda s: s.exec(select(func.count()).select_from(Position)).one()) == 0


def test_activities_before_any_roster_are_told_so_once(db: Database) -> None:
    assert refusal(db, ACTIVITIES) == ["chưa có danh sách cán bộ; hãy nhập trước bằng lệnh doanbot import roster FILE."]

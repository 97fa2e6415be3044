"""Text, picture and workbook of a report say the same, and the workbook holds nothing that runs."""

import pickle
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sqlmodel import Session

from handlers.turn import House
from handlers.views import report_chart, report_text, workbook
from handlers.views.definitions import definitions
from storage.database import Database
from storage.figures import UnitFigures
from storage.periods import Period
from storage.reporting import unit_figures
from storage.terms import EntryKind, EntryState, Requirement
from tests.cast import unit_id
from tests.handlers.logged import log

KIND, MEETING = EntryKind.VOLUNTEER_HOURS, EntryKind.BRANCH_MEETING
NASTY = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "http://example.org", "chuông\x07 và\x0b rác", "x" * 250)
HEAD, FIRST = 5, 6


@pytest.fixture
def logged(city: Database) -> Database:
    """Confirmed, declared and returned entries, some with titles that would be formulas."""
    log(city, "BINH", KIND, date(2026, 11, 16), minutes=150, start_minute=1050, end_minute=1200, title=NASTY[0],
        state=EntryState.CONFIRMED)  # fmt: skip
    for number, title in enumerate(NASTY[1:]):
        log(city, "CHI", MEETING, date(2026, 11, 2 + number), "CD11", title=title)
    log(city, "LAN", KIND, date(2026, 11, 17), minutes=120, state=EntryState.RETURNED)
    return city


def figures(db: Database, house: House, period: str, unit: str = "DUB") -> UnitFigures:
    def work(session: Session) -> UnitFigures:
        found, day = unit_id(session, unit), house.clock.today()
        return unit_figures(session, house.plan, house.calendar, found, Period.parse(period), day)

    return db.read_now(work)


def drawn(house: House, found: UnitFigures) -> Any:
    book = workbook.book(house.plan, found, definitions(house.plan, found))
    return openpyxl.load_workbook(BytesIO(workbook.draw(pickle.loads(pickle.dumps(book)))))


def rows(sheet: Worksheet) -> list[dict[str, Any]]:
    heads = [str(cell.value) for cell in sheet[HEAD]]
    return [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=FIRST)]


@pytest.mark.parametrize("period", ["2026-W47", "2026-11", "2026-Q4", "2026"])
def test_text_picture_and_workbook_agree(logged: Database, house: House, period: str) -> None:
    found = figures(logged, house, period)
    count = found.total.counts[Requirement.VOLUNTEER_HOURS]
    text = report_text.summary(house.plan, found)
    assert f"Giờ tình nguyện: {count.met}/{count.due} người đạt (đã xác nhận {count.people_met_confirmed})" in text
    bar = report_chart.picture(found)["sections"][0]["rows"][0]
    assert bar["words"].startswith(f"{count.periods_met}/{count.periods_due}")
    assert bar["parts"][0] + bar["parts"][1] == count.periods_met
    assert sum(bar["parts"]) == count.periods.total()

    book = drawn(house, found)
    summary = rows(book["Tổng hợp"])[0]
    assert (summary["Phải thực hiện"], summary["Đạt (tự khai)"]) == (count.due, count.met)
    assert (summary["Lượt đến hạn"], summary["Lượt đạt (tự khai)"]) == (count.periods_due, count.periods_met)
    assert (summary["Tổng tự khai"], summary["Tổng đã xác nhận"]) == (count.declared, count.confirmed)
    first_unit = rows(book["Đơn vị"])[0]
    assert (first_unit["Mã đơn vị"], first_unit["Cán bộ"]) == ("DUB", found.total.people)
    assert len(rows(book["Cán bộ"])) == len(found.people) == found.total.people
    entries = rows(book["Hoạt động"])
    assert len(entries) == sum(len(person.entries) for person in found.people)
    assert sum(row["Trạng thái"] == "tự khai" for row in entries) == found.total.waiting


def test_cells_are_typed_and_no_text_runs(logged: Database, house: House) -> None:
    book = drawn(house, figures(logged, house, "2026-11"))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
    entries = rows(book["Hoạt động"])
    titles = {row["Nội dung"] for row in entries}
    assert {"=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "chuông và rác"} <= titles
    binh = next(row for row in entries if row["Mã cán bộ"] == "BINH")
    assert binh["Ngày"] == datetime(2026, 11, 16)  # noqa: DTZ001 - a day in a cell has no zone
    assert (binh["Số giờ"], binh["Bắt đầu"], binh["Tuần"]) == (2.5, "17:30", "2026-W47")


def test_every_sheet_can_be_read_and_printed(logged: Database, house: House) -> None:
    book = drawn(house, figures(logged, house, "2026-11"))
    assert book.sheetnames == ["Tổng hợp", "Đơn vị", "Cán bộ", "Hoạt động", "Cách tính"]
    for sheet in book:
        assert sheet["A1"].value == "Kết quả rèn luyện cán bộ Đoàn – Đoàn UBND thành phố"
        assert "Tháng 11/2026 · Lũy kế đến 20/11/2026" in sheet["A2"].value
        assert sheet.freeze_panes.endswith(str(FIRST))
        assert sheet.auto_filter.ref.startswith(f"A{HEAD}:")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == f"${HEAD - 1}:${HEAD}"


def test_the_definitions_name_plan_cut_off_clauses_and_rulings(logged: Database, house: House) -> None:
    lines = dict(definitions(house.plan, figures(logged, house, "2026-11")))
    assert "Ban Thường vụ Thành đoàn Cần Thơ" in lines["Căn cứ"]
    assert "20/11/2026" in lines["Thời điểm chốt"]
    assert "C-19, C-27" in lines["Giờ tình nguyện"]
    assert "từ 26/10/2026 đến 22/11/2026" in lines["Giờ tình nguyện"]
    assert len([name for name in lines if name.startswith("Cách hiểu")]) == len(house.plan.file.rulings)


def test_a_unit_without_obliged_people_has_a_report_too(city: Database, house: House) -> None:
    found = figures(city, house, "2026-W47", "CD31")
    assert "Không có cán bộ nào thuộc diện" in report_text.summary(house.plan, found)
    assert report_chart.draw(report_chart.picture(found)).startswith(b"\x89PNG")
    assert drawn(house, found)["Cán bộ"].max_row == FIRST


def test_many_units_share_the_last_bar(logged: Database, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_chart, "MOST_UNITS", 1)
    shown = report_chart.picture(figures(logged, house, "2026-W47", "TD"))
    bars = shown["sections"][1]["rows"]
    assert bars[-1]["label"] == "và 2 đơn vị khác"
    assert sum(sum(bar["parts"]) for bar in bars) == sum(shown["sections"][0]["rows"][0]["parts"])


def test_nobody_falls_short_of_shirt_mondays_that_are_still_to_come(logged: Database, house: House) -> None:
    running, over = figures(logged, house, "2026-11"), figures(logged, house, "2026-10")

    assert "người đang thực hiện, hết kỳ mới tính" in line(report_text.summary(house.plan, running), "Áo Thanh niên")
    assert "người đạt" in line(report_text.summary(house.plan, over), "Áo Thanh niên")
    shirts = next(row for row in report_chart.picture(running)["sections"][0]["rows"] if "Áo" in row["label"])
    assert shirts["words"] == "đang thực hiện, hết kỳ mới tính"


def line(text: str, word: str) -> str:
    return next(one for one in text.splitlines() if word in one)

"""The workbooks of an office come in as they are, and the second time change nothing."""

import csv
from pathlib import Path

from openpyxl import load_workbook
from sqlmodel import Session, func, select

from storage.database import Database
from storage.importing import Summary, import_activities, import_roster
from storage.models import Absence, Cadre, Entry, EntryChange, Position, Unit, UnitVersion
from storage.terms import EntryKind, EntryState
from tests.importing.workbooks import ACTIVITIES, NOW, ROSTER, TODAY, take_activities, take_roster


def counts(summary: Summary) -> dict[str, tuple[int, int, int]]:
    return {count.label: (count.new, count.changed, count.same) for count in summary.counts}


def sizes(db: Database) -> list[int]:
    models = (Unit, UnitVersion, Cadre, Position, Absence, Entry, EntryChange)
    return db.read_now(lambda s: [s.exec(select(func.count()).select_from(model)).one() for model in models])


def test_the_samples_come_in_whole_and_once(db: Database) -> None:
    roster, activities = take_roster(db), take_activities(db)
    assert counts(roster) == {
        "Đơn vị": (93, 0, 0),
        "Cán bộ": (232, 0, 0),
        "Chức vụ": (238, 0, 0),
        "Nghỉ": (4, 0, 0),
    }
    assert counts(activities) == {"Hoạt động": (1447, 0, 0)}
    assert sizes(db) == [93, 93, 232, 238, 4, 1447, 1447]
    assert roster.text().splitlines()[4:] == [
        "Trang Đơn vị: bỏ qua 1 dòng không có số liệu và 4 dòng trống.",
        "Trang Cán bộ: bỏ qua 1 dòng không có số liệu và 4 dòng trống.",
        "Trang Nghỉ: bỏ qua 1 dòng không có số liệu và 3 dòng trống.",
    ]
    assert activities.text().splitlines() == [
        "Hoạt động: 1447 mới, 0 sửa, 0 không đổi.",
        "Trang Hoạt động: bỏ qua 1 dòng không có số liệu và 1 dòng trống.",
    ]
    db.read_now(check_what_is_stored)

    again, activities_again = take_roster(db), take_activities(db)
    assert again.changes_nothing
    assert activities_again.changes_nothing
    assert counts(activities_again) == {"Hoạt động": (0, 0, 1447)}
    assert sizes(db) == [93, 93, 232, 238, 4, 1447, 1447]


def check_what_is_stored(session: Session) -> None:
    names = session.exec(select(Cadre.full_name).where(Cadre.code == "CB0007")).one()
    assert names == "Dương Minh Linh"
    first = session.exec(select(Entry).order_by(Entry.id)).first()  # type: ignore[arg-type]  # a column, not a value
    assert first is not None
    assert (first.kind, str(first.day), first.start_minute, first.end_minute, first.minutes) == (
        EntryKind.VOLUNTEER_HOURS,
        "2026-11-13",
        19 * 60,
        22 * 60,
        3 * 60,
    )
    assert (first.title, first.state, first.source) == ("Nhập liệu đoàn viên", EntryState.CONFIRMED, "import")
    confirmed = select(func.count()).where(Entry.state == EntryState.CONFIRMED)
    assert session.exec(confirmed).one() == 845
    text_hours = select(func.sum(Entry.minutes)).where(Entry.kind == EntryKind.VOLUNTEER_ACTIVITY)
    assert session.exec(text_hours).one() == total_minutes()


def total_minutes() -> int:
    rows = load_workbook(ACTIVITIES)["Hoạt động"].iter_rows(min_row=6, values_only=True)
    return sum(round(float(str(row[6]).replace(",", ".")) * 60) for row in rows if row[6] is not None)


def write_folder(sample: Path, folder: Path, separator: str = ",", encoding: str = "utf-8-sig") -> Path:
    """The sheets of a workbook as .csv files, as spreadsheet programs write them."""
    folder.mkdir()
    for sheet in load_workbook(sample):
        with (folder / f"{sheet.title}.csv").open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=separator)
            for row in sheet.iter_rows(values_only=True):
                writer.writerow("" if value is None else str(value) for value in row)
    return folder


def test_a_folder_of_csv_says_the_same_as_the_workbook(office: Database, tmp_path: Path) -> None:
    take_activities(office)
    roster = write_folder(ROSTER, tmp_path / "roster")
    activities = write_folder(ACTIVITIES, tmp_path / "activities", ";", "utf-8")
    assert office.write_now(lambda s: import_roster(s, roster, today=TODAY, now=NOW)).changes_nothing
    assert office.write_now(lambda s: import_activities(s, activities, today=TODAY, now=NOW)).changes_nothing

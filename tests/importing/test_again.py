"""A file that comes again changes what it says anew, and nothing else."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.database import Database
from storage.importing import Summary
from storage.models import Absence, Cadre, Entry, EntryChange, Position, Unit, UnitVersion
from storage.terms import EntryState, Right, UnitType
from tests.importing.workbooks import (
    NOW,
    ROSTER,
    TODAY,
    cells,
    changed,
    few_activities,
    take_activities,
    take_roster,
)

LATER = TODAY + timedelta(days=30)


def figures(summary: Summary) -> tuple[int, int]:
    return sum(count.new for count in summary.counts), sum(count.changed for count in summary.counts)


def versions(db: Database, code: str) -> list[tuple[Any, ...]]:
    def look(session: Session) -> list[tuple[Any, ...]]:
        query = (
            select(UnitVersion)
            .join(Unit, col(UnitVersion.unit_id) == col(Unit.id))
            .where(Unit.code == code)
            .order_by(col(UnitVersion.valid_from))
        )
        return [(v.name, v.type, v.valid_from, v.valid_to) for v in session.exec(query)]

    return db.read_now(look)


def test_a_unit_keeps_what_it_was_called_before(rostered: Database, tmp_path: Path) -> None:
    renamed = changed(ROSTER, tmp_path, cells("Đơn vị", C9="Đoàn cơ sở Sở Nội vụ và Lao động"))
    assert figures(take_roster(rostered, renamed, LATER)) == (0, 1)
    assert versions(rostered, "DCS1") == [
        ("Đoàn cơ sở Sở Nội vụ", UnitType.GRASSROOTS_UNION, date(2000, 1, 1), LATER - timedelta(days=1)),
        ("Đoàn cơ sở Sở Nội vụ và Lao động", UnitType.GRASSROOTS_UNION, LATER, None),
    ]
    assert figures(take_roster(rostered, renamed, LATER + timedelta(days=1))) == (0, 0)


def test_a_second_correction_on_the_same_day_leaves_no_trace_of_the_first(rostered: Database, tmp_path: Path) -> None:
    take_roster(rostered, changed(ROSTER, tmp_path, cells("Đơn vị", C9="Tên gõ nhầm")), LATER)
    take_roster(rostered, changed(ROSTER, tmp_path, cells("Đơn vị", C9="Đoàn cơ sở Sở Nội vụ mới")), LATER)
    assert [name for name, *_ in versions(rostered, "DCS1")] == ["Đoàn cơ sở Sở Nội vụ", "Đoàn cơ sở Sở Nội vụ mới"]


def test_a_unit_can_move_and_a_new_one_comes_in(rostered: Database, tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        sheet = workbook["Đơn vị"]
        sheet["E9"] = "MOI"
        sheet["B99"], sheet["C99"], sheet["D99"], sheet["E99"] = "MOI", "Đoàn khối mới", "Tương đương cấp huyện", "TD"

    assert figures(take_roster(rostered, changed(ROSTER, tmp_path, change), LATER)) == (1, 1)
    assert versions(rostered, "MOI")[0][2:] == (date(2000, 1, 1), None)
    assert len(versions(rostered, "DCS1")) == 2


def test_a_position_ends_and_a_name_is_corrected(rostered: Database, tmp_path: Path) -> None:
    file = changed(ROSTER, tmp_path, cells("Cán bộ", C7="Đỗ Đức Lĩnh", I7="31/12/2026", J7=None))
    assert figures(take_roster(rostered, file)) == (0, 2)

    def look(session: Session) -> tuple[str, date | None, Right]:
        cadre = session.exec(select(Cadre).where(Cadre.code == "CB0002")).one()
        position = session.exec(select(Position).where(Position.cadre_id == cadre.id)).one()
        return cadre.full_name, position.end_day, position.access_right

    assert rostered.read_now(look) == ("Đỗ Đức Lĩnh", date(2026, 12, 31), Right.NONE)
    assert figures(take_roster(rostered)) == (0, 2)


def test_rows_that_are_gone_from_the_file_stay(rostered: Database, tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        workbook["Cán bộ"].delete_rows(50, 100)
        workbook["Đơn vị"].delete_rows(60, 20)
        workbook.remove(workbook["Nghỉ"])

    assert figures(take_roster(rostered, changed(ROSTER, tmp_path, change))) == (0, 0)


def test_a_row_that_stands_twice_is_one(rostered: Database, tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        for name in ("Đơn vị", "Cán bộ", "Nghỉ"):
            sheet = workbook[name]
            for column in range(1, 11):
                sheet.cell(sheet.max_row + (column == 1), column).value = sheet.cell(6, column).value

    assert figures(take_roster(rostered, changed(ROSTER, tmp_path, change))) == (0, 0)


def test_codes_in_small_letters_are_the_same_codes(rostered: Database, tmp_path: Path) -> None:
    file = changed(ROSTER, tmp_path, cells("Cán bộ", B7="cb0002", D7="td"))
    assert figures(take_roster(rostered, file)) == (0, 0)


def test_leave_of_a_whole_unit(rostered: Database, tmp_path: Path) -> None:
    file = changed(
        ROSTER, tmp_path, cells("Nghỉ", C10="XP01", D10="1/12/2026", E10="5/12/2026", F10="Bão", G10="9-CV/TĐTN")
    )
    assert figures(take_roster(rostered, file)) == (1, 0)

    def look(session: Session) -> tuple[int | None, str, str]:
        absence = session.exec(select(Absence).where(col(Absence.unit_id).is_not(None))).one()
        return absence.cadre_id, absence.reason, absence.decision_no

    assert rostered.read_now(look) == (None, "Bão", "9-CV/TĐTN")


def test_leave_that_was_cancelled_stays_cancelled(rostered: Database) -> None:
    rostered.write_now(lambda s: s.execute(update(Absence).values(cancelled_at=NOW)))
    assert figures(take_roster(rostered)) == (0, 0)
    assert all(rostered.read_now(lambda s: s.exec(select(Absence.cancelled_at)).all()))


def entry(db: Database, number: int) -> Entry:
    return db.read_now(lambda s: s.exec(select(Entry).order_by(col(Entry.id)).offset(number).limit(1)).one())


def nothing(_workbook: Workbook) -> None:
    return None


def test_a_changed_row_changes_its_entry_and_leaves_a_trace(rostered: Database, tmp_path: Path) -> None:
    take_activities(rostered, few_activities(tmp_path, nothing))
    file = few_activities(tmp_path, cells("Hoạt động", G9="3,5", H9="Nhập liệu và rà soát", N13="x"))
    assert figures(take_activities(rostered, file)) == (0, 2)
    assert figures(take_activities(rostered, file)) == (0, 0)

    def trace(session: Session) -> list[tuple[str, int | None, Any, Any]]:
        query = select(EntryChange).where(EntryChange.entry_id == entry(rostered, 3).id).order_by(col(EntryChange.id))
        return [
            (change.action, change.actor_id, (change.before or {}).get("minutes"), (change.after or {}).get("minutes"))
            for change in session.exec(query)
        ]

    assert rostered.read_now(trace) == [("import", None, None, 180), ("import", None, 180, 210)]
    assert entry(rostered, 3).title == "Nhập liệu và rà soát"
    assert entry(rostered, 7).state is EntryState.CONFIRMED


def test_what_people_did_to_an_entry_survives_the_same_file(rostered: Database, tmp_path: Path) -> None:
    file = few_activities(tmp_path, nothing)
    take_activities(rostered, file)
    confirmed, edited, deleted = (entry(rostered, number).id for number in (7, 8, 9))

    def people_act(session: Session) -> None:
        for entry_id, values in (
            (confirmed, {"state": EntryState.CONFIRMED}),
            (edited, {"minutes": 45}),
            (deleted, {"state": EntryState.DELETED}),
        ):
            session.execute(update(Entry).where(col(Entry.id) == entry_id).values(**values))

    rostered.write_now(people_act)
    assert figures(take_activities(rostered, file)) == (0, 0)
    assert entry(rostered, 7).state is EntryState.CONFIRMED
    assert entry(rostered, 8).minutes == 45
    assert entry(rostered, 9).state is EntryState.DELETED


def test_a_correction_in_the_file_keeps_the_confirmation_given_in_the_chat(rostered: Database, tmp_path: Path) -> None:
    take_activities(rostered, few_activities(tmp_path, nothing))
    rostered.write_now(
        lambda s: s.execute(
            update(Entry).where(col(Entry.id) == entry(rostered, 7).id).values(state=EntryState.CONFIRMED)
        )
    )
    take_activities(rostered, few_activities(tmp_path, cells("Hoạt động", G13="4")))
    assert (entry(rostered, 7).minutes, entry(rostered, 7).state) == (240, EntryState.CONFIRMED)


def test_rows_alike_but_for_their_words_are_told_apart_in_any_order(rostered: Database, tmp_path: Path) -> None:
    def three(*titles: str) -> Any:
        def change(workbook: Workbook) -> None:
            for title in titles:
                workbook["Hoạt động"].append([None, "CB0050", "Văn nghệ, thể thao", "1/11/2026", *[None] * 3, title])

        return change

    take_activities(rostered, few_activities(tmp_path, three("Hát", "Múa", "Bóng đá")))
    assert figures(take_activities(rostered, few_activities(tmp_path, three("Bóng đá", "Hát", "Múa")))) == (0, 0)
    assert figures(take_activities(rostered, few_activities(tmp_path, three("Bóng đá", "Hát dân ca", "Múa")))) == (0, 1)
    more = three("Bóng đá", "Hát dân ca", "Múa", "Cờ vua")
    assert figures(take_activities(rostered, few_activities(tmp_path, more))) == (1, 0)
    assert figures(take_activities(rostered, few_activities(tmp_path, more))) == (0, 0)


def test_files_that_overlap_do_not_double(rostered: Database, tmp_path: Path) -> None:
    take_activities(rostered, few_activities(tmp_path, lambda workbook: workbook["Hoạt động"].delete_rows(20, 11)))
    last = few_activities(tmp_path, lambda workbook: workbook["Hoạt động"].delete_rows(6, 10))
    assert figures(take_activities(rostered, last)) == (11, 0)


def test_what_will_surprise_is_said(rostered: Database, tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        sheet = workbook["Hoạt động"]
        sheet["E6"] = sheet["F6"] = None
        sheet["I7"] = None
        sheet["D8"] = "30/11/2026"

    assert take_activities(rostered, few_activities(tmp_path, change)).notes == [
        "1 dòng chưa có số giờ nên chưa được tính giờ: dòng 6.",
        "1 dòng chưa có Đơn vị tổ chức nên chưa được tính vào số buổi của tháng: dòng 7.",
        "1 dòng có ngày sau hôm nay (20/11/2026): dòng 8.",
    ]


def test_an_evening_may_end_at_midnight_however_it_is_written(rostered: Database, tmp_path: Path) -> None:
    take_activities(rostered, few_activities(tmp_path, cells("Hoạt động", F6="00:00", F8="24:00")))
    assert [entry(rostered, number).end_minute for number in (0, 2)] == [24 * 60, 24 * 60]


def test_a_second_start_of_the_same_position_is_pointed_out(rostered: Database, tmp_path: Path) -> None:
    summary = take_roster(rostered, changed(ROSTER, tmp_path, cells("Cán bộ", H7="1/9/2025")))
    assert figures(summary) == (1, 0)
    assert summary.notes == [
        "1 dòng có Từ ngày khác lần nhập trước, nên thành chức vụ thứ hai; "
        "hãy thêm dòng cũ và ghi Đến ngày để chấm dứt chức vụ cũ: dòng 7."
    ]


def test_a_unit_that_belongs_nowhere_is_pointed_out(rostered: Database, tmp_path: Path) -> None:
    summary = take_roster(rostered, changed(ROSTER, tmp_path, cells("Đơn vị", E8=None)), LATER)
    assert summary.notes == ["1 dòng để trống Đơn vị cấp trên, nên không thuộc đơn vị nào: dòng 8."]

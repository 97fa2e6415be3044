"""Working days, days off and office hours in Cần Thơ."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from storage.calendar import WorkCalendar, default_calendar, load_calendar, schema
from storage.datafile import DataFileError
from storage.periods import Period

_OFFICE_DAY = ((7 * 60, 11 * 60), (13 * 60, 17 * 60))


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return default_calendar()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(copytree(Path(schema.__file__).parent / "can-tho", tmp_path / "lich"))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
        (date(2026, 2, 16), False),
        (date(2026, 2, 20), False),
        (date(2026, 2, 23), True),
        (date(2026, 4, 27), False),
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
        (date(2026, 11, 24), True),
        (date(2027, 2, 8), False),
        (date(2025, 4, 26), True),
    ],
)
def test_working_days(calendar: WorkCalendar, day: date, works: bool) -> None:
    assert calendar.is_working_day(day) is works


def test_office_hours_leave_the_noon_break_free(calendar: WorkCalendar) -> None:
    assert calendar.office_intervals(date(2026, 11, 20)) == _OFFICE_DAY


def test_a_make_up_saturday_has_office_hours_and_the_monday_off_has_none(calendar: WorkCalendar) -> None:
    assert calendar.office_intervals(date(2026, 8, 22)) == _OFFICE_DAY
    assert calendar.office_intervals(date(2026, 8, 31)) == ()


def test_2026_has_49_shirt_mondays(calendar: WorkCalendar) -> None:
    mondays = calendar.shirt_mondays(Period.parse("2026"))
    assert len(mondays) == 49
    assert not {date(2026, 2, 16), date(2026, 4, 27), date(2026, 8, 31)} & set(mondays)


def test_the_week_of_tet_has_no_working_day(calendar: WorkCalendar) -> None:
    assert not calendar.has_working_day(Period.of("week", date(2026, 2, 18)))


def test_a_tentative_day_is_named_but_worked(calendar: WorkCalendar) -> None:
    day = date(2026, 11, 24)
    assert calendar.name_of_tentative(day) == "Ngày Văn hóa Việt Nam"
    assert calendar.name_of_holiday(day) is None


def test_a_year_without_data_is_known_to_be_one(calendar: WorkCalendar) -> None:
    assert calendar.covers(date(2027, 12, 31))
    assert not calendar.covers(date(2028, 1, 1))


def test_a_unit_may_have_its_own_hours_for_a_while(folder: Path) -> None:
    row = """
  - unit: PHUONG
    from: 2026-07-24
    to: 2026-10-23
    weekdays: [1, 2, 3, 4, 5]
    intervals: [{from: "07:00", to: "12:00"}, {from: "13:00", to: "18:00"}]
    source: Thí điểm thêm một giờ mỗi buổi
"""
    with (folder / "office-hours.yaml").open("a", encoding="utf-8") as file:
        file.write(row)
    calendar = load_calendar(folder)
    longer = ((7 * 60, 12 * 60), (13 * 60, 18 * 60))
    assert calendar.office_intervals(date(2026, 10, 23), "PHUONG") == longer
    assert calendar.office_intervals(date(2026, 10, 26), "PHUONG") == _OFFICE_DAY
    assert calendar.office_intervals(date(2026, 10, 23), "XA") == _OFFICE_DAY
    assert calendar.office_intervals(date(2026, 10, 23)) == _OFFICE_DAY


def test_a_day_of_another_year_is_refused(folder: Path) -> None:
    file = folder / "2027.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2027-04-16", "2026-04-16"), encoding="utf-8")
    with pytest.raises(DataFileError, match=r"2027\.yaml:.*2027"):
        load_calendar(folder)

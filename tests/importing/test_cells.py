"""What people and Excel write in a cell, and what it means."""

from datetime import date, datetime, time, timedelta

import pytest

from storage.importing.cells import (
    read_clock,
    read_code,
    read_day,
    read_flag,
    read_minutes,
    read_term,
    squeeze,
)
from storage.importing.errors import BadCell
from storage.terms import EntryKind, PositionTitle, RecognisedBy, UnitType


def excel(*parts: int) -> datetime:
    """A day and time as Excel keeps it: without a zone."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - Excel knows no zones


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("1/7/2025", date(2025, 7, 1)),
        ("01/07/2025", date(2025, 7, 1)),
        (" 01/07/2025\u00a0", date(2025, 7, 1)),
        ("1-7-2025", date(2025, 7, 1)),
        ("01.07.2025", date(2025, 7, 1)),
        ("2025-07-01", date(2025, 7, 1)),
        ("2025-07-01 00:00:00", date(2025, 7, 1)),
        (excel(2025, 7, 1, 8, 30), date(2025, 7, 1)),
        (date(2025, 7, 1), date(2025, 7, 1)),
        ("29/2/2028", date(2028, 2, 29)),
    ],
)
def test_days(value: object, day: date) -> None:
    assert read_day(value) == day


@pytest.mark.parametrize("value", ["29/2/2026", "1/7", "1/7-2025", "7.2025", 45839, 1.5, True, "", "0/1/2026", "x"])
def test_what_is_no_day(value: object) -> None:
    with pytest.raises(BadCell):
        read_day(value)


@pytest.mark.parametrize(
    ("value", "minute"),
    [
        ("19:00", 1140),
        ("7:05", 425),
        ("7h30", 450),
        ("7g30", 450),
        ("7h", 420),
        ("19 giờ", 1140),
        ("7 giờ 30 phút", 450),
        ("19:00:00", 1140),
        ("7:30 PM", 1170),
        ("7:30 CH", 1170),
        ("12:15 AM", 15),
        ("00:00", 0),
        ("24:00", 1440),
        (time(19, 30), 1170),
        (excel(2026, 11, 20, 19, 30), 1170),
        (excel(1900, 1, 1), 1440),
        (timedelta(hours=19, minutes=30), 1170),
    ],
)
def test_times(value: object, minute: int) -> None:
    assert read_clock(value) == minute


@pytest.mark.parametrize("value", ["25:00", "19:60", "19", 19, 0.8, "tối", "24:01", timedelta(hours=25)])
def test_what_is_no_time(value: object) -> None:
    with pytest.raises(BadCell):
        read_clock(value)


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        (2, 120),
        (1.5, 90),
        ("1,5", 90),
        ("1.5", 90),
        ("2 giờ", 120),
        ("2h", 120),
        ("1h30", 90),
        ("1 giờ 30 phút", 90),
        ("0,25", 15),
        (24, 1440),
        (time(1, 30), 90),
        (timedelta(hours=2), 120),
    ],
)
def test_durations(value: object, minutes: int) -> None:
    assert read_minutes(value) == minutes


@pytest.mark.parametrize("value", [0, -1, 24.1, "0", "1,5,2", "nhiều", "1;5", excel(2026, 5, 1), True])
def test_what_is_no_duration(value: object) -> None:
    with pytest.raises(BadCell):
        read_minutes(value)


@pytest.mark.parametrize(("value", "flag"), [("x", True), ("X", True), (" x ", True), ("", False), (None, False)])
def test_flags(value: object, flag: bool) -> None:
    assert read_flag(value) is flag


@pytest.mark.parametrize("value", ["có", "1", 1, True, "xx", "-"])
def test_what_is_no_flag(value: object) -> None:
    with pytest.raises(BadCell):
        read_flag(value)


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("Đoàn xã/phường", UnitType.COMMUNE_UNION),
        ("đoàn phường", UnitType.COMMUNE_UNION),
        ("Đoàn quận / huyện", UnitType.DISTRICT_UNION),
        ("CHI ĐOÀN CƠ SỞ", UnitType.GRASSROOTS_BRANCH),
        ("Uỷ viên BTV", PositionTitle.STANDING_MEMBER),
        ("UV BCH", PositionTitle.COMMITTEE_MEMBER),
        ("bi thu", PositionTitle.SECRETARY),
        ("Văn nghệ thể thao", EntryKind.CULTURE_SPORT),
        ("Hoạt động tình nguyện", EntryKind.VOLUNTEER_ACTIVITY),
        ("thủ trưởng đơn vị ", RecognisedBy.AGENCY_HEAD),
    ],
)
def test_fixed_words(value: object, term: object) -> None:
    assert read_term(value, type(term)) is term  # type: ignore[type-var]  # every case is a term


def test_every_label_is_understood() -> None:
    for terms in (UnitType, PositionTitle, EntryKind, RecognisedBy):
        assert [read_term(term.label, terms) for term in terms] == list(terms)


@pytest.mark.parametrize(("value", "code"), [(" CB01 ", "CB01"), (12, "12"), (12.0, "12"), ("XP01-CQ", "XP01-CQ")])
def test_codes(value: object, code: str) -> None:
    assert read_code(value) == code


@pytest.mark.parametrize("value", [excel(2026, 2, 1), time(1, 2), "C" * 41, "#REF!"])
def test_what_is_no_code(value: object) -> None:
    with pytest.raises(BadCell):
        read_code(value)


def test_words_are_compared_whatever_their_encoding() -> None:
    assert squeeze("Họ và tên") == squeeze("HO  VA TEN ") == squeeze("Ho\u0323 va\u0300 te\u0302n") == "hovaten"

"""What holds for every text: never an exception, never a log of the future, and the same with or without marks."""

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reader import Intent, UnitName, read, to_json
from handlers.texts.wording import WEEKDAYS
from storage.calendar import default_calendar
from tests.reader.scoring import NOW, cases, read_now

TODAY = date(2026, 11, 20)
WORDS = sorted({word for case in cases("tuned") for word in case.text.split()})
# "24/7" after a deed is round the clock, and asked about.
DAYS = st.dates(date(2026, 1, 1), TODAY - timedelta(days=1)).filter(lambda day: (day.day, day.month) != (24, 7))
# Durations as people write them, with the minutes that they mean.
LENGTHS = {
    "2 tiếng": 120, "hai tiếng": 120, "2 tiếng rưỡi": 150, "ba tiếng rưỡi": 210, "90 phút": 90, "90p": 90,
    "1,5 tiếng": 90, "1.5 tiếng": 90, "nửa tiếng": 30, "2tieng": 120, "1 tieng ruoi": 90, "2 tiếng 15 phút": 135,
    "2h30p": 150, "3 tiếng đồng hồ": 180,
}  # fmt: skip
DAY_STYLES = ("{day}/{month}", "ngày {day} tháng {month}", "hôm {day}-{month:02}")
# Differences that marks make: "tới" and "tối", "hổm" and "hôm", "chùa" and "chưa" are one word without them.
TOLD_APART_BY_MARKS = ("t3 tối em", "hổm nay", "t7 tới", "thứ 7 tới", "chủ nhật tới", "CN em đi chùa")


def unmarked(text: str) -> str:
    """``text`` as typed without diacritics."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def gist(text: str) -> object:
    """What is read, without titles."""
    reading = read_now(text)
    return reading.intent, [(entry.kind, entry.day, entry.minutes) for entry in reading.entries]


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    assert to_json(read_now(text))["intent"] in {"log", "ask", "not_log"}


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_no_jumble_of_known_words_raises_or_logs_the_future(words: list[str]) -> None:
    reading = read_now(" ".join(words))
    assert all(entry.day is None or entry.day <= TODAY for entry in reading.entries)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_a_log_is_complete(words: list[str]) -> None:
    reading = read_now(" ".join(words))
    if reading.intent is Intent.LOG:
        assert all(entry.kind and entry.day and entry.title for entry in reading.entries)
    assert (reading.question is not None) == (reading.intent is Intent.ASK)
    assert (reading.route is not None) == (reading.intent is Intent.NOT_LOG)


@given(st.dates(TODAY + timedelta(days=1), date(2029, 12, 31)))
def test_a_day_to_come_is_never_logged(day: date) -> None:
    assert read_now(f"{day:%d/%m/%Y} dọn rác 2 tiếng").intent is not Intent.LOG
    assert read_now(f"hiến máu ngày {day.day} tháng {day.month} năm {day.year}").intent is not Intent.LOG


@given(DAYS, st.sampled_from(sorted(LENGTHS)), st.sampled_from(DAY_STYLES))
def test_days_and_durations_come_back(day: date, length: str, written: str) -> None:
    said = written.format(day=day.day, month=day.month)
    for text in (f"{said} dọn rác {length}", f"dọn rác {length} {said}", f"em dọn rác hết {length} {said} nha"):
        entry = read_now(text).entries[0]
        assert (entry.day, entry.minutes) == (day, LENGTHS[length])


@given(DAYS, st.integers(17 * 4, 21 * 4), st.integers(1, 8), st.sampled_from(["h", "g", " giờ "]))
def test_clock_ranges_come_back(day: date, first: int, quarters: int, sign: str) -> None:
    start, end = first * 15, first * 15 + quarters * 15
    begins, ends = (f"{minute // 60}{sign}{minute % 60:02}" for minute in (start, end))
    entry = read_now(f"{day.day}/{day.month} từ {begins} đến {ends} trực chốt giao thông").entries[0]
    assert (entry.day, entry.start, entry.end, entry.minutes) == (day, start, end, end - start)


@pytest.mark.parametrize("ago", range(7))
def test_a_bare_weekday_is_the_last_one(ago: int) -> None:
    day = TODAY - timedelta(days=ago)
    entry = read_now(f"{WEEKDAYS[day.weekday()]} dự sinh hoạt chi đoàn khóm 3").entries[0]
    assert entry.day == day


def test_marks_do_not_change_the_reading() -> None:
    changed = [case.text for case in cases("tuned") if gist(case.text) != gist(unmarked(case.text))]
    assert [text for text in changed if not text.startswith(TOLD_APART_BY_MARKS)] == []


def test_composed_and_decomposed_letters_read_alike() -> None:
    for case in cases("tuned"):
        assert gist(case.text) == gist(unicodedata.normalize("NFD", case.text))


def test_units_of_the_person_give_the_unit_its_name() -> None:
    units = (UnitName(7, "Chi đoàn Khóm 3 phường Cái Khế"), UnitName(8, "Chi đoàn Khóm 4"))
    reading = read("hôm qua dự shcd khóm 3", NOW, default_calendar(), units)
    assert (reading.entries[0].unit, reading.entries[0].unit_id) == ("Chi đoàn Khóm 3 phường Cái Khế", 7)


def test_a_very_long_text_is_no_log() -> None:
    assert read_now("hôm qua dọn rác 2 tiếng " * 170).intent is Intent.NOT_LOG

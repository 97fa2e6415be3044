"""Days, durations and times as people type them. Today is Friday 20/11/2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reader.hours import DAY
from handlers.reading import NotRead, Problem, read_clock, read_clock_range, read_day, read_minutes

TODAY = date(2026, 11, 20)
READERS = (lambda text: read_day(text, TODAY), read_minutes, read_clock, read_clock_range)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hôm nay", date(2026, 11, 20)),
        ("HOM NAY", date(2026, 11, 20)),
        ("sáng nay", date(2026, 11, 20)),
        ("hôm qua", date(2026, 11, 19)),
        ("ho\u0302m qua", date(2026, 11, 19)),
        ("tối qua", date(2026, 11, 19)),
        ("bữa kia", date(2026, 11, 18)),
        ("thứ Sáu", date(2026, 11, 20)),
        ("t7", date(2026, 11, 14)),
        ("thu 7", date(2026, 11, 14)),
        ("thứ bảy", date(2026, 11, 14)),
        ("thứ 2 tuần này", date(2026, 11, 16)),
        ("t5 tuần trước", date(2026, 11, 12)),
        ("CN vừa rồi", date(2026, 11, 15)),
        ("chủ nhật tuần rồi", date(2026, 11, 15)),
        ("15/11", date(2026, 11, 15)),
        ("5.1", date(2026, 1, 5)),
        ("15-11-2026", date(2026, 11, 15)),
        ("15/11/25", date(2025, 11, 15)),
        ("ngày 15", date(2026, 11, 15)),
        ("hôm 15/11", date(2026, 11, 15)),
        ("ngày 15 tháng 11 năm 2026", date(2026, 11, 15)),
        ("2026-11-15", date(2026, 11, 15)),
        ("15/11.", date(2026, 11, 15)),
    ],
)
def test_days(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("21/11", Problem.FUTURE),
        ("20/11/2027", Problem.FUTURE),
        ("chủ nhật tuần này", Problem.FUTURE),
        ("31/2", Problem.NO_SUCH_DAY),
        ("32/1", Problem.NO_SUCH_DAY),
        ("1/13", Problem.NO_SUCH_DAY),
        ("mùng 5", Problem.LUNAR),
        ("rằm tháng giêng", Problem.LUNAR),
        ("mấy bữa nay", Problem.UNCLEAR),
        ("15", Problem.UNCLEAR),
        ("٢/١", Problem.UNCLEAR),
        ("²/11", Problem.UNCLEAR),
        ("15/11/2", Problem.UNCLEAR),
        ("", Problem.UNCLEAR),
        ("1" * 4096, Problem.UNCLEAR),
    ],
)
def test_days_that_are_asked_again(text: str, problem: Problem) -> None:
    with pytest.raises(NotRead) as refused:
        read_day(text, TODAY)
    assert refused.value.problem is problem


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2h30", 150),
        ("2g30", 150),
        ("2h", 120),
        ("2 giờ", 120),
        ("2 giờ 15 phút", 135),
        ("2 tiếng rưỡi", 150),
        ("hai tiếng", 120),
        ("một giờ rưỡi", 90),
        ("nửa tiếng", 30),
        ("1,5", 90),
        ("1.5 giờ", 90),
        ("2", 120),
        ("90p", 90),
        ("90 phút", 90),
        ("khoảng 2 tiếng", 120),
        ("1:30", 90),
        ("24h", 1440),
    ],
)
def test_durations(text: str, minutes: int) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("0", Problem.ZERO),
        ("0 giờ", Problem.ZERO),
        ("25h", Problem.TOO_LONG),
        ("100 giờ", Problem.TOO_LONG),
        ("1441p", Problem.TOO_LONG),
        ("-2", Problem.UNCLEAR),
        ("1e9", Problem.UNCLEAR),
        ("NaN", Problem.UNCLEAR),
        ("inf", Problem.UNCLEAR),
        ("²", Problem.UNCLEAR),
        ("٣ giờ", Problem.UNCLEAR),
        ("2h75", Problem.UNCLEAR),
        ("1,5h30", Problem.UNCLEAR),
        ("nhiều", Problem.UNCLEAR),
        ("2 " * 2048, Problem.UNCLEAR),
    ],
)
def test_durations_that_are_asked_again(text: str, problem: Problem) -> None:
    with pytest.raises(NotRead) as refused:
        read_minutes(text)
    assert refused.value.problem is problem


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("7h", 420),
        ("7g30", 450),
        ("7:05", 425),
        ("19 giờ", 1140),
        ("7 giờ rưỡi", 450),
        ("2h chiều", 840),
        ("8 giờ tối", 1200),
        ("1h trưa", 780),
        ("11h30 trưa", 690),
        ("12h đêm", 0),
        ("lúc 6h sáng", 360),
    ],
)
def test_clock_times(text: str, minute: int) -> None:
    assert read_clock(text) == minute


@pytest.mark.parametrize("text", ["7", "25h", "24h", "7h60", "24:30", "sáng", "７h"])
def test_clock_times_that_are_asked_again(text: str) -> None:
    with pytest.raises(NotRead):
        read_clock(text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("19h-21h", 1140, 1260),
        ("19h – 21h30", 1140, 1290),
        ("7g30 đến 9g", 450, 540),
        ("từ 7 giờ tới 9 giờ", 420, 540),
        ("7-9h", 420, 540),
        ("19:00-21:00", 1140, 1260),
        ("7h đến 9h tối", 1140, 1260),
        ("11h - 1h chiều", 660, 780),
        ("5h chiều đến 7h tối", 1020, 1140),
        ("22h-24h", 1320, 1440),
        ("22h đến 0h", 1320, 1440),
    ],
)
def test_clock_ranges(text: str, start: int, end: int) -> None:
    assert read_clock_range(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("21h-19h", Problem.BACKWARDS),
        ("19h-19h", Problem.BACKWARDS),
        ("7-9", Problem.UNCLEAR),
        ("7h", Problem.UNCLEAR),
        ("7h-9h-11h", Problem.UNCLEAR),
        ("a-b", Problem.UNCLEAR),
    ],
)
def test_clock_ranges_that_are_asked_again(text: str, problem: Problem) -> None:
    with pytest.raises(NotRead) as refused:
        read_clock_range(text)
    assert refused.value.problem is problem


@given(st.text(alphabet="0123456789hgp:/-., toiđếnrưỡchiều²٣", max_size=20))
def test_any_text_is_read_or_refused_and_what_is_read_lies_in_a_day(text: str) -> None:
    for reader in READERS:
        try:
            value = reader(text)
        except NotRead:
            continue
        if isinstance(value, date):
            assert value <= TODAY
        else:
            for minute in value if isinstance(value, tuple) else (value,):
                assert 0 <= minute <= DAY


def test_an_evening_may_end_past_midnight() -> None:
    assert read_clock_range("21h30 đến 0h30") == (21 * 60 + 30, DAY + 30)
    assert read_clock_range("từ 22h tới 2h sáng") == (22 * 60, DAY + 2 * 60)

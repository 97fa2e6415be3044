"""Weeks, months, quarters, halves and years, and what they are called."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.periods import Period, PeriodKind

_DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("key", "start", "end", "label"),
    [
        ("2026-W47", date(2026, 11, 16), date(2026, 11, 22), "tuần 47 (16/11–22/11/2026)"),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3), "tuần 53 (28/12–3/1/2027)"),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4), "tuần 1 (29/12–4/1/2026)"),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), "tháng 11/2026"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "tháng 2/2028"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "quý IV/2026"),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026"),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31), "6 tháng cuối năm 2026"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
    ],
)
def test_a_key_names_its_days(key: str, start: date, end: date, label: str) -> None:
    period = Period.parse(key)
    assert (period.start, period.end, period.label, period.key) == (start, end, label, key)


@pytest.mark.parametrize("key", ["", "2026-W00", "2025-W53", "2026-W54", "2026-13", "2026-Q5", "2026-H3", "11/2026"])
def test_what_is_no_period_is_refused_with_examples(key: str) -> None:
    with pytest.raises(ValueError, match="2026-W47"):
        Period.parse(key)


@given(st.sampled_from(PeriodKind), _DAYS)
def test_periods_of_a_kind_follow_one_another_without_gap(kind: PeriodKind, day: date) -> None:
    period = Period.of(kind, day)
    assert day in period
    assert day in list(period.days())
    assert Period.parse(period.key) == period
    assert period.next().previous() == period
    assert (period.next().start - period.end).days == 1

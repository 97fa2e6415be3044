"""Weeks, months, quarters, halves and years of the local calendar, and their keys (2026-W47, 2026-11, …)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

_DAY = timedelta(days=1)
_KEY = re.compile(r"(?P<year>\d{4})(?:-(?:W(?P<week>\d{2})|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>\d{2})))?")


class PeriodKind(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days ``start`` to ``end``, both included. Weeks run Monday to Sunday, numbered by ISO 8601."""

    kind: PeriodKind
    start: date
    end: date

    @classmethod
    def of(cls, kind: PeriodKind | str, day: date) -> "Period":
        """The period of ``kind`` that contains ``day``."""
        return _period(PeriodKind(kind), day)

    @classmethod
    def parse(cls, key: str) -> "Period":
        """The period called ``key``: 2026-W47, 2026-11, 2026-Q4, 2026-H2 or 2026. Raises ValueError."""
        match = _KEY.fullmatch(key.strip().upper())
        try:
            if match is not None:
                return cls.of(*_kind_and_day(match))
        except ValueError:
            pass
        raise ValueError(f"kỳ không hợp lệ: {key!r}; ví dụ 2026-W47, 2026-11, 2026-Q4, 2026-H2, 2026")

    @property
    def key(self) -> str:
        """The text ``parse`` reads; a week carries the year of its Thursday (2020-W53 ends on 3/1/2021)."""
        year = self.start.year
        match self.kind:
            case PeriodKind.WEEK:
                iso = self.start.isocalendar()
                return f"{iso.year:04d}-W{iso.week:02d}"
            case PeriodKind.MONTH:
                return f"{year:04d}-{self.start.month:02d}"
            case PeriodKind.QUARTER:
                return f"{year:04d}-Q{(self.start.month + 2) // 3}"
            case PeriodKind.HALF:
                return f"{year:04d}-H{1 if self.start.month == 1 else 2}"
            case PeriodKind.YEAR:
                return f"{year:04d}"

    @property
    def label(self) -> str:
        """The period in Vietnamese: "tuần 47 (16/11–22/11/2026)", "quý IV/2026", "năm 2026"."""
        first, last = self.start, self.end
        match self.kind:
            case PeriodKind.WEEK:
                days = f"{first.day}/{first.month}–{last.day}/{last.month}/{last.year}"
                return f"tuần {first.isocalendar().week} ({days})"
            case PeriodKind.MONTH:
                return f"tháng {first.month}/{first.year}"
            case PeriodKind.QUARTER:
                return f"quý {('I', 'II', 'III', 'IV')[first.month // 3]}/{first.year}"
            case PeriodKind.HALF:
                return f"6 tháng {'đầu' if first.month == 1 else 'cuối'} năm {first.year}"
            case PeriodKind.YEAR:
                return f"năm {first.year}"

    def previous(self) -> "Period":
        """The period of this kind just before."""
        return self.of(self.kind, self.start - _DAY)

    def next(self) -> "Period":
        """The period of this kind just after."""
        return self.of(self.kind, self.end + _DAY)

    def days(self) -> Iterator[date]:
        """Every day of the period, in order."""
        return (self.start + timedelta(days=n) for n in range((self.end - self.start).days + 1))

    def __contains__(self, day: date) -> bool:
        """Whether ``day`` lies in the period."""
        return self.start <= day <= self.end


def _kind_and_day(match: re.Match[str]) -> tuple[PeriodKind, date]:
    year = int(match["year"])
    if match["week"]:
        return PeriodKind.WEEK, date.fromisocalendar(year, int(match["week"]), 1)
    if match["quarter"]:
        return PeriodKind.QUARTER, date(year, 3 * int(match["quarter"]), 1)
    if match["half"]:
        return PeriodKind.HALF, date(year, 6 * int(match["half"]), 1)
    if match["month"]:
        return PeriodKind.MONTH, date(year, int(match["month"]), 1)
    return PeriodKind.YEAR, date(year, 1, 1)


@lru_cache(maxsize=4096)
def _period(kind: PeriodKind, day: date) -> Period:
    if kind is PeriodKind.WEEK:
        start = day - timedelta(days=day.weekday())
        return Period(kind, start, start + timedelta(days=6))
    months = _MONTHS[kind]
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    after = date(day.year + last // 12, last % 12 + 1, 1)
    return Period(kind, date(day.year, first, 1), after - _DAY)

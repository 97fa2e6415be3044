"""Periods and coming days as people type them, with or without diacritics."""

import re
from datetime import date, timedelta

from handlers.reading import read_day
from storage.periods import Period, PeriodKind
from storage.text import fold

LONGEST = 40

_KINDS = {"tuan": PeriodKind.WEEK, "thang": PeriodKind.MONTH, "quy": PeriodKind.QUARTER, "nam": PeriodKind.YEAR}
_BEFORE = {"truoc", "roi", "qua", "vua roi", "vua qua", "ngoai"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBERED = re.compile(
    r"(?P<word>tuan|thang|quy) (?P<number>[0-9]{1,2}|iv|i{1,3})(?:(?: ?[/-] ?| nam )(?P<year>[0-9]{4}))?"
)
_YEAR = re.compile(r"(?:nam )?(?P<year>[0-9]{4})")
_HALF = re.compile(r"6 thang (?P<which>dau|cuoi)(?: nam(?: (?P<year>[0-9]{4}))?)?")
_MONTH = re.compile(r"(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})")
_DATE = re.compile(r"(?:ngay )?(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})(?:[/.-](?P<year>[0-9]{4}))?")
_AHEAD = {"mai": 1, "ngay mai": 1, "mot": 2, "ngay mot": 2, "ngay kia": 2, "tuan sau": 7}


def read_period(text: str, today: date) -> Period:
    """ "tuần này", "tháng trước", "tháng 10", "quý 3/2026", "6 tháng đầu năm", "năm 2025", "2026-W47".

    A number without a year is the last such period that has begun. Raises ValueError.
    """
    if len(text) > LONGEST:
        raise ValueError("too long for a period")
    folded = fold(text)
    found = _named(folded, today) or _numbered(folded, today) or _half(folded, today)
    if found is not None:
        return found
    if match := _MONTH.fullmatch(folded):
        return Period.of(PeriodKind.MONTH, date(int(match["year"]), int(match["month"]), 1))
    if match := _YEAR.fullmatch(folded):
        return Period.of(PeriodKind.YEAR, date(int(match["year"]), 1, 1))
    return Period.parse(text)


def read_coming_day(text: str, today: date) -> date:
    """A day of any time: "24/11", "24/11/2026", "mai", and whatever ``read_day`` reads. Raises NotRead.

    A date without a year is the one nearest to ``today``.
    """
    folded = fold(text[: LONGEST + 1])
    if folded in _AHEAD:
        return today + timedelta(days=_AHEAD[folded])
    match = _DATE.fullmatch(folded)
    if match is None:
        return read_day(text, today)
    try:
        day = date(int(match["year"] or today.year), int(match["month"]), int(match["day"]))
    except ValueError:
        return read_day(text, today)
    if match["year"]:
        return day
    years = (day.year - 1, day.year, day.year + 1)
    same = [day.replace(year=year) for year in years] if (day.month, day.day) != (2, 29) else [day]
    return min(same, key=lambda other: abs(other - today))


def _named(folded: str, today: date) -> Period | None:
    word, _, which = folded.partition(" ")
    kind = _KINDS.get(word)
    if kind is None:
        return None
    period = Period.of(kind, today)
    if which in {"", "nay"}:
        return period
    return period.previous() if which in _BEFORE else None


def _numbered(folded: str, today: date) -> Period | None:
    match = _NUMBERED.fullmatch(folded)
    if match is None:
        return None
    kind, number = _KINDS[match["word"]], _ROMAN.get(match["number"]) or int(match["number"])
    if match["year"]:
        return _period(kind, int(match["year"]), number)
    this_year = _period(kind, today.year, number)
    return this_year if this_year.start <= today else _period(kind, today.year - 1, number)


def _period(kind: PeriodKind, year: int, number: int) -> Period:
    """Raises ValueError when the year has no such period."""
    if kind is PeriodKind.WEEK:
        return Period.of(kind, date.fromisocalendar(year, number, 1))
    first_month = number if kind is PeriodKind.MONTH else 3 * number - 2
    return Period.of(kind, date(year, first_month, 1))


def _half(folded: str, today: date) -> Period | None:
    match = _HALF.fullmatch(folded)
    if match is None:
        return None
    return Period.of(PeriodKind.HALF, date(int(match["year"] or today.year), 1 if match["which"] == "dau" else 7, 1))

"""The calendar of one place: asked by evaluation and by whoever plans reminders."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from storage.calendar.schema import DayOff, OfficeHours, OfficeHoursFile, YearFile
from storage.datafile import read_file
from storage.periods import Period

_SATURDAY = 5
Intervals = tuple[tuple[int, int], ...]


class WorkCalendar:
    """Working days, days off and office hours. A year without a file has no holidays: ask ``covers``."""

    def __init__(self, years: Iterable[YearFile], office_hours: Iterable[OfficeHours]) -> None:
        """Index the files by day."""
        years = tuple(years)
        self.years = frozenset(file.year for file in years)
        self._off = {
            day: off.name for file in years for off in file.days_off if not off.tentative for day in _days(off)
        }
        self._perhaps = {
            day: off.name for file in years for off in file.days_off if off.tentative for day in _days(off)
        }
        self._make_up = {item.day: item.in_place_of for file in years for item in file.make_up_days}
        self._office_hours = tuple(office_hours)
        self._mondays: dict[Period, tuple[date, ...]] = {}
        self._worked: dict[Period, bool] = {}

    def covers(self, day: date) -> bool:
        """Whether the holidays of the year of ``day`` are known."""
        return day.year in self.years

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on ``day``: Monday to Friday and make-up days, except days off."""
        return day in self._make_up or (day.weekday() < _SATURDAY and day not in self._off)

    def name_of_holiday(self, day: date) -> str | None:
        """What the day off is called, None when ``day`` is not one (a plain weekend is not)."""
        return self._off.get(day)

    def name_of_tentative(self, day: date) -> str | None:
        """What ``day`` may turn out to be off for; it counts as an ordinary day until that is settled."""
        return self._perhaps.get(day)

    def office_intervals(self, day: date, unit: str | None = None) -> Intervals:
        """Office hours of ``unit`` on ``day`` in minutes of the day, none on a day off."""
        if not self.is_working_day(day):
            return ()
        weekday = self._make_up.get(day, day).isoweekday()
        general: Intervals = ()
        for hours in self._office_hours:
            if not (hours.first <= day and (hours.last is None or day <= hours.last) and weekday in hours.weekdays):
                continue
            intervals = tuple(interval.minutes for interval in hours.intervals)
            if hours.unit is None:
                general = intervals
            elif hours.unit == unit:
                return intervals
        return general

    def has_own_hours(self, unit: str | None) -> bool:
        """Whether ``unit`` has office hours of its own on some days."""
        return unit is not None and any(hours.unit == unit for hours in self._office_hours)

    def shirt_mondays(self, period: Period) -> tuple[date, ...]:
        """The Mondays of ``period`` on which the youth shirt is due (C-23, C-30): those not off."""
        if period not in self._mondays:
            days = (day for day in period.days() if day.weekday() == 0)
            self._mondays[period] = tuple(day for day in days if day not in self._off)
        return self._mondays[period]

    def has_working_day(self, period: Period) -> bool:
        """Whether offices work on at least one day of ``period``."""
        if period not in self._worked:
            self._worked[period] = any(self.is_working_day(day) for day in period.days())
        return self._worked[period]


def _days(off: DayOff) -> list[date]:
    return [off.first + timedelta(days=n) for n in range((off.last - off.first).days + 1)]


def load_calendar(folder: Path) -> WorkCalendar:
    """The calendar kept in ``folder``: ``<year>.yaml`` and ``office-hours.yaml``. Raises DataFileError."""
    years = [read_file(file, YearFile) for file in sorted(folder.glob("[0-9]*.yaml"))]
    return WorkCalendar(years, read_file(folder / "office-hours.yaml", OfficeHoursFile).office_hours)


@lru_cache(maxsize=1)
def default_calendar() -> WorkCalendar:
    """The calendar that comes with the program: Cần Thơ."""
    return load_calendar(Path(__file__).parent / "can-tho")

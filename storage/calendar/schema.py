"""The files of the calendar: one a year for days off and make-up days, one for office hours."""

from datetime import date, time
from typing import Annotated, Self

from pydantic import Field, model_validator

from storage.datafile import StrictModel

Text = Annotated[str, Field(min_length=1)]


class DayOff(StrictModel):
    """Days off, both included. A tentative one is known to be likely but does not count as off."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    name: Text
    source: Text
    tentative: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("'to' đứng trước 'from'")
        return self


class MakeUpDay(StrictModel):
    """A Saturday or Sunday worked in place of a weekday that is off; it has that weekday's office hours."""

    day: date
    in_place_of: date
    source: Text


class YearFile(StrictModel):
    """The days off and the make-up days of one year."""

    year: int
    days_off: tuple[DayOff, ...]
    make_up_days: tuple[MakeUpDay, ...]

    @model_validator(mode="after")
    def _within_year(self) -> Self:
        days = [day for off in self.days_off for day in (off.first, off.last)]
        days += [make_up.day for make_up in self.make_up_days]
        if any(day.year != self.year for day in days):
            raise ValueError(f"có ngày nằm ngoài năm {self.year}")
        return self


class Interval(StrictModel):
    """Office hours from one local time to another."""

    first: time = Field(alias="from")
    last: time = Field(alias="to")

    @property
    def minutes(self) -> tuple[int, int]:
        """Start and end as minutes of the day."""
        return self.first.hour * 60 + self.first.minute, self.last.hour * 60 + self.last.minute


class OfficeHours(StrictModel):
    """Office hours on ISO weekdays (1 = Monday) from a day on; of every unit when ``unit`` is null."""

    unit: Text | None
    first: date = Field(alias="from")
    last: date | None = Field(alias="to")
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...]
    intervals: tuple[Interval, ...]
    source: Text


class OfficeHoursFile(StrictModel):
    """All office hours. Of those valid on a day, a unit's own go before the general ones."""

    office_hours: tuple[OfficeHours, ...]

"""Working days, days off and office hours, as dated data."""

from storage.calendar.calendar import WorkCalendar, default_calendar, load_calendar

__all__ = ["WorkCalendar", "default_calendar", "load_calendar"]
